package envelope

import "bytes"

// prologue is what stands before the first element of an XML text.
type prologue struct {
	root   string // name of the first element, without its prefix
	prefix string
	dtd    bool // there is a document type declaration
	subset bool // … with declarations of its own, such as entities
	html   bool // … and it says HTML
}

// lookXML reads the prologue of an XML text without expanding or resolving
// anything, so that a hostile declaration is refused before any parser sees it.
func lookXML(b []byte) (prologue, bool) {
	var p prologue
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		var ok bool
		switch {
		case bytes.HasPrefix(b, []byte("<?")):
			b, ok = after(b, "?>")
		case bytes.HasPrefix(b, []byte("<!--")):
			b, ok = after(b, "-->")
		case len(b) > 9 && bytes.EqualFold(b[:9], []byte("<!DOCTYPE")):
			b, ok = p.doctype(b[9:])
		case len(b) > 1 && b[0] == '<' && isNameStart(b[1]):
			p.name(b[1:])
			return p, true
		}
		if !ok {
			return p, p.dtd
		}
	}
}

func after(b []byte, mark string) ([]byte, bool) {
	i := bytes.Index(b, []byte(mark))
	if i < 0 {
		return nil, false
	}
	return b[i+len(mark):], true
}

// doctype skips a declaration; one with an internal subset ends the look.
func (p *prologue) doctype(b []byte) ([]byte, bool) {
	p.dtd = true
	i := bytes.IndexAny(b, "[>")
	if i < 0 {
		return nil, false
	}
	p.html = bytes.EqualFold(bytes.TrimSpace(b[:i]), []byte("html")) || bytes.Contains(bytes.ToLower(b[:min(i, 100)]), []byte("html "))
	if b[i] == '[' {
		p.subset = true
		return nil, false
	}
	return b[i+1:], true
}

func (p *prologue) name(b []byte) {
	i := bytes.IndexAny(b, " \t\r\n/>")
	if i < 0 {
		i = len(b)
	}
	name := string(b[:min(i, 100)])
	p.root = name
	for j := range len(name) {
		if name[j] == ':' {
			p.prefix, p.root = name[:j], name[j+1:]
			break
		}
	}
}

func isNameStart(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c >= 0x80
}
