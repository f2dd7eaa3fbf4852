package did

import (
	"regexp"
	"testing"
)

// TestSyntax compares with the grammar of DID Core 1.0, section 3.1, written as an
// expression.
func TestSyntax(t *testing.T) {
	grammar := regexp.MustCompile(`^did:([a-z0-9]+):((?:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)$`)
	good := 0
	for _, did := range []string{
		"did:key:z6Mk", "did:web:a.example", "did:web:a.example%3A8443:b:c", "did:x:a::b", "did:x::b", "did:x:%41", "did:x:A_b-c.d",
		"", "did", "did:", "did:x", "did:x:", "did::a", "did:X:a", "did:x:a:", "did:x:a b", "did:x:a#b", "did:x:a/b", "did:x:a?b", "did:x:%4", "did:x:%4g", "did:x:%",
		"DID:x:a", " did:x:a", "did:x:a ", "did:x:a\n", "did:x:é", "did:é:a", "did:x:%41:", "did:x_y:a", "x:did:y:a",
	} {
		method, id, ok := syntax(did)
		m := grammar.FindStringSubmatch(did)
		if ok != (m != nil) || ok && (method != m[1] || id != m[2]) {
			t.Errorf("%q: %q, %q, %v; want %q", did, method, id, ok, m)
		}
		if ok {
			good++
		}
	}
	if good != 7 {
		t.Errorf("%d are DIDs, want 7", good)
	}
}
