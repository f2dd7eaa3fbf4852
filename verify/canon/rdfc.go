package canon

import (
	"bytes"
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"slices"
	"strconv"
)

// Canonicalised is what RDFC-1.0 gives.
type Canonicalised struct {
	Lines  []string          // the canonical lines, sorted, each with its line feed
	Labels map[string]string // issued identifiers: label in the input → "c14n0", …
	quads  []Quad            // with canonical labels, in the order of Lines
}

// Quads gives the statements with canonical labels, in the order of Lines.
func (c Canonicalised) Quads() []Quad { return slices.Clone(c.quads) }

// NQuads gives the canonical text: what is hashed and signed.
func (c Canonicalised) NQuads() []byte { return joinLines(c.Lines) }

// RDFC10 canonicalises a set of quads by RDFC-1.0 with the hash h (SHA-256 or
// SHA-384). It returns ErrTooComplex when the graph needs more work than its
// size justifies, ErrTooLarge when its text is longer than 64 MiB, and the
// context's error when that ends first.
func RDFC10(ctx context.Context, quads []Quad, h crypto.Hash) (Canonicalised, error) {
	s := &scratch{}
	nodes, labels := numbered(&s.lines, quads)
	c, err := newCanonicaliser(ctx, s, nodes, h)
	if err != nil {
		return Canonicalised{}, err
	}
	out := Canonicalised{Labels: make(map[string]string, len(labels))}
	for i, label := range labels {
		out.Labels[label] = string(c.canonical.appendID(nil, int32(i+1)))[len("_:"):]
	}
	text, spans := c.sorted()
	all := string(text)
	for _, s := range spans {
		out.Lines = append(out.Lines, all[s.start:s.end])
		out.quads = append(out.quads, relabelled(quads[s.line], out.Labels))
	}
	return out, nil
}

func relabelled(q Quad, labels map[string]string) Quad {
	for _, t := range [...]*Term{&q.Subject, &q.Object, &q.Graph} {
		if t.Kind == Blank {
			t.Value = labels[t.Value]
		}
	}
	return q
}

// canonicaliser is the canonicalization state (RDFC-1.0, section 4.2). It works in
// two gears: where all blank nodes have different surroundings, hashing these is
// all there is to do; only nodes that look alike enter the part in ndegree.go.
type canonicaliser struct {
	lines
	scratch   *scratch
	ctx       context.Context
	sum       func([]byte) digest
	size      int // of a digest, in bytes
	mentions  mentions
	first     []digest // hash first degree of each blank node
	canonical issuer
	wider            // what comparing nodes that look alike needs
	buf, part []byte // scratch
	spans     []span // scratch
}

// digest is a hash: SHA-384, or SHA-256 with zeros behind it. Digests sort as
// their hexadecimal text does, which is what the standard sorts.
type digest [sha512.Size384]byte

func hashing(h crypto.Hash) (sum func([]byte) digest, size int, err error) {
	switch h {
	case crypto.SHA256:
		return func(b []byte) (d digest) {
			s := sha256.Sum256(b)
			copy(d[:], s[:])
			return d
		}, sha256.Size, nil
	case crypto.SHA384:
		return func(b []byte) digest { return sha512.Sum384(b) }, sha512.Size384, nil
	}
	return nil, 0, fmt.Errorf("RDFC-1.0 does not use the hash %v", h)
}

// newCanonicaliser gives each blank node of the lines in s, which are from 1 to nodes,
// its canonical identifier.
func newCanonicaliser(ctx context.Context, s *scratch, nodes int32, h crypto.Hash) (*canonicaliser, error) {
	c := &canonicaliser{ctx: ctx, scratch: s, lines: s.lines}
	var err error
	if c.sum, c.size, err = hashing(h); err != nil {
		return nil, err
	}
	if c.full() {
		return nil, ErrTooLarge
	}
	c.mentions = mentionsOf(c.all, nodes)
	c.canonical = newIssuer("_:c14n", nodes)
	return c, c.issueAll(c.firstDegrees(nodes))
}

// nquads is the canonical text (section 4.4.3, steps 6 and 7). It ends the work: what
// the text of a large document was made of is let go of before there is room for it.
func (c *canonicaliser) nquads() []byte {
	text, spans := c.sorted()
	if c.length > maxScratch {
		c.lines, c.scratch.lines = lines{}, lines{}
	}
	out := make([]byte, 0, len(text))
	for _, s := range spans {
		out = append(out, text[s.start:s.end]...)
	}
	return out
}

// sorted gives the canonical lines in their order, each once, as parts of text.
func (c *canonicaliser) sorted() (text []byte, spans []span) {
	s := c.scratch
	spans = slices.Grow(s.spans[:0], len(c.all))
	label := len(c.canonical.prefix) + len(strconv.Itoa(len(c.canonical.order)))
	text = slices.Grow(s.labelled[:0], c.length+label*len(c.mentions.lines))
	for i := range c.all {
		start := len(text)
		text = c.labelled(text, &c.all[i], c.canonical.appendID)
		spans = append(spans, span{int32(start), int32(len(text)), int32(i)})
	}
	s.spans, s.labelled = spans, text
	c.sortSpans(text, spans)
	return text, slices.CompactFunc(spans, func(a, b span) bool {
		return bytes.Equal(text[a.start:a.end], text[b.start:b.end]) // a dataset is a set
	})
}

// issueAll issues canonical identifiers, first to the nodes that nothing else looks
// like (section 4.4.3, steps 3 to 5).
func (c *canonicaliser) issueAll(nodes []int32) error {
	var alike [][]int32
	for len(nodes) > 0 {
		n := 1
		for n < len(nodes) && c.first[nodes[n]] == c.first[nodes[0]] {
			n++
		}
		if n == 1 {
			c.canonical.issue(nodes[0])
		} else {
			alike = append(alike, nodes[:n])
		}
		nodes = nodes[n:]
	}
	if len(alike) > 0 {
		if err := c.issueAlike(alike); err != nil {
			return err
		}
	}
	return c.ctx.Err()
}

// firstDegrees hashes the mentions of each blank node (section 4.6) and gives the
// nodes in the order of their hashes.
func (c *canonicaliser) firstDegrees(nodes int32) []int32 {
	c.first = make([]digest, nodes+1)
	order := make([]int32, 0, nodes)
	for n := int32(1); n <= nodes; n++ {
		if len(c.mentions.of(n)) > 0 {
			c.first[n] = c.firstDegree(n)
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		if o := bytes.Compare(c.first[a][:], c.first[b][:]); o != 0 {
			return o
		}
		return int(a - b)
	})
	return order
}

// firstDegree is the Hash First Degree Quads algorithm (section 4.6). On the way,
// statements that occur twice lose their second mention: a dataset is a set, and
// they are side by side here.
func (c *canonicaliser) firstDegree(node int32) digest {
	mask := func(b []byte, n int32) []byte {
		if n == node {
			return append(b, "_:a"...)
		}
		return append(b, "_:z"...)
	}
	c.buf, c.spans = c.buf[:0], c.spans[:0]
	for _, i := range c.mentions.of(node) {
		start := len(c.buf)
		c.buf = c.labelled(c.buf, &c.all[i], mask)
		c.spans = append(c.spans, span{int32(start), int32(len(c.buf)), i})
	}
	if len(c.spans) == 1 {
		return c.sum(c.buf)
	}
	c.sortSpans(c.buf, c.spans)
	c.spans = slices.CompactFunc(c.spans, func(a, b span) bool {
		return c.all[a.line].nodes == c.all[b.line].nodes && bytes.Equal(c.buf[a.start:a.end], c.buf[b.start:b.end])
	})
	c.part = c.part[:0]
	for _, s := range c.spans {
		c.part = append(c.part, c.buf[s.start:s.end]...)
	}
	c.mentions.keep(node, c.spans)
	return c.sum(c.part)
}

// mentions lists for each blank node the lines it stands in.
type mentions struct {
	lines []int32
	begin []int32 // for each node where its part of lines begins
	count []int32 // and how long it is
}

func mentionsOf(all []line, nodes int32) mentions {
	m := mentions{begin: make([]int32, nodes+1), count: make([]int32, nodes+1)}
	total := int32(0)
	for i := range all {
		all[i].eachNode(func(n int32) {
			m.count[n]++
			total++
		})
	}
	next := int32(0)
	for n := range m.count {
		m.begin[n] = next
		next += m.count[n]
		m.count[n] = 0
	}
	m.lines = make([]int32, total)
	for i := range all {
		all[i].eachNode(func(n int32) {
			m.lines[m.begin[n]+m.count[n]] = int32(i)
			m.count[n]++
		})
	}
	return m
}

// eachNode calls f once for each blank node of the line.
func (l *line) eachNode(f func(int32)) {
	s, o, g := l.nodes[0], l.nodes[1], l.nodes[2]
	if s > 0 {
		f(s)
	}
	if o > 0 && o != s {
		f(o)
	}
	if g > 0 && g != s && g != o {
		f(g)
	}
}

func (m *mentions) of(node int32) []int32 {
	return m.lines[m.begin[node]:][:m.count[node]]
}

// keep replaces the mentions of a node by some of them.
func (m *mentions) keep(node int32, spans []span) {
	for i, s := range spans {
		m.lines[int(m.begin[node])+i] = s.line
	}
	m.count[node] = int32(len(spans))
}
