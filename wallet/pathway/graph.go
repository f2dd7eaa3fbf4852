package pathway

// node is a layer, a group or a step. The nodes of a pathway stand in the order
// of the file, each before what it holds.
type node struct {
	id, name string
	rule     Rule
	optional bool
	parent   int // -1 for a layer
	kids     []int
	requires []int    // -1 for an id that doesn't exist: never met
	accepts  []Accept // badges that count, or stand for the whole
	same     int      // the node it is done with; -1 for none
	step     *Step    // nil for a layer and a group
}

// graph is a pathway as nodes that know each other by their place.
type graph struct {
	nodes    []node
	layers   []int
	byID     map[string]int
	requires [][]string // as written, by node
	twice    string     // the first id that stands twice
}

func newGraph(p Pathway) *graph {
	g := &graph{byID: map[string]int{}}
	for _, l := range p.Layers {
		i := g.add(node{id: l.ID, name: l.Name, rule: l.Rule, optional: l.Optional, parent: -1, accepts: l.Accepts}, l.Requires)
		g.layers = append(g.layers, i)
		g.steps(l.Steps, i)
	}
	for i, ids := range g.requires {
		for _, id := range ids {
			g.nodes[i].requires = append(g.nodes[i].requires, g.find(id))
		}
		g.nodes[i].same = -1
		if s := g.nodes[i].step; s != nil && s.Same != "" {
			g.nodes[i].same = g.find(s.Same)
		}
	}
	return g
}

// find gives the place of a node, -1 when there is none of that id.
func (g *graph) find(id string) int {
	if i, ok := g.byID[id]; ok {
		return i
	}
	return -1
}

func (g *graph) add(n node, requires []string) int {
	i := len(g.nodes)
	g.nodes, g.requires = append(g.nodes, n), append(g.requires, requires)
	if _, twice := g.byID[n.id]; twice && g.twice == "" {
		g.twice = n.id
	}
	g.byID[n.id] = i
	if n.parent >= 0 {
		g.nodes[n.parent].kids = append(g.nodes[n.parent].kids, i)
	}
	return i
}

func (g *graph) steps(steps []Step, parent int) {
	for k := range steps {
		s := &steps[k]
		n := node{id: s.ID, name: s.Name, rule: s.Rule, optional: s.Optional, parent: parent, accepts: s.Accepts}
		if !s.Group() {
			n.step = s
		}
		g.steps(s.Steps, g.add(n, s.Requires))
	}
}

// leaves calls do with every step below node i.
func (g *graph) leaves(i int, do func(int)) {
	if g.nodes[i].step != nil {
		do(i)
	}
	for _, k := range g.nodes[i].kids {
		g.leaves(k, do)
	}
}
