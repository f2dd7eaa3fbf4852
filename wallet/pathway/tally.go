package pathway

import (
	"cmp"
	"slices"
	"strconv"
)

// tally counts a node: in whole steps for people, and as a fraction for the ring.
type tally struct {
	done, total int
	fraction    float64
}

func (m *measurer) tally(i int) tally {
	n, complete := m.nodes[i], m.isDone(i)
	var t tally
	switch {
	case n.step != nil:
		t.total = 1
	case n.rule.Kind == CreditsRule:
		t = m.creditsTally(i)
	case n.rule.Kind == AtLeast || n.rule.Kind == Any:
		t = best(n.rule.N, m.tallies(i))
	default:
		t = all(m.tallies(i))
	}
	t.done = min(t.done, t.total-1)
	if complete {
		t.done = t.total
	}
	t.fraction = bounded(t.fraction, complete)
	return t
}

// tallies counts what a node holds and needs: optional steps aside.
func (m *measurer) tallies(i int) []tally {
	var out []tally
	for _, k := range m.nodes[i].kids {
		if !m.nodes[k].optional {
			out = append(out, m.tally(k))
		}
	}
	return out
}

// all weighs every part by its size.
func all(parts []tally) tally {
	var t tally
	for _, p := range parts {
		t.done, t.total = t.done+p.done, t.total+p.total
		t.fraction += float64(p.total) * p.fraction
	}
	t.fraction /= float64(max(t.total, 1))
	return t
}

// best takes the n parts that are furthest; the total is what the n shortest ask.
func best(n int, parts []tally) tally {
	n = min(n, len(parts))
	var t tally
	slices.SortFunc(parts, func(a, b tally) int { return cmp.Compare(a.total, b.total) })
	for _, p := range parts[:n] {
		t.total += p.total
	}
	slices.SortFunc(parts, func(a, b tally) int { return cmp.Compare(b.done, a.done) })
	for _, p := range parts[:n] {
		t.done += p.done
	}
	slices.SortFunc(parts, func(a, b tally) int { return cmp.Compare(b.fraction, a.fraction) })
	for _, p := range parts[:n] {
		t.fraction += p.fraction / float64(n)
	}
	return t
}

// creditsTally counts steps earned; the total is how many of the largest are
// enough, or all of them where nobody can know.
func (m *measurer) creditsTally(i int) tally {
	var t tally
	var offers []Credits
	steps := 0
	m.leaves(i, func(k int) {
		steps++
		if m.isDone(k) {
			t.done++
		}
		offers = append(offers, m.nodes[k].step.Credits)
	})
	need := m.nodes[i].rule.Credits
	t.fraction = float64(m.gathered(i, -1)) / float64(max(need, 1))
	slices.Sort(offers)
	slices.Reverse(offers)
	for sum := Credits(0); sum < need && t.total < len(offers); t.total++ {
		sum += offers[t.total]
	}
	if _, fixed := m.offered(i); !fixed {
		t.total = steps
	}
	return t
}

func (m *measurer) words(i int) RuleWords {
	n := m.nodes[i]
	of := 0
	for _, k := range n.kids {
		if !m.nodes[k].optional {
			of++
		}
	}
	w := RuleWords{Kind: cmp.Or(n.rule.Kind, All), Args: map[string]string{"need": strconv.Itoa(of), "of": strconv.Itoa(of)}}
	switch w.Kind {
	case CreditsRule:
		w.Args["need"], w.Args["unit"] = n.rule.Credits.String(), n.rule.Unit
	case AtLeast, Any:
		w.Args["need"] = strconv.Itoa(n.rule.N)
	}
	return w
}
