package bbs

import (
	"fmt"

	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
)

// signature is (A, e).
type signature struct {
	a bls.G1
	e ff.Scalar
}

func parseSignature(b []byte) (s signature, err error) {
	if len(b) != SignatureSize {
		return s, fmt.Errorf("%w: %d bytes", ErrMalformed, len(b))
	}
	if s.a, err = parsePoint(b[:bls.G1SizeCompressed]); err != nil {
		return s, err
	}
	s.e, err = parseScalar(b[bls.G1SizeCompressed:])
	return s, err
}

// parsePoint reads a compressed point of G1 that is not the identity.
func parsePoint(b []byte) (p bls.G1, err error) {
	if b[0]&0x80 == 0 {
		return p, ErrMalformed
	}
	if err := p.SetBytes(b); err != nil {
		return p, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if p.IsIdentity() {
		return p, fmt.Errorf("%w: a point is the identity", ErrMalformed)
	}
	return p, nil
}

// parseScalar reads a scalar that is not zero and below the order.
func parseScalar(b []byte) (s ff.Scalar, err error) {
	if err := s.UnmarshalBinary(b); err != nil || s.IsZero() == 1 {
		return s, fmt.Errorf("%w: a number is out of range", ErrMalformed)
	}
	return s, nil
}

// committed is B (section 3.6.1, step 4): the point that stands for all messages.
func committed(d ff.Scalar, points []*powers, messages []ff.Scalar) bls.G1 {
	var one ff.Scalar
	one.SetOne()
	terms := []term{{one, basePoint()}, {d, points[0]}}
	for i := range messages {
		terms = append(terms, term{messages[i], points[i+1]})
	}
	return sum(terms)
}

// Sign signs messages in their order, and a header that is always shown (section
// 3.5.1 and 3.6.1). The same input gives the same signature.
func (k *PrivateKey) Sign(header []byte, messages [][]byte) ([]byte, error) {
	if len(messages) > MaxMessages {
		return nil, ErrTooMany
	}
	points, texts := kept.first(len(messages) + 1)
	scalars := scalarsOf(messages)
	d := domain(k.public, texts, header)
	in := appendScalar(nil, &k.secret)
	for i := range scalars {
		in = appendScalar(in, &scalars[i])
	}
	e := hashToScalar(appendScalar(in, &d), apiID+"H2S_")
	var inverse ff.Scalar
	inverse.Add(&k.secret, &e)
	if inverse.IsZero() == 1 {
		return nil, ErrKey
	}
	inverse.Inv(&inverse)
	b := committed(d, points, scalars)
	var a bls.G1
	a.ScalarMult(&inverse, &b)
	return appendScalar(appendPoint(nil, &a), &e), nil
}

// Verify says whether a signature holds over header and messages: nil if it does
// (sections 3.5.2 and 3.6.2).
func (k *PublicKey) Verify(sig, header []byte, messages [][]byte) error {
	s, err := parseSignature(sig)
	switch {
	case err != nil:
		return err
	case len(messages) > MaxMessages:
		return ErrTooMany
	}
	points, texts := kept.first(len(messages) + 1)
	b := committed(domain(k, texts, header), points, scalarsOf(messages))
	var left bls.G1 // e(A, W)·e(A·e - B, BP2) = 1
	left.ScalarMult(&s.e, &s.a)
	b.Neg()
	left.Add(&left, &b)
	if !balanced(&s.a, &k.point, &left) {
		return ErrSignature
	}
	return nil
}

// balanced says whether e(a, w)·e(b, BP2) is the identity.
func balanced(a *bls.G1, w *bls.G2, b *bls.G1) bool {
	product := bls.ProdPairFrac([]*bls.G1{a, b}, []*bls.G2{w, bls.G2Generator()}, []int{1, 1})
	return product.IsIdentity()
}
