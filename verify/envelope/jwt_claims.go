package envelope

import (
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/vc"
)

// fill11 puts the registered claims of a VCDM 1.1 token into the credential
// (section 6.3.1, JSON Web Token decoding). A member that is there already must
// say the same: Open Badges 3.0 section 8.2.4 calls a token that contradicts its
// credential not valid, and showing either would mean to choose whom to believe.
func (o *Opened) fill11(claims vc.Doc) {
	o.issuer(claims)
	o.subject(claims)
	o.same(claims, "jti", "id")
	from := "issuanceDate"
	if o.Doc[from] == nil && o.Doc["validFrom"] != nil {
		from = "validFrom"
	}
	until := "expirationDate"
	if o.Doc[until] == nil && o.Doc["validUntil"] != nil {
		until = "validUntil"
	}
	o.date(claims, "nbf", from)
	o.date(claims, "exp", until)
	if o.Doc["validUntil"] != nil { // which readers look at first
		o.date(claims, "exp", "validUntil")
	}
	o.readable(claims, false, "iat")
	if m, ok := claims["status"].(map[string]any); ok && o.Doc["status"] == nil {
		o.Doc["status"] = m // the reference to a Token Status List stands beside "vc"
	}
}

// agree compares the registered claims of a payload that is the credential
// itself. For VC-JOSE-COSE (jose) exp and nbf speak of the signature, not of the
// credential, so they need not equal its dates (section 1.1.2.1); for the profile
// of Open Badges 3.0 section 8.2.4 they must.
func (o *Opened) agree(claims vc.Doc, jose bool) {
	o.issuer(claims)
	o.subject(claims)
	o.same(claims, "jti", "id")
	if jose {
		o.readable(claims, true, "nbf", "exp")
	} else {
		o.date(claims, "nbf", "validFrom")
		o.date(claims, "exp", "validUntil")
	}
	o.readable(claims, false, "iat")
}

// shownClaims remarks on the registered claims of a presentation that are not of
// their type (RFC 7519, section 4.1): an end that can't be read is not the lack of
// one.
func (o *Opened) shownClaims() {
	o.claim(o.Payload, "iss")
	o.claim(o.Payload, "nonce")
	o.readable(o.Payload, true, "nbf", "exp")
	o.readable(o.Payload, false, "iat") // which is only told
	list, isList := o.Payload["aud"].([]any)
	if !isList {
		o.claim(o.Payload, "aud")
	} else if len(Strings(list)) != len(list) {
		o.flaw(true, "shape.claim-type", "aud")
	}
}

// claim gives a text claim; one of another type is a flaw (RFC 7519 section 4.1).
func (o *Opened) claim(claims vc.Doc, name string) string {
	v := claims[name]
	if v == nil {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		o.flaw(true, "shape.claim-type", name)
	}
	return s
}

func (o *Opened) same(claims vc.Doc, name, member string) {
	s := o.claim(claims, name)
	switch {
	case s == "":
	case o.Doc[member] == nil:
		o.Doc[member] = s
	case o.Doc[member] != s:
		o.flaw(true, "shape."+name+"-differs", member)
	}
}

func (o *Opened) issuer(claims vc.Doc) {
	m, isObject := o.Doc["issuer"].(map[string]any)
	if !isObject {
		o.same(claims, "iss", "issuer")
		return
	}
	iss := o.claim(claims, "iss")
	if iss == "" {
		return
	}
	switch m["id"] {
	case nil:
		m = clone(m)
		m["id"] = iss
		o.Doc["issuer"] = m
	case iss:
	default:
		o.flaw(true, "shape.iss-differs", "issuer")
	}
}

func (o *Opened) subject(claims vc.Doc) {
	sub := o.claim(claims, "sub")
	subjects := Objects(o.Doc["credentialSubject"])
	if sub == "" || len(subjects) == 0 {
		return
	}
	if slices.ContainsFunc(subjects, func(m vc.Doc) bool { return m["id"] == sub }) {
		return
	}
	if len(subjects) == 1 && subjects[0]["id"] == nil {
		m := clone(subjects[0])
		m["id"] = sub
		o.Doc["credentialSubject"] = m
		return
	}
	o.flaw(true, "shape.sub-differs", "credentialSubject")
}

// date compares a date claim with a member, to the second, or fills the member in.
func (o *Opened) date(claims vc.Doc, name, member string) {
	if claims[name] == nil {
		return
	}
	t, ok := NumericDate(claims[name])
	if !ok {
		o.flaw(true, "shape.claim-type", name)
		return
	}
	stated := o.Doc[member]
	if stated == nil {
		o.Doc[member] = t.Format(time.RFC3339)
		return
	}
	// A member that is no date is remarked on by its reader.
	if m, _, err := Time(text(stated)); err == nil && m.Unix() != t.Unix() {
		o.flaw(true, "shape."+name+"-differs", member)
	}
}

// readable remarks on dates that are none.
func (o *Opened) readable(claims vc.Doc, grave bool, names ...string) {
	for _, name := range names {
		if _, ok := NumericDate(claims[name]); claims[name] != nil && !ok {
			o.flaw(grave, "shape.claim-type", name)
		}
	}
}
