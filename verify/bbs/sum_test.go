package bbs

import (
	"crypto/sha3"
	"testing"

	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
)

// terms gives n summands that are the same each time; some are zero, small, or the
// same point twice.
func terms(t testing.TB, n int) []term {
	t.Helper()
	h := sha3.NewSHAKE256()
	scalars, err := randomScalars(h, n)
	if err != nil {
		t.Fatal(err)
	}
	points, _ := kept.first(n)
	out := make([]term, n)
	for i := range out {
		out[i] = term{scalars[i], points[i/2]}
		switch i % 5 {
		case 1:
			out[i].scalar = ff.Scalar{}
		case 2:
			out[i].scalar.SetUint64(uint64(i))
		}
	}
	return out
}

// TestSum: the buckets give what adding one by one gives.
func TestSum(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 40, 150} {
		all := terms(t, n)
		var want bls.G1
		want.SetIdentity()
		for i := range all {
			var p bls.G1
			p.ScalarMult(&all[i].scalar, &all[i].point[0])
			want.Add(&want, &p)
		}
		if got := sum(all); !got.IsEqual(&want) {
			t.Errorf("%d summands: %v, want %v", n, got, want)
		}
	}
}

func TestFew(t *testing.T) {
	all := terms(t, 4)
	var multiples []multiple
	for n := range all {
		if got, want := few(multiples...), sum(all[:n]); !got.IsEqual(&want) {
			t.Errorf("%d summands: %v, want %v", n, got, want)
		}
		multiples = append(multiples, multiple{&all[n].scalar, &all[n].point[0]})
	}
}

// TestBasePoint: P1 is the published constant (section 7.2.2).
func TestBasePoint(t *testing.T) {
	p := basePoint()[0]
	const want = "a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9"
	if got := hexOf(p.BytesCompressed()); got != want {
		t.Errorf("P1 is %s, want %s", got, want)
	}
}

func hexOf(b []byte) (out string) {
	const digits = "0123456789abcdef"
	for _, c := range b {
		out += string(digits[c>>4]) + string(digits[c&15])
	}
	return out
}

func BenchmarkSum120(b *testing.B) {
	all := terms(b, 120)
	for b.Loop() {
		sum(all)
	}
}
