package pathway

import "slices"

// layer reports one layer.
func (m *measurer) layer(i int) LayerProgress {
	n, t := m.nodes[i], m.tally(i)
	l := LayerProgress{
		ID: n.id, Name: n.name, State: m.state(i), Optional: n.optional, Rule: m.words(i),
		Done: t.done, Total: t.total, Fraction: t.fraction, WaitsFor: m.waits(i), Badges: m.badges(i), Steps: m.steps(i),
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
	s.Badges, s.Steps = m.badges(i), m.steps(i)
	return s
}

// badges lists what is held for a node. What waits for prerequisites doesn't count.
func (m *measurer) badges(i int) []Match {
	list := m.hauls[i].matches
	if m.isDone(i) {
		return list
	}
	for k := range list {
		if list[k].Counts {
			list[k].Counts, list[k].Why = false, Prerequisite
		}
	}
	return list
}

func (m *measurer) leaf(i int, s StepProgress) StepProgress {
	h := m.hauls[i]
	s.Badges, s.Credits = m.badges(i), m.nodes[i].step.Credits
	for _, c := range h.awarded {
		s.Credits += c
	}
	switch {
	case m.isDone(i):
		s.State = Earned
	case h.good:
		s.State = Waiting
	case len(h.matches) > 0:
		s.State = Near
	case !m.isOpen(i):
		s.State = Later
	case m.nodes[i].step.Unseen:
		s.State = Unseen
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
// a layer first, then what nothing is held for, then what has to be mended. What all
// of it leads to comes last.
func (m *measurer) next(layers []LayerProgress, goal string) []Next {
	var finishing, missing, mend, last []Next
	seen := map[int]bool{}
	for at, l := range layers {
		if l.State != Open || l.Optional {
			continue
		}
		m.missing(m.layers[at], seen, func(k int) {
			n := Next{Step: Ref{m.nodes[k].id, m.nodes[k].name}, Layer: Ref{l.ID, l.Name}}
			n.Finishes = l.Total-l.Done == 1 && m.finishes(m.layers[at], k)
			switch {
			case n.Step.ID == goal:
				last = append(last, n)
			case n.Finishes:
				finishing = append(finishing, n)
			case len(m.hauls[k].matches) == 0:
				missing = append(missing, n)
			default:
				mend = append(mend, n)
			}
		})
	}
	return slices.Concat(finishing, missing, mend, last)
}

// missing calls do once with each open step below a node, or done with it, that is
// neither done nor optional nor in a group that is complete without it, and that a
// badge can show. What is in seen was looked at before.
func (m *measurer) missing(i int, seen map[int]bool, do func(int)) {
	for _, k := range m.nodes[i].kids {
		if m.nodes[k].optional || !m.isOpen(k) {
			continue
		}
		if same := m.nodes[k].same; same >= 0 {
			k = same
		}
		if seen[k] || m.isDone(k) || !m.isOpen(k) {
			continue
		}
		seen[k] = true
		switch s := m.nodes[k].step; {
		case s == nil:
			m.missing(k, seen, do)
		case !s.Unseen:
			do(k)
		}
	}
}

// finishes says whether a step would complete a layer.
func (m *measurer) finishes(layer, step int) bool {
	elsewhere := map[int]*answer{} // what other places ask about again
	var done func(int) bool
	done = func(i int) bool {
		if i == step || m.isDone(i) {
			return true
		}
		if k := m.nodes[i].same; k >= 0 {
			if elsewhere[k] == nil {
				elsewhere[k] = new(answer)
			}
			return m.isOpen(i) && ask(elsewhere[k], func() bool { return done(k) })
		}
		return m.nodes[i].step == nil && m.isOpen(i) && m.met(i, done, m.gathered(i, step))
	}
	return done(layer)
}
