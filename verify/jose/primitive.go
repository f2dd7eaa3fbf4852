package jose

import (
	"crypto"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jws"
)

// verifyRaw checks one signature over signed. alg is on the allow-list and fits
// pub, which is valid: jwx would not look at either.
func verifyRaw(alg string, signed, signature []byte, pub crypto.PublicKey) error {
	v, err := jws.NewVerifier(jwa.SignatureAlgorithm(alg))
	if err != nil {
		return err
	}
	return v.Verify(signed, signature, pub)
}

// signRaw makes one signature over signed, in the form JWS wants it. alg is on
// the allow-list and fits s.
func signRaw(alg string, signed []byte, s crypto.Signer) ([]byte, error) {
	signer, err := jws.NewSigner(jwa.SignatureAlgorithm(alg))
	if err != nil {
		return nil, err
	}
	return signer.Sign(signed, s)
}
