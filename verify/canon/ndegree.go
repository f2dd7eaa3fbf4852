package canon

import (
	"bytes"
	"encoding/hex"
	"slices"
)

// wider is what it takes to tell nodes apart that look alike at first sight. Its
// slices are stacks: each level of the recursion uses the end of them and takes
// back what it put there.
type wider struct {
	names  issuer // temporary identifiers, taken back after each use
	near   []relation
	data   []byte
	deeper []int32
	hashes map[relationKey]digest
	budget budget
	reach  int // how deep nDegree is
}

// relation is a blank node beside another, and the hash of how they are related.
type relation struct {
	hash digest
	node int32
}

// relationKey names a hash that need not be made again: of the place of a node in
// a line, as it is named there. Temporary names are of no use for that.
type relationKey struct{ line, position, issued int32 }

// maxReach is how far from a blank node its surroundings are looked at: it
// bounds the memory that a long chain of nodes that look alike can take.
const maxReach = 4096

// issueAlike issues identifiers to nodes with the same first degree hash, in the
// order of their n-degree hashes (RDFC-1.0, section 4.4.3, step 5).
func (c *canonicaliser) issueAlike(groups [][]int32) error {
	nodes := 0
	for _, g := range groups {
		nodes += len(g)
	}
	c.budget = newBudget(c.ctx, len(c.all), nodes)
	c.names = newIssuer("_:b", int32(len(c.first)-1))
	c.hashes = map[relationKey]digest{}
	for _, g := range groups {
		if err := c.issueGroup(g); err != nil {
			return err
		}
	}
	return nil
}

func (c *canonicaliser) issueGroup(nodes []int32) error {
	type result struct {
		hash     digest
		from, to int // the nodes met, as a part of met
	}
	var results []result
	var met []int32
	for _, n := range nodes {
		if c.canonical.has(n) {
			continue
		}
		c.names.issue(n)
		hash, err := c.nDegree(n)
		if err != nil {
			return err
		}
		results = append(results, result{hash, len(met), len(met) + len(c.names.order)})
		met = append(met, c.names.order...)
		c.names.forget(0)
	}
	slices.SortStableFunc(results, func(a, b result) int { return bytes.Compare(a.hash[:], b.hash[:]) })
	for _, r := range results {
		for _, n := range met[r.from:r.to] {
			c.canonical.issue(n)
		}
	}
	return nil
}

// nDegree hashes a blank node by all that is reachable from it (the Hash N-Degree
// Quads algorithm, section 4.8). The temporary names, given to nodes in the order
// in which they are met, are extended along the path that comes first.
func (c *canonicaliser) nDegree(node int32) (digest, error) {
	if c.reach++; c.reach > maxReach {
		return digest{}, ErrTooComplex
	}
	if err := c.budget.deeper(); err != nil {
		return digest{}, err
	}
	near, data := len(c.near), len(c.data)
	if err := c.related(node); err != nil {
		return digest{}, err
	}
	end := len(c.near)
	for i := near; i < end; {
		j := i + 1
		for j < end && c.near[j].hash == c.near[i].hash {
			j++
		}
		c.data = c.appendHex(c.data, c.near[i].hash)
		if err := c.firstWay(i, j); err != nil {
			return digest{}, err
		}
		i = j
	}
	hash := c.sum(c.data[data:])
	if err := c.budget.spend(len(c.data[data:]) / 256); err != nil {
		return digest{}, err
	}
	c.near, c.data = c.near[:near], c.data[:data]
	c.reach--
	return hash, nil
}

func (c *canonicaliser) appendHex(b []byte, d digest) []byte {
	return hex.AppendEncode(b, d[:c.size])
}

// related puts the blank nodes beside node on the stack, those related in the same
// way side by side (section 4.8.3, step 3).
func (c *canonicaliser) related(node int32) error {
	first := len(c.near)
	for _, i := range c.mentions.of(node) {
		for position, beside := range c.all[i].nodes {
			if beside == 0 || beside == node {
				continue
			}
			if err := c.budget.spend(1); err != nil {
				return err
			}
			c.near = append(c.near, relation{c.relatedHash(beside, i, int32(position)), beside})
		}
	}
	slices.SortFunc(c.near[first:], func(a, b relation) int {
		if o := bytes.Compare(a.hash[:], b.hash[:]); o != 0 {
			return o
		}
		return int(a.node - b.node)
	})
	return nil
}

// relatedHash hashes how node stands in a line (section 4.7).
func (c *canonicaliser) relatedHash(node, i, position int32) digest {
	if !c.canonical.has(node) && c.names.has(node) {
		c.buf = c.names.appendID(c.relationOf(i, position), node)
		return c.sum(c.buf)
	}
	key := relationKey{i, position, c.canonical.number[node]}
	hash, known := c.hashes[key]
	if known {
		return hash
	}
	if key.issued > 0 {
		c.buf = c.canonical.appendID(c.relationOf(i, position), node)
	} else {
		c.buf = c.appendHex(c.relationOf(i, position), c.first[node])
	}
	hash = c.sum(c.buf)
	c.hashes[key] = hash
	return hash
}

// relationOf begins the text that is hashed: the position and the predicate.
func (c *canonicaliser) relationOf(i, position int32) []byte {
	b := append(c.buf[:0], positions[position])
	if positions[position] == 'g' {
		return b
	}
	l := &c.all[i]
	text := c.pages[l.page][l.start:l.object] // ends with the predicate and a space
	return append(b, text[bytes.LastIndexByte(text, '<'):len(text)-1]...)
}

// firstWay finds the path that comes first among all orders of the nodes from near[i]
// to near[j], which are related in the same way; it extends the names along that
// path and data by it (section 4.8.3, step 5.4).
func (c *canonicaliser) firstWay(i, j int) error {
	order := make([]int32, 0, 8)
	for _, r := range c.near[i:j] {
		order = append(order, r.node)
	}
	if len(order) == 1 {
		_, err := c.walk(order, nil)
		return err
	}
	var best []byte
	var met []int32
	start, data := len(c.names.order), len(c.data)
	for {
		better, err := c.walk(order, best)
		if err != nil {
			return err
		}
		if better {
			best, met = append(best[:0], c.data[data:]...), append(met[:0], c.names.order[start:]...)
		}
		if err := c.budget.spend(1 + (len(c.data)-data)/64); err != nil {
			return err
		}
		c.names.forget(start)
		c.data = c.data[:data]
		if !nextOrder(order) {
			break
		}
	}
	for _, n := range met {
		c.names.issue(n)
	}
	c.data = append(c.data, best...)
	return nil
}

// walk goes through nodes in one order and appends its path to data; it stops, and
// says so, once the path can't come before best.
func (c *canonicaliser) walk(order []int32, best []byte) (better bool, err error) {
	data, first := len(c.data), len(c.deeper)
	defer func() { c.deeper = c.deeper[:first] }()
	for _, n := range order {
		if c.canonical.has(n) {
			c.data = c.canonical.appendID(c.data, n)
		} else {
			if !c.names.has(n) {
				c.deeper = append(c.deeper, n)
				c.names.issue(n)
			}
			c.data = c.names.appendID(c.data, n)
		}
		if worse(c.data[data:], best) {
			return false, nil
		}
	}
	for i := first; i < len(c.deeper); i++ {
		n := c.deeper[i]
		hash, err := c.nDegree(n)
		if err != nil {
			return false, err
		}
		c.data = append(c.names.appendID(c.data, n), '<')
		c.data = append(c.appendHex(c.data, hash), '>')
		if worse(c.data[data:], best) {
			return false, nil
		}
	}
	way := c.data[data:]
	return best == nil || bytes.Compare(way, best) < 0, nil
}

// worse says that a path which begins with way can't come before best
// (section 4.8.3, step 5.4.4.3).
func worse(way, best []byte) bool {
	return best != nil && len(way) >= len(best) && bytes.Compare(way, best) > 0
}

// nextOrder puts nodes into the next order; false after the last.
func nextOrder(order []int32) bool {
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
