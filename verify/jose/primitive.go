package jose

import (
	"crypto"
	"errors"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jws"

	"github.com/cairnwallet/cairn/verify/multi"
)

var errMismatch = errors.New("made by another key, or over something else")

// verifyRaw checks one signature over signed. alg is on the allow-list and fits
// pub, which is valid: jwx would not look at either.
func verifyRaw(alg string, signed, signature []byte, pub crypto.PublicKey) error {
	if k, ok := pub.(multi.Secp256k1); ok { // which jwx has only in builds with a tag of its own
		if !k.Verify(signed, signature) {
			return errMismatch
		}
		return nil
	}
	v, err := jws.NewVerifier(jwa.SignatureAlgorithm(alg))
	if err != nil {
		return err
	}
	return v.Verify(signed, signature, pub)
}

// signRaw makes one signature over signed, in the form JWS wants it. alg is on
// the allow-list and fits s.
func signRaw(alg string, signed []byte, s crypto.Signer) ([]byte, error) {
	if k, ok := s.Public().(multi.Secp256k1); ok {
		return k.Sign(signed, s)
	}
	signer, err := jws.NewSigner(jwa.SignatureAlgorithm(alg))
	if err != nil {
		return nil, err
	}
	return signer.Sign(signed, s)
}
