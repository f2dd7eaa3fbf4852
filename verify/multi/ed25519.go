package multi

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
)

// The field of edwards25519 and its constant d (RFC 8032, section 5.1).
var (
	fieldP = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	curveD = func() *big.Int {
		d := new(big.Int).ModInverse(big.NewInt(121666), fieldP)
		return d.Mod(d.Mul(d, big.NewInt(-121665)), fieldP)
	}()
)

// smallOrder holds the y coordinates of the eight points whose order divides 8,
// big endian. Under such a key one signature can fit many texts.
var smallOrder = []string{
	"00",
	"01",
	"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
	"7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
	"05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
}

// Ed25519 reads the 32 bytes of an Ed25519 public key. The bytes must be the one
// encoding of a point on the curve (RFC 8032, section 5.1.3), and not of one of
// small order.
func Ed25519(b []byte) (ed25519.PublicKey, error) {
	if len(b) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("%w: an Ed25519 key has 32 bytes, not %d", ErrKey, len(b))
	}
	big256 := slices.Clone(b)
	big256[31] &= 0x7f // the sign of x
	slices.Reverse(big256)
	y := new(big.Int).SetBytes(big256)
	if y.Cmp(fieldP) >= 0 || !square(y) {
		return nil, fmt.Errorf("%w: not a point of edwards25519", ErrKey)
	}
	for _, s := range smallOrder {
		if bad, _ := new(big.Int).SetString(s, 16); y.Cmp(bad) == 0 {
			return nil, fmt.Errorf("%w: a point of small order, %s", ErrKey, hex.EncodeToString(b))
		}
	}
	return slices.Clone(b), nil
}

// square says whether some x goes with y on -x² + y² = 1 + d·x²·y²: whether
// u/v is a square, where u = y²-1 and v = d·y²+1. u·v is one exactly when u/v is.
func square(y *big.Int) bool {
	one := big.NewInt(1)
	yy := new(big.Int).Mul(y, y)
	u := new(big.Int).Sub(yy, one)
	v := new(big.Int).Add(yy.Mul(yy, curveD), one)
	return big.Jacobi(u.Mod(u.Mul(u, v), fieldP), fieldP) >= 0
}
