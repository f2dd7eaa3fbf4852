package vocab

import (
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// The older European credentials are XML of the Europass Learning Model 2. What
// they say is written here in the words of the European Learning Model 3, their
// successor, and read from that: one way of showing serves both. Two vintages are
// known: that of schema 0.10, in which things refer to each other by idref and texts
// come by language, and the pilots of 2019, in which much was plain text.

// maxThings bounds how much of one document is written in the new words: things
// refer to each other, so it could be more than the document.
const maxThings = 5000

// europass is one older credential being rewritten.
type europass struct {
	root vc.Doc
	ids  map[string]vc.Doc // by their id, for those who refer to them
	left int
}

// olderEDC gives the document of an older credential, and whether it is one.
func olderEDC(doc vc.Doc) (vc.Doc, bool) {
	root, ok := doc[envelope.Europass].(map[string]any)
	return root, ok
}

// readOlderEDC rewrites the document and reads the result. What its own schema
// requires and both vintages have is checked first: the new shape demands more.
func readOlderEDC(r *reader, root vc.Doc) {
	x := &europass{root: root, ids: map[string]vc.Doc{}, left: maxThings}
	x.collect(root)
	r.c.Doc = x.credential()
	r.olderShape(root)
	r.elm()
}

func (r *reader) olderShape(root vc.Doc) {
	switch issuers := listed(root["issuer"]); {
	case len(issuers) == 0 || r.c.Doc["issuer"] == nil:
		r.flaw(true, "shape.member-missing", "issuer")
	case len(issuers) > 1:
		r.flaw(true, "shape.member-type", "issuer")
	}
	for _, name := range []string{"credentialSubject", "title"} {
		if root[name] == nil {
			r.flaw(true, "shape.member-missing", name)
		}
	}
	for _, name := range []string{"validFrom", "validUntil", "issuanceDate", "expirationDate"} {
		if v := r.c.Doc[name]; v != nil {
			if _, zoned, err := envelope.Time(text(v)); err != nil {
				r.flaw(true, "shape.date", name)
			} else if !zoned {
				r.flaw(false, "shape.date-zone", name)
			}
		}
	}
}

// collect finds everything that has an id. Where an id stands twice, one place says
// what the thing is and the others hardly more than that it is meant.
func (x *europass) collect(v any) {
	switch v := v.(type) {
	case map[string]any:
		if s := text(v["@id"]); s != "" && len(v) > len(x.ids[s]) {
			x.ids[s] = v
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			x.collect(v[name])
		}
	case []any:
		for _, in := range v {
			x.collect(in)
		}
	}
}

// thing gives an element, or the one it refers to; nil when there is nothing.
func (x *europass) thing(v any) vc.Doc {
	m := first(v)
	if ref := text(m["@idref"]); ref != "" {
		m = x.ids[ref]
	}
	if x.left--; x.left < 0 {
		return nil
	}
	return m
}

// put sets a member that says something.
func put(m vc.Doc, name string, v any) {
	switch v := v.(type) {
	case nil:
		return
	case string:
		if v == "" {
			return
		}
	case vc.Doc:
		if len(v) == 0 {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	}
	m[name] = v
}

// credential rewrites the whole.
func (x *europass) credential() vc.Doc {
	out := vc.Doc{"type": []any{"VerifiableCredential", "EuropeanDigitalCredential"}}
	put(out, "id", plainText(firstSaid(x.root, "@id", "uuid")))
	put(out, "validFrom", plainText(firstSaid(x.root, "validFrom", "issuanceDate")))
	put(out, "validUntil", plainText(firstSaid(x.root, "validUntil", "expirationDate")))
	put(out, "issued", plainText(firstSaid(x.root, "issued", "issuanceDate")))
	put(out, "credentialProfiles", concept(x.root["type"]))
	put(out, "identifier", numbers(x.root["identifier"]))
	put(out, "issuer", x.organisation(firstIssuer(x.root["issuer"])))
	shown := vc.Doc{}
	put(shown, "title", texts(x.root["title"]))
	put(shown, "description", texts(x.root["description"]))
	if lang := plainText(x.root["primaryLanguage"]); lang != "" {
		shown["primaryLanguage"] = vc.Doc{"id": lang}
	}
	put(out, "displayParameter", shown)
	put(out, "credentialSubject", x.person(first(x.root["credentialSubject"])))
	return out
}

// firstIssuer: the pilots put the organisation one deeper.
func firstIssuer(v any) any {
	if m := first(v); m["organization"] != nil {
		return m["organization"]
	}
	return v
}

func (x *europass) person(m vc.Doc) vc.Doc {
	out := vc.Doc{}
	put(out, "id", plainText(firstSaid(m, "@id", "id")))
	for _, name := range []string{"fullName", "givenName", "familyName"} {
		put(out, name, texts(m[name]))
	}
	if out["givenName"] == nil {
		put(out, "givenName", texts(m["givenNames"]))
	}
	put(out, "nationalID", numbers(firstSaid(m, "nationalId", "nationalityId")))
	put(out, "contactPoint", contact(m))
	var claims []any
	achievements := first(m["achievements"])
	for _, name := range []string{"learningAchievement", "learningAward"} {
		for _, a := range envelope.Objects(achievements[name]) {
			claims = append(claims, x.achievement(a, 0))
		}
	}
	put(out, "hasClaim", claims)
	return out
}

func (x *europass) organisation(v any) vc.Doc {
	m := x.thing(v)
	if m == nil {
		return nil
	}
	out := vc.Doc{}
	put(out, "id", text(m["@id"]))
	put(out, "legalName", texts(firstSaid(m, "prefLabel", "preferredName")))
	put(out, "altLabel", texts(firstSaid(m, "altLabel", "alternativeName")))
	put(out, "registration", numbers(firstSaid(m, "registration", "legalIdentifier")))
	put(out, "vatIdentifier", numbers(m["vatIdentifier"]))
	put(out, "taxIdentifier", numbers(m["taxIdentifier"]))
	put(out, "contactPoint", contact(m))
	if page := address(firstSaid(m, "homepage", "homePage")); page != "" {
		out["homepage"] = vc.Doc{"contentURL": page}
	}
	if country := concept(first(first(m["hasLocation"])["hasAddress"])["country"]); country != nil {
		out["location"] = vc.Doc{"address": vc.Doc{"countryCode": country}}
	}
	if logo := first(m["logo"]); logo != nil {
		pic := vc.Doc{"contentEncoding": vc.Doc{"prefLabel": "base64"}}
		put(pic, "contentType", concept(logo["contentType"]))
		put(pic, "contentURL", plainText(firstSaid(logo, "contentUrl", "@contentUrl")))
		put(pic, "content", strings.Join(strings.Fields(plainText(logo["content"])), ""))
		out["logo"] = pic
	}
	return out
}

// contact gives the first address for messages.
func contact(m vc.Doc) vc.Doc {
	for _, c := range append(envelope.Objects(m["contactPoint"]), m) {
		for _, name := range []string{"mailBox", "email"} {
			if a := strings.TrimPrefix(address(c[name]), "mailto:"); strings.Contains(a, "@") {
				return vc.Doc{"emailAddress": vc.Doc{"id": "mailto:" + a}}
			}
		}
	}
	return nil
}
