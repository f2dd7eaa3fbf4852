package verify

import (
	"bytes"
	"context"
	"errors"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/vc"
)

// checkSignature: does each proof hold over these bytes with its key?
func checkSignature(ctx context.Context, j *job) []check.Check {
	if len(j.c.Proofs) == 0 {
		r := row(check.Signature, check.Absent, check.ReasonNoProof)
		return one(blame(r))
	}
	var rows []check.Check
	for i, p := range j.c.Proofs {
		r := j.sealHolds(ctx, i, p, j.seals[i])
		j.seals[i].holds = r.Outcome == check.Pass
		r.About, r.On = j.about(i), []string{check.Key}
		rows = append(rows, r)
		if j.seals[i].holds && proof.IsBase(p.Doc) {
			own := row(check.Signature, check.Caution, "signature.base-proof")
			own.About, own.Who = r.About, "you"
			rows = append(rows, own)
		}
	}
	j.inputs = nil // each is longer than the credential, and no later check asks for one
	return rows
}

func (j *job) sealHolds(ctx context.Context, i int, p vc.Proof, s seal) check.Check {
	if p.Alg == "none" {
		return blame(row(check.Signature, check.Fail, "signature.alg-none"))
	}
	f := familyOf(p)
	if p.Suite == "" && p.Alg == "" {
		return row(check.Signature, check.Unknown, "signature.suite-unnamed")
	}
	if f.supports != nil && !f.supports(p) {
		return row(check.Signature, check.Unknown, "signature.suite-unsupported", "suite", p.Suite)
	}
	if !s.found && !f.keyless {
		return row(check.Signature, check.Unknown, "signature.no-key")
	}
	if s.tried != nil {
		return *s.tried
	}
	return j.try(ctx, f, i, s.key)
}

// try says whether proof i, of family f, holds under a key. Of a list that is known,
// what holds is not worked out again.
func (j *job) try(ctx context.Context, f family, i int, k jose.Key) check.Check {
	if j.known == nil || !f.pure {
		return f.try(ctx, j, i, k)
	}
	if r, ok := j.known.holds(i, k); ok {
		return r
	}
	r := f.try(ctx, j, i, k)
	if r.Outcome == check.Pass {
		j.known.hold(i, k, r)
	}
	return r
}

// tryEmbedded checks the i-th proof, an embedded one, with one key.
func (j *job) tryEmbedded(ctx context.Context, i int, k jose.Key) check.Check {
	p := j.c.Proofs[i]
	err := j.tryDocument(ctx, i, k)
	var unknown *canon.ContextError
	switch {
	case err == nil:
		return row(check.Signature, check.Pass, "signature.holds")
	case errors.Is(err, proof.ErrFeature):
		return row(check.Signature, check.Unknown, "signature.feature-unsupported", "suite", p.Suite)
	case errors.Is(err, proof.ErrUnsupported):
		return row(check.Signature, check.Unknown, "signature.suite-unsupported", "suite", p.Suite)
	case errors.As(err, &unknown):
		return row(check.Signature, check.Unknown, "signature.context-unknown", "context", unknown.URL)
	case errors.Is(err, canon.ErrTooComplex), errors.Is(err, canon.ErrTooLarge):
		return row(check.Signature, check.Unknown, "signature.too-complex")
	case ctx.Err() != nil:
		return row(check.Signature, check.Unknown, "check.stopped")
	case errors.Is(err, proof.ErrMalformed), errors.Is(err, canon.ErrInvalid):
		return blame(row(check.Signature, check.Fail, "signature.unreadable"))
	case errors.Is(err, proof.ErrKey):
		return blame(row(check.Signature, check.Fail, "signature.alg-mismatch"))
	}
	return blame(row(check.Signature, check.Fail, "signature.broken"))
}

func (j *job) tryDocument(ctx context.Context, i int, k jose.Key) error {
	in := j.input(ctx, i)
	if in.err != nil {
		return in.err
	}
	err := in.suite.Check(in.Input, j.c.Proofs[i].Doc, k)
	if errors.Is(err, proof.ErrKey) { // P-384 hashes otherwise, so the input is another
		return proof.Verify(ctx, in.suite, j.c.Doc, j.c.Proofs[i].Doc, k)
	}
	return err
}

// input is what a proof protects, worked out once for all checks that ask.
type input struct {
	proof.Input
	suite proof.Suite
	err   error
}

func (j *job) input(ctx context.Context, i int) *input {
	if in, ok := j.inputs[i]; ok {
		return in
	}
	in := &input{}
	if j.inputs == nil {
		j.inputs = map[int]*input{}
	}
	j.inputs[i] = in
	p := j.c.Proofs[i]
	var known bool
	if in.suite, known = proof.Lookup(p.Suite); !known {
		in.err = proof.ErrUnsupported
		return in
	}
	in.Input, in.err = in.suite.Input(ctx, j.c.Doc, p.Doc, nil)
	return in
}

// tryToken checks the token exactly as it was received.
func (j *job) tryToken(k jose.Key) check.Check {
	token, err := j.token()
	if err == nil {
		err = token.Verify(k)
	}
	return tokenRow(err, j.c.Proofs[0].Alg)
}

// token takes the token apart, once for all keys that are tried.
func (j *job) token() (*jose.Token, error) {
	if j.parsed == nil {
		t, err := jose.Parse(string(tokenOf(j.c)))
		j.parsed = &parsedToken{t, err}
	}
	return j.parsed.token, j.parsed.err
}

// parsedToken is what package jose says of a token.
type parsedToken struct {
	token *jose.Token
	err   error
}

// tokenRow puts into a row what package jose says of a token made with alg.
func tokenRow(err error, alg string) check.Check {
	switch {
	case err == nil:
		return row(check.Signature, check.Pass, "signature.holds")
	case errors.Is(err, jose.ErrUnsupportedAlg):
		return row(check.Signature, check.Unknown, "signature.alg-unsupported", "alg", alg)
	case errors.Is(err, jose.ErrCritical):
		return row(check.Signature, check.Unknown, "signature.extension-unsupported")
	case errors.Is(err, jose.ErrAlg):
		return blame(row(check.Signature, check.Fail, "signature.alg-mismatch"))
	case errors.Is(err, jose.ErrSignature):
		return blame(row(check.Signature, check.Fail, "signature.broken"))
	}
	return blame(row(check.Signature, check.Fail, "signature.unreadable"))
}

// tokenOf is the signed part of what was received: a JWT, or an SD-JWT up to its
// first tilde.
func tokenOf(c *vc.Credential) []byte {
	signed, _, _ := bytes.Cut(c.Sealed, []byte("~"))
	return signed
}
