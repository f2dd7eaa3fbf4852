package canon

import "strconv"

// graphs turns expanded values into statements (JSON-LD 1.1 API, section 8).
type graphs struct {
	x      *expansion
	quads  []Quad
	blanks map[string]string
	next   int
	root   string // id of the document's node
	rootAt *node
}

func newGraphs(x *expansion) *graphs {
	return &graphs{x: x, blanks: map[string]string{}, quads: make([]Quad, 0, x.values+x.values/2)}
}

func (g *graphs) document(items []item) {
	if len(items) == 1 && items[0].kind == isNode && items[0].node.hasID {
		g.rootAt, g.root = items[0].node, items[0].node.id
	}
	for _, it := range items {
		g.object(it, Term{})
	}
}

func (g *graphs) blank() Term {
	g.next++
	return Term{Kind: Blank, Value: "b" + strconv.Itoa(g.next-1)}
}

// resource gives the term of an id; ok is false when no statement can hold it.
func (g *graphs) resource(id string) (Term, bool) {
	if isBlank(id) {
		label, known := g.blanks[id]
		if !known {
			label = g.blank().Value
			g.blanks[id] = label
		}
		return Term{Kind: Blank, Value: label}, true
	}
	return Term{Kind: IRI, Value: id}, writable(id)
}

// object writes what belongs to a value and gives its term.
func (g *graphs) object(it item, graph Term) (Term, bool) {
	switch it.kind {
	case isNode:
		return g.node(it.node, graph)
	case isList:
		return g.list(it.list, graph), true
	}
	return it.lit, it.lit.Kind == Literal
}

func (g *graphs) node(n *node, graph Term) (Term, bool) {
	subject, ok := Term{}, true
	if n.hasID {
		if subject, ok = g.resource(n.id); !ok {
			g.missID(n)
		}
	} else {
		subject = g.blank()
	}
	if n != g.rootAt && n.hasID && n.id == g.root && graph.Kind == None && !n.bare() {
		g.x.miss(n.at, "") // what it says belongs to the document's node
	}
	g.types(n, subject, graph, ok)
	for _, p := range n.props {
		g.property(p, subject, graph, ok)
	}
	for _, p := range n.reverse {
		g.reversed(p, subject, graph, ok)
	}
	for _, it := range n.graph {
		if g.object(it, subject); it.kind == isNode && it.node.bare() && !it.node.hasGraph {
			g.x.miss(it.at, "")
		}
	}
	for _, it := range n.included {
		g.object(it, graph)
	}
	return subject, ok
}

// missID notes an id that no statement can hold: the member if there is one,
// else the value, which is a reference.
func (g *graphs) missID(n *node) {
	g.x.miss(n.at, n.idName)
}

func (g *graphs) types(n *node, subject, graph Term, ok bool) {
	for _, t := range n.types {
		object, good := g.resource(t.iri)
		if !good {
			g.x.miss(n.at, t.member)
			continue
		}
		if ok {
			g.add(subject, Term{Kind: IRI, Value: rdfType}, object, graph)
		}
	}
}

func (g *graphs) property(p property, subject, graph Term, ok bool) {
	if !writable(p.iri) {
		g.x.miss(p.at, "")
		return
	}
	predicate := Term{Kind: IRI, Value: p.iri}
	for _, it := range p.items {
		object, good := g.object(it, graph)
		if good && ok {
			g.add(subject, predicate, object, graph)
		}
	}
}

func (g *graphs) reversed(p property, object, graph Term, ok bool) {
	if !writable(p.iri) {
		g.x.miss(p.at, "")
		return
	}
	for _, it := range p.items {
		subject, good := g.object(it, graph)
		if good && ok {
			g.add(subject, Term{Kind: IRI, Value: p.iri}, object, graph)
		}
	}
}

// list writes an RDF list and gives its first cell.
func (g *graphs) list(items []item, graph Term) Term {
	end := Term{Kind: IRI, Value: rdfNil}
	if len(items) == 0 {
		return end
	}
	head := g.blank()
	for i, cell := 0, head; i < len(items); i++ {
		if object, ok := g.object(items[i], graph); ok {
			g.add(cell, Term{Kind: IRI, Value: rdfFirst}, object, graph)
		}
		rest := end
		if i+1 < len(items) {
			rest = g.blank()
		}
		g.add(cell, Term{Kind: IRI, Value: rdfRest}, rest, graph)
		cell = rest
	}
	return head
}

func (g *graphs) add(subject, predicate, object, graph Term) {
	if graph.Kind == IRI && !writable(graph.Value) {
		return
	}
	g.quads = append(g.quads, Quad{subject, predicate, object, graph})
}
