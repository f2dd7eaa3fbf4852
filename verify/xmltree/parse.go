package xmltree

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// Parse reads a document.
func Parse(b []byte) (*Document, error) {
	switch {
	case len(b) > MaxBytes:
		return nil, ErrTooLarge
	case !utf8.Valid(b):
		return nil, ErrEncoding
	}
	p := &parser{b: string(lines(b)), doc: &Document{}}
	if err := p.document(); err != nil {
		if p.i == len(p.b) && errors.Is(err, ErrSyntax) {
			err = ErrCut
		}
		return nil, &Error{err, p.i}
	}
	return p.doc, nil
}

// lines takes the byte order mark away and makes the end of every line a line feed
// (XML 1.0 section 2.11).
func lines(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
}

type parser struct {
	b     string
	i     int // where we are
	doc   *Document
	open  *Element // the innermost element that is open
	depth int
	nodes int
}

func (p *parser) rest() string { return p.b[p.i:] }

func (p *parser) starts(s string) bool { return strings.HasPrefix(p.rest(), s) }

// document reads everything, without recursion.
func (p *parser) document() error {
	if err := p.declaration(); err != nil {
		return err
	}
	for p.i < len(p.b) {
		if err := p.next(); err != nil {
			return err
		}
	}
	if p.open != nil || p.doc.Root == nil {
		return ErrSyntax
	}
	return nil
}

// declaration skips the XML declaration. An encoding other than UTF-8 would make
// other letters of the same bytes.
func (p *parser) declaration() error {
	if !p.starts("<?xml") || len(p.b) > 5 && isName(rune(p.b[5])) {
		return nil
	}
	text, ok := p.until("?>")
	if !ok {
		return ErrSyntax
	}
	_, encoding, named := strings.Cut(text, "encoding")
	if !named {
		return nil
	}
	encoding = strings.ToLower(strings.Trim(strings.TrimLeft(encoding, " \t\n="), " \t\n"))
	for _, known := range []string{"utf-8", "utf8", "us-ascii"} {
		if len(encoding) > len(known) && encoding[1:1+len(known)] == known {
			return nil
		}
	}
	return ErrEncoding
}

// until gives the text up to a mark, and steps behind the mark, or to the end where
// there is none.
func (p *parser) until(mark string) (string, bool) {
	text, _, ok := strings.Cut(p.rest(), mark)
	p.i = min(p.i+len(text)+len(mark), len(p.b))
	return text, ok
}

func (p *parser) next() error {
	switch {
	case !p.starts("<"):
		return p.text()
	case p.starts("</"):
		return p.end()
	case p.starts("<!--"):
		return p.comment()
	case p.starts("<![CDATA["):
		return p.cdata()
	case p.starts("<!"):
		return ErrDTD
	case p.starts("<?"):
		return p.instruction()
	}
	return p.start()
}

// add puts a node where we are.
func (p *parser) add(n Node) error {
	if p.nodes++; p.nodes > MaxNodes {
		return ErrTooLarge
	}
	switch {
	case p.open != nil:
		p.open.Nodes = append(p.open.Nodes, n)
	case n.Kind == TextNode:
		if strings.Trim(n.Text, " \t\n") != "" {
			return ErrSyntax
		}
	case p.doc.Root == nil:
		p.doc.Before = append(p.doc.Before, n)
	default:
		p.doc.After = append(p.doc.After, n)
	}
	return nil
}

func (p *parser) text() error {
	raw, _, _ := strings.Cut(p.rest(), "<")
	if strings.Contains(raw, "]]>") || p.open == nil && strings.Contains(raw, "&") {
		return ErrSyntax
	}
	text, err := expand(raw, false)
	if err != nil {
		return err
	}
	if err := p.add(Node{Kind: TextNode, Text: text}); err != nil {
		return err
	}
	p.i += len(raw)
	return nil
}

func (p *parser) cdata() error {
	p.i += len("<![CDATA[")
	text, ok := p.until("]]>")
	if !ok || p.open == nil || !isText(text) {
		return ErrSyntax
	}
	return p.add(Node{Kind: TextNode, Text: text})
}

func (p *parser) comment() error {
	p.i += len("<!--")
	text, ok := p.until("--")
	if !ok || !p.starts(">") || !isText(text) {
		return ErrSyntax
	}
	p.i++
	return p.add(Node{Kind: CommentNode, Text: text})
}

func (p *parser) instruction() error {
	p.i += len("<?")
	target := p.name()
	text, ok := p.until("?>")
	if !ok || target == "" || strings.Contains(target, ":") || strings.EqualFold(target, "xml") || !isText(text) {
		return ErrSyntax
	}
	data := strings.TrimLeft(text, " \t\n")
	switch {
	case data == "":
		return p.add(Node{Kind: InstructionNode, Text: target})
	case data == text:
		return ErrSyntax
	}
	return p.add(Node{Kind: InstructionNode, Text: target + " " + data})
}

func (p *parser) end() error {
	p.i += len("</")
	name := p.name()
	p.space()
	if p.open == nil || !p.starts(">") || name != qualified(p.open.Prefix, p.open.Local) {
		return ErrSyntax
	}
	p.i++
	p.close()
	return nil
}

func (p *parser) close() { p.open, p.depth = p.open.Parent, p.depth-1 }

// start reads a start tag, or the tag of an empty element.
func (p *parser) start() error {
	p.i++
	e := &Element{Parent: p.open}
	var ok bool
	if e.Prefix, e.Local, ok = split(p.name()); !ok {
		return ErrSyntax
	}
	var own []decl
	for {
		spaced := p.space()
		if p.starts(">") || p.starts("/>") {
			break
		}
		a, err := p.attribute()
		if err != nil || !spaced {
			return orSyntax(err)
		}
		switch {
		case a.Prefix == "xmlns":
			own = append(own, decl{a.Local, a.Value})
		case a.Prefix == "" && a.Local == "xmlns":
			own = append(own, decl{"", a.Value})
		default:
			e.Attrs = append(e.Attrs, a)
		}
		if p.nodes++; p.nodes > MaxNodes || len(e.Attrs)+len(own) > maxAttrs {
			return ErrTooLarge
		}
	}
	if err := e.resolve(own); err != nil {
		return err
	}
	return p.enter(e)
}

// enter puts e into the tree, and us into e.
func (p *parser) enter(e *Element) error {
	if p.open == nil && p.doc.Root != nil {
		return ErrSyntax
	}
	if p.open == nil {
		p.doc.Root = e
	} else if err := p.add(Node{Kind: ElementNode, Element: e}); err != nil {
		return err
	}
	p.open = e
	if p.depth++; p.depth > MaxDepth {
		return ErrTooLarge
	}
	if p.starts("/>") {
		p.i++
		p.close()
	}
	p.i++
	return nil
}

func (p *parser) attribute() (Attr, error) {
	var a Attr
	var ok bool
	if a.Prefix, a.Local, ok = split(p.name()); !ok {
		return a, ErrSyntax
	}
	p.space()
	if !p.starts("=") {
		return a, ErrSyntax
	}
	p.i++
	p.space()
	if !p.starts(`"`) && !p.starts("'") {
		return a, ErrSyntax
	}
	quote := p.rest()[:1]
	p.i++
	raw, ok := p.until(quote)
	if !ok || strings.Contains(raw, "<") {
		return a, ErrSyntax
	}
	var err error
	a.Value, err = expand(raw, true)
	return a, err
}

// resolve finds the namespaces of an element and its attributes (Namespaces in
// XML 1.0, sections 3, 5 and 6).
func (e *Element) resolve(own []decl) error {
	if e.Parent != nil {
		e.scope = e.Parent.scope
	}
	if len(own) > 0 {
		e.scope = slices.Clone(e.scope)
	}
	for i, d := range own {
		if slices.ContainsFunc(own[:i], func(o decl) bool { return o.prefix == d.prefix }) || !d.allowed() {
			return ErrSyntax
		}
		e.scope = slices.DeleteFunc(e.scope, func(o decl) bool { return o.prefix == d.prefix })
		e.scope = append(e.scope, d)
	}
	if len(e.scope) > maxScope {
		return ErrTooLarge
	}
	if e.Space = e.Namespace(e.Prefix); e.Space == "" && e.Prefix != "" {
		return ErrSyntax
	}
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if a.Prefix != "" {
			a.Space = e.Namespace(a.Prefix)
		}
		if a.Prefix != "" && a.Space == "" {
			return ErrSyntax
		}
		for _, o := range e.Attrs[:i] {
			if o.Local == a.Local && o.Space == a.Space {
				return ErrSyntax
			}
		}
	}
	return nil
}

// allowed: the prefixes xml and xmlns and their namespaces are fixed, and only the
// default namespace can be taken back.
func (d decl) allowed() bool {
	if d.prefix == "xml" || d.space == XML {
		return d.prefix == "xml" && d.space == XML
	}
	return d.prefix != "xmlns" && d.space != "http://www.w3.org/2000/xmlns/" && (d.space != "" || d.prefix == "")
}

func orSyntax(err error) error {
	if err != nil {
		return err
	}
	return ErrSyntax
}
