package proof

import (
	"crypto"

	"github.com/cairnwallet/cairn/verify/jose"
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
	encode: encoding{
		encode: func(b []byte) string { return string(b) },
		decode: func(s string) ([]byte, error) { return []byte(s), nil },
	},
	scheme: scheme{check: checkDetached, sign: signSecp256k1},
})

// secp256k1Hash: SHA-256 with secp256k1 keys.
func secp256k1Hash(pub crypto.PublicKey) crypto.Hash {
	if k, ok := pub.(multi.Secp256k1); ok && k.Valid() {
		return crypto.SHA256
	}
	return 0
}

// koblitzHeader is {"alg":"ES256K","b64":false,"crit":["b64"]}, as all who make such
// proofs write it.
const koblitzHeader = "eyJhbGciOiJFUzI1NksiLCJiNjQiOmZhbHNlLCJjcml0IjpbImI2NCJdfQ"

func signSecp256k1(s crypto.Signer, _ crypto.Hash, message []byte) ([]byte, error) {
	k, ok := s.Public().(multi.Secp256k1)
	if !ok {
		return nil, ErrKey
	}
	sig, err := k.Sign(append([]byte(koblitzHeader+"."), message...), s)
	if err != nil {
		return nil, err
	}
	return []byte(koblitzHeader + ".." + jose.Encode64(sig)), nil
}
