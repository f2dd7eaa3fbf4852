package canon

import (
	"slices"
	"strings"
)

// maxReach is how far from a blank node its surroundings are looked at: it
// bounds the memory that a long chain of nodes that look alike can take.
const maxReach = 4096

// nDegree hashes a blank node by all that is reachable from it (the Hash N-Degree
// Quads algorithm of RDFC-1.0, section 4.8). names, which names the nodes in the
// order in which they are met, is extended along the path that comes first.
func (c *canonicaliser) nDegree(node int, names *issuer) (string, error) {
	if c.reach++; c.reach > maxReach {
		return "", ErrTooComplex
	}
	defer func() { c.reach-- }()
	related, err := c.related(node, names)
	if err != nil {
		return "", err
	}
	var data []byte
	for len(related) > 0 {
		hash := related[0].hash
		n := 1
		for n < len(related) && related[n].hash == hash {
			n++
		}
		way, err := c.firstWay(related[:n], names)
		if err != nil {
			return "", err
		}
		data = append(append(data, hash...), way...)
		related = related[n:]
	}
	return c.sum(data), c.spend(1)
}

// relation is a blank node beside another, and the hash of how they are related.
type relation struct {
	hash string
	node int
}

// related gives the blank nodes beside node, those related in the same way side
// by side (section 4.7).
func (c *canonicaliser) related(node int, names *issuer) ([]relation, error) {
	var out []relation
	for _, i := range c.mentions[node] {
		q := &c.quads[i]
		for position, beside := range [...]int{q.s, q.o, q.g} {
			if beside < 0 || beside == node {
				continue
			}
			if err := c.spend(1); err != nil {
				return nil, err
			}
			out = append(out, relation{c.relatedHash(beside, q, position, names), beside})
		}
	}
	slices.SortFunc(out, func(a, b relation) int {
		if a.hash == b.hash {
			return a.node - b.node
		}
		return strings.Compare(a.hash, b.hash)
	})
	return out, nil
}

// relatedHash hashes how node stands in q. Only temporary names change from one
// path to the next; for other identifiers the hash is kept.
func (c *canonicaliser) relatedHash(node int, q *quadNodes, position int, names *issuer) string {
	kept := &q.related[position]
	switch {
	case c.canonical.has(node):
		c.buf = c.canonical.appendID(c.buf[:0], node)
	case names.has(node):
		return c.relationOf(q, position, string(names.appendID(c.buf[:0], node)))
	default:
		c.buf = append(c.buf[:0], c.first[node]...)
	}
	if kept.identifier != string(c.buf) {
		kept.identifier = string(c.buf)
		kept.hash = c.relationOf(q, position, kept.identifier)
	}
	return kept.hash
}

func (c *canonicaliser) relationOf(q *quadNodes, position int, identifier string) string {
	b := append(c.buf[:0], "sog"[position])
	if position != 2 {
		b = append(b, '<')
		b = append(b, q.Predicate.Value...)
		b = append(b, '>')
	}
	c.buf = append(b, identifier...)
	return c.sum(c.buf)
}

// firstWay finds the path that comes first among all orders of nodes that are
// related in the same way, and extends names along it (section 4.8.3, step 5.4).
func (c *canonicaliser) firstWay(alike []relation, names *issuer) ([]byte, error) {
	if len(alike) == 1 {
		return c.walk([]int{alike[0].node}, names, nil)
	}
	order := make([]int, len(alike))
	for i, r := range alike {
		order[i] = r.node
	}
	var best []byte
	var met []int
	start := len(names.order)
	for {
		way, err := c.walk(order, names, best)
		if err != nil {
			return nil, err
		}
		if way != nil && (best == nil || string(way) < string(best)) {
			best, met = way, append(met[:0], names.order[start:]...)
		}
		if err := c.spend(1 + (len(names.order)-start)/8); err != nil {
			return nil, err
		}
		names.forget(start)
		if !nextOrder(order) {
			break
		}
	}
	for _, n := range met {
		names.issue(n)
	}
	return best, nil
}

// walk goes through nodes in one order and gives its path, or nil once the path
// can't come before best.
func (c *canonicaliser) walk(order []int, names *issuer, best []byte) ([]byte, error) {
	worse := func(way []byte) bool {
		return best != nil && len(way) >= len(best) && string(way) > string(best)
	}
	way := []byte{}
	var deeper []int
	for _, n := range order {
		switch {
		case c.canonical.has(n):
			way = c.canonical.appendID(way, n)
		default:
			if !names.has(n) {
				deeper = append(deeper, n)
				names.issue(n)
			}
			way = names.appendID(way, n)
		}
		if worse(way) {
			return nil, nil
		}
	}
	for _, n := range deeper {
		hash, err := c.nDegree(n, names)
		if err != nil {
			return nil, err
		}
		way = names.appendID(way, n)
		way = append(append(append(way, '<'), hash...), '>')
		if worse(way) {
			return nil, nil
		}
	}
	return way, nil
}

// nextOrder puts nodes into the next order; false after the last.
func nextOrder(order []int) bool {
	i := len(order) - 2
	for i >= 0 && order[i] >= order[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(order) - 1
	for order[j] <= order[i] {
		j--
	}
	order[i], order[j] = order[j], order[i]
	slices.Reverse(order[i+1:])
	return true
}
