package canon

import (
	"bytes"
	"slices"
)

// line is a statement as canonical N-Quads with gaps where its blank nodes go: the
// subject's before start, the object's before object and the graph's before graph,
// all of which are places in a page of text.
type line struct {
	page                      int32
	start, object, graph, end int32
	nodes                     [3]int32 // subject, object and graph, 0 for those that are not blank
}

// The places of line.nodes, and their letters in RDFC-1.0, section 4.7.
const positions = "sog"

// lines holds the text of all statements, on pages: what turns out to be long is not
// copied while it grows.
type lines struct {
	pages  [][]byte
	at     int // the page that is written
	length int // of the text
	all    []line
}

// pageSize is the room on a page, in bytes; a longer statement has one of its own.
const pageSize = 64 << 10

// maxText bounds the text of one document, in which a long name may stand again
// and again.
const maxText = 64 << 20

// add writes one more statement, unless there is too much text already.
func (ls *lines) add(s *statement) {
	if ls.full() {
		return
	}
	p := ls.page(len(s.subject.iri) + len(s.predicate) + len(s.object.text) + len(s.object.of) + len(s.graph.iri) + 16)
	l := line{page: int32(ls.at), start: int32(len(*p))}
	*p = l.write(*p, s)
	ls.all = append(ls.all, l)
	ls.length += int(l.end - l.start)
}

// page gives a page with room for n bytes.
func (ls *lines) page(n int) *[]byte {
	for ; ls.at < len(ls.pages); ls.at++ {
		if p := &ls.pages[ls.at]; cap(*p)-len(*p) >= n {
			return p
		}
	}
	ls.pages = append(ls.pages, make([]byte, 0, max(n, pageSize)))
	return &ls.pages[ls.at]
}

// forget empties the pages, to be used again.
func (ls *lines) forget() {
	for i, p := range ls.pages {
		clear(p)
		ls.pages[i] = p[:0]
	}
	*ls = lines{pages: ls.pages, all: ls.all[:0]}
}

// full says that there is more text than may be: some of it may be missing.
func (ls *lines) full() bool { return ls.length > maxText }

// write appends the text of a statement and notes where its parts are.
func (l *line) write(b []byte, s *statement) []byte {
	l.nodes = [3]int32{s.subject.node, s.object.node, s.graph.node}
	b = appendRef(b, s.subject)
	b = append(b, " <"...)
	b = append(b, s.predicate...)
	b = append(b, "> "...)
	l.object = int32(len(b))
	b = append(appendObject(b, &s.object), ' ')
	l.graph = int32(len(b))
	if !s.graph.none() {
		b = append(appendRef(b, s.graph), ' ')
	}
	b = append(b, ".\n"...)
	l.end = int32(len(b))
	return b
}

// appendRef appends an IRI, or nothing where a blank node goes.
func appendRef(b []byte, r ref) []byte {
	if r.node > 0 {
		return b
	}
	b = append(b, '<')
	b = append(b, r.iri...)
	return append(b, '>')
}

func appendObject(b []byte, o *object) []byte {
	if o.kind == isResource {
		return appendRef(b, ref{o.text, o.node})
	}
	b = append(b, '"')
	b = append(appendEscaped(b, o.text), '"')
	switch o.kind {
	case isTagged:
		b = append(b, '@')
		b = append(b, o.of...)
	case isTyped:
		b = append(b, "^^<"...)
		b = append(b, o.of...)
		b = append(b, '>')
	}
	return b
}

// labelled appends a line with a name in each gap.
func (ls *lines) labelled(b []byte, l *line, name func(b []byte, node int32) []byte) []byte {
	text := ls.pages[l.page]
	if n := l.nodes[0]; n > 0 {
		b = name(b, n)
	}
	b = append(b, text[l.start:l.object]...)
	if n := l.nodes[1]; n > 0 {
		b = name(b, n)
	}
	b = append(b, text[l.object:l.graph]...)
	if n := l.nodes[2]; n > 0 {
		b = name(b, n)
	}
	return append(b, text[l.graph:l.end]...)
}

// span is a part of a text, of which a line was made.
type span struct{ start, end, line int32 }

// sortSpans puts parts of a text in the order of code points, which is that of
// the bytes of UTF-8; equal ones in the order of their lines' nodes.
func (ls *lines) sortSpans(text []byte, spans []span) {
	slices.SortFunc(spans, func(a, b span) int {
		if c := bytes.Compare(text[a.start:a.end], text[b.start:b.end]); c != 0 {
			return c
		}
		x, y := &ls.all[a.line], &ls.all[b.line]
		return slices.Compare(x.nodes[:], y.nodes[:])
	})
}
