package verify

import (
	"context"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/vc"
)

// family is how one kind of proof is judged. The checks of key, signature and
// terms ask it; it is registered by the file that holds it.
type family struct {
	name string
	owns func(p vc.Proof) bool

	// key finds the key that proof i should have been made with, and what the
	// issuer says about it.
	key func(ctx context.Context, j *job, i int) seal
	// try says whether proof i holds under k. A keyless family gets the zero key.
	try func(ctx context.Context, j *job, i int, k jose.Key) check.Check
	// missed gives the members proof i does not cover; nil where it covers every
	// byte that was received. An ErrUnsupported of package proof leaves the proof out.
	missed func(ctx context.Context, j *job, i int) ([]string, error)
	// whole is the terms row where missed is nil; nil means that every byte is covered.
	whole func(j *job) check.Check
	// supports says whether the suite is built in; nil means all that it owns.
	supports func(p vc.Proof) bool
	// pure: whether a proof holds hangs on nothing but the document and the key.
	pure bool
	// keyless: whether the proof holds does not hang on a key, as with a Merkle path.
	keyless bool
}

var families []family

// registerFamily adds a family at start; two may not own the same proof.
func registerFamily(f family) bool {
	families = append(families, f)
	return true
}

// familyOf finds the family of a proof: tokens and embedded proofs have one each,
// and an unknown embedded proof is of the latter, which says that it is unknown.
func familyOf(p vc.Proof) family {
	for _, f := range families {
		if f.owns(p) {
			return f
		}
	}
	return embedded
}

// token is a JWT's or SD-JWT's signature, which covers every byte.
var _ = registerFamily(family{
	name: "token",
	owns: isJOSE,
	pure: true,
	key:  func(ctx context.Context, j *job, i int) seal { return j.joseKey(ctx, i) },
	try:  func(_ context.Context, j *job, _ int, k jose.Key) check.Check { return j.tryToken(k) },
})

func isJOSE(p vc.Proof) bool { return p.Suite == "jws" || p.Suite == "sd-jwt" }

// embedded is a Data Integrity proof, which covers what it canonicalises.
var embedded = family{
	name:   "embedded",
	pure:   true,
	key:    func(ctx context.Context, j *job, i int) seal { return j.embeddedKey(ctx, j.c.Proofs[i]) },
	try:    func(ctx context.Context, j *job, i int, k jose.Key) check.Check { return j.tryEmbedded(ctx, i, k) },
	missed: func(ctx context.Context, j *job, i int) ([]string, error) { return j.missedBy(ctx, i) },
	supports: func(p vc.Proof) bool {
		_, known := proof.Lookup(p.Suite)
		return known
	},
}
