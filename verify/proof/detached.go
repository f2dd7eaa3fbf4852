package proof

import (
	"crypto"
	"errors"
	"fmt"

	"github.com/cairnwallet/cairn/verify/jose"
)

// detached is a JWS without its payload, which is not encoded (RFC 7797).
var detached = scheme{check: checkDetached, sign: signDetached}

// asText leaves a proof value as it is written.
var asText = encoding{
	encode: func(b []byte) string { return string(b) },
	decode: func(s string) ([]byte, error) { return []byte(s), nil },
}

func checkDetached(key jose.Key, _ crypto.Hash, message, value []byte) error {
	token, err := jose.ParseDetached(string(value), message)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	switch err := token.Verify(key); {
	case errors.Is(err, jose.ErrAlg), errors.Is(err, jose.ErrUnsupportedAlg):
		return fmt.Errorf("%w: %w", ErrKey, err)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrSignature, err)
	}
	return nil
}

func signDetached(s crypto.Signer, _ crypto.Hash, message []byte) ([]byte, error) {
	token, err := jose.SignDetached(message, s)
	return []byte(token), err
}
