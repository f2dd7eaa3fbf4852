package vocab

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(vocabulary{kind: OB3, claims: isOB3, read: readOB3})

// isOB3: one of the types, and a published context of Open Badges 3.0, any
// version. A draft context of 2022 is not Open Badges 3.0: its terms differ.
func isOB3(c *vc.Credential) bool {
	if !hasType(c.Doc, "OpenBadgeCredential", "AchievementCredential", "EndorsementCredential") {
		return false
	}
	if hasType(c.Doc, "ClrCredential", "VerifiablePresentation") {
		return false
	}
	return slices.ContainsFunc(envelope.Strings(c.Doc["@context"]), func(s string) bool {
		return strings.HasPrefix(s, "https://purl.imsglobal.org/spec/ob/v3p0/context")
	})
}

// readOB3 reads an AchievementCredential or an EndorsementCredential (Open Badges
// 3.0, sections B.1.1 and B.1.9).
func readOB3(r *reader) {
	c := r.c
	r.ims()
	subject := first(c.Doc["credentialSubject"])
	if hasType(c.Doc, "EndorsementCredential") {
		c.Badge.Type = "Endorsement"
		c.Badge.Narrative = r.words(subject["endorsementComment"])
		c.Name = firstOf(c.Name, "Endorsement")
		c.Badge.Name = c.Name
		return
	}
	a := first(subject["achievement"])
	r.achievement(a, subject)
	r.endorsements("achievement", a)
	r.badgeShape(subject, a)
}

// ims reads what Open Badges 3.0 and CLR 2.0 have in common.
func (r *reader) ims() {
	r.model()
	r.modelShape()
	r.profileShape()
	r.endorsements("credential", r.c.Doc)
	if issuer, ok := r.c.Doc["issuer"].(map[string]any); ok {
		r.endorsements("issuer", issuer)
	}
}

// achievement reads what was achieved and how (sections B.1.2 and B.1.4). The
// achievement's own name is what a person calls the badge.
func (r *reader) achievement(a, subject vc.Doc) {
	c, b := r.c, &r.c.Badge
	c.Name = firstOf(r.words(a["name"]), c.Name, "Badge")
	b.Name = c.Name
	b.AchievementID = text(a["id"])
	b.Type = text(a["achievementType"])
	b.Description = firstOf(r.words(a["description"]), b.Description)
	b.Criteria = r.criteria(a["criteria"])
	if i := r.image(a["image"]); i.URL != "" {
		b.Image = i
	} else if i := r.image(subject["image"]); b.Image.URL == "" {
		b.Image = i
	}
	b.Language = text(a["inLanguage"])
	b.FieldOfStudy, b.Specialization = r.words(a["fieldOfStudy"]), r.words(a["specialization"])
	b.HumanCode, b.Version = scalar(a["humanCode"]), scalar(a["version"])
	b.Tags = tags(a["tag"])
	b.Skills = r.alignments(a["alignment"])
	b.CreditsOffered, b.CreditsEarned = scalar(a["creditsAvailable"]), scalar(subject["creditsEarned"])
	b.Narrative, b.Role, b.Term = r.words(subject["narrative"]), r.words(subject["role"]), r.words(subject["term"])
	b.License = scalar(subject["licenseNumber"])
	b.Creator, b.Source = r.party(a["creator"]), r.party(subject["source"])
	for _, m := range envelope.Objects(a["related"]) {
		b.Related = append(b.Related, text(m["id"]))
	}
	b.ActivityStart, _, _ = envelope.Time(text(subject["activityStartDate"]))
	b.ActivityEnd, _, _ = envelope.Time(text(subject["activityEndDate"]))
	b.Results = r.results(a["resultDescription"], subject["result"])
	if ev := r.evidence(subject["evidence"]); len(b.Evidence) == 0 {
		b.Evidence = ev
	}
}

func (t tongues) criteria(v any) vc.Criteria {
	if s, ok := v.(string); ok {
		return vc.Criteria{ID: s}
	}
	m := first(v)
	return vc.Criteria{ID: text(m["id"]), Narrative: t.words(m["narrative"])}
}

// tags splits nothing: a tag may hold spaces and commas.
func tags(v any) []string {
	out := envelope.Strings(v)
	return slices.DeleteFunc(slices.Clone(out), func(s string) bool { return strings.TrimSpace(s) == "" })
}

func (t tongues) alignments(v any) []vc.Alignment {
	var out []vc.Alignment
	for _, m := range envelope.Objects(v) {
		out = append(out, vc.Alignment{
			Code: scalar(m["targetCode"]), Name: t.words(m["targetName"]), Description: t.words(m["targetDescription"]),
			Framework: t.words(m["targetFramework"]), Type: text(m["targetType"]),
			URL: firstOf(text(m["targetUrl"]), text(m["targetURL"]), text(m["id"])),
		})
	}
	return out
}
