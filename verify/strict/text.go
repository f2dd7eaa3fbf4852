package strict

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

func (p *parser) string() (string, error) {
	p.i++
	start := p.i
	for p.i < len(p.b) && !special[p.b[p.i]] {
		p.i++
	}
	if p.i == len(p.b) {
		return "", ErrTruncated
	}
	switch s := p.b[start:p.i]; p.b[p.i] {
	case '"':
		p.i++
		if !utf8.Valid(s) {
			return "", ErrEncoding
		}
		return string(s), nil
	case '\\':
		return p.escaped(slices.Clone(s))
	}
	return "", ErrSyntax
}

// special marks the bytes that are not simply a part of a string: what ends it,
// what begins an escape, and the control characters, which have to be escaped.
var special = func() (is [256]bool) {
	for c := range 0x20 {
		is[c] = true
	}
	is['"'], is['\\'] = true, true
	return is
}()

// escaped reads on in a string that holds an escape; out is what came before it.
func (p *parser) escaped(out []byte) (string, error) {
	for p.i < len(p.b) {
		c := p.b[p.i]
		p.i++
		switch {
		case c == '"':
			if !utf8.Valid(out) {
				return "", ErrEncoding
			}
			return string(out), nil
		case c == '\\':
			var err error
			if out, err = p.escape(out); err != nil {
				return "", err
			}
		case c < 0x20:
			return "", ErrSyntax
		default:
			out = append(out, c)
		}
	}
	return "", ErrTruncated
}

var simple = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape(out []byte) ([]byte, error) {
	if p.i >= len(p.b) {
		return nil, ErrTruncated
	}
	c := p.b[p.i]
	p.i++
	if s, ok := simple[c]; ok {
		return append(out, s), nil
	}
	if c != 'u' {
		return nil, ErrSyntax
	}
	r, err := p.hex()
	if err != nil {
		return nil, err
	}
	if r < 0xD800 || r > 0xDFFF {
		return utf8.AppendRune(out, r), nil
	}
	if r > 0xDBFF || !p.skip(`\`) || !p.skip("u") {
		return nil, ErrEncoding
	}
	low, err := p.hex()
	if err != nil {
		return nil, err
	}
	if low < 0xDC00 || low > 0xDFFF {
		return nil, ErrEncoding
	}
	return utf8.AppendRune(out, 0x10000+(r-0xD800)<<10+(low-0xDC00)), nil
}

func (p *parser) hex() (rune, error) {
	if p.i+4 > len(p.b) {
		return 0, ErrTruncated
	}
	n, err := strconv.ParseUint(string(p.b[p.i:p.i+4]), 16, 32)
	if err != nil {
		return 0, ErrSyntax
	}
	p.i += 4
	return rune(n), nil
}
