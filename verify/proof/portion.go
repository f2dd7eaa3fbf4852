package proof

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/cairnwallet/cairn/verify/canon"
)

// labelling turns canonical labels of blank nodes ("c14n0") into those under which
// statements are signed.
type labelling func(canonical []string) (map[string]string, error)

// statement is one line of canonical N-Quads, with its line feed.
type statement = []byte

// relabelled is a document's statements under the labels they are signed with, in
// the order of code points (VC-DI-ECDSA, section 3.4.1,
// labelReplacementCanonicalizeNQuads).
type relabelled struct {
	lines  []statement
	index  map[canon.Quad]int // place in lines of a statement under its canonical labels
	labels map[string]string  // canonical label → label in lines
}

func relabel(c canon.Canonicalised, give labelling) (relabelled, error) {
	labels, err := give(slices.Sorted(maps.Values(c.Labels)))
	if err != nil {
		return relabelled{}, err
	}
	quads := c.Quads()
	texts, order := make([]statement, len(quads)), make([]int, len(quads))
	for i := range quads {
		texts[i], order[i] = canon.WriteNQuads([]canon.Quad{under(labels, quads[i])}), i
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(texts[a], texts[b]) })
	r := relabelled{labels: labels, lines: make([]statement, len(order)), index: make(map[canon.Quad]int, len(order))}
	for place, i := range order {
		r.lines[place], r.index[quads[i]] = texts[i], place
	}
	return r, nil
}

// under gives a statement with other labels for its blank nodes.
func under(labels map[string]string, q canon.Quad) canon.Quad {
	for _, place := range places {
		if t := place(&q); t.Kind == canon.Blank {
			t.Value = labels[t.Value]
		}
	}
	return q
}

// whole is a document as its issuer or holder sees it: all statements, and the
// means to say which of them a part holds.
type whole struct {
	*named
	relabelled
}

func readWhole(ctx context.Context, doc map[string]any, give labelling) (whole, []string, error) {
	n, missed, err := nameNodes(ctx, doc)
	if err != nil {
		return whole{}, nil, err
	}
	r, err := relabel(n.Canonicalised, give)
	return whole{n, r}, missed, err
}

// portion is what pointers select of a whole document.
type portion struct {
	at    []int        // the places of its statements among all, ascending
	quads []canon.Quad // with the labels of the named document
}

func (p portion) has(place int) bool {
	_, ok := slices.BinarySearch(p.at, place)
	return ok
}

// portion finds the statements of what pointers select (VC-DI-ECDSA, sections
// 3.4.15 and 3.4.16). A part that says what the document does not, because it tears
// apart an ordered list, is ErrPointer.
func (w whole) portion(ctx context.Context, pointers []string) (portion, error) {
	part, err := Select(w.doc, pointers)
	if err != nil || part == nil {
		return portion{}, err
	}
	quads, err := w.statements(ctx, part)
	if err != nil {
		return portion{}, err
	}
	same := align(quads, w.quads)
	p := portion{quads: quads}
	for i := range quads {
		for _, place := range places {
			if t := place(&quads[i]); open(*t) {
				t.Value = same[t.Value]
			}
		}
		at, ok := w.index[under(w.Labels, quads[i])]
		if !ok {
			return portion{}, fmt.Errorf("%w: an ordered list is shown as a whole", ErrPointer)
		}
		p.at = append(p.at, at)
	}
	slices.Sort(p.at)
	p.at = slices.Compact(p.at)
	return p, nil
}

// split gives the statements of a portion and the others, each in their order.
func split(lines []statement, p portion) (in, out []statement) {
	for i, l := range lines {
		if p.has(i) {
			in = append(in, l)
		} else {
			out = append(out, l)
		}
	}
	return in, out
}

func textOf(lines []statement) []byte { return bytes.Join(lines, nil) }
