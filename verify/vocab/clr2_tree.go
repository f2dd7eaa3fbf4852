package vocab

import "github.com/cairnwallet/cairn/verify/vc"

// maxAssociations bounds how many associations of one record are read.
const maxAssociations = 20000

// tangle is what stands in a record, before associations make a tree of it.
type tangle struct {
	nodes    []vc.Node
	at       map[string]int // by achievement id, and by credential id: real records use both
	parent   []int          // -1 for none
	dangling int
	circular bool
}

func (t *tangle) add(n vc.Node, achievement string) {
	for _, id := range []string{achievement, n.ID} {
		if _, taken := t.at[id]; id != "" && !taken {
			t.at[id] = len(t.nodes)
		}
	}
	t.nodes = append(t.nodes, n)
	t.parent = append(t.parent, -1)
}

// tree reads associations (CLR 2.0, section B.1.1). Those of parent and child, and
// of part and whole, make the tree, whichever end they are written from; the others
// become links. One that names what is not inside is counted and left out, and so
// is one that would close a circle.
func (t *tangle) tree(associations []vc.Doc) []vc.Node {
	for i, a := range associations {
		if i == maxAssociations {
			t.dangling += len(associations) - i
			break
		}
		t.associate(text(a["associationType"]), text(a["sourceId"]), text(a["targetId"]))
	}
	children := make([][]int, len(t.nodes))
	var roots []int
	for i, p := range t.parent {
		if p < 0 {
			roots = append(roots, i)
		} else {
			children[p] = append(children[p], i)
		}
	}
	return t.grow(roots, children)
}

func (t *tangle) grow(at []int, children [][]int) []vc.Node {
	var out []vc.Node
	for _, i := range at {
		n := t.nodes[i]
		n.Children = t.grow(children[i], children)
		out = append(out, n)
	}
	return out
}

func (t *tangle) associate(kind, source, target string) {
	s, known := t.at[source]
	o, knownToo := t.at[target]
	if !known || !knownToo {
		t.dangling++
		return
	}
	switch kind {
	case "isParentOf":
		t.under(o, s)
	case "isChildOf", "isPartOf":
		t.under(s, o)
	default:
		t.link(s, kind, o)
	}
}

// under puts child below parent, unless it is below something already, or parent
// stands below it.
func (t *tangle) under(child, parent int) {
	if t.parent[child] == parent {
		return // said from both ends
	}
	for up := parent; up >= 0; up = t.parent[up] {
		if up == child {
			t.circular = true
			return
		}
	}
	if t.parent[child] >= 0 {
		t.link(child, "isPartOf", parent)
		return
	}
	t.parent[child] = parent
}

func (t *tangle) link(from int, kind string, to int) {
	n := &t.nodes[from]
	n.Links = append(n.Links, vc.Link{Type: kind, Name: t.nodes[to].Name})
}
