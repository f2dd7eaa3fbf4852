package present

import (
	"github.com/cairnwallet/cairn/verify/sdjwt"
)

// SDJWT shows the lines of s at these paths, and those they stand in, bound to
// the addressee by a key binding (RFC 9901, section 7.2). h must be the key that
// the credential names under cnf. Without h, which only a credential that names
// no key allows, nothing binds it to anybody.
func SDJWT(s *sdjwt.SDJWT, paths []string, to To, h Holder) ([]byte, error) {
	text, err := s.Present(paths)
	if err != nil || h == nil {
		return []byte(text), err
	}
	bound, err := sdjwt.Bind(text, sdjwt.Binding{
		Audience: to.Audience, Nonce: to.Nonce, Purpose: to.Purpose, IssuedAt: to.Made, Expires: to.Until,
	}, map[string]any{"alg": h.Alg()}, h)
	return []byte(bound), err
}
