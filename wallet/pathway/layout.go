package pathway

import (
	"slices"
	"strconv"

	"github.com/cairnwallet/cairn/verify/fault"
)

// layout lays the parts of a sketch out as layers. Each part stands in one place;
// wherever else it is asked for stands a step that is done with it.
type layout struct {
	*sketch
	placed map[string]string // part → the layer, group or step it became
	used   map[string]int    // ids given out
	ways   []way             // still to be laid
	steps  int
}

// way is a part whose kids get a layer of their own, below the one it stands in.
type way struct {
	part   *part
	layer  string // id of the layer
	needed bool
}

// pathway builds layers downwards from the goal, round by round, and turns them over.
func (l *layout) pathway() (Pathway, error) {
	out, root := l.about, l.parts[l.root]
	var goal []Layer
	if len(root.accepts) > 0 || len(root.kids) == 0 {
		out.Goal = l.fresh(root.id)
		l.placed[root.id] = out.Goal
		goal = []Layer{{
			ID: l.fresh(root.id), Name: root.name, Rule: Rule{Kind: All}, Optional: !root.badge && len(root.kids) > 0,
			Steps: []Step{l.leaf(root, out.Goal)},
		}}
	}
	var stages []Layer
	for _, id := range l.stages {
		stages = append(stages, l.stage(l.parts[id]))
	}
	rounds := [][]Layer{goal, l.split(root), stages}
	for len(l.ways) > 0 && len(rounds) <= MaxLayers {
		ways := l.ways
		l.ways = nil
		var round []Layer
		for _, w := range ways {
			round = append(round, l.layer(w.part, w.layer, w.needed))
		}
		rounds = append(rounds, round)
	}
	slices.Reverse(rounds)
	out.Layers = slices.Concat(rounds...)
	if err := l.bounds(len(out.Layers)); err != nil {
		return Pathway{}, err
	}
	l.unused()
	err := l.prerequisites(&out)
	return out, err
}

func (l *layout) bounds(layers int) error {
	switch {
	case l.steps > MaxSteps:
		return fault.New("pathway.too-many", "member", "steps", "limit", strconv.Itoa(MaxSteps))
	case layers > MaxLayers || len(l.ways) > 0:
		return fault.New("pathway.too-many", "member", "layers", "limit", strconv.Itoa(MaxLayers))
	case layers == 0:
		return fault.New("pathway.none-inside")
	}
	return nil
}

// unused tells what leads nowhere: what it holds itself isn't told too.
func (l *layout) unused() {
	asked := map[string]bool{l.root: true}
	for _, p := range l.parts {
		for _, kid := range p.kids {
			asked[kid] = true
		}
	}
	for _, id := range l.order {
		if l.placed[id] == "" && !asked[id] {
			l.findings.note("unused", l.parts[id].name)
		}
	}
}

// fresh gives an id that nothing has yet.
func (l *layout) fresh(id string) string {
	for {
		l.used[id]++
		n := l.used[id]
		if n == 1 {
			return id
		}
		id += " (" + strconv.Itoa(n) + ")"
	}
}
