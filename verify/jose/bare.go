package jose

import "fmt"

// VerifyBare checks a signature that stands outside any token, as COSE has them,
// over exactly signed. The signature is in the form JWS wants it, which for
// elliptic curves is r and s side by side. alg is a name of JWS; it must be on the
// allow-list, fit the type of k, and equal the algorithm k is bound to, if it is.
func VerifyBare(alg string, signed, signature []byte, k Key) error {
	a, err := fit(alg, k)
	if err != nil {
		return err
	}
	if len(signature) == 0 {
		return fmt.Errorf("%w: it is empty", ErrSignature)
	}
	return a.verify(signed, signature, k.Public)
}
