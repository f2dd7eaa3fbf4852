package multi

import (
	"crypto"
	"crypto/sha256"
	"fmt"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
)

// Secp256k1 is a public key on the curve of Bitcoin and Ethereum, which the
// standard library does not know, as its uncompressed point: 4, x, y. One made by
// hand may be no point of the curve: Valid tells.
type Secp256k1 [65]byte

// ParseSecp256k1 reads a point, compressed or not. One off the curve is ErrKey.
func ParseSecp256k1(b []byte) (Secp256k1, error) {
	k, err := secp256k1.ParsePubKey(b)
	if err != nil || len(b) > 0 && b[0] > 4 { // the hybrid form is a second text for the same key
		return Secp256k1{}, fmt.Errorf("%w: not a point on secp256k1", ErrKey)
	}
	return Secp256k1(k.SerializeUncompressed()), nil
}

// Valid says whether the key is a point of the curve.
func (k Secp256k1) Valid() bool {
	_, err := ParseSecp256k1(k[:])
	return err == nil
}

// Equal says whether other is the same key.
func (k Secp256k1) Equal(other crypto.PublicKey) bool {
	o, ok := other.(Secp256k1)
	return ok && o == k
}

// compressed gives the point by x and the sign of y.
func (k Secp256k1) compressed() []byte {
	return append([]byte{2 + k[64]&1}, k[1:33]...)
}

// Verify says whether sig, r and s side by side, is a signature over the SHA-256 of
// message (RFC 8812, section 3.2).
func (k Secp256k1) Verify(message, sig []byte) bool {
	pub, err := secp256k1.ParsePubKey(k[:])
	if err != nil || len(sig) != 64 {
		return false
	}
	var r, s secp256k1.ModNScalar
	if r.SetByteSlice(sig[:32]) || s.SetByteSlice(sig[32:]) {
		return false // beyond the order of the group: a second text for the same number
	}
	digest := sha256.Sum256(message)
	return ecdsa.NewSignature(&r, &s).Verify(digest[:], pub)
}

// Sign makes a signature of the form Verify takes with s, a signer of such a key
// that answers in ASN.1, as signers of the standard library do.
func (k Secp256k1) Sign(message []byte, s crypto.Signer) ([]byte, error) {
	digest := sha256.Sum256(message)
	der, err := s.Sign(nil, digest[:], crypto.SHA256) // no randomness: RFC 6979
	if err != nil {
		return nil, err
	}
	sig, err := ecdsa.ParseDERSignature(der)
	if err != nil {
		return nil, fmt.Errorf("signer made no ECDSA signature: %w", err)
	}
	r, t := sig.R(), sig.S()
	rb, tb := r.Bytes(), t.Bytes()
	return append(rb[:], tb[:]...), nil
}
