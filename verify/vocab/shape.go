package vocab

import (
	"net/url"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// The first contexts of the two data models, which also tell them apart.
const (
	context11 = "https://www.w3.org/2018/credentials/v1"
	context20 = "https://www.w3.org/ns/credentials/v2"
)

// modelShape remarks on what VCDM 1.1 and 2.0 demand of every credential. What
// the standards say with MUST and what changes what is shown is grave; what real
// issuers get wrong without another meaning being possible is a caution.
func (r *reader) modelShape() {
	two := r.context()
	if !hasType(r.c.Doc, "VerifiableCredential") { // VCDM 1.1 section 4.3, 2.0 section 4.5
		r.flaw(true, "shape.type-missing", "type")
	}
	if types := listed(r.c.Doc["type"]); len(envelope.Strings(types)) != len(types) {
		r.flaw(true, "shape.member-type", "type")
	}
	r.uri(true, r.c.Doc["id"], "id")
	r.issuerShape(two)
	r.subjectShape()
	if two {
		r.dates20()
		r.wordShape(r.c.Doc, "")
	} else {
		r.dates11()
	}
	r.typed(true, "credentialStatus", !two)
	r.typed(true, "credentialSchema", true)
	for _, name := range []string{"refreshService", "termsOfUse", "evidence"} {
		r.typed(false, name, false)
	}
}

// context checks @context (VCDM 1.1 section 4.1, 2.0 section 4.3) and says whether
// it is the 2.0 model.
func (r *reader) context() (two bool) {
	list := listed(r.c.Doc["@context"])
	if len(list) == 0 {
		r.flaw(true, "shape.member-missing", "@context")
		return false
	}
	for _, v := range list {
		switch v := v.(type) {
		case string:
			if !isURI(v) {
				r.flaw(true, "shape.not-a-link", "@context")
			}
		case map[string]any:
		default:
			r.flaw(true, "shape.member-type", "@context")
		}
	}
	base, _ := list[0].(string)
	switch {
	case base == context11, base == context20:
	case alias(base) != "":
		r.flaw(false, "shape.context-alias", "@context")
		base = alias(base)
	default:
		r.flaw(true, "shape.context-first", "@context")
		if slices.Contains(list, any(context20)) {
			base = context20
		}
	}
	return base == context20
}

// alias knows the base contexts written with another scheme or host: a reader of
// tokens need not load them, so their meaning is still beyond doubt.
func alias(s string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	switch strings.TrimPrefix(rest, "www.") {
	case "w3.org/2018/credentials/v1":
		return context11
	case "w3.org/ns/credentials/v2":
		return context20
	}
	return ""
}

// isURI says whether s is a URL with a scheme, which is all VCDM asks of ids; a
// relative one could not be told from another issuer's.
func isURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || rest == "" || strings.ContainsAny(s, " \t\r\n<>\"{}|\\^`") {
		return false
	}
	for i, c := range scheme {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", c)) {
			return false
		}
	}
	if scheme == "http" || scheme == "https" {
		u, err := url.Parse(s)
		return err == nil && u.Host != ""
	}
	return true
}

// uri checks a member that, if present, is a single URL.
func (r *reader) uri(grave bool, v any, member string) {
	if v == nil {
		return
	}
	s, ok := v.(string)
	switch {
	case !ok:
		r.flaw(true, "shape.member-type", member)
	case !isURI(s):
		r.flaw(grave, "shape.not-a-link", member)
	}
}

// issuerShape: a URL, or an object with one as its id (VCDM 1.1 section 4.5, 2.0
// section 4.7).
func (r *reader) issuerShape(two bool) {
	switch v := r.c.Doc["issuer"].(type) {
	case nil:
		r.flaw(true, "shape.member-missing", "issuer")
	case string:
		r.uri(true, v, "issuer")
	case map[string]any:
		if v["id"] == nil {
			r.flaw(true, "shape.member-missing", "issuer.id")
		}
		r.uri(true, v["id"], "issuer.id")
		if two {
			r.wordShape(v, "issuer.")
		}
	default:
		r.flaw(true, "shape.member-type", "issuer")
	}
}

// subjectShape: one object or several, never none (VCDM 1.1 section 4.4, 2.0
// section 4.8).
func (r *reader) subjectShape() {
	v, has := r.c.Doc["credentialSubject"]
	all := envelope.Objects(v)
	switch {
	case !has || v == nil:
		r.flaw(true, "shape.member-missing", "credentialSubject")
	case len(all) == 0 || len(all) != len(listed(v)):
		r.flaw(true, "shape.member-type", "credentialSubject")
	}
	for _, s := range all {
		if len(s) == 0 {
			r.flaw(false, "shape.member-empty", "credentialSubject")
		}
		if id := s["id"]; id != nil && !isURI(text(id)) {
			r.flaw(false, "shape.not-a-link", "credentialSubject.id")
		}
	}
}

// dates11: issuanceDate is required; both are xsd:dateTime (VCDM 1.1 sections 4.6
// and 4.8), which may lack a time zone. validFrom and validUntil are reserved.
func (r *reader) dates11() {
	if r.c.Doc["issuanceDate"] == nil {
		r.flaw(true, "shape.member-missing", "issuanceDate")
	}
	r.date(false, "issuanceDate")
	r.date(false, "expirationDate")
	for _, name := range []string{"validFrom", "validUntil"} {
		if _, _, err := envelope.Time(text(r.c.Doc[name])); r.c.Doc[name] != nil && err != nil {
			r.flaw(true, "shape.date", name)
		}
	}
}

// dates20: both are optional, dateTimeStamps and in order (VCDM 2.0 section 4.9).
// The members of 1.1 mean nothing in 2.0.
func (r *reader) dates20() {
	r.date(true, "validFrom")
	r.date(true, "validUntil")
	for _, name := range []string{"issuanceDate", "expirationDate"} {
		if r.c.Doc[name] != nil {
			r.flaw(false, "shape.member-old", name)
		}
	}
	from, _, err1 := envelope.Time(text(r.c.Doc["validFrom"]))
	until, _, err2 := envelope.Time(text(r.c.Doc["validUntil"]))
	if err1 == nil && err2 == nil && until.Before(from) {
		r.flaw(true, "shape.dates-order", "validUntil")
	}
}

// date checks a date member; zone says whether a missing time zone is grave.
func (r *reader) date(zone bool, name string) {
	v := r.c.Doc[name]
	if v == nil {
		return
	}
	_, zoned, err := envelope.Time(text(v))
	switch {
	case err != nil:
		r.flaw(true, "shape.date", name)
	case !zoned:
		r.flaw(zone, "shape.date-zone", name)
	}
}

// typed checks members whose objects each name a type, and an id where needID
// (VCDM 1.1 sections 4.9, 5.4 to 5.6; 2.0 sections 4.10, 4.11, 5.4 to 5.6).
func (r *reader) typed(grave bool, name string, needID bool) {
	v := r.c.Doc[name]
	if v == nil {
		return
	}
	all := envelope.Objects(v)
	if len(all) != len(listed(v)) {
		r.flaw(grave, "shape.member-type", name)
	}
	for _, m := range all {
		types := listed(m["type"])
		if len(types) == 0 || len(envelope.Strings(m["type"])) != len(types) {
			r.flaw(grave, "shape.member-missing", name+".type")
		}
		if needID && m["id"] == nil {
			r.flaw(grave, "shape.member-missing", name+".id")
		}
		r.uri(false, m["id"], name+".id")
	}
}

// wordShape: name and description are texts or language value objects, which have
// no further members (VCDM 2.0 section 11.1).
func (r *reader) wordShape(m vc.Doc, prefix string) {
	for _, name := range []string{"name", "description"} {
		for _, v := range listed(m[name]) {
			if !isWords(v) {
				r.flaw(true, "shape.member-type", prefix+name)
			}
		}
	}
}

func isWords(v any) bool {
	if _, ok := v.(string); ok {
		return true
	}
	m, ok := v.(map[string]any)
	if !ok || m["@value"] == nil {
		return false
	}
	for k := range m {
		if k != "@value" && k != "@language" && k != "@direction" {
			return false
		}
	}
	return true
}
