package bbs

import (
	bls "github.com/cloudflare/circl/ecc/bls12381"
	"github.com/cloudflare/circl/ecc/bls12381/ff"
)

// powers holds 2^(8·i)·P for a generator P: with them, the bytes of all scalars of a
// sum can be sorted into one set of buckets.
type powers [ff.ScalarSize]bls.G1

func powersOf(p bls.G1) *powers {
	out := &powers{p}
	for i := 1; i < len(out); i++ {
		p := out[i-1]
		for range 8 {
			p.Double()
		}
		out[i] = p
	}
	return out
}

// term is one summand of a sum of generators.
type term struct {
	scalar ff.Scalar
	point  *powers
}

// sum gives Σ scalar·point: points whose scalars have the same byte are added first
// (Pippenger's buckets). It is not constant in time.
func sum(terms []term) bls.G1 {
	var buckets [256]bls.G1
	var used [256]bool
	for i := range terms {
		number, _ := terms[i].scalar.MarshalBinary() // has no way to fail
		for k := range terms[i].point {
			d := number[len(number)-1-k]
			switch {
			case d == 0:
			case used[d]:
				buckets[d].Add(&buckets[d], &terms[i].point[k])
			default:
				buckets[d], used[d] = terms[i].point[k], true
			}
		}
	}
	var running, total bls.G1 // total becomes Σ d·buckets[d]
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

// multiple is one summand of a sum of other points.
type multiple struct {
	scalar *ff.Scalar
	point  *bls.G1
}

// few gives Σ scalar·point for a handful of points, which share the doublings
// (Straus). It is not constant in time.
func few(all ...multiple) bls.G1 {
	tables, numbers := make([][16]bls.G1, len(all)), make([][]byte, len(all))
	for i, m := range all {
		numbers[i], _ = m.scalar.MarshalBinary() // has no way to fail
		tables[i][1] = *m.point
		for d := 2; d < 16; d++ {
			tables[i][d].Add(&tables[i][d-1], m.point)
		}
	}
	var total bls.G1
	total.SetIdentity()
	for k := range 2 * ff.ScalarSize { // four bits at a time
		for range 4 {
			total.Double()
		}
		for i := range all {
			if d := numbers[i][k/2] >> (4 * (1 - k%2)) & 15; d > 0 {
				total.Add(&total, &tables[i][d])
			}
		}
	}
	return total
}
