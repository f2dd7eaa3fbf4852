package canon

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseNQuads reads N-Quads strictly (RDF 1.1 N-Quads, section 3). Statements
// that occur twice are kept twice; blank node labels are kept as written.
func ParseNQuads(b []byte) ([]Quad, error) {
	if !utf8.Valid(b) {
		return nil, fmt.Errorf("%w: not valid UTF-8", ErrSyntax)
	}
	var out []Quad
	for n, line := range strings.FieldsFunc(string(b), func(r rune) bool { return r == '\n' || r == '\r' }) {
		p := nquadsParser{s: line}
		q, some, err := p.statement()
		if err != nil {
			return nil, fmt.Errorf("statement %d: %w", n+1, err)
		}
		if some {
			out = append(out, q)
		}
	}
	return out, nil
}

type nquadsParser struct {
	s string
	i int
}

func (p *nquadsParser) fail(what string) error {
	return fmt.Errorf("%w: %s at column %d", ErrSyntax, what, p.i+1)
}

func (p *nquadsParser) space() {
	for p.i < len(p.s) && (p.s[p.i] == ' ' || p.s[p.i] == '\t') {
		p.i++
	}
}

func (p *nquadsParser) peek() byte {
	p.space()
	if p.i < len(p.s) {
		return p.s[p.i]
	}
	return 0
}

// statement reads one line; some is false for a line without a statement.
func (p *nquadsParser) statement() (q Quad, some bool, err error) {
	if c := p.peek(); p.i == len(p.s) || c == '#' {
		return q, false, nil
	}
	if q.Subject, err = p.resource("subject"); err != nil {
		return q, false, err
	}
	if p.peek() != '<' {
		return q, false, p.fail("predicate is not an IRI")
	}
	if q.Predicate, err = p.iri(); err != nil {
		return q, false, err
	}
	if p.peek() == '"' {
		q.Object, err = p.literal()
	} else {
		q.Object, err = p.resource("object")
	}
	if err != nil {
		return q, false, err
	}
	if p.peek() != '.' {
		if q.Graph, err = p.resource("graph name"); err != nil {
			return q, false, err
		}
	}
	return q, true, p.end()
}

func (p *nquadsParser) end() error {
	if p.peek() != '.' {
		return p.fail("no dot at the end")
	}
	p.i++
	if c := p.peek(); p.i < len(p.s) && c != '#' {
		return p.fail("text after the dot")
	}
	return nil
}

func (p *nquadsParser) resource(what string) (Term, error) {
	switch p.peek() {
	case '<':
		return p.iri()
	case '_':
		return p.blank()
	}
	return Term{}, p.fail(what + " expected")
}

func (p *nquadsParser) iri() (Term, error) {
	p.i++
	var b strings.Builder
	for p.i < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[p.i:])
		if r == '>' {
			p.i++
			if !absoluteIRI(b.String()) {
				return Term{}, p.fail("IRI is not absolute")
			}
			return Term{Kind: IRI, Value: b.String()}, nil
		}
		p.i += size
		if r == '\\' {
			var err error
			if r, err = p.unicodeEscape(); err != nil {
				return Term{}, err
			}
		}
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			return Term{}, p.fail("character not allowed in an IRI")
		}
		b.WriteRune(r)
	}
	return Term{}, p.fail("IRI does not end")
}

// unicodeEscape reads what follows the backslash of a \u or \U escape.
func (p *nquadsParser) unicodeEscape() (rune, error) {
	n := 0
	switch {
	case strings.HasPrefix(p.s[p.i:], "u"):
		n = 4
	case strings.HasPrefix(p.s[p.i:], "U"):
		n = 8
	default:
		return 0, p.fail("unknown escape")
	}
	p.i++
	if p.i+n > len(p.s) {
		return 0, p.fail("escape does not end")
	}
	v, err := strconv.ParseUint(p.s[p.i:p.i+n], 16, 32)
	if err != nil || !utf8.ValidRune(rune(v)) || v > utf8.MaxRune {
		return 0, p.fail("escape is not a character")
	}
	p.i += n
	return rune(v), nil
}

func (p *nquadsParser) blank() (Term, error) {
	if !strings.HasPrefix(p.s[p.i:], "_:") {
		return Term{}, p.fail("blank node expected")
	}
	p.i += 2
	start := p.i
	for p.i < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[p.i:])
		if !labelRune(r, p.i == start) {
			break
		}
		p.i += size
	}
	for p.i > start && p.s[p.i-1] == '.' {
		p.i-- // a label does not end in a dot: that dot ends the statement
	}
	if p.i == start {
		return Term{}, p.fail("blank node without a label")
	}
	return Term{Kind: Blank, Value: p.s[start:p.i]}, nil
}

// labelRune follows the grammar of BLANK_NODE_LABEL (PN_CHARS_U, PN_CHARS).
func labelRune(r rune, first bool) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == ':':
		return true
	case r == '-', r == '.', r == 0xB7, r >= 0x300 && r <= 0x36F, r == 0x203F, r == 0x2040:
		return !first
	case r < 0xC0, r == 0xD7, r == 0xF7, r == 0x37E:
		return false
	}
	return r <= 0x1FFF || r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F ||
		r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF ||
		r >= 0xFDF0 && r <= 0xFFFD && r != utf8.RuneError || r >= 0x10000 && r <= 0xEFFFF
}

func (p *nquadsParser) literal() (Term, error) {
	s, err := p.quoted()
	if err != nil {
		return Term{}, err
	}
	t := Term{Kind: Literal, Value: s}
	switch {
	case strings.HasPrefix(p.s[p.i:], "^^<"):
		p.i += 2
		datatype, err := p.iri()
		if err != nil {
			return Term{}, err
		}
		if t.Datatype = datatype.Value; t.Datatype == xsdString {
			t.Datatype = ""
		}
		if t.Datatype == rdfLangStr {
			return Term{}, p.fail("language text without a language")
		}
	case strings.HasPrefix(p.s[p.i:], "@"):
		end := p.i + 1
		for end < len(p.s) && (p.s[end] == '-' || isAlphaNum(p.s[end])) {
			end++
		}
		if t.Lang = p.s[p.i+1 : end]; !languageTag(t.Lang) {
			return Term{}, p.fail("not a language tag")
		}
		p.i = end
	}
	return t, nil
}

var longEscapes = map[byte]byte{'t': '\t', 'b': '\b', 'n': '\n', 'r': '\r', 'f': '\f', '"': '"', '\'': '\'', '\\': '\\'}

func (p *nquadsParser) quoted() (string, error) {
	p.i++
	var b strings.Builder
	for p.i < len(p.s) {
		c := p.s[p.i]
		p.i++
		switch c {
		case '"':
			return b.String(), nil
		case '\\':
			if p.i < len(p.s) && longEscapes[p.s[p.i]] != 0 {
				b.WriteByte(longEscapes[p.s[p.i]])
				p.i++
				continue
			}
			r, err := p.unicodeEscape()
			if err != nil {
				return "", err
			}
			b.WriteRune(r)
		default:
			b.WriteByte(c)
		}
	}
	return "", p.fail("text does not end")
}
