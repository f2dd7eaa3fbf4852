package verify

import (
	"context"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/cose"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
)

// A COSE_Sign1 message is a token in CBOR: its signature covers every byte of the
// credential, and its key is named as a token's is (VC-JOSE-COSE, section 3.3).
var _ = registerFamily(family{
	name: "cose",
	owns: func(p vc.Proof) bool { return p.Suite == "cose" },
	key:  func(ctx context.Context, j *job, i int) seal { return j.joseKey(ctx, i) },
	try: func(_ context.Context, j *job, i int, k jose.Key) check.Check {
		m, err := cose.Parse(j.c.Sealed)
		if err == nil {
			err = m.Verify(k)
		}
		return tokenRow(err, j.c.Proofs[i].Alg)
	},
})
