package proof

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
)

// TestJWS2020RSA: keys that Multikey has no form for, so that no example holds one.
func TestJWS2020RSA(t *testing.T) {
	suite, _ := Lookup("JsonWebSignature2020")
	signer, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	doc := withTerms(badgeDoc(t), suite)
	p := seal(t, suite, doc, signer, map[string]any{"proofPurpose": "assertionMethod", "verificationMethod": "did:example:a#b"})
	key := jose.Key{Public: signer.Public()}
	if err := Verify(ctx, suite, doc, p, key); err != nil {
		t.Error(err)
	}
	if err := Verify(ctx, suite, doc, p, jose.Key{Public: signer.Public(), Alg: "PS256"}); !errors.Is(err, ErrKey) {
		t.Errorf("a key that is bound to another algorithm: %v", err)
	}
	doc["name"] = "Second aid"
	if err := Verify(ctx, suite, doc, p, key); !errors.Is(err, ErrSignature) {
		t.Errorf("another name: %v", err)
	}
}
