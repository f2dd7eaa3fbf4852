package vocab

import (
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Limits for the achievements of one credential: a diploma supplement has some
// hundred, three or four deep.
const (
	maxAchievements     = 1000
	maxAchievementDepth = 8
)

// achievements reads what the credential claims of its subject. The first claim is
// the badge; where there are more, or some have parts, all of them are a record.
func (e *edc) achievements() {
	c := e.c
	all := envelope.Objects(e.subject["hasClaim"])
	const at = "/credentialSubject/hasClaim"
	if len(all) > 0 {
		path := at
		if _, several := e.subject["hasClaim"].([]any); several {
			path += "/0"
		}
		image := c.Badge.Image
		c.Badge = e.badge(all[0], path)
		c.Badge.Image = image
	}
	c.Badge.Claims = append(e.stated(), c.Badge.Claims...)
	if c.Badge.Awarded.IsZero() {
		c.Badge.Awarded = e.time("issued", "issuanceDate")
	}
	roots := e.nodes(all, 0)
	if len(c.Record.Claimed) > 1 {
		c.Record.Roots = roots
	} else {
		c.Record.Claimed = nil // it is the badge itself
	}
}

// nodes reads achievements with their parts (hasPart) as a tree.
func (e *edc) nodes(all []vc.Doc, depth int) []vc.Node {
	var out []vc.Node
	for _, a := range all {
		if depth > maxAchievementDepth || len(e.c.Record.Claimed) == maxAchievements {
			return out
		}
		b := e.badge(a, "")
		e.c.Record.Claimed = append(e.c.Record.Claimed, b)
		n := vc.Node{ID: text(a["id"]), Name: b.Name, Part: -len(e.c.Record.Claimed)}
		n.Children = e.nodes(envelope.Objects(a["hasPart"]), depth+1)
		out = append(out, n)
	}
	return out
}

// badge reads one claim: a LearningAchievement, or an activity, an assessment or an
// entitlement where that is claimed by itself. path is where it stands.
func (e *edc) badge(a vc.Doc, path string) vc.Badge {
	spec, award := first(a["specifiedBy"]), first(a["awardedBy"])
	b := vc.Badge{
		AchievementID: webAddress(firstOf(text(spec["id"]), text(a["id"]))),
		Name:          firstOf(e.notes(a["title"]), e.notes(spec["title"])),
		Description:   firstOf(e.notes(a["description"]), e.notes(spec["description"])),
		Type:          firstOf(e.notes(spec["dcType"]), e.notes(a["dcType"]), label(lastType(spec)), label(lastType(a))),
		Language:      e.notes(spec["language"]),
		FieldOfStudy:  e.notes(spec["thematicArea"]),
		Criteria:      vc.Criteria{ID: text(first(spec["homepage"])["contentURL"]), Narrative: e.criteria(a, spec)},
		Skills:        e.skills(spec["learningOutcome"]),
		Results:       e.results(a["provenBy"], 0),
		CreditsEarned: points(a["creditReceived"]), CreditsOffered: points(spec["creditPoint"]),
	}
	b.Creator = e.organisation(first(award["awardingBody"]), webAddress(id(award["awardingBody"])))
	b.Awarded, _, _ = envelope.Time(text(award["awardingDate"]))
	e.activity(&b, a)
	if path != "" {
		b.Claims = e.elements(a, path)
	}
	return b
}

func lastType(m vc.Doc) string {
	if all := envelope.Strings(m["type"]); len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

// activity reads when the learning took place: from the first start to the last
// end of the activities that led to the achievement.
func (e *edc) activity(b *vc.Badge, a vc.Doc) {
	for _, act := range envelope.Objects(a["influencedBy"]) {
		for _, period := range envelope.Objects(act["temporal"]) {
			from, _, errFrom := envelope.Time(text(period["startDate"]))
			until, _, errUntil := envelope.Time(text(period["endDate"]))
			if errFrom == nil && (b.ActivityStart.IsZero() || from.Before(b.ActivityStart)) {
				b.ActivityStart = from
			}
			if errUntil == nil && until.After(b.ActivityEnd) {
				b.ActivityEnd = until
			}
		}
	}
}

// criteria says what had to be done: the outcomes in one text, and how the
// assessments were graded.
func (e *edc) criteria(a, spec vc.Doc) string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(e.notes(spec["learningOutcomeSummary"]))
	for _, p := range envelope.Objects(a["provenBy"]) {
		s := first(p["specifiedBy"])
		add(e.notes(s["description"]))
		add(e.notes(first(s["gradingScheme"])["description"]))
	}
	return strings.Join(out, "\n\n")
}

// skills reads learning outcomes, each followed by the skills it is tied to.
func (e *edc) skills(v any) []vc.Alignment {
	var out []vc.Alignment
	for _, o := range envelope.Objects(v) {
		out = append(out, vc.Alignment{
			Name: e.notes(o["title"]), Description: e.notes(o["additionalNote"]), Type: e.notes(o["dcType"]),
			URL: webAddress(text(o["id"])),
		})
		for _, name := range []string{"relatedESCOSkill", "relatedSkill"} {
			for _, s := range envelope.Objects(o[name]) {
				out = append(out, vc.Alignment{Name: e.notes(s["prefLabel"]), Framework: framework(s), URL: webAddress(text(s["id"]))})
			}
		}
	}
	return out
}

// framework names the list a skill is from, as far as its address tells.
func framework(skill vc.Doc) string {
	switch s := id(skill["inScheme"]); {
	case strings.HasPrefix(s, "http://data.europa.eu/esco/"):
		return "ESCO"
	case strings.HasPrefix(s, "http://data.europa.eu/snb/dcf/"):
		return "DigComp"
	default:
		return webAddress(s)
	}
}

// results reads assessments, those inside others after them.
func (e *edc) results(v any, depth int) []vc.Result {
	var out []vc.Result
	for _, p := range envelope.Objects(v) {
		if depth > maxAchievementDepth {
			return out
		}
		spec := first(p["specifiedBy"])
		out = append(out, vc.Result{
			Name: firstOf(e.notes(p["title"]), e.notes(spec["title"])), Type: firstOf(e.notes(p["dcType"]), e.notes(spec["dcType"])),
			Value: e.notes(p["grade"]), Status: e.notes(p["gradeStatus"]),
		})
		out = append(out, e.results(p["hasPart"], depth+1)...)
	}
	return out
}

// points gives credit points as written. Only one system is taken: unlike units
// can't be added.
func points(v any) string {
	return scalar(first(v)["point"])
}

// elements are what the European description of a micro-credential asks for beside
// (Council Recommendation of 16 June 2022, 2022/C 243/02, annex I), and what an
// achievement of the European Learning Model says further.
func (e *edc) elements(a vc.Doc, path string) []vc.Claim {
	spec, body := first(a["specifiedBy"]), first(first(a["awardedBy"])["awardingBody"])
	var out []vc.Claim
	add := func(label, at, value string) {
		if value != "" {
			out = append(out, vc.Claim{Path: path + "/" + at, Label: label, Value: value})
		}
	}
	add("Country", "awardedBy/awardingBody/location", e.country(body))
	add("Workload", "specifiedBy/volumeOfLearning", duration(text(spec["volumeOfLearning"])))
	add("Longest duration", "specifiedBy/maximumDuration", duration(text(spec["maximumDuration"])))
	add("Credit system", "specifiedBy/creditPoint", e.notes(first(spec["creditPoint"])["framework"]))
	add("European qualifications framework", "specifiedBy/eqfLevel", e.notes(spec["eqfLevel"]))
	add("National qualifications framework", "specifiedBy/nqfLevel", e.notes(spec["nqfLevel"]))
	add("Education level", "specifiedBy/educationLevel", e.notes(spec["educationLevel"]))
	add("Form of participation", "specifiedBy/mode", e.notes(spec["mode"]))
	add("Setting", "specifiedBy/learningSetting", e.notes(spec["learningSetting"]))
	add("Prerequisites", "specifiedBy/entryRequirement", e.notes(spec["entryRequirement"]))
	for i, p := range envelope.Objects(a["provenBy"]) {
		add("Supervision and identity check", "provenBy/"+strconv.Itoa(i)+"/idVerification", e.notes(p["idVerification"]))
	}
	add("Quality assurance", "specifiedBy/accreditation", e.notes(spec["accreditation"]))
	add("Quality assurance of the awarding body", "awardedBy/awardingBody/accreditation", e.notes(body["accreditation"]))
	add("Gives the right to", "entitlesTo", e.notes(a["entitlesTo"]))
	return out
}

// stated are claims of the credential itself.
func (e *edc) stated() []vc.Claim {
	var out []vc.Claim
	if s := e.notes(e.c.Doc["credentialProfiles"]); s != "" {
		out = append(out, vc.Claim{Path: "/credentialProfiles", Label: "Profile", Value: s})
	}
	for _, i := range envelope.Objects(e.c.Doc["identifier"]) {
		if n := scalar(i["notation"]); n != "" {
			out = append(out, vc.Claim{Path: "/identifier", Label: firstOf(e.notes(i["schemeName"]), "Number"), Value: n})
		}
	}
	return out
}
