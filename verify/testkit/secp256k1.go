package testkit

import (
	"crypto"
	"crypto/sha256"
	"io"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"

	"github.com/cairnwallet/cairn/verify/multi"
)

// Secp256k1 is a throw-away key on Bitcoin's curve that anybody can make again from
// its label. It signs in ASN.1, without randomness (RFC 6979).
type Secp256k1 string

var _ crypto.Signer = Secp256k1("")

func (s Secp256k1) private() *secp256k1.PrivateKey {
	seed := sha256.Sum256([]byte("throw-away key of Cairn's tests: " + string(s)))
	return secp256k1.PrivKeyFromBytes(seed[:])
}

// Public gives a multi.Secp256k1.
func (s Secp256k1) Public() crypto.PublicKey {
	return multi.Secp256k1(s.private().PubKey().SerializeUncompressed())
}

// Sign signs a digest.
func (s Secp256k1) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	return ecdsa.Sign(s.private(), digest).Serialize(), nil
}
