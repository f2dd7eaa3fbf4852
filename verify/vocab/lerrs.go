package vocab

import (
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// isLERRS tells a credential around a Learning and Employment Record résumé (HR
// Open Standards, LER-RS 1.0 and later), by its context or its subject's type.
func isLERRS(c *vc.Credential) bool {
	const part = "LER-RSType"
	has := func(s string) bool { return strings.Contains(s, part) }
	return slices.ContainsFunc(envelope.Strings(c.Doc["@context"]), has) ||
		slices.ContainsFunc(envelope.Strings(first(c.Doc["credentialSubject"])["type"]), has)
}

// resume reads such a résumé: what it claims by itself, and the credentials it
// carries, which are parts.
func (r *reader) resume() {
	c := r.c
	subject := first(c.Doc["credentialSubject"])
	c.Subject.Name = firstOf(c.Subject.Name, r.words(first(first(subject["person"])["name"])["formattedName"]))
	r.verifications(subject, "credentialSubject", 0)
	c.Badge.Claims = slices.DeleteFunc(c.Badge.Claims, func(l vc.Claim) bool { return strings.Contains(l.Path, "/verifications/") })
}

// verifications opens what a résumé holds: any entry of it may carry, in its
// verifications, the credential that it rests on.
func (r *reader) verifications(v any, path string, depth int) {
	if depth > maxClaimDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.verifications(e, path, depth+1)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			at := path + "." + name
			if name != "verifications" {
				r.verifications(v[name], at, depth+1)
				continue
			}
			for _, e := range listed(v[name]) {
				if verifiable(e) {
					r.part(e, at)
				}
			}
		}
	}
}

// verifiable: an entry of verifications is a credential, or words about one.
func verifiable(v any) bool {
	m, ok := v.(map[string]any)
	return !ok && text(v) != "" || hasType(m, "VerifiableCredential")
}
