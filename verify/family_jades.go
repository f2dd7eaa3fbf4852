package verify

import (
	"context"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jades"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// sealed is a seal in JAdES form (ETSI TS 119 182-1), which covers every byte of
// the text it is around.
var _ = registerFamily(family{
	name: "jades",
	owns: func(p vc.Proof) bool { return p.Suite == "jades" },
	key:  func(ctx context.Context, j *job, i int) seal { return j.sealKey(ctx, i) },
	try:  func(_ context.Context, j *job, i int, k jose.Key) check.Check { return j.trySeal(i, k) },
})

// sealSignature gives the i-th signature of the seal, taken apart from the text as
// it was received.
func (j *job) sealSignature(i int) (jades.Signature, error) {
	if j.opened == nil {
		m, err := strict.Object(j.c.Sealed)
		if err != nil {
			return jades.Signature{}, err
		}
		if j.opened, err = jades.Parse(m); err != nil {
			return jades.Signature{}, err
		}
	}
	if i >= len(j.opened.Signatures) {
		return jades.Signature{}, jades.ErrForm
	}
	return j.opened.Signatures[i], nil
}

// sealKey: the key is that of the certificate that came along, and what stands
// behind it is a chain of certificates. Without one it is named as a token's is.
func (j *job) sealKey(ctx context.Context, i int) seal {
	s, err := j.sealSignature(i)
	switch {
	case err != nil:
		return unknownKey("key.unreadable")
	case s.Token.Header["x5c"] == nil && (strings.HasPrefix(s.Token.Kid, "did:") || strings.HasPrefix(j.c.Issuer.ID, "did:")):
		return j.joseKey(ctx, i)
	case s.Certificate == nil:
		return unknownKey("key.certificate-missing")
	}
	out := seal{key: jose.Key{Public: s.Certificate.PublicKey}, found: true}
	if s.Mismatch {
		out.row = blame(row(check.Key, check.Fail, "key.certificate-mismatch"))
		return out
	}
	out.row, out.eu = j.certified(certificate{
		leaf: s.Certificate, others: s.Others(), stamps: s.Unsigned.Stamps, archives: s.Unsigned.Archives, records: s.Unsigned.Records,
	})
	return out
}

// trySeal checks one signature of the seal over the text exactly as received.
func (j *job) trySeal(i int, k jose.Key) check.Check {
	s, err := j.sealSignature(i)
	if err != nil {
		return blame(row(check.Signature, check.Fail, "signature.unreadable"))
	}
	return tokenRow(s.Token.Verify(k), s.Token.Alg)
}
