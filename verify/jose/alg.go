package jose

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/multi"
)

// The sizes of RSA keys that are taken: at least what RFC 7518, section 3.3,
// demands, at most what a check can afford.
const (
	minRSA = 2048
	maxRSA = 8192
)

// algorithm is one row of the allow-list.
type algorithm struct {
	name string
	kind string // the kind of key it needs, as kindOf names it
}

// algorithms is the allow-list, in the order of preference for each kind of key
// (RFC 7518, section 3.1; RFC 8037, section 3.1; RFC 8812, section 3.2).
var algorithms = []algorithm{
	{"EdDSA", "Ed25519"},
	{"ES256", "P-256"},
	{"ES384", "P-384"},
	{"ES512", "P-521"},
	{"ES256K", "secp256k1"},
	{"RS256", "RSA"},
	{"PS256", "RSA"},
	{"RS384", "RSA"},
	{"RS512", "RSA"},
	{"PS384", "RSA"},
	{"PS512", "RSA"},
}

// ed25519Only is EdDSA by the name that leaves no other curve open (RFC 9864, section
// 2.2): with the keys that are taken here it is the same.
const ed25519Only = "Ed25519"

func lookup(alg string) (algorithm, bool) {
	i := slices.IndexFunc(algorithms, func(a algorithm) bool { return a.name == alg })
	if i < 0 {
		return algorithm{}, false
	}
	return algorithms[i], true
}

// kindOf names the kind of a valid public key. It refuses a key that is none:
// wrong length, off its curve, too short, an exponent that RSA does not allow.
func kindOf(pub crypto.PublicKey) (string, error) {
	switch k := pub.(type) {
	case ed25519.PublicKey:
		if len(k) != ed25519.PublicKeySize {
			return "", fmt.Errorf("%w: %d bytes", ErrKey, len(k))
		}
		return "Ed25519", nil
	case *ecdsa.PublicKey:
		return kindEC(k)
	case multi.Secp256k1:
		if !k.Valid() {
			return "", fmt.Errorf("%w: not on its curve", ErrKey)
		}
		return "secp256k1", nil
	case *rsa.PublicKey:
		return "RSA", checkRSA(k)
	case *ecdh.PublicKey:
		if k != nil && k.Curve() == ecdh.X25519() {
			return "X25519", nil
		}
	case *bbs.PublicKey:
		if k != nil {
			return "Bls12381G2", nil
		}
	}
	return "", &multi.UnsupportedKeyError{Name: fmt.Sprintf("%T", pub)}
}

func kindEC(k *ecdsa.PublicKey) (string, error) {
	if _, err := multi.Point(k); err != nil {
		return "", err
	}
	return k.Params().Name, nil
}

func checkRSA(k *rsa.PublicKey) error {
	if k == nil || k.N == nil || k.N.Sign() <= 0 || k.N.Bit(0) == 0 {
		return fmt.Errorf("%w: not an RSA modulus", ErrKey)
	}
	if n := k.N.BitLen(); n < minRSA || n > maxRSA {
		return fmt.Errorf("%w: RSA with %d bits", ErrKey, n)
	}
	if k.E < 3 || k.E%2 == 0 || k.E > 1<<31-1 {
		return fmt.Errorf("%w: RSA exponent %d", ErrKey, k.E)
	}
	return nil
}
