package multi

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"slices"

	field "github.com/cloudflare/circl/math/fp25519"
)

// curveD is the constant d of edwards25519, little endian (RFC 8032, section 5.1).
var curveD = field.Elt{
	0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75, 0xab, 0xd8, 0x41, 0x41, 0x4d, 0x0a, 0x70, 0x00,
	0x98, 0xe8, 0x79, 0x77, 0x79, 0x40, 0xc7, 0x8c, 0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52,
}

// smallOrder holds the y coordinates of the eight points whose order divides 8,
// little endian. Under such a key one signature can fit many texts.
var smallOrder = []field.Elt{
	{},
	{1},
	minusOne(),
	order8(false),
	order8(true),
}

func minusOne() (y field.Elt) {
	y = field.P()
	y[0]--
	return y
}

// order8 gives the y coordinates of the points of order 8, which are each other's
// negatives.
func order8(negative bool) field.Elt {
	y := field.Elt{
		0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
		0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
	}
	if negative {
		field.Neg(&y, &y)
		field.Modp(&y)
	}
	return y
}

// Ed25519 reads the 32 bytes of an Ed25519 public key. The bytes must be the one
// encoding of a point on the curve (RFC 8032, section 5.1.3), and not of one of
// small order.
func Ed25519(b []byte) (ed25519.PublicKey, error) {
	if len(b) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("%w: an Ed25519 key has 32 bytes, not %d", ErrKey, len(b))
	}
	y := field.Elt(b)
	y[31] &= 0x7f // the sign of x
	if !reduced(y) || !onCurve(y) {
		return nil, fmt.Errorf("%w: not a point of edwards25519", ErrKey)
	}
	if slices.Contains(smallOrder, y) {
		return nil, fmt.Errorf("%w: a point of small order, %s", ErrKey, hex.EncodeToString(b))
	}
	return slices.Clone(b), nil
}

// reduced says whether y is below the order of the field.
func reduced(y field.Elt) bool {
	same := y
	field.Modp(&same)
	return same == y
}

// onCurve says whether some x goes with y on -x² + y² = 1 + d·x²·y²: whether u/v is a
// square, where u = y²-1 and v = d·y²+1.
func onCurve(y field.Elt) bool {
	var one, u, v, x field.Elt
	field.SetOne(&one)
	field.Sqr(&u, &y)
	field.Mul(&v, &u, &curveD)
	field.Sub(&u, &u, &one)
	field.Add(&v, &v, &one)
	return field.InvSqrt(&x, &u, &v)
}

// Montgomery gives the X25519 coordinate u = (1+y)/(1-y) of an Ed25519 key's point
// (RFC 7748, section 4.1). The point of which nothing comes is an ErrKey.
func Montgomery(k ed25519.PublicKey) ([]byte, error) {
	if len(k) != ed25519.PublicKeySize {
		return nil, ErrKey
	}
	var one, above, below field.Elt
	y := field.Elt(k)
	y[31] &= 0x7f
	field.SetOne(&one)
	field.Add(&above, &one, &y)
	field.Sub(&below, &one, &y)
	if field.IsZero(&below) {
		return nil, fmt.Errorf("%w: the neutral point", ErrKey)
	}
	field.Inv(&below, &below)
	field.Mul(&above, &above, &below)
	out := make([]byte, field.Size)
	return out, field.ToBytes(out, &above)
}
