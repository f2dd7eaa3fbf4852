package canon

import (
	"slices"
	"strconv"
	"strings"
)

// path is where a value stands in the document, from the outside in.
type path []step

// step is a member, or an array's element where the name is empty.
type step struct {
	name  string
	index int
}

func (p *path) member(name string) { *p = append(*p, step{name: name}) }
func (p *path) element(i int)      { *p = append(*p, step{index: i}) }
func (p *path) up()                { *p = (*p)[:len(*p)-1] }

// dotted writes a path, and one name more unless that is empty.
func (p path) dotted(name string) string {
	var b strings.Builder
	for i, s := range p {
		if i > 0 {
			b.WriteByte('.')
		}
		if s.name == "" {
			b.WriteString(strconv.Itoa(s.index))
			continue
		}
		b.WriteString(s.name)
	}
	if name != "" && b.Len() > 0 {
		b.WriteByte('.')
	}
	b.WriteString(name)
	return b.String()
}

// miss notes that the member name of the value that is being read is not covered,
// or that value itself if name is empty.
func (x *expansion) miss(name string) {
	x.missed = append(x.missed, x.path.dotted(name))
}

// missLater is miss for what only statements can't hold. Where nothing is stated,
// a miss has said so already.
func (x *expansion) missLater(name string) {
	if x.silent == 0 {
		x.miss(name)
	}
}

// uncovered gives all that was missed, sorted.
func (x *expansion) uncovered() []string {
	slices.Sort(x.missed)
	return slices.Compact(x.missed)
}

// root is the document's own node: what other objects say of it under its id does
// not stand where a reader would look.
type root struct {
	unknown bool // it is the one in @graph, if there is but one
	id      string
	tops    []string // the ids of those in @graph
	named   []named  // nodes with ids, to be compared later
}

type named struct{ id, path string }

// checkName notes a node that is not the root and has its id.
func (x *expansion) checkName(id string) {
	switch {
	case x.silent > 0:
	case x.root.unknown:
		x.root.named = append(x.root.named, named{id, x.path.dotted("")})
	case x.root.id == id:
		x.miss("")
	}
}

// checkRoot catches up on what was read before the root was known.
func (x *expansion) checkRoot() {
	r := &x.root
	if !r.unknown || len(r.tops) != 1 || r.tops[0] == "" {
		return
	}
	for _, n := range r.named {
		if n.id == r.tops[0] {
			x.missed = append(x.missed, n.path)
		}
	}
}
