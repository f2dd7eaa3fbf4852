// Package bbs makes and checks BBS signatures and the zero-knowledge proofs that
// are derived from them: a holder shows some of the signed messages, and two such
// proofs can't be told to come from one signature. It follows the draft of the IRTF
// (draft-irtf-cfrg-bbs-signatures) with the ciphersuite BLS12-381-SHA-256, which is
// no RFC yet. The curve is circl's.
//
// Everything a checker does works on public values. Signing multiplies by the
// secret key in constant time, as far as circl does; the sums of Sign and Derive run
// over messages and blinding values with table look-ups that depend on them. Who
// can time a holder's own computer to the nanosecond could learn of hidden messages
// by that; who only sees proofs can't.
//
// Start at PublicKey.Verify, PrivateKey.Sign, Derive and PublicKey.VerifyProof.
package bbs

import (
	"crypto"
	"crypto/subtle"
	"errors"
	"fmt"

	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
)

// The ways a key, a signature or a proof can fail. ErrTooMany says nothing against
// what could not be worked on.
var (
	ErrKey       = errors.New("not a valid BBS key")
	ErrSignature = errors.New("BBS signature or proof does not hold")
	ErrMalformed = fmt.Errorf("%w: it is malformed", ErrSignature)
	ErrTooMany   = errors.New("more messages than can be worked on")
)

// The sizes in bytes of what is written.
const (
	PublicKeySize  = bls.G2SizeCompressed
	PrivateKeySize = bls.ScalarSize
	SignatureSize  = bls.G1SizeCompressed + bls.ScalarSize
	proofFixed     = 3*bls.G1SizeCompressed + 4*bls.ScalarSize // of a proof that hides nothing
)

// MaxMessages bounds the messages of one signature. Their generators take about
// 0.2 ms each to make, once, and 5 KB to keep.
const MaxMessages = 4096

// PublicKey is a point on G2, not the identity.
type PublicKey struct {
	point bls.G2
	bytes [PublicKeySize]byte
}

// ParsePublicKey reads a compressed point (octets_to_pubkey, section 4.2.4.6).
func ParsePublicKey(b []byte) (*PublicKey, error) {
	k := &PublicKey{}
	if len(b) != PublicKeySize || b[0]&0x80 == 0 {
		return nil, fmt.Errorf("%w: %d bytes", ErrKey, len(b))
	}
	if err := k.point.SetBytes(b); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	if k.point.IsIdentity() {
		return nil, fmt.Errorf("%w: the identity", ErrKey)
	}
	copy(k.bytes[:], b)
	return k, nil
}

// Bytes gives the compressed point.
func (k *PublicKey) Bytes() []byte { return append([]byte(nil), k.bytes[:]...) }

// Equal says whether x is the same public key.
func (k *PublicKey) Equal(x crypto.PublicKey) bool {
	o, ok := x.(*PublicKey)
	return ok && o != nil && k.bytes == o.bytes
}

// PrivateKey is a scalar, not zero.
type PrivateKey struct {
	secret ff.Scalar
	public *PublicKey
}

// ParsePrivateKey reads a scalar of 32 bytes, big endian, below the order.
func ParsePrivateKey(b []byte) (*PrivateKey, error) {
	k := &PrivateKey{}
	if len(b) != PrivateKeySize || k.secret.UnmarshalBinary(b) != nil || k.secret.IsZero() == 1 {
		return nil, ErrKey
	}
	var point bls.G2
	point.ScalarMult(&k.secret, bls.G2Generator())
	public, err := ParsePublicKey(point.BytesCompressed())
	if err != nil {
		return nil, err
	}
	k.public = public
	return k, nil
}

// Public gives the public half, a *PublicKey.
func (k *PrivateKey) Public() crypto.PublicKey { return k.public }

// Equal says whether x is the same private key.
func (k *PrivateKey) Equal(x crypto.PrivateKey) bool {
	o, ok := x.(*PrivateKey)
	if !ok || o == nil {
		return false
	}
	a, errA := k.secret.MarshalBinary()
	b, errB := o.secret.MarshalBinary()
	return errA == nil && errB == nil && subtle.ConstantTimeCompare(a, b) == 1
}
