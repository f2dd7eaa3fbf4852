package canon

import "strconv"

// ref is the IRI or the blank node that a statement names. The zero ref is no
// term: as a graph it means the default graph.
type ref struct {
	iri  string
	node int32 // the number of a blank node, from 1 on; 0 for none
}

func (r ref) none() bool { return r.node == 0 && r.iri == "" }

// object is what a statement says: a resource or a literal.
type object struct {
	text string // the IRI or the lexical form
	of   string // the datatype or the language
	node int32  // as in ref
	kind objectKind
}

type objectKind uint8

const (
	isResource objectKind = iota
	isPlain               // a literal of type xsd:string
	isTyped
	isTagged  // a literal with a language
	isNothing // what statements can't hold
)

func resource(r ref) object { return object{text: r.iri, node: r.node} }

// statement is an RDF statement whose blank nodes are numbers. Its texts are
// parts of the document and of the contexts, not copies.
type statement struct {
	subject   ref
	predicate string
	object    object
	graph     ref
}

// dataset is a set of statements, some of which may occur twice, about blank
// nodes from 1 to nodes. Where there are lines, the statements go there.
type dataset struct {
	lines      *lines
	statements []statement
	nodes      int32
}

func (d *dataset) add(s statement) {
	if d.lines != nil {
		d.lines.add(&s)
		return
	}
	d.statements = append(d.statements, s)
}

// blank makes a blank node.
func (d *dataset) blank() ref {
	d.nodes++
	return ref{node: d.nodes}
}

// quads gives the statements with blank nodes labelled b0, b1, ….
func (d *dataset) quads() []Quad {
	out := make([]Quad, len(d.statements))
	for i, s := range d.statements {
		out[i] = Quad{s.subject.term(), Term{Kind: IRI, Value: s.predicate}, s.object.term(), s.graph.term()}
	}
	return out
}

func (r ref) term() Term {
	switch {
	case r.node > 0:
		return Term{Kind: Blank, Value: "b" + strconv.Itoa(int(r.node-1))}
	case r.iri != "":
		return Term{Kind: IRI, Value: r.iri}
	}
	return Term{}
}

func (o object) term() Term {
	switch o.kind {
	case isResource:
		return ref{o.text, o.node}.term()
	case isTyped:
		return Term{Kind: Literal, Value: o.text, Datatype: o.of}
	case isTagged:
		return Term{Kind: Literal, Value: o.text, Lang: o.of}
	}
	return Term{Kind: Literal, Value: o.text}
}

// numbered writes quads as lines about blank nodes from 1 to nodes; labels gives the
// label of each, by its number less one.
func numbered(to *lines, quads []Quad) (nodes int32, labels []string) {
	d := dataset{lines: to}
	numbers := map[string]int32{}
	number := func(t *Term) ref {
		if t.Kind != Blank {
			return ref{iri: t.Value}
		}
		n, known := numbers[t.Value]
		if !known {
			n = d.blank().node
			numbers[t.Value] = n
			labels = append(labels, t.Value)
		}
		return ref{node: n}
	}
	for i := range quads {
		q := &quads[i]
		s := statement{subject: number(&q.Subject), predicate: q.Predicate.Value, graph: number(&q.Graph)}
		if q.Object.Kind == Literal {
			s.object = literal(q.Object.Value, q.Object.Datatype, q.Object.Lang)
		} else {
			s.object = resource(number(&q.Object))
		}
		d.add(s)
	}
	return d.nodes, labels
}

// literal makes a literal of a datatype, or of a language, or of neither.
func literal(value, datatype, lang string) object {
	switch {
	case lang != "":
		return object{text: value, of: lang, kind: isTagged}
	case datatype != "" && datatype != xsdString:
		return object{text: value, of: datatype, kind: isTyped}
	}
	return object{text: value, kind: isPlain}
}
