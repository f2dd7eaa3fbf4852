package pathway

import (
	"slices"
	"time"
)

// Measure says how far the held badges go on a pathway, by what holds at now. It
// is a pure function: the order of held doesn't matter, one more badge that holds
// never lowers anything, and one that is lost or withdrawn never raises anything.
//
// What counts. A badge counts when its verdict is verified and its dates hold now.
// One whose issuer is not recognised counts only where the pathway names that
// issuer by its id; the match then says Vouched. Expired, withdrawn, changed,
// unsigned and not fully checked badges never count, but are listed with the reason.
//
// For all of it. A badge that a layer or a group accepts completes it, whatever is
// held of what stands below. What no badge can show is never taken for done.
//
// How often. A badge counts for every step that accepts it: what a step accepts is
// its author's decision, and one badge may prove two skills. Credits are given for
// steps, so nothing is added twice; where they are taken from badges, each
// achievement is added once to a rule, however many steps and badges it stands in.
//
// Prerequisites. A badge held for a step whose prerequisites are open waits: it
// counts as soon as they are met.
func Measure(p Pathway, held []Held, now time.Time) Progress {
	m := newMeasurer(p, held, now)
	out := Progress{Pathway: Ref{p.ID, p.Name}, At: now}
	weight, sum := 0, 0.0
	out.Complete = len(m.layers) > 0
	for _, i := range m.layers {
		l := m.layer(i)
		out.Layers = append(out.Layers, l)
		if l.Optional {
			continue
		}
		out.Done, out.Total = out.Done+l.Done, out.Total+l.Total
		weight, sum = weight+l.Total, sum+float64(l.Total)*l.Fraction
		out.Complete = out.Complete && l.State == Complete
	}
	if weight > 0 {
		out.Fraction = bounded(sum/float64(weight), out.Complete)
	}
	if i, ok := m.byID[p.Goal]; ok && p.Goal != "" {
		out.GoalHeld = m.hauls[i].good
	}
	out.Next = m.next(out.Layers, p.Goal)
	return out
}

// almost is the most that something unfinished may show.
const almost = 0.999

// bounded keeps a fraction within 0 and 1, and below 1 what isn't complete.
func bounded(f float64, complete bool) float64 {
	if complete {
		return 1
	}
	return min(f, almost)
}

// measurer answers questions about the nodes of one pathway. Answers are kept.
type measurer struct {
	*graph
	hauls []haul // what is held, for what accepts badges
	open  []answer
	done  []answer
}

// answer is a kept answer. A question that leads back to itself is answered no.
type answer uint8

const (
	unasked answer = iota
	no
	yes
)

func newMeasurer(p Pathway, held []Held, now time.Time) *measurer {
	g := newGraph(p)
	m := &measurer{graph: g, hauls: make([]haul, len(g.nodes)), open: make([]answer, len(g.nodes)), done: make([]answer, len(g.nodes))}
	pick := &picker{shelf: newShelf(held, now), seen: make([]int, len(held))}
	for i, n := range g.nodes {
		if len(n.accepts) > 0 {
			m.hauls[i] = pick.pick(n.accepts, n.step != nil && n.step.Awarded)
		}
	}
	for i, n := range g.nodes {
		if n.same >= 0 {
			h := m.hauls[n.same]
			m.hauls[i] = haul{good: h.good, matches: slices.Clone(h.matches)}
		}
	}
	return m
}

func ask(a *answer, find func() bool) bool {
	if *a == unasked {
		*a = no
		if find() {
			*a = yes
		}
	}
	return *a == yes
}

// isOpen says whether all that must come before node i is complete.
func (m *measurer) isOpen(i int) bool {
	return ask(&m.open[i], func() bool {
		n := m.nodes[i]
		if n.parent >= 0 && !m.isOpen(n.parent) {
			return false
		}
		return !slices.ContainsFunc(n.requires, func(k int) bool { return k < 0 || !m.isDone(k) })
	})
}

// isDone says whether a step is earned, or a layer or group complete.
func (m *measurer) isDone(i int) bool {
	return ask(&m.done[i], func() bool {
		if !m.isOpen(i) {
			return false
		}
		if k := m.nodes[i].same; k >= 0 {
			return m.isDone(k)
		}
		if m.hauls[i].good || m.nodes[i].step != nil {
			return m.hauls[i].good
		}
		return m.met(i, m.isDone, m.gathered(i, -1))
	})
}

// met says whether the rule of a layer or group holds, given what is done.
func (m *measurer) met(i int, done func(int) bool, credits Credits) bool {
	n := m.nodes[i]
	if n.rule.Kind == CreditsRule {
		return credits >= n.rule.Credits
	}
	if n.rule.Kind == AtLeast || n.rule.Kind == Any {
		count := 0
		for _, k := range n.kids {
			if done(k) {
				count++
			}
		}
		return count >= n.rule.N
	}
	return !slices.ContainsFunc(n.kids, func(k int) bool { return !m.nodes[k].optional && !done(k) })
}

// gathered sums the credits below node i; with is a step to be taken as done too.
func (m *measurer) gathered(i, with int) Credits {
	var sum Credits
	var awarded map[string]Credits
	m.leaves(i, func(k int) {
		if k != with && !m.isDone(k) {
			return
		}
		sum += m.nodes[k].step.Credits
		for id, c := range m.hauls[k].awarded {
			if awarded == nil {
				awarded = map[string]Credits{}
			}
			awarded[id] = max(awarded[id], c)
		}
	})
	for _, c := range awarded {
		sum += c
	}
	return sum
}
