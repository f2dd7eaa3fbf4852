package proof

import (
	"context"
	"crypto"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/canon"
)

// maxDoubtful bounds how many objects are tried one by one where not all of them
// can be given a name; each try takes as long as reading the document.
const maxDoubtful = 500

// named is a document in which the nodes without an id have been given one, so
// that a node is the same in the document and in any part of it ("skolemizing",
// VC-DI-ECDSA, section 3.4.8). The standard does so by expanding and compacting;
// here the ids are put straight into the JSON, and the statements tell whether
// that was right.
type named struct {
	doc    map[string]any
	prefix string // of the ids that were given
	quads  []canon.Quad
	canon.Canonicalised
}

// nameNodes names the nodes of doc. missed are the members no statement covers,
// see canon.ToRDF.
func nameNodes(ctx context.Context, doc map[string]any) (n *named, missed []string, err error) {
	quads, missed, err := canon.ToRDF(ctx, doc)
	if err != nil {
		return nil, nil, err
	}
	n = &named{prefix: freePrefix(quads)}
	if all, count := n.with(doc, nil); !n.try(ctx, all, quads) {
		err = n.oneByOne(ctx, doc, count, quads)
	}
	if err == nil {
		n.Canonicalised, err = canon.RDFC10(ctx, n.quads, crypto.SHA256)
	}
	return n, missed, err
}

// oneByOne names those of count objects that can be named: one that is no node, such
// as a JSON literal, would become another by it.
func (n *named) oneByOne(ctx context.Context, doc map[string]any, count int, want []canon.Quad) error {
	if count > maxDoubtful {
		return fmt.Errorf("%w: %d objects", canon.ErrTooComplex, count)
	}
	skip := map[int]bool{}
	for i := range count {
		skip[i] = true
	}
	for i := range count {
		delete(skip, i)
		if one, _ := n.with(doc, skip); !n.try(ctx, one, want) {
			skip[i] = true
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if rest, _ := n.with(doc, skip); !n.try(ctx, rest, want) {
		return fmt.Errorf("%w: its nodes can't be named", canon.ErrTooComplex)
	}
	return nil
}

// freePrefix gives a prefix that none of the document's own ids has.
func freePrefix(quads []canon.Quad) string {
	prefix := "urn:bnid:"
	taken := func(t canon.Term) bool { return t.Kind == canon.IRI && strings.HasPrefix(t.Value, prefix) }
	for slices.ContainsFunc(quads, func(q canon.Quad) bool {
		return taken(q.Subject) || taken(q.Predicate) || taken(q.Object) || taken(q.Graph)
	}) {
		prefix += "x:"
	}
	return prefix
}

// try says whether a named document says what the document said, and keeps it
// if so.
func (n *named) try(ctx context.Context, doc map[string]any, want []canon.Quad) bool {
	quads, err := n.statements(ctx, doc)
	if err != nil || !sameButLabels(quads, want) {
		return false
	}
	n.doc, n.quads = doc, quads
	return true
}

// sameButLabels says whether two lists of statements are the same, one by one, when
// each blank node of the one stands for one of the other. Names change nothing in
// the order in which canon.ToRDF writes.
func sameButLabels(a, b []canon.Quad) bool {
	to, from := map[string]string{}, map[string]string{}
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		for _, place := range places {
			s, t := place(&x), place(&y)
			if s.Kind != canon.Blank || t.Kind != canon.Blank {
				continue
			}
			if _, met := to[s.Value]; !met && from[t.Value] == "" {
				to[s.Value], from[t.Value] = t.Value, s.Value
			}
			if to[s.Value] != t.Value || from[t.Value] != s.Value {
				return false
			}
			*s, *t = canon.Term{}, canon.Term{}
		}
		if x != y {
			return false
		}
	}
	return true
}

// statements gives the statements of a named document, or of a part of one, with
// the given names as labels of blank nodes again ("deskolemizing").
func (n *named) statements(ctx context.Context, doc map[string]any) ([]canon.Quad, error) {
	quads, _, err := canon.ToRDF(ctx, doc)
	if err != nil {
		return nil, err
	}
	for i := range quads {
		for _, t := range [...]*canon.Term{&quads[i].Subject, &quads[i].Object, &quads[i].Graph} {
			if name, ok := strings.CutPrefix(t.Value, n.prefix); ok && t.Kind == canon.IRI {
				*t = canon.Term{Kind: canon.Blank, Value: givenLabel + name}
			}
		}
	}
	return quads, nil
}

// givenLabel begins the labels of nodes that were given a name; the others have
// those of canon.ToRDF: b0, b1, …
const givenLabel = "n"

// with copies doc and names its objects but for those to skip, by their place in
// the order of the document's names. count is the number of objects it might name.
func (n *named) with(doc map[string]any, skip map[int]bool) (out map[string]any, count int) {
	w := namer{prefix: n.prefix, skip: skip}
	return w.object(doc), w.count
}

type namer struct {
	prefix string
	skip   map[int]bool
	count  int
}

func (w *namer) value(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return w.object(v)
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = w.value(inner)
		}
		return out
	case string:
		if strings.HasPrefix(v, "_:") { // a blank node that the document names itself
			return w.prefix + v
		}
	}
	return v
}

func (w *namer) object(v map[string]any) map[string]any {
	out := make(map[string]any, len(v)+1)
	if nameless(v) {
		if !w.skip[w.count] {
			out["@id"] = w.prefix + strconv.Itoa(w.count)
		}
		w.count++
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if name == "@context" {
			out[name] = v[name]
			continue
		}
		out[name] = w.value(v[name])
	}
	return out
}

// nameless says whether an object may be a node without an id.
func nameless(v map[string]any) bool {
	for _, name := range []string{"id", "@id", "@value", "@list", "@set"} {
		if _, ok := v[name]; ok {
			return false
		}
	}
	return true
}
