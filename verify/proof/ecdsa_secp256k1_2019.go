package proof

import (
	"crypto"

	"github.com/cairnwallet/cairn/verify/multi"
)

// EcdsaSecp256k1Signature2019: found in Blockcerts 3 and badges of wallets around
// Ethereum. As with Ed25519Signature2018, its value is a detached JWS (RFC 7797)
// over the two hashes, by ES256K (RFC 8812, section 3.2).
var _ = register(Suite{
	Name:   "EcdsaSecp256k1Signature2019",
	Type:   "EcdsaSecp256k1Signature2019",
	canon:  rdfc,
	hash:   secp256k1Hash,
	member: "jws",
	encode: asText,
	scheme: detached,
})

// secp256k1Hash: SHA-256 with secp256k1 keys.
func secp256k1Hash(pub crypto.PublicKey) crypto.Hash {
	if k, ok := pub.(multi.Secp256k1); ok && k.Valid() {
		return crypto.SHA256
	}
	return 0
}
