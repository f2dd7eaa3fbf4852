package xmltree

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Canon is a way to write XML canonically: Exclusive XML Canonicalization 1.0, or
// Canonical XML 1.0 where Exclusive is false.
type Canon struct {
	Exclusive bool
	Comments  bool
	Prefixes  []string            // exclusive: treated inclusively all the same (its section 3); "" for the default namespace
	Leave     func(*Element) bool // elements to leave out, with all in them; may be nil
}

// Document writes a whole document, in which a line feed parts the root from the
// instructions around it.
func (c Canon) Document(d *Document) ([]byte, error) {
	w := &writer{Canon: c}
	for _, n := range d.Before {
		if w.around(n) {
			w.b.WriteByte('\n')
		}
	}
	w.apex(d.Root)
	for _, n := range d.After {
		if w.says(n) {
			w.b.WriteByte('\n')
			w.around(n)
		}
	}
	return w.result()
}

// Element writes an element with all in it, as a part of its document.
func (c Canon) Element(e *Element) ([]byte, error) {
	w := &writer{Canon: c}
	w.apex(e)
	return w.result()
}

type writer struct {
	Canon
	b       bytes.Buffer
	tooMuch bool
}

func (w *writer) result() ([]byte, error) {
	if w.tooMuch {
		return nil, ErrTooLarge
	}
	return w.b.Bytes(), nil
}

// says: are nodes of this kind written?
func (w *writer) says(n Node) bool { return n.Kind != CommentNode || w.Comments }

func (w *writer) around(n Node) bool {
	switch {
	case !w.says(n):
		return false
	case n.Kind == CommentNode:
		w.b.WriteString("<!--" + n.Text + "-->")
	case n.Kind == InstructionNode:
		w.b.WriteString("<?" + n.Text + "?>")
	}
	return true
}

// apex writes the outermost element. Canonical XML gives it the xml: attributes
// of the elements around it (section 2.4).
func (w *writer) apex(e *Element) {
	attrs := e.Attrs
	if !w.Exclusive {
		for up := e.Parent; up != nil; up = up.Parent {
			for _, a := range up.Attrs {
				if a.Space == XML && !slices.ContainsFunc(attrs, func(o Attr) bool { return o.Space == XML && o.Local == a.Local }) {
					attrs = append(slices.Clip(attrs), a)
				}
			}
		}
	}
	w.element(e, attrs, nil)
}

// element writes e; said are the declarations that are in force in the output.
func (w *writer) element(e *Element, attrs []Attr, said []decl) {
	if w.Leave != nil && w.Leave(e) {
		return
	}
	if w.b.Len() > maxWritten {
		w.tooMuch = true
	}
	if w.tooMuch {
		return
	}
	name := qualified(e.Prefix, e.Local)
	w.b.WriteString("<" + name)
	said = w.declare(e, attrs, said)
	for _, a := range sorted(attrs) {
		w.b.WriteString(" " + qualified(a.Prefix, a.Local) + `="`)
		attrEscape.WriteString(&w.b, a.Value)
		w.b.WriteByte('"')
	}
	w.b.WriteByte('>')
	for _, n := range e.Nodes {
		switch n.Kind {
		case ElementNode:
			w.element(n.Element, n.Element.Attrs, said)
		case TextNode:
			textEscape.WriteString(&w.b, n.Text)
		default:
			w.around(n)
		}
	}
	w.b.WriteString("</" + name + ">")
}

var (
	textEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	attrEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

// declare writes the declarations e needs and gives what is in force then.
func (w *writer) declare(e *Element, attrs []Attr, said []decl) []decl {
	var fresh []decl
	for _, prefix := range w.needs(e, attrs) {
		d := decl{prefix, e.Namespace(prefix)}
		if inForce(said, prefix) == d.space || prefix == "xml" {
			continue // what stands for nothing is declared only to take back a default
		}
		fresh = append(fresh, d)
	}
	if fresh == nil {
		return said
	}
	slices.SortFunc(fresh, func(a, b decl) int { return strings.Compare(a.prefix, b.prefix) })
	said = slices.Clone(said)
	for _, d := range fresh {
		said = slices.DeleteFunc(said, func(o decl) bool { return o.prefix == d.prefix })
		said = append(said, d)
		w.b.WriteString(" xmlns")
		if d.prefix != "" {
			w.b.WriteString(":" + d.prefix)
		}
		w.b.WriteString(`="`)
		attrEscape.WriteString(&w.b, d.space)
		w.b.WriteByte('"')
	}
	return said
}

// needs lists the prefixes to declare, each once: those that are used in the tag
// (exclusive), or all in force (inclusive), of which those said before drop out.
func (w *writer) needs(e *Element, attrs []Attr) []string {
	var out []string
	need := func(prefix string) {
		if !slices.Contains(out, prefix) {
			out = append(out, prefix)
		}
	}
	if w.Exclusive {
		need(e.Prefix)
		for _, a := range attrs {
			if a.Prefix != "" {
				need(a.Prefix)
			}
		}
		for _, p := range w.Prefixes {
			if p == "" || e.Namespace(p) != "" {
				need(p)
			}
		}
		return out
	}
	need("")
	for _, d := range e.scope {
		need(d.prefix)
	}
	return out
}

func inForce(said []decl, prefix string) string {
	for _, d := range said {
		if d.prefix == prefix {
			return d.space
		}
	}
	return ""
}

// sorted gives attributes by namespace, then name; those without a namespace come
// first (Canonical XML 1.0, section 2.2).
func sorted(attrs []Attr) []Attr {
	if len(attrs) < 2 {
		return attrs
	}
	return slices.SortedFunc(slices.Values(attrs), func(a, b Attr) int {
		return cmp.Or(strings.Compare(a.Space, b.Space), strings.Compare(a.Local, b.Local))
	})
}
