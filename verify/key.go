package verify

import "github.com/cairnwallet/cairn/verify/jose"

// sealKey is the key a proof is to be checked with, and who stands behind it.
type sealKey struct {
	key       jose.Key
	found     bool // there is a key to check with
	confirmed bool // the issuer, or the person, stands behind it
}
