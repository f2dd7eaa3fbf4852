package canon

import "slices"

// nDegree is the result of hashing a blank node by all that is reachable from
// it: the hash, and the issuer that names the nodes in the order of the path.
type nDegree struct {
	hash   string
	issuer *issuer
}

// nDegree is the Hash N-Degree Quads algorithm (RDFC-1.0, section 4.8).
func (c *canonicaliser) nDegree(node int, names *issuer) (nDegree, error) {
	related, err := c.related(node, names)
	if err != nil {
		return nDegree{}, err
	}
	hashes := make([]string, 0, len(related))
	for h := range related {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	var data []byte
	for _, h := range hashes {
		best := path{}
		err := permute(related[h], func(order []int) error { return c.try(order, names, &best) })
		if err != nil {
			return nDegree{}, err
		}
		data = append(data, h...)
		data = append(data, best.text...)
		names = best.names
	}
	return nDegree{c.sum(data), names}, c.spend(1)
}

// related groups the blank nodes beside node by the hash of how they are
// related to it (section 4.7).
func (c *canonicaliser) related(node int, names *issuer) (map[string][]int, error) {
	out := map[string][]int{}
	for _, i := range c.mentions[node] {
		q := &c.quads[i]
		for _, end := range [...]struct {
			node     int
			position byte
		}{{q.s, 's'}, {q.o, 'o'}, {q.g, 'g'}} {
			if end.node < 0 || end.node == node {
				continue
			}
			if err := c.spend(1); err != nil {
				return nil, err
			}
			h := c.relatedHash(end.node, q, end.position, names)
			out[h] = append(out[h], end.node)
		}
	}
	return out, nil
}

func (c *canonicaliser) relatedHash(node int, q *quadNodes, position byte, names *issuer) string {
	b := append(c.buf[:0], position)
	if position != 'g' {
		b = append(b, '<')
		b = append(b, q.Predicate.Value...)
		b = append(b, '>')
	}
	switch {
	case c.canonical.has(node):
		b = append(append(b, "_:"...), c.canonical.id(node)...)
	case names.has(node):
		b = append(append(b, "_:"...), names.id(node)...)
	default:
		b = append(b, c.first[node]...)
	}
	c.buf = b
	return c.sum(b)
}

// path is one way through related nodes. No names means no path yet.
type path struct {
	text  string
	names *issuer
}

// worse says that a path that begins with text can't become better than p.
func (p *path) worse(text []byte) bool {
	return p.names != nil && len(text) >= len(p.text) && string(text) > p.text
}

// try walks one permutation of related nodes and keeps its path in best when it
// comes first (section 4.8.3, steps 5.4.1 to 5.4.6).
func (c *canonicaliser) try(order []int, names *issuer, best *path) error {
	if err := c.spend(1 + len(names.order)/4); err != nil {
		return err
	}
	names = names.clone()
	var text []byte
	var deeper []int
	for _, n := range order {
		if c.canonical.has(n) {
			text = append(append(text, "_:"...), c.canonical.id(n)...)
		} else {
			if !names.has(n) {
				deeper = append(deeper, n)
				names.issue(n)
			}
			text = append(append(text, "_:"...), names.id(n)...)
		}
		if best.worse(text) {
			return nil
		}
	}
	for _, n := range deeper {
		r, err := c.nDegree(n, names)
		if err != nil {
			return err
		}
		text = append(append(text, "_:"...), names.id(n)...)
		text = append(append(append(text, '<'), r.hash...), '>')
		names = r.issuer
		if best.worse(text) {
			return nil
		}
	}
	if best.names == nil || string(text) < best.text {
		*best = path{string(text), names}
	}
	return nil
}

// permute calls visit with each order of nodes, the given one first, until
// visit returns an error. The slice is only good during the call.
func permute(nodes []int, visit func([]int) error) error {
	order := slices.Clone(nodes)
	slices.Sort(order)
	for {
		if err := visit(order); err != nil {
			return err
		}
		i := len(order) - 2
		for i >= 0 && order[i] >= order[i+1] {
			i--
		}
		if i < 0 {
			return nil
		}
		j := len(order) - 1
		for order[j] <= order[i] {
			j--
		}
		order[i], order[j] = order[j], order[i]
		slices.Reverse(order[i+1:])
	}
}
