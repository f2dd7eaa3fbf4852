package proof

import (
	"crypto"
	"errors"
	"fmt"

	"github.com/cairnwallet/cairn/verify/jose"
)

// Ed25519Signature2018: the first of its line, still found in badges of 2022. Its
// value is a detached JWS over the same two hashes (Linked Data Signatures with
// unencoded payload, RFC 7797).
var _ = register(Suite{
	Name:   "Ed25519Signature2018",
	Type:   "Ed25519Signature2018",
	canon:  rdfc,
	hash:   ed25519Hash,
	member: "jws",
	encode: encoding{
		encode: func(b []byte) string { return string(b) },
		decode: func(s string) ([]byte, error) { return []byte(s), nil },
	},
	scheme: scheme{check: checkDetached, sign: signDetached},
})

func checkDetached(pub crypto.PublicKey, _ crypto.Hash, message, value []byte) error {
	token, err := jose.ParseDetached(string(value), message)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	switch err := token.Verify(jose.Key{Public: pub}); {
	case errors.Is(err, jose.ErrAlg), errors.Is(err, jose.ErrUnsupportedAlg):
		return fmt.Errorf("%w: %w", ErrKey, err)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return nil
}

// detachedHeader is {"alg":"EdDSA","b64":false,"crit":["b64"]}, as all who make
// such proofs write it.
const detachedHeader = "eyJhbGciOiJFZERTQSIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19"

func signDetached(s crypto.Signer, _ crypto.Hash, message []byte) ([]byte, error) {
	sig, err := s.Sign(nil, append([]byte(detachedHeader+"."), message...), crypto.Hash(0))
	if err != nil {
		return nil, err
	}
	return []byte(detachedHeader + ".." + jose.Encode64(sig)), nil
}
