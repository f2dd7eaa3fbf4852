package proof

import (
	"strings"

	"github.com/cairnwallet/cairn/verify/canon"
)

// align finds which nodes of the whole document the nameless nodes of a part are:
// the cells of ordered lists and the names of graphs, which no id can be given to.
// It goes by what the part says of them, and gives their labels in the whole.
func align(part, whole []canon.Quad) map[string]string {
	a := aligner{found: map[string]string{}, taken: map[string]bool{}}
	for i := range part {
		for _, p := range places {
			if t := p(&part[i]); open(*t) {
				a.left = append(a.left, part[i])
				break
			}
		}
	}
	if len(a.left) == 0 {
		return nil
	}
	a.index(whole)
	for len(a.left) > 0 && (a.pass(false) || a.pass(true)) {
	}
	return a.found
}

// places are the terms of a statement that may be blank nodes.
var places = [...]func(*canon.Quad) *canon.Term{
	func(q *canon.Quad) *canon.Term { return &q.Subject },
	func(q *canon.Quad) *canon.Term { return &q.Object },
	func(q *canon.Quad) *canon.Term { return &q.Graph },
}

// open says whether a term is a blank node without a given name.
func open(t canon.Term) bool {
	return t.Kind == canon.Blank && !strings.HasPrefix(t.Value, givenLabel)
}

type aligner struct {
	left  []canon.Quad               // statements of the part that hold an unknown node
	by    [3]map[canon.Quad][]string // for each place: statement without that term → the nodes that stand there
	found map[string]string          // label in the part → label in the whole
	taken map[string]bool            // labels in the whole that are given away
}

// index notes, for every statement and place, which nodes would stand there.
func (a *aligner) index(whole []canon.Quad) {
	for i, place := range places {
		a.by[i] = map[canon.Quad][]string{}
		for _, q := range whole {
			if t := place(&q); open(*t) {
				label := t.Value
				*t = canon.Term{}
				a.by[i][q] = append(a.by[i][q], label)
			}
		}
	}
}

// pass looks once at every statement that is left. With guess it takes, once, the
// first of several nodes of which the same is said.
func (a *aligner) pass(guess bool) (progress bool) {
	rest := a.left[:0]
	for _, q := range a.left {
		seen, place, unknown := a.known(q)
		switch {
		case unknown == 0:
		case unknown == 1 && a.settle(places[place](&q).Value, seen, place, guess && !progress):
			progress = true
		default:
			rest = append(rest, q)
		}
	}
	a.left = rest
	return progress
}

// known gives a statement with the labels of the whole, without the nodes that are
// unknown; with the number of those, and where the last of them stands.
func (a *aligner) known(q canon.Quad) (seen canon.Quad, place, unknown int) {
	for i, at := range places {
		t := at(&q)
		if !open(*t) {
			continue
		}
		if label, ok := a.found[t.Value]; ok {
			t.Value = label
			continue
		}
		*t, place, unknown = canon.Term{}, i, unknown+1
	}
	return q, place, unknown
}

// settle finds the node that stands at a place of a statement of the whole: the
// only one that does, or with guess the first.
func (a *aligner) settle(label string, seen canon.Quad, place int, guess bool) bool {
	var fit []string
	for _, l := range a.by[place][seen] {
		if !a.taken[l] {
			fit = append(fit, l)
		}
	}
	if len(fit) == 0 || len(fit) > 1 && !guess {
		return false
	}
	a.found[label], a.taken[fit[0]] = fit[0], true
	return true
}
