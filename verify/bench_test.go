package verify_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
)

// BenchmarkVerify opens and judges one badge of each proof family, with every
// check on and offline, as adding it does.
func BenchmarkVerify(b *testing.B) {
	college := throwAway("college")
	seed := sha256.Sum256([]byte("cairn bench"))
	p256 := must(ecdsa.ParseRawPrivateKey(elliptic.P256(), seed[:]))
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))
	jwt := func(alg string, k crypto.Signer, issuer string, header object) []byte {
		header["alg"] = alg
		return token(claims(badge(issuer, nil), nil), header, k)
	}
	families := []struct {
		name    string
		raw     []byte
		vouched []jose.Key
	}{
		{"eddsa-rdfc-2022", text(seal(badge(didOf(college), nil), "eddsa-rdfc-2022", college, nil)), nil},
		{"Ed25519Signature2020", text(seal(badge(didOf(college), older), "Ed25519Signature2020", college, nil)), nil},
		{"ecdsa-rdfc-2019", text(seal(badge(didOf(p256), nil), "ecdsa-rdfc-2019", p256, nil)), nil},
		{"jwt EdDSA", jwt("EdDSA", college, didOf(college), object{"kid": method(college)}), nil},
		{"jwt ES256", jwt("ES256", p256, didOf(p256), object{"kid": method(p256)}), nil},
		{"jwt RS256", jwt("RS256", rsaKey, "https://alpine.example/issuer", object{}), []jose.Key{{Public: rsaKey.Public()}}},
		{"sd-jwt", []byte(issued(college, throwAway("maya"))), nil},
	}
	for _, f := range families {
		b.Run(f.name, func(b *testing.B) {
			v := verify.Verifier{Now: func() time.Time { return now }, Vouched: f.vouched}
			for b.Loop() {
				r := v.Verify(context.Background(), must(verify.Read(f.raw))[0], nil)
				if got := r.Verdict(); got == check.Problem || got == check.NotFullyChecked {
					b.Fatalf("verdict %s", got)
				}
			}
		})
	}
}
