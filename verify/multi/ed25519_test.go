package multi

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"math/big"
	"slices"
	"testing"
)

// plainPoint is RFC 8032, section 5.1.3, in plain arithmetic: whether 32 bytes are
// the one encoding of a point on the curve whose order does not divide 8, and the
// point's coordinate y.
func plainPoint(b []byte) (*big.Int, bool) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	d := new(big.Int).ModInverse(big.NewInt(121666), p)
	d.Mod(d.Mul(d, big.NewInt(-121665)), p)
	y := littleEndian(b)
	one := big.NewInt(1)
	yy := new(big.Int).Mul(y, y)
	u := new(big.Int).Sub(yy, one)
	v := new(big.Int).Add(new(big.Int).Mul(yy, d), one)
	square := big.Jacobi(u.Mod(u.Mul(u, v), p), p) >= 0
	for _, small := range []string{
		"0", "1", "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
		"7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
		"5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
	} {
		if s, _ := new(big.Int).SetString(small, 16); s.Cmp(y) == 0 {
			return y, false
		}
	}
	return y, y.Cmp(p) < 0 && square
}

func littleEndian(b []byte) *big.Int {
	be := slices.Clone(b)
	be[31] &= 0x7f
	slices.Reverse(be)
	return new(big.Int).SetBytes(be)
}

// points gives texts of 32 bytes: any, and those at the edges of the field.
func points() (out [][]byte) {
	for i := range 300 {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		out = append(out, sum[:])
	}
	for _, fill := range []byte{0, 0xff} {
		for first := range 256 {
			b := slices.Repeat([]byte{fill}, 32)
			b[0] = byte(first)
			out = append(out, slices.Clone(b))
			b[31] &= 0x7f
			out = append(out, b)
		}
	}
	for _, y := range smallOrder {
		out = append(out, slices.Clone(y[:]))
	}
	return out
}

func TestEd25519Points(t *testing.T) {
	good := 0
	for _, b := range points() {
		_, want := plainPoint(b)
		k, err := Ed25519(b)
		if (err == nil) != want || err != nil && !errors.Is(err, ErrKey) || err == nil && !slices.Equal(k, b) {
			t.Errorf("%x: %x, %v; want a point: %v", b, k, err, want)
		}
		if want {
			good++
		}
	}
	if good < 100 {
		t.Errorf("only %d points among the cases", good)
	}
}

// TestMontgomery compares with plain arithmetic and with the other way to the same
// key: the one through the private half.
func TestMontgomery(t *testing.T) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	one := big.NewInt(1)
	for _, b := range points()[:100] {
		y, _ := plainPoint(b)
		u := new(big.Int).ModInverse(new(big.Int).Mod(new(big.Int).Sub(one, y), p), p)
		u.Mod(u.Mul(u, new(big.Int).Add(one, y)), p)
		got, err := Montgomery(b)
		if err != nil || littleEndian(got).Cmp(u) != 0 {
			t.Errorf("%x: %x, %v; want %x", b, got, err, u)
		}
	}
	key := ed25519.NewKeyFromSeed(make([]byte, 32))
	got, err := Montgomery(key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	half := sha512.Sum512(key.Seed())
	x, err := ecdh.X25519().NewPrivateKey(half[:32])
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, x.PublicKey().Bytes()) {
		t.Errorf("got %x, want %x", got, x.PublicKey().Bytes())
	}
}

func TestMontgomeryRefused(t *testing.T) {
	neutral := make([]byte, 32)
	neutral[0] = 1 // 1-y is zero
	for name, b := range map[string][]byte{"neutral point": neutral, "short": neutral[:31], "nothing": nil} {
		if got, err := Montgomery(b); !errors.Is(err, ErrKey) {
			t.Errorf("%s: %x, %v", name, got, err)
		}
	}
}
