package verify

import (
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
		r := j.sealHolds(ctx, p, j.seals[i])
		j.seals[i].holds = r.Outcome == check.Pass
		r.About, r.On = j.about(i), []string{check.Key}
		rows = append(rows, r)
	}
	return rows
}

func (j *job) sealHolds(ctx context.Context, p vc.Proof, s seal) check.Check {
	if p.Alg == "none" {
		return blame(row(check.Signature, check.Fail, "signature.alg-none"))
	}
	if !isJOSE(p) {
		if _, known := proof.Lookup(p.Suite); !known {
			return row(check.Signature, check.Unknown, "signature.suite-unsupported", "suite", p.Suite)
		}
	}
	if !s.found {
		return row(check.Signature, check.Unknown, "signature.no-key")
	}
	return j.tryProof(ctx, p, s.key)
}

// tryProof checks one proof with one key.
func (j *job) tryProof(ctx context.Context, p vc.Proof, k jose.Key) check.Check {
	if isJOSE(p) {
		return j.tryToken(k)
	}
	err := j.tryDocument(ctx, p, k)
	var unknown *canon.UnknownContextError
	switch {
	case err == nil:
		return row(check.Signature, check.Pass, "signature.holds")
	case errors.Is(err, proof.ErrUnsupported):
		return row(check.Signature, check.Unknown, "signature.suite-unsupported", "suite", p.Suite)
	case errors.As(err, &unknown):
		return row(check.Signature, check.Unknown, "signature.context-unknown", "context", unknown.URL)
	case errors.Is(err, canon.ErrTooComplex):
		return row(check.Signature, check.Unknown, "signature.too-complex")
	case ctx.Err() != nil:
		return row(check.Signature, check.Unknown, "check.stopped")
	case errors.Is(err, proof.ErrSignature):
		return blame(row(check.Signature, check.Fail, "signature.broken"))
	}
	return blame(row(check.Signature, check.Fail, "signature.unreadable"))
}

func (j *job) tryDocument(ctx context.Context, p vc.Proof, k jose.Key) error {
	suite, ok := proof.Lookup(p.Suite)
	if !ok {
		return proof.ErrUnsupported
	}
	return proof.Verify(ctx, suite, j.c.Doc, p.Doc, k)
}

// tryToken checks the token exactly as it was received.
func (j *job) tryToken(k jose.Key) check.Check {
	token, err := jose.Parse(string(tokenOf(j.c)))
	if err == nil {
		err = token.Verify(k)
	}
	switch {
	case err == nil:
		return row(check.Signature, check.Pass, "signature.holds")
	case errors.Is(err, jose.ErrUnsupportedAlg):
		return row(check.Signature, check.Unknown, "signature.alg-unsupported", "alg", j.c.Proofs[0].Alg)
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
	for i, b := range c.Sealed {
		if b == '~' {
			return c.Sealed[:i]
		}
	}
	return c.Sealed
}
