package proof

import (
	"crypto"

	"github.com/cairnwallet/cairn/verify/jose"
)

// JsonWebSignature2020: JSON Web Signature 2020 (W3C Credentials Community Group),
// section 3. The detached JWS of the suites of 2018 and 2019, for every algorithm of
// package jose; the hashes are SHA-256 whatever the key is.
var _ = register(Suite{
	Name:   "JsonWebSignature2020",
	Type:   "JsonWebSignature2020",
	canon:  rdfc,
	hash:   joseHash,
	member: "jws",
	encode: asText,
	scheme: detached,
})

func joseHash(pub crypto.PublicKey) crypto.Hash {
	if len(jose.Key{Public: pub}.Algs()) > 0 {
		return crypto.SHA256
	}
	return 0
}
