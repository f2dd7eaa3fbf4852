// Package xmltree reads XML that strangers wrote into a small tree, and writes it
// in canonical form. It keeps what signatures hang on and encoding/xml throws
// away: prefixes, declarations, comments, and the way white space is normalised
// in attributes.
//
// It reads well-formed XML 1.0 in UTF-8 with namespaces. A document type
// declaration is refused at sight, so nothing is ever expanded or looked up, and
// everything is bounded. Start at Parse.
package xmltree

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Limits for everything this package reads and writes.
const (
	MaxBytes   = 32 << 20
	MaxDepth   = 100
	MaxNodes   = 1 << 18 // elements, texts, comments, instructions and attributes
	maxAttrs   = 200     // of one element, declarations included
	maxScope   = 64      // prefixes declared at one place of the tree
	maxWritten = 96 << 20
)

// The ways a document can fail. Errors wrap exactly one of them.
var (
	ErrDTD      = errors.New("a document type declaration")
	ErrSyntax   = errors.New("not well-formed XML")
	ErrCut      = errors.New("the document ends too early")
	ErrEncoding = errors.New("not in UTF-8")
	ErrTooLarge = errors.New("the document is too large or too deep")
)

// Error says where a document failed.
type Error struct {
	Err    error
	Offset int // in bytes, once the ends of lines are line feeds
}

func (e *Error) Error() string { return fmt.Sprintf("%v at byte %d", e.Err, e.Offset) }

func (e *Error) Unwrap() error { return e.Err }

// Place gives line and column, both from 1, of the error in the document.
func (e *Error) Place(b []byte) (line, column int) {
	b = lines(b)
	b = b[:min(e.Offset, len(b))]
	return 1 + bytes.Count(b, []byte("\n")), len(b) - bytes.LastIndexByte(b, '\n')
}

// Kind says what a node is.
type Kind int

// The kinds of nodes.
const (
	TextNode Kind = iota
	ElementNode
	CommentNode
	InstructionNode
)

// Node is one thing in an element.
type Node struct {
	Kind    Kind
	Element *Element // of an ElementNode
	Text    string   // of the others; of an instruction its target, a space and its data
}

// Document is a whole document: its element and what stands around that.
type Document struct {
	Before, After []Node // comments and instructions
	Root          *Element
}

// Element is one element. Nothing in it may be changed.
type Element struct {
	Prefix, Local string
	Space         string // the namespace its prefix stands for
	Attrs         []Attr // without the declarations of namespaces
	Nodes         []Node
	Parent        *Element // nil for the root

	scope []decl // all declarations in force, the nearest of each prefix only
}

// Attr is one attribute. Value is normalised as XML 1.0 section 3.3.3 has it.
type Attr struct {
	Prefix, Local, Space, Value string
}

// decl says which namespace a prefix stands for; "" is the default namespace.
type decl struct{ prefix, space string }

// XML is the namespace of the prefix xml, which needs no declaration.
const XML = "http://www.w3.org/XML/1998/namespace"

// Is says whether an element has this name in this namespace.
func (e *Element) Is(space, local string) bool { return e.Local == local && e.Space == space }

// Namespace gives what a prefix stands for at this place; "" when nothing.
func (e *Element) Namespace(prefix string) string {
	if prefix == "xml" {
		return XML
	}
	for _, d := range e.scope {
		if d.prefix == prefix {
			return d.space
		}
	}
	return ""
}

// Attr gives the value of an attribute without a namespace, and whether it is
// there.
func (e *Element) Attr(local string) (string, bool) { return e.AttrIn("", local) }

// AttrIn gives the value of an attribute in a namespace, and whether it is there.
func (e *Element) AttrIn(space, local string) (string, bool) {
	for _, a := range e.Attrs {
		if a.Local == local && a.Space == space {
			return a.Value, true
		}
	}
	return "", false
}

// Elements gives the elements right inside e, in their order.
func (e *Element) Elements() []*Element {
	var out []*Element
	for _, n := range e.Nodes {
		if n.Kind == ElementNode {
			out = append(out, n.Element)
		}
	}
	return out
}

// All gives the elements right inside e that have this name, in any namespace
// when space is "*".
func (e *Element) All(space, local string) []*Element {
	var out []*Element
	for _, in := range e.Elements() {
		if in.Local == local && (space == "*" || in.Space == space) {
			out = append(out, in)
		}
	}
	return out
}

// Child follows names inwards, each the first of its name in the namespace, or in
// any when space is "*". It gives nil where one is not there; e may be nil.
func (e *Element) Child(space string, path ...string) *Element {
	for _, local := range path {
		if e == nil {
			return nil
		}
		all := e.All(space, local)
		if len(all) == 0 {
			return nil
		}
		e = all[0]
	}
	return e
}

// Text gives all text right inside e, without the space around it. Comments do not
// end it: a reader that stops at one reads less than was signed. e may be nil.
func (e *Element) Text() string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	for _, n := range e.Nodes {
		if n.Kind == TextNode {
			b.WriteString(n.Text)
		}
	}
	return strings.TrimSpace(b.String())
}

// Walk calls visit for e and each element in it, in document order, as long as
// it returns true for the elements around.
func (e *Element) Walk(visit func(*Element) bool) {
	if !visit(e) {
		return
	}
	for _, n := range e.Nodes {
		if n.Kind == ElementNode {
			n.Element.Walk(visit)
		}
	}
}
