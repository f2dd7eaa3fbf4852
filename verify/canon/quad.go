package canon

import (
	"slices"
	"strings"
)

// Kind says what an RDF term is. The zero Kind is no term: as a graph name it
// means the default graph.
type Kind uint8

// The kinds of term (RDF 1.1 Concepts, section 3).
const (
	None Kind = iota
	IRI
	Blank
	Literal
)

// Term is one RDF term. Value is the IRI, the blank node's label without "_:",
// or the lexical form. Datatype is empty for plain strings (xsd:string) and for
// texts with a language.
type Term struct {
	Kind     Kind
	Value    string
	Datatype string
	Lang     string
}

// Quad is one RDF statement in a graph.
type Quad struct {
	Subject, Predicate, Object, Graph Term
}

const (
	xsdString  = "http://www.w3.org/2001/XMLSchema#string"
	xsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean"
	xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"
	xsdDouble  = "http://www.w3.org/2001/XMLSchema#double"
	rdfType    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	rdfFirst   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
	rdfRest    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
	rdfNil     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
	rdfJSON    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
	rdfLangStr = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
)

// WriteNQuads gives the canonical N-Quads text of quads in the order of code
// points, each statement once (RDF 1.1 N-Quads canonical form, as RDFC-1.0,
// section 5, demands it). Labels of blank nodes are written as they are.
func WriteNQuads(quads []Quad) []byte {
	out := make([]string, len(quads))
	var b []byte
	for i := range quads {
		b = appendQuad(b[:0], &quads[i])
		out[i] = string(b)
	}
	slices.Sort(out)
	return joinLines(slices.Compact(out))
}

func joinLines(sorted []string) []byte {
	return []byte(strings.Join(sorted, ""))
}

// appendQuad appends one canonical line with its line feed.
func appendQuad(b []byte, q *Quad) []byte {
	b = append(appendTerm(b, &q.Subject), ' ')
	b = append(appendTerm(b, &q.Predicate), ' ')
	b = append(appendTerm(b, &q.Object), ' ')
	if q.Graph.Kind != None {
		b = append(appendTerm(b, &q.Graph), ' ')
	}
	return append(b, '.', '\n')
}

func appendTerm(b []byte, t *Term) []byte {
	switch t.Kind {
	case IRI:
		return appendRef(b, ref{iri: t.Value})
	case Blank:
		return append(append(b, "_:"...), t.Value...)
	}
	o := literal(t.Value, t.Datatype, t.Lang)
	return appendObject(b, &o)
}

var shortEscapes = [...]byte{'\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', '"': '"', '\\': '\\'}

// appendEscaped escapes what canonical N-Quads escapes and nothing else: short
// forms where there are any, \u00XX for the other controls and for DEL.
func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0x7F {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		if int(c) < len(shortEscapes) && shortEscapes[c] != 0 {
			b = append(b, '\\', shortEscapes[c])
			continue
		}
		b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
	return append(b, s[start:]...)
}
