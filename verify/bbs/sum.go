package bbs

import (
	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
)

// term is one summand of a sum of points.
type term struct {
	scalar ff.Scalar
	point  bls.G1
}

// sum gives Σ scalar·point by Pippenger's buckets: for each window of bits, points
// with the same digit are added first. It is not constant in time.
func sum(terms []term) bls.G1 {
	width := windowFor(len(terms))
	digits := make([][]byte, len(terms))
	for i := range terms {
		digits[i], _ = terms[i].scalar.MarshalBinary() // has no way to fail
	}
	var total bls.G1
	total.SetIdentity()
	buckets := make([]bls.G1, 1<<width)
	used := make([]bool, 1<<width)
	const bits = 8 * ff.ScalarSize
	for low := (bits - 1) / width * width; low >= 0; low -= width {
		for range width {
			total.Double()
		}
		clear(used)
		for i := range terms {
			d := digit(digits[i], low, width)
			switch {
			case d == 0:
			case used[d]:
				buckets[d].Add(&buckets[d], &terms[i].point)
			default:
				buckets[d], used[d] = terms[i].point, true
			}
		}
		part := weigh(buckets, used)
		total.Add(&total, &part)
	}
	return total
}

// weigh gives Σ d·buckets[d].
func weigh(buckets []bls.G1, used []bool) bls.G1 {
	var running, total bls.G1
	running.SetIdentity()
	total.SetIdentity()
	for d := len(buckets) - 1; d > 0; d-- {
		if used[d] {
			running.Add(&running, &buckets[d])
		}
		total.Add(&total, &running)
	}
	return total
}

// digit gives width bits of a big-endian number from bit low on.
func digit(number []byte, low, width int) (d int) {
	for i := low + width - 1; i >= low; i-- {
		d <<= 1
		if i < 8*len(number) {
			d |= int(number[len(number)-1-i/8]>>(i%8)) & 1
		}
	}
	return d
}

// windowFor picks the width that costs least for n points.
func windowFor(n int) int {
	best, least := 1, 0
	for width := 1; width <= 12; width++ {
		windows := (8*ff.ScalarSize + width - 1) / width
		if cost := windows * (n + 2<<width); least == 0 || cost < least {
			best, least = width, cost
		}
	}
	return best
}
