package pathway

import (
	"cmp"
	"maps"
	"slices"
)

// split lays out what the root asks for. Where all of it is needed, each term and
// each grouping becomes a layer, so that the stack shows the stages of the way.
func (l *layout) split(root *part) []Layer {
	if len(root.kids) == 0 {
		return nil
	}
	if root.rule.Kind != All {
		return []Layer{l.layer(root, l.fresh(root.id), true)}
	}
	var out []Layer
	var rest []string
	terms := map[level][]string{}
	for _, id := range root.kids {
		p := l.parts[id]
		_, placed := l.placed[id]
		switch {
		case p.level.name != "":
			terms[p.level] = append(terms[p.level], id)
		case len(p.kids) > 0 && !p.badge && !root.extra[id] && !placed:
			out = append(out, l.layer(p, l.fresh(id), true))
		default:
			rest = append(rest, id)
		}
	}
	if len(rest) > 0 {
		out = append(out, l.part(root, towards+root.name, rest))
	}
	for _, t := range slices.SortedFunc(maps.Keys(terms), func(a, b level) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.name, b.name))
	}) {
		out = append(out, l.part(root, t.name, terms[t]))
	}
	return out
}

// part is a layer of some of the root's kids.
func (l *layout) part(root *part, name string, kids []string) Layer {
	out := Layer{ID: l.fresh(root.id + "#" + name), Name: name, Rule: Rule{Kind: All}}
	out.Steps = l.kids(&part{kids: kids, extra: root.extra, rule: out.Rule}, true, 0)
	out.Optional = settle(out.Steps)
	return out
}

// towards marks the name of a layer that leads to what it is named after.
const towards = "→ "

// stage is a part that comes before the root, as a layer.
func (l *layout) stage(p *part) Layer {
	id := l.fresh(p.id)
	if len(p.kids) > 0 && !p.badge && l.placed[p.id] == "" {
		return l.layer(p, id, true)
	}
	return Layer{ID: id, Name: p.name, Rule: Rule{Kind: All}, Steps: []Step{l.step(p, true, 0)}}
}

// layer lays out the kids of a part as a layer. That of a part which is done by its
// badge is the way to it: the badge stands for all of it.
func (l *layout) layer(p *part, id string, needed bool) Layer {
	if l.placed[p.id] == "" {
		l.placed[p.id] = id
	}
	out := Layer{
		ID: id, Name: p.name, Description: p.about, Rule: p.rule, Requires: p.requires, Optional: !needed,
		Accepts: p.accepts, Steps: l.kids(p, needed, 0),
	}
	if p.badge { // it stands as a step in the layer above
		out.Name = towards + out.Name
	}
	if p.id == l.root { // its badge is the goal
		out.Accepts = nil
	}
	return out
}

// settle says whether none of the steps is needed; then they are needed among
// themselves, for the optional whole they make up.
func settle(steps []Step) bool {
	if slices.ContainsFunc(steps, func(s Step) bool { return !s.Optional }) {
		return false
	}
	for i := range steps {
		steps[i].Optional = false
	}
	return true
}

func (l *layout) kids(p *part, needed bool, depth int) []Step {
	var out []Step
	for _, id := range p.kids {
		if l.steps++; l.steps > MaxSteps {
			return out // pathway refuses it
		}
		s := l.step(l.parts[id], needed && p.rule.Kind == All && !p.extra[id], depth)
		s.Optional = p.extra[id] && p.rule.Kind == All
		out = append(out, s)
	}
	return out
}

// step lays out a part as a step or a group. needed says that there is no way
// around it.
func (l *layout) step(p *part, needed bool, depth int) Step {
	if at, ok := l.placed[p.id]; ok {
		return Step{ID: l.fresh(p.id), Name: p.name, Same: at}
	}
	id := l.fresh(p.id)
	l.placed[p.id] = id
	switch {
	case len(p.kids) == 0:
		return l.leaf(p, id)
	case p.badge:
		l.ways = append(l.ways, way{p, l.fresh(p.id), needed})
		return l.leaf(p, id)
	case depth == MaxDepth: // deeper than groups may stand it gets a layer of its own
		stage := way{p, l.fresh(p.id), false}
		l.ways, l.placed[p.id] = append(l.ways, stage), stage.layer
		return Step{ID: id, Name: p.name, Same: stage.layer}
	}
	out := Step{ID: id, Name: p.name, Description: p.about, Requires: p.requires, Rule: p.rule, Accepts: p.accepts}
	out.Steps = l.kids(p, needed, depth+1)
	return out
}

func (l *layout) leaf(p *part, id string) Step {
	s := Step{ID: id, Name: p.name, Description: p.about, Requires: p.requires}
	if s.Unseen = p.unseen != ""; s.Unseen {
		l.findings.note(p.unseen, p.name)
	} else {
		s.OfferedBy, s.Credits, s.Accepts = p.offer, p.credits, p.accepts
	}
	return s
}

// prerequisites turns the parts that are required into what they became. What is
// not in the pathway can't be waited for, and what runs in a circle isn't.
func (l *layout) prerequisites(p *Pathway) error {
	eachRequires(p, func(name string, requires *[]string) {
		var known []string
		for _, id := range *requires {
			if at := l.placed[id]; at != "" {
				known = append(known, at)
			} else {
				l.findings.note("requires-outside", name)
			}
		}
		*requires = known
	})
	if err := newGraph(*p).cycles(); err == nil {
		return nil
	}
	eachRequires(p, func(name string, requires *[]string) {
		if len(*requires) > 0 {
			l.findings.note("requires-circle", name)
		}
		*requires = nil
	})
	return newGraph(*p).cycles()
}

// eachRequires calls do with the prerequisites of each layer, group and step.
func eachRequires(p *Pathway, do func(name string, requires *[]string)) {
	var walk func(steps []Step)
	walk = func(steps []Step) {
		for i := range steps {
			do(steps[i].Name, &steps[i].Requires)
			walk(steps[i].Steps)
		}
	}
	for i := range p.Layers {
		do(p.Layers[i].Name, &p.Layers[i].Requires)
		walk(p.Layers[i].Steps)
	}
}
