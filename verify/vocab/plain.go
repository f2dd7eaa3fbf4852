package vocab

import (
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// readPlain reads every credential that no vocabulary claims, so it stands outside
// the registry: its claims are shown as they are, under readable labels.
func readPlain(r *reader) {
	c := r.c
	if c.Doc["@context"] == nil && strings.HasSuffix(c.Form, "sd-jwt") {
		readToken(r) // RFC 9901 says nothing about what a bare SD-JWT claims
		return
	}
	r.model()
	r.modelShape()
	for _, s := range envelope.Objects(c.Doc["credentialSubject"]) {
		c.Badge.Claims = append(c.Badge.Claims, r.claimsOf(s, "id", "type", "verifiableCredential")...)
		for _, inside := range listed(s["verifiableCredential"]) {
			r.part(inside, "credentialSubject.verifiableCredential")
		}
	}
	if isLERRS(c) {
		r.resume()
	}
	c.Badge.Type = ownType(c.Doc)
	c.Name = firstOf(c.Name, r.nestedName(c.Doc), label(c.Badge.Type), "Credential")
	c.Badge.Name = firstOf(c.Badge.Name, c.Name)
	r.endorsements("credential", c.Doc)
}

// ownType gives the type that says most: the last one that is not the general one.
func ownType(m vc.Doc) string {
	types := envelope.Strings(m["type"])
	for i := len(types) - 1; i >= 0; i-- {
		if types[i] != "VerifiableCredential" && types[i] != "VerifiableAttestation" {
			return types[i]
		}
	}
	return ""
}

// nestedName finds the name of what was awarded in the members that degrees and
// the credentials of the Digital Credentials Consortium use.
func (t tongues) nestedName(m vc.Doc) string {
	s := first(m["credentialSubject"])
	for _, name := range []string{"achievement", "hasCredential", "degree", "hasAchieved", "qualification"} {
		if n := t.words(first(s[name])["name"]); n != "" {
			return n
		}
	}
	return ""
}

func firstOf(all ...string) string {
	for _, s := range all {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// listed gives a member as a list.
func listed(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
