package canon

import (
	"context"
	"crypto"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// Canonicalised is what RDFC-1.0 gives.
type Canonicalised struct {
	Lines  []string          // the canonical lines, sorted, each with its line feed
	Labels map[string]string // issued identifiers: label in the input → "c14n0", …
	quads  []*Quad           // of the input, in the order of Lines
}

// Quads gives the statements with canonical labels, in the order of Lines.
func (c Canonicalised) Quads() []Quad {
	out := make([]Quad, len(c.quads))
	for i, q := range c.quads {
		out[i] = relabelled(q, c.Labels)
	}
	return out
}

// NQuads gives the canonical text: what is hashed and signed.
func (c Canonicalised) NQuads() []byte { return joinLines(c.Lines) }

// The work one graph may cost, counted in hashes and other steps of about the
// same price: so much for any graph, so much more for each statement and for
// each pair of blank nodes, and never more than takes a second or so. Graphs made
// to be slow ("poison graphs", RDFC-1.0, section 7.1) end here.
const (
	baseWork    = 40_000
	workForQuad = 200
	workForPair = 4
	maxWork     = 1_200_000
)

// RDFC10 canonicalises a set of quads by RDFC-1.0 with the hash h (SHA-256 or
// SHA-384). It returns ErrTooComplex when the graph needs more work than its
// size justifies, and the context's error when that ends first.
func RDFC10(ctx context.Context, quads []Quad, h crypto.Hash) (Canonicalised, error) {
	c := newCanonicaliser(ctx, quads, h)
	if err := c.issueAll(); err != nil {
		return Canonicalised{}, err
	}
	return c.result(), nil
}

// canonicaliser is the canonicalization state (RDFC-1.0, section 4.2). Blank
// nodes are numbered, so that their label never enters a comparison.
type canonicaliser struct {
	ctx       context.Context
	hash      hash.Hash
	quads     []quadNodes
	labels    []string // label of each blank node in the input
	mentions  [][]int  // for each blank node the quads it stands in
	first     []string // hash first degree of each blank node, in hex
	canonical *issuer
	names     *issuer // temporary ones, taken back after each use
	work      int     // what is left
	reach     int     // how deep nDegree is
	buf       []byte
}

// quadNodes is a quad with the numbers of its blank nodes, or -1, and the hashes
// of their relation while these last.
type quadNodes struct {
	*Quad
	s, o, g int
	related [3]struct{ identifier, hash string }
}

func newCanonicaliser(ctx context.Context, quads []Quad, h crypto.Hash) *canonicaliser {
	c := &canonicaliser{ctx: ctx, hash: h.New()}
	number := map[string]int{}
	seen := make(map[Quad]bool, len(quads))
	c.quads = make([]quadNodes, 0, len(quads))
	for i := range quads {
		if seen[quads[i]] {
			continue // a dataset is a set
		}
		seen[quads[i]] = true
		c.add(&quads[i], number)
	}
	n := len(c.labels)
	c.canonical, c.names = newIssuer("c14n", n), newIssuer("b", n)
	c.work = min(baseWork+workForQuad*len(c.quads)+workForPair*n*n, maxWork)
	return c
}

func (c *canonicaliser) add(q *Quad, number map[string]int) {
	n := quadNodes{Quad: q, s: -1, o: -1, g: -1}
	for _, part := range [...]struct {
		term *Term
		node *int
	}{{&q.Subject, &n.s}, {&q.Object, &n.o}, {&q.Graph, &n.g}} {
		if part.term.Kind != Blank {
			continue
		}
		id, known := number[part.term.Value]
		if !known {
			id = len(c.labels)
			number[part.term.Value] = id
			c.labels = append(c.labels, part.term.Value)
			c.mentions = append(c.mentions, nil)
		}
		*part.node = id
		if m := c.mentions[id]; len(m) == 0 || m[len(m)-1] != len(c.quads) {
			c.mentions[id] = append(m, len(c.quads))
		}
	}
	c.quads = append(c.quads, n)
}

// spend takes n steps from the budget.
func (c *canonicaliser) spend(n int) error {
	if c.work -= n; c.work < 0 {
		return ErrTooComplex
	}
	if c.work&255 < n {
		return c.ctx.Err()
	}
	return nil
}

func (c *canonicaliser) sum(data []byte) string {
	c.hash.Reset()
	c.hash.Write(data)
	var digest [sha512.Size]byte
	var text [2 * sha512.Size]byte
	return string(hex.AppendEncode(text[:0], c.hash.Sum(digest[:0])))
}

// issueAll is the algorithm of RDFC-1.0, section 4.4.3, steps 3 to 5.
func (c *canonicaliser) issueAll() error {
	alike := c.firstDegree()
	hashes := make([]string, 0, len(alike))
	for h := range alike {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	for _, h := range hashes {
		if nodes := alike[h]; len(nodes) == 1 {
			c.canonical.issue(nodes[0])
		}
	}
	for _, h := range hashes {
		if nodes := alike[h]; len(nodes) > 1 {
			if err := c.issueAlike(nodes); err != nil {
				return err
			}
		}
	}
	return c.ctx.Err()
}

// issueAlike issues identifiers to nodes with the same first degree hash, in
// the order of their n-degree hashes.
func (c *canonicaliser) issueAlike(nodes []int) error {
	type result struct {
		hash string
		met  []int
	}
	var results []result
	for _, n := range nodes {
		if c.canonical.has(n) {
			continue
		}
		c.names.issue(n)
		hash, err := c.nDegree(n, c.names)
		if err != nil {
			return err
		}
		results = append(results, result{hash, slices.Clone(c.names.order)})
		c.names.forget(0)
	}
	slices.SortStableFunc(results, func(a, b result) int { return strings.Compare(a.hash, b.hash) })
	for _, r := range results {
		for _, n := range r.met {
			c.canonical.issue(n)
		}
	}
	return nil
}

// firstDegree hashes the mentions of each blank node (section 4.6) and groups
// the nodes by that hash.
func (c *canonicaliser) firstDegree() map[string][]int {
	c.first = make([]string, len(c.labels))
	alike := make(map[string][]int, len(c.labels))
	var mentions []string
	for n := range c.labels {
		mentions = mentions[:0]
		for _, i := range c.mentions[n] {
			nodes := &c.quads[i]
			q := *nodes.Quad
			mask(&q.Subject, nodes.s, n)
			mask(&q.Object, nodes.o, n)
			mask(&q.Graph, nodes.g, n)
			c.buf = appendQuad(c.buf[:0], &q)
			mentions = append(mentions, string(c.buf))
		}
		slices.Sort(mentions)
		c.buf = c.buf[:0]
		for _, m := range mentions {
			c.buf = append(c.buf, m...)
		}
		c.first[n] = c.sum(c.buf)
		alike[c.first[n]] = append(alike[c.first[n]], n)
	}
	return alike
}

// mask hides which blank node a term is, but for the one that is hashed.
func mask(t *Term, node, self int) {
	switch {
	case node < 0:
	case node == self:
		t.Value = "a"
	default:
		t.Value = "z"
	}
}

func relabelled(q *Quad, labels map[string]string) Quad {
	out := *q
	for _, t := range [...]*Term{&out.Subject, &out.Object, &out.Graph} {
		if t.Kind == Blank {
			t.Value = labels[t.Value]
		}
	}
	return out
}

// result writes the lines and puts them in order.
func (c *canonicaliser) result() Canonicalised {
	labels := make(map[string]string, len(c.labels))
	for n, label := range c.labels {
		labels[label] = string(c.canonical.appendID(nil, n)[len("_:"):])
	}
	lines := make([]string, len(c.quads))
	order := make([]int, len(c.quads))
	for i := range c.quads {
		q := relabelled(c.quads[i].Quad, labels)
		c.buf = appendQuad(c.buf[:0], &q)
		lines[i], order[i] = string(c.buf), i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(lines[a], lines[b]) })
	out := Canonicalised{Lines: make([]string, len(order)), Labels: labels, quads: make([]*Quad, len(order))}
	for i, n := range order {
		out.Lines[i], out.quads[i] = lines[n], c.quads[n].Quad
	}
	return out
}

// issuer gives out identifiers in order (section 4.5).
type issuer struct {
	prefix string
	order  []int // the nodes, in the order of their identifiers
	number []int // for each node its place in order plus one, or zero
}

func newIssuer(prefix string, nodes int) *issuer {
	return &issuer{prefix: prefix, number: make([]int, nodes)}
}

func (s *issuer) has(node int) bool { return s.number[node] > 0 }

func (s *issuer) issue(node int) {
	if !s.has(node) {
		s.order = append(s.order, node)
		s.number[node] = len(s.order)
	}
}

// forget takes back all but the first n identifiers.
func (s *issuer) forget(n int) {
	for _, node := range s.order[n:] {
		s.number[node] = 0
	}
	s.order = s.order[:n]
}

// appendID appends the identifier issued to node, with "_:".
func (s *issuer) appendID(b []byte, node int) []byte {
	b = append(append(b, "_:"...), s.prefix...)
	return strconv.AppendInt(b, int64(s.number[node]-1), 10)
}
