package vocab

import (
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(vocabulary{kind: SDJWTVC, claims: isSDJWTVC, read: readSDJWTVC})

// isSDJWTVC: vct, and not @context, makes a token an SD-JWT VC whatever its typ
// (VC-JOSE-COSE section 3.2 shares "vc+sd-jwt"). One whose typ promises an SD-JWT
// VC and that lacks vct is one with a flaw.
func isSDJWTVC(c *vc.Credential) bool {
	if c.Doc["@context"] != nil || !strings.HasSuffix(c.Form, "sd-jwt") || isPresentation(c) {
		return false
	}
	if c.Doc["vct"] != nil {
		return true
	}
	if len(c.Proofs) == 0 {
		return false
	}
	typ := strings.ToLower(text(c.Proofs[0].Doc["typ"]))
	return strings.HasSuffix(typ, "dc+sd-jwt") || strings.HasSuffix(typ, "vc+sd-jwt")
}

// tokenClaims are registered claims with a meaning of their own (draft-ietf-oauth-
// sd-jwt-vc section 3.2.2.2); everything else is what the credential claims.
var tokenClaims = []string{
	"iss", "iat", "nbf", "exp", "vct", "vct#integrity", "aka_vcts", "cnf", "status", "sub", "jti", "_sd_alg", "credentialStatus",
}

func readSDJWTVC(r *reader) {
	readToken(r)
	c := r.c
	c.Badge.Type = text(c.Doc["vct"])
	c.Name = firstOf(r.words(c.Doc["name"]), r.achievementName(c.Doc), label(typeName(text(c.Doc["vct"]))), "Credential")
	c.Badge.Name = c.Name
	c.Badge.Description = r.words(c.Doc["description"])
	if c.Doc["vct"] == nil {
		r.flaw(true, "shape.member-missing", "vct")
	} else if text(c.Doc["vct"]) == "" {
		r.flaw(true, "shape.member-type", "vct")
	}
	if v := c.Doc["cnf"]; v != nil && first(v) == nil { // RFC 7800 section 3.1
		r.flaw(true, "shape.member-type", "cnf")
	}
	// Some issuers say with an SD-JWT VC what Open Badges say: then it is shown like
	// a badge too. It stays an SD-JWT VC, whose rules are its own.
	subject := first(c.Doc["credentialSubject"])
	if subject == nil {
		subject = c.Doc
	}
	if a := first(subject["achievement"]); a != nil {
		r.achievement(a, subject)
	}
}

// readToken reads the registered claims of a token that is no W3C credential.
func readToken(r *reader) {
	c := r.c
	c.ID = text(c.Doc["jti"])
	c.Issuer = r.party(c.Doc["iss"])
	if m, ok := c.Doc["issuer"].(map[string]any); ok {
		p := r.party(m)
		p.ID = firstOf(c.Issuer.ID, p.ID)
		c.Issuer = p
	}
	c.Issuer.Name = firstOf(c.Issuer.Name, text(c.Doc["issuer_name"]), text(c.Doc["issuing_authority"]))
	subject := c.Doc
	if m := first(c.Doc["credentialSubject"]); m != nil {
		subject = m
	}
	c.Subject = vc.Party{ID: firstOf(text(c.Doc["sub"]), text(subject["id"])), Name: firstOf(r.personName(subject), r.personName(c.Doc)), Email: text(c.Doc["email"])}
	r.numericDates()
	r.tokenStatus()
	r.entries()
	r.typed(true, "credentialStatus", false)
	c.Name, c.Badge.Name = "Credential", "Credential"
	c.Badge.Claims = r.claimsOf(c.Doc, tokenClaims...)
	for _, name := range []string{"iss", "sub", "jti"} {
		if v := c.Doc[name]; v != nil && text(v) == "" {
			r.flaw(true, "shape.claim-type", name)
		}
	}
}

func (r *reader) numericDates() {
	c := r.c
	for _, d := range []struct {
		name  string
		grave bool
	}{{"iat", false}, {"nbf", true}, {"exp", true}} {
		t, ok := envelope.NumericDate(c.Doc[d.name])
		switch {
		case c.Doc[d.name] == nil:
		case !ok:
			r.flaw(d.grave, "shape.claim-type", d.name)
		case d.name == "iat":
			c.Badge.Awarded = t
		case d.name == "nbf":
			c.From = t
		default:
			c.Until = t
		}
	}
	if !c.From.IsZero() && !c.Until.IsZero() && c.Until.Before(c.From) {
		r.flaw(true, "shape.dates-order", "exp")
	}
}

// tokenStatus reads the reference to a Token Status List (draft-ietf-oauth-status-
// list section 6). A status of another mechanism is kept, so that it is not
// mistaken for none.
func (r *reader) tokenStatus() {
	v := r.c.Doc["status"]
	if v == nil {
		return
	}
	m, ok := v.(map[string]any)
	if !ok {
		if r.c.Doc["vct"] != nil {
			r.flaw(true, "shape.member-type", "status")
		}
		return
	}
	list, ok := m["status_list"].(map[string]any)
	if !ok {
		r.c.Status = append(r.c.Status, vc.StatusRef{Type: label(firstKey(m)), Doc: m})
		return
	}
	ref := vc.StatusRef{Type: "TokenStatusList", List: text(list["uri"]), Index: scalar(list["idx"]), Doc: list}
	if ref.List == "" || ref.Index == "" {
		r.flaw(true, "shape.member-missing", "status.status_list")
	}
	r.c.Status = append(r.c.Status, ref)
}

func firstKey(m vc.Doc) string {
	best := ""
	for k := range m {
		if best == "" || k < best {
			best = k
		}
	}
	return best
}

// typeName takes the last telling part of a vct, which is a URL, a URN or a dotted
// name: "https://example.org/identity_credential", "urn:eudi:pid:1", "eu.eudi.pid.1".
func typeName(vct string) string {
	signs := "/:#"
	if !strings.ContainsAny(vct, signs) {
		signs = "."
	}
	parts := strings.FieldsFunc(vct, func(c rune) bool { return strings.ContainsRune(signs, c) })
	for i := len(parts) - 1; i >= 0; i-- {
		if strings.Trim(parts[i], "0123456789.v") != "" {
			return parts[i]
		}
	}
	return vct
}

func (t tongues) achievementName(m vc.Doc) string {
	if s := first(m["credentialSubject"]); s != nil {
		m = s
	}
	return t.words(first(m["achievement"])["name"])
}
