package verify_test

import (
	"crypto"
	"maps"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// named is a key as a key set has it; without a name where that is empty.
func named(name string, k crypto.Signer) object {
	out := jose.Key{Public: k.Public()}.JWK()
	if name != "" {
		out["kid"] = name
	}
	return out
}

// A token names its key, or it doesn't, and an issuer publishes one or several: what
// counts is that one of the issuer's made it.
func TestKeyAmongSeveral(t *testing.T) {
	college, other, third := throwAway("college"), throwAway("other"), throwAway("third")
	const issuer, sets = "https://alpine.example/issuers/1", "https://alpine.example/.well-known/jwks.json"
	cases := []struct {
		name           string
		keys           []any
		header         object
		key, signature string
	}{
		{"the only one", []any{named("1", college)}, nil, "key.confirmed", "signature.holds"},
		{"one of two, unnamed by the token", []any{named("2", other), named("1", college)}, nil, "key.confirmed", "signature.holds"},
		{"one of two without names", []any{named("", other), named("", college)}, object{"kid": "1"}, "key.confirmed", "signature.holds"},
		{"one of two of the same name", []any{named("1", other), named("1", college)}, object{"kid": "1"}, "key.confirmed", "signature.holds"},
		{"one of two at an address", []any{named("2", other), named("1", college)}, object{"kid": sets}, "key.confirmed", "signature.holds"},
		{"beside a key of a kind to come", []any{object{"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"}, named("1", college)}, nil, "key.confirmed", "signature.holds"},
		{"none of two", []any{named("2", other), named("3", third)}, nil, "key.confirmed", "signature.broken"},
		{"named, and it is another", []any{named("2", college), named("1", other)}, object{"kid": "1"}, "key.confirmed", "signature.broken"},
		{"named, and not there", []any{named("2", college), named("3", other)}, object{"kid": "1"}, "key.not-listed", "signature.no-key"},
		{"none for the algorithm", []any{object{"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"}}, nil, "key.unreachable", "signature.no-key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			get := web(sets, string(text(object{"keys": c.keys})))
			r := judge(t, token(claims(badge(issuer, nil), nil), c.header, college), get, issuer)
			matches(t, "badge", r, want{r.Verdict(), map[string]string{check.Key: c.key, check.Signature: c.signature}})
		})
	}
}

// The same for an issuer with a DID document.
func TestKeyAmongSeveralMethods(t *testing.T) {
	college, other := throwAway("college"), throwAway("other")
	const issuer, at, link = "did:web:alpine.example", "https://alpine.example/.well-known/did.json", "https://alpine.example/keys/1"
	method := func(name string, more object) object {
		m := object{"id": issuer + "#" + name, "type": "Multikey", "controller": issuer}
		maps.Copy(m, more)
		return m
	}
	by := func(k crypto.Signer) object { return object{"publicKeyMultibase": must(multi.EncodeKey(k.Public()))} }
	ref := func(name string) string { return issuer + "#" + name }
	cases := []struct {
		name      string
		methods   []any
		claims    []any // the ids of those that are for making claims
		header    object
		key, seal string
	}{
		{"two, unnamed by the token", []any{method("a", by(other)), method("b", by(college))}, []any{ref("a"), ref("b")}, nil, "key.confirmed", "signature.holds"},
		{"two, one for claims", []any{method("a", by(other)), method("b", by(college))}, []any{ref("b")}, nil, "key.confirmed", "signature.holds"},
		{"two, the other one for claims", []any{method("a", by(other)), method("b", by(college))}, []any{ref("a")}, nil, "key.confirmed", "signature.broken"},
		{"one, for something else", []any{method("b", by(college))}, nil, nil, "key.not-for-claims", "signature.holds"},
		{"one of a kind that is not built in", []any{method("b", object{"publicKeyHex": "00"})}, []any{ref("b")}, nil, "key.unsupported", "signature.no-key"},
		{"named by another's address", []any{method("b", by(college))}, []any{ref("b")}, object{"kid": link}, "key.confirmed", "signature.holds"},
		{"named by an address, and not listed", []any{method("b", by(other))}, []any{ref("b")}, object{"kid": link}, "key.not-listed", "signature.holds"},
		{"named, and not there", []any{method("b", by(college))}, []any{ref("b")}, object{"kid": "c"}, "key.not-listed", "signature.no-key"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			get := &testkit.Web{Now: now, Pages: map[string]string{
				at:   string(text(object{"id": issuer, "verificationMethod": c.methods, "assertionMethod": c.claims})),
				link: string(text(named("", college))),
			}}
			r := judge(t, token(claims(badge(issuer, nil), nil), c.header, college), get, issuer)
			matches(t, "badge", r, want{r.Verdict(), map[string]string{check.Key: c.key, check.Signature: c.seal}})
		})
	}
}
