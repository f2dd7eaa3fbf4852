package canon

import "strconv"

// issuer gives out identifiers in order (RDFC-1.0, section 4.5).
type issuer struct {
	prefix string  // with "_:"
	order  []int32 // the nodes, in the order of their identifiers
	number []int32 // for each node its place in order plus one, or zero
}

func newIssuer(prefix string, nodes int32) issuer {
	return issuer{prefix: prefix, number: make([]int32, nodes+1)}
}

func (s *issuer) has(node int32) bool { return s.number[node] > 0 }

func (s *issuer) issue(node int32) {
	if !s.has(node) {
		s.order = append(s.order, node)
		s.number[node] = int32(len(s.order))
	}
}

// forget takes back all but the first n identifiers.
func (s *issuer) forget(n int) {
	for _, node := range s.order[n:] {
		s.number[node] = 0
	}
	s.order = s.order[:n]
}

// appendID appends the identifier issued to node.
func (s *issuer) appendID(b []byte, node int32) []byte {
	return strconv.AppendInt(append(b, s.prefix...), int64(s.number[node]-1), 10)
}
