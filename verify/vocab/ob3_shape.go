package vocab

import (
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// badgeShape remarks on what Open Badges 3.0 requires beyond the data model (its
// JSON schema, AchievementCredential). Without an achievement or its name there is
// no badge: that is grave. The rest is missing from real signed badges of several
// issuers and leaves no doubt about what was awarded: a caution.
func (r *reader) badgeShape(subject, a vc.Doc) {
	if r.c.Doc["id"] == nil {
		r.flaw(false, "shape.member-missing", "id")
	}
	if r.c.From.IsZero() {
		r.flaw(false, "shape.member-missing", "validFrom")
	}
	if subject == nil {
		return // remarked on already
	}
	if subject["id"] == nil && len(envelope.Objects(subject["identifier"])) == 0 {
		r.flaw(false, "shape.recipient-missing", "credentialSubject")
	}
	if a == nil {
		r.flaw(true, "shape.member-missing", "credentialSubject.achievement")
		return
	}
	const at = "credentialSubject.achievement."
	if r.words(a["name"]) == "" {
		r.flaw(true, "shape.member-missing", at+"name")
	}
	for _, name := range []string{"id", "type", "criteria", "description"} {
		if a[name] == nil {
			r.flaw(false, "shape.member-missing", at+name)
		}
	}
	r.identifierShape(subject)
	for _, name := range []string{"activityStartDate", "activityEndDate"} {
		if _, _, err := envelope.Time(text(subject[name])); subject[name] != nil && err != nil {
			r.flaw(false, "shape.date", "credentialSubject."+name)
		}
	}
}

// profileShape: an issuer's Profile names its type (section B.1.21).
func (r *reader) profileShape() {
	if m, ok := r.c.Doc["issuer"].(map[string]any); ok && len(envelope.Strings(m["type"])) == 0 {
		r.flaw(false, "shape.member-missing", "issuer.type")
	}
}

// identifierShape: without these members nobody can find out whom an identifier
// means (section B.1.14).
func (r *reader) identifierShape(subject vc.Doc) {
	for _, m := range envelope.Objects(subject["identifier"]) {
		for _, name := range []string{"identityHash", "identityType", "hashed"} {
			if m[name] == nil {
				r.flaw(false, "shape.member-missing", "credentialSubject.identifier."+name)
			}
		}
	}
}
