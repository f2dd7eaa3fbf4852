package strict

import (
	"math/bits"
	"strconv"
	"unicode/utf8"
)

func (p *parser) string() (string, error) {
	start := p.i + 1
	p.i = plain(p.text, start)
	if p.i == len(p.text) {
		return "", ErrTruncated
	}
	s := p.text[start:p.i]
	switch p.text[p.i] {
	case '"':
		p.i++
		if !p.utf8 && !utf8.ValidString(s) {
			return "", ErrEncoding
		}
		return s, nil
	case '\\':
		return p.escaped([]byte(s))
	}
	return "", ErrSyntax
}

// plain gives the place of the first special byte from i on, or the end of s. It
// looks at eight bytes at a time: of each word that holds a special byte, the lowest
// marked one is the first of them, since a borrow only runs upwards.
func plain(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		w := word(s[i : i+8])
		if marked := (below(w, ' ') | below(w^each*'"', 1) | below(w^each*'\\', 1)) & (each * 0x80); marked != 0 {
			return i + bits.TrailingZeros64(marked)/8
		}
	}
	for i < len(s) && !special[s[i]] {
		i++
	}
	return i
}

// each times a byte is eight of that byte.
const each = 0x0101010101010101

// below marks, with their highest bits, the bytes of w that are less than c.
func below(w, c uint64) uint64 { return (w - each*c) &^ w }

// word reads eight bytes as a number, the first of them lowest.
func word(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
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
	for {
		start := p.i
		p.i = plain(p.text, start)
		out = append(out, p.text[start:p.i]...)
		if p.i == len(p.text) {
			return "", ErrTruncated
		}
		c := p.text[p.i]
		p.i++
		switch c {
		case '"':
			if !p.utf8 && !utf8.Valid(out) {
				return "", ErrEncoding
			}
			return string(out), nil
		case '\\':
			var err error
			if out, err = p.escape(out); err != nil {
				return "", err
			}
		default:
			return "", ErrSyntax
		}
	}
}

var simple = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape(out []byte) ([]byte, error) {
	if p.i >= len(p.text) {
		return nil, ErrTruncated
	}
	c := p.text[p.i]
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
	if p.i+4 > len(p.text) {
		return 0, ErrTruncated
	}
	n, err := strconv.ParseUint(p.text[p.i:p.i+4], 16, 32)
	if err != nil {
		return 0, ErrSyntax
	}
	p.i += 4
	return rune(n), nil
}
