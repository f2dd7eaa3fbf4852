package pathway

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// sound refuses a pathway that can't be completed as it is written.
func sound(p Pathway) error {
	g := newGraph(p)
	if g.twice != "" {
		return fault.New("pathway.id-twice", "id", g.twice)
	}
	for _, check := range []func() error{g.references, g.rules, g.cycles} {
		if err := check(); err != nil {
			return err
		}
	}
	if i, ok := g.byID[p.Goal]; p.Goal != "" && (!ok || g.nodes[i].step == nil) {
		return fault.New("pathway.goal", "id", p.Goal)
	}
	if !slices.ContainsFunc(p.Layers, func(l Layer) bool { return !l.Optional }) {
		return fault.New("pathway.nothing-needed", "name", p.Name)
	}
	return nil
}

func (g *graph) references() error {
	for i, n := range g.nodes {
		if k := slices.Index(n.requires, -1); k >= 0 {
			return fault.New("pathway.reference", "id", g.requires[i][k], "name", n.name)
		}
		if n.step == nil || n.step.Same == "" {
			continue
		}
		if n.same < 0 || g.nodes[n.same].same >= 0 {
			return fault.New("pathway.same", "id", n.step.Same, "name", n.name)
		}
	}
	return nil
}

func (g *graph) rules() error {
	for i := range g.nodes {
		if g.nodes[i].step != nil {
			continue
		}
		if err := g.rule(i); err != nil {
			return err
		}
	}
	return nil
}

// rule refuses a rule that can't be met, and one that is met by nothing.
func (g *graph) rule(i int) error {
	n := g.nodes[i]
	optional := 0
	for _, k := range n.kids {
		if g.nodes[k].optional {
			optional++
		}
	}
	if optional > 0 && n.rule.Kind != All {
		return fault.New("pathway.optional", "name", n.name)
	}
	if optional == len(n.kids) {
		return fault.New("pathway.nothing-needed", "name", n.name)
	}
	if n.rule.Kind == AtLeast && n.rule.N > len(n.kids) {
		return fault.New("pathway.rule-unreachable", "name", n.name, "need", strconv.Itoa(n.rule.N), "have", strconv.Itoa(len(n.kids)))
	}
	if have, fixed := g.offered(i); n.rule.Kind == CreditsRule && fixed && have < n.rule.Credits {
		return fault.New("pathway.rule-unreachable", "name", n.name, "need", n.rule.Credits.String(), "have", have.String())
	}
	return nil
}

// offered sums the credits of all steps below a node; fixed is false when some
// are taken from badges, so that nobody can say how many there will be.
func (g *graph) offered(i int) (sum Credits, fixed bool) {
	fixed = true
	g.leaves(i, func(k int) {
		sum += g.nodes[k].step.Credits
		fixed = fixed && !g.nodes[k].step.Awarded
	})
	return sum, fixed
}

// cycles refuses what waits for itself. A node has two moments, its opening (2i)
// and its completion (2i+1): it opens after what it stands in and what it
// requires, and is complete after it opened and what it holds is complete.
func (g *graph) cycles() error {
	const (
		fresh = iota
		entered
		left
	)
	state := make([]uint8, 2*len(g.nodes))
	var trail []int
	var visit func(v int) bool
	visit = func(v int) bool {
		if state[v] != fresh {
			if state[v] == entered {
				trail = append(trail, v)
			}
			return state[v] == left
		}
		state[v] = entered
		trail = append(trail, v)
		for _, w := range g.after(v) {
			if !visit(w) {
				return false
			}
		}
		state[v] = left
		trail = trail[:len(trail)-1]
		return true
	}
	for v := range state {
		if !visit(v) {
			return fault.New("pathway.cycle", "names", g.ring(trail))
		}
	}
	return nil
}

// after gives the moments that must come before moment v.
func (g *graph) after(v int) []int {
	n, i := g.nodes[v/2], v/2
	var out []int
	if v%2 == 1 {
		out = append(out, 2*i)
		for _, k := range n.kids {
			out = append(out, 2*k+1)
		}
		if n.same >= 0 {
			out = append(out, 2*n.same+1)
		}
		return out
	}
	if n.parent >= 0 {
		out = append(out, 2*n.parent)
	}
	for _, k := range n.requires {
		out = append(out, 2*k+1)
	}
	return out
}

// ring names the nodes of a trail that ends where its cycle began.
func (g *graph) ring(trail []int) string {
	last := trail[len(trail)-1]
	var names []string
	for _, v := range trail[slices.Index(trail, last):] {
		if name := g.nodes[v/2].name; len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	const shown = 8
	if len(names) > shown {
		names = append(names[:shown:shown], "…")
	}
	return strings.Join(names, " → ")
}
