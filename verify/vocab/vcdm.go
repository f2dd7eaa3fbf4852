package vocab

import (
	"time"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// model reads what every W3C credential says in the same way, VCDM 1.1 and 2.0.
func (r *reader) model() {
	c := r.c
	c.ID = text(c.Doc["id"])
	c.Issuer = r.party(c.Doc["issuer"])
	subject := first(c.Doc["credentialSubject"])
	c.Subject = r.party(subject)
	c.From = r.time("validFrom", "issuanceDate")
	c.Until = r.time("validUntil", "expirationDate")
	r.tokenDates()
	c.Name = r.words(c.Doc["name"])
	c.Badge.Name = c.Name
	c.Badge.Description = r.words(c.Doc["description"])
	c.Badge.Image = r.image(c.Doc["image"])
	c.Badge.Evidence = r.evidence(c.Doc["evidence"])
	if t, _, err := envelope.Time(text(c.Doc["awardedDate"])); err == nil {
		c.Badge.Awarded = t
	}
	r.entries()
	if m, ok := c.Doc["status"].(map[string]any); ok && r.isToken() && m["status_list"] != nil {
		r.tokenStatus() // any token may have one (draft-ietf-oauth-status-list section 6)
	}
}

// entries reads the status entries of a W3C credential. SD-JWT VCs have some, too.
func (r *reader) entries() {
	for _, s := range envelope.Objects(r.c.Doc["credentialStatus"]) {
		r.c.Status = append(r.c.Status, status(s))
	}
}

// isToken says whether the document is what a token says.
func (r *reader) isToken() bool { return len(r.c.Proofs) > 0 && r.c.Proofs[0].Alg != "" }

// time reads the first of several members that is there.
func (r *reader) time(members ...string) time.Time {
	for _, name := range members {
		if v := r.c.Doc[name]; v != nil {
			t, _, _ := envelope.Time(text(v)) // shape.go remarks on what does not parse
			return t
		}
	}
	return time.Time{}
}

// tokenDates narrows the period to what the token itself says: past exp or before
// nbf a token must not be accepted (RFC 7519 sections 4.1.4 and 4.1.5).
func (r *reader) tokenDates() {
	if !r.isToken() {
		return
	}
	if t, ok := envelope.NumericDate(r.c.Doc["nbf"]); ok && t.After(r.c.From) {
		r.c.From = t
	}
	if t, ok := envelope.NumericDate(r.c.Doc["exp"]); ok && (r.c.Until.IsZero() || t.Before(r.c.Until)) {
		r.c.Until = t
	}
}

// party reads an issuer or a subject, given as an id or an object (Open Badges 3.0
// section B.1.21 Profile; VCDM 2.0 section 4.7).
func (t tongues) party(v any) vc.Party {
	m, ok := v.(map[string]any)
	if !ok {
		return vc.Party{ID: text(v)}
	}
	p := vc.Party{
		ID: text(m["id"]), Name: t.words(m["name"]), Description: t.words(m["description"]),
		URL: text(m["url"]), Email: text(m["email"]), Image: t.image(m["image"]),
	}
	for _, i := range envelope.Objects(m["identifier"]) {
		p.Identifiers = append(p.Identifiers, identifier(i))
	}
	if p.Name == "" {
		p.Name = t.personName(m)
	}
	if p.Name == "" {
		p.Name = nameIn(p.Identifiers)
	}
	return p
}

// personName builds a name of the members that other vocabularies use.
func (t tongues) personName(m vc.Doc) string {
	for _, names := range [][2]string{{"givenName", "familyName"}, {"given_name", "family_name"}, {"firstName", "lastName"}} {
		given, family := t.words(m[names[0]]), t.words(m[names[1]])
		switch {
		case given != "" && family != "":
			return given + " " + family
		case given+family != "":
			return given + family
		}
	}
	for _, name := range []string{"fullName", "legalName", "prefLabel"} {
		if s := t.words(m[name]); s != "" {
			return s
		}
	}
	return ""
}

// nameIn takes a name that is given in the clear as an identifier.
func nameIn(all []vc.Identifier) string {
	for _, i := range all {
		if !i.Hashed && (i.Type == "name" || i.Type == "fullName") {
			return i.Value
		}
	}
	return ""
}

// identifier reads an IdentityObject (Open Badges 3.0 section B.1.14). The salt of
// a plain value means nothing: real data say "not-used".
func identifier(m vc.Doc) vc.Identifier {
	out := vc.Identifier{Type: text(m["identityType"]), Value: scalar(m["identityHash"])}
	if hashed, _ := m["hashed"].(bool); hashed {
		out.Hashed, out.Salt = true, text(m["salt"])
	}
	return out
}

func status(m vc.Doc) vc.StatusRef {
	out := vc.StatusRef{ID: text(m["id"]), Purpose: text(m["statusPurpose"]), Size: scalar(m["statusSize"]), Doc: m}
	if types := envelope.Strings(m["type"]); len(types) > 0 {
		out.Type = types[0]
	}
	out.List, out.Index = text(m["statusListCredential"]), scalar(m["statusListIndex"])
	switch out.Type {
	case "RevocationList2020Status":
		out.List, out.Index = text(m["revocationListCredential"]), scalar(m["revocationListIndex"])
		if out.Purpose == "" {
			out.Purpose = "revocation"
		}
	case "1EdTechRevocationList": // the id is the list, the credential's id the entry
		out.List = out.ID
		if out.Purpose == "" {
			out.Purpose = "revocation"
		}
	}
	return out
}

func (t tongues) evidence(v any) []vc.Evidence {
	var out []vc.Evidence
	for _, m := range envelope.Objects(v) {
		out = append(out, vc.Evidence{
			ID: text(m["id"]), Name: t.words(m["name"]), Description: t.words(m["description"]),
			Narrative: t.words(m["narrative"]), Genre: t.words(m["genre"]), Audience: t.words(m["audience"]),
		})
	}
	return out
}
