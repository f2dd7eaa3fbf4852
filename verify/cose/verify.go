package cose

import (
	"cmp"
	"fmt"

	"github.com/cairnwallet/cairn/verify/jose"
)

// algorithms names those of COSE as JOSE does (RFC 9053, sections 2.1 and 2.2;
// RFC 8230, section 2; RFC 8812, section 2; RFC 9864, section 2.2, for those that name their
// curve). Both make the same signatures; as in JOSE each curve goes with one hash.
var algorithms = map[any]string{
	int64(-7): "ES256", int64(-9): "ES256",
	int64(-35): "ES384", int64(-51): "ES384",
	int64(-36): "ES512", int64(-52): "ES512",
	int64(-8): "EdDSA", int64(-19): "EdDSA",
	int64(-37): "PS256", int64(-38): "PS384", int64(-39): "PS512",
	int64(-257): "RS256", int64(-258): "RS384", int64(-259): "RS512",
	int64(-47): "ES256K",
}

func algorithm(v any) string {
	switch v.(type) {
	case int64, string:
		return cmp.Or(algorithms[v], fmt.Sprintf("COSE %v", v))
	}
	return ""
}

// Verify checks the message's signature with k, and nothing else. nil means that
// it holds.
func (m *Message) Verify(k jose.Key) error {
	switch {
	case m.Alg == "":
		return fmt.Errorf("%w: no protected alg", ErrHeader)
	case len(m.demands) > 0:
		return fmt.Errorf("%w: %v", jose.ErrCritical, m.demands)
	}
	return jose.VerifyBare(m.Alg, m.signed, m.sig, k)
}
