package pathway

import "slices"

// layer reports one layer.
func (m *measurer) layer(i int) LayerProgress {
	n, t := m.nodes[i], m.tally(i)
	l := LayerProgress{
		ID: n.id, Name: n.name, State: m.state(i), Optional: n.optional, Rule: m.words(i),
		Done: t.done, Total: t.total, Fraction: t.fraction, WaitsFor: m.waits(i), Steps: m.steps(i),
	}
	if n.rule.Kind == CreditsRule {
		l.Credits, l.Needed = m.gathered(i, -1), n.rule.Credits
	}
	return l
}

func (m *measurer) state(i int) State {
	switch {
	case m.isDone(i):
		return Complete
	case m.isOpen(i):
		return Open
	}
	return Later
}

func (m *measurer) steps(i int) []StepProgress {
	var out []StepProgress
	for _, k := range m.nodes[i].kids {
		out = append(out, m.step(k))
	}
	return out
}

func (m *measurer) step(i int) StepProgress {
	n := m.nodes[i]
	s := StepProgress{ID: n.id, Name: n.name, Optional: n.optional, WaitsFor: m.waits(i)}
	if n.step != nil {
		return m.leaf(i, s)
	}
	t, w := m.tally(i), m.words(i)
	s.State, s.Rule, s.Done, s.Total = m.state(i), &w, t.done, t.total
	s.Steps = m.steps(i)
	return s
}

func (m *measurer) leaf(i int, s StepProgress) StepProgress {
	h := m.hauls[i]
	s.Badges, s.Credits = h.matches, m.nodes[i].step.Credits
	for _, c := range h.awarded {
		s.Credits += c
	}
	switch {
	case m.isDone(i):
		s.State = Earned
	case h.good:
		s.State = Waiting
		for k := range s.Badges {
			if s.Badges[k].Counts {
				s.Badges[k].Counts, s.Badges[k].Why = false, Prerequisite
			}
		}
	case len(h.matches) > 0:
		s.State = Near
	case !m.isOpen(i):
		s.State = Later
	default:
		s.State = Missing
	}
	return s
}

// maxWaits bounds the prerequisites listed at one step.
const maxWaits = 10

// waits lists the open prerequisites of a node and of all it stands in.
func (m *measurer) waits(i int) []Ref {
	var out []Ref
	for ; i >= 0 && !m.isOpen(i); i = m.nodes[i].parent {
		for _, k := range m.nodes[i].requires {
			if k >= 0 && !m.isDone(k) && len(out) < maxWaits {
				out = append(out, Ref{m.nodes[k].id, m.nodes[k].name})
			}
		}
	}
	return out
}

// next lists the steps that can be taken now and bring a layer on: what finishes
// a layer first, then what nothing is held for, then what has to be mended.
func (m *measurer) next(layers []LayerProgress) []Next {
	var finishing, missing, mend []Next
	for at, l := range layers {
		if l.State != Open || l.Optional {
			continue
		}
		m.missing(m.layers[at], func(k int) {
			n := Next{Step: Ref{m.nodes[k].id, m.nodes[k].name}, Layer: Ref{l.ID, l.Name}}
			n.Finishes = l.Total-l.Done == 1 && m.finishes(m.layers[at], k)
			switch {
			case n.Finishes:
				finishing = append(finishing, n)
			case len(m.hauls[k].matches) == 0:
				missing = append(missing, n)
			default:
				mend = append(mend, n)
			}
		})
	}
	return slices.Concat(finishing, missing, mend)
}

// missing calls do with the open steps below a node that are neither done nor
// optional nor in a group that is complete without them.
func (m *measurer) missing(i int, do func(int)) {
	for _, k := range m.nodes[i].kids {
		switch n := m.nodes[k]; {
		case n.optional || m.isDone(k) || !m.isOpen(k):
		case n.step != nil:
			do(k)
		default:
			m.missing(k, do)
		}
	}
}

// finishes says whether a step would complete a layer.
func (m *measurer) finishes(layer, step int) bool {
	var done func(int) bool
	done = func(i int) bool {
		if i == step || m.isDone(i) {
			return true
		}
		return m.nodes[i].step == nil && m.isOpen(i) && m.met(i, done, m.gathered(i, step))
	}
	return done(layer)
}
