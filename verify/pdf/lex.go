package pdf

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
)

// The values of a PDF (ISO 32000-2, section 7.3): int, float64, bool, nil, and
type (
	name  string
	text  string
	ref   int // the number of an object
	array []any
	dict  map[string]any
)

// lexer reads values. It stops for good where it can't go on, or where there have
// been too many.
type lexer struct {
	b     []byte
	i     int
	count *int // of the whole document
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }

// space steps over white space and comments.
func (l *lexer) space() {
	for l.i < len(l.b) {
		switch c := l.b[l.i]; {
		case isSpace(c):
			l.i++
		case c == '%':
			for l.i < len(l.b) && l.b[l.i] != '\n' && l.b[l.i] != '\r' {
				l.i++
			}
		default:
			return
		}
	}
}

func (l *lexer) starts(s string) bool { return bytes.HasPrefix(l.b[l.i:], []byte(s)) }

// value reads one value; ok is false where there is none.
func (l *lexer) value(depth int) (v any, ok bool) {
	l.space()
	if *l.count++; l.i >= len(l.b) || depth > maxNesting || *l.count > maxValues {
		return nil, false
	}
	switch c := l.b[l.i]; {
	case l.starts("<<"):
		return l.dict(depth)
	case c == '<':
		return l.hex()
	case c == '(':
		return l.text()
	case c == '[':
		return l.array(depth)
	case c == '/':
		l.i++
		return name(l.name()), true
	case isDelimiter(c):
		return nil, false
	}
	return l.word()
}

// regular steps over letters that are neither space nor delimiter.
func (l *lexer) regular() string {
	from := l.i
	for l.i < len(l.b) && !isSpace(l.b[l.i]) && !isDelimiter(l.b[l.i]) && l.i-from < 256 {
		l.i++
	}
	return string(l.b[from:l.i])
}

// name reads a name, in which #20 is a space (section 7.3.5).
func (l *lexer) name() string {
	s := l.regular()
	if !strings.Contains(s, "#") {
		return s
	}
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

// word reads a number, a reference, or one of three words.
func (l *lexer) word() (any, bool) {
	s := l.regular()
	switch s {
	case "true", "false":
		return s == "true", true
	case "null":
		return nil, true
	}
	if n, err := strconv.Atoi(s); err == nil {
		return l.reference(n), true
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// reference looks whether a number begins a reference: "12 0 R".
func (l *lexer) reference(n int) any {
	from := l.i
	l.space()
	if generation := l.regular(); generation != "" && len(generation) < 6 && strings.Trim(generation, "0123456789") == "" {
		l.space()
		if l.starts("R") && (l.i+1 >= len(l.b) || isSpace(l.b[l.i+1]) || isDelimiter(l.b[l.i+1])) {
			l.i++
			return ref(n)
		}
	}
	l.i = from
	return n
}

func (l *lexer) array(depth int) (any, bool) {
	l.i++
	var out array
	for {
		l.space()
		if l.starts("]") {
			l.i++
			return out, true
		}
		v, ok := l.value(depth + 1)
		if !ok {
			return nil, false
		}
		out = append(out, v)
	}
}

func (l *lexer) dict(depth int) (any, bool) {
	l.i += 2
	out := dict{}
	for {
		l.space()
		if l.starts(">>") {
			l.i += 2
			return out, true
		}
		if !l.starts("/") {
			return nil, false
		}
		l.i++
		key := l.name()
		v, ok := l.value(depth + 1)
		if !ok {
			return nil, false
		}
		out[key] = v
	}
}

// text reads a literal string, in which brackets may stand in pairs (section
// 7.3.4.2).
func (l *lexer) text() (any, bool) {
	var out []byte
	open, from := 0, l.i
	for ; l.i < len(l.b) && l.i-from < maxString; l.i++ {
		c := l.b[l.i]
		switch {
		case c == '\\':
			out = l.escape(out)
			continue
		case c == '(':
			if open++; open == 1 {
				continue
			}
		case c == ')':
			if open--; open == 0 {
				l.i++
				return text(out), true
			}
		}
		out = append(out, c)
	}
	return nil, false
}

// escape reads what follows a backslash, and leaves us on its last letter.
func (l *lexer) escape(out []byte) []byte {
	if l.i+1 >= len(l.b) {
		return out // the text has no end either
	}
	l.i++
	c := l.b[l.i]
	if at := strings.IndexByte("nrtbf", c); at >= 0 {
		return append(out, "\n\r\t\b\f"[at])
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	n := 0
	for range 3 {
		if l.i >= len(l.b) || l.b[l.i] < '0' || l.b[l.i] > '7' {
			break
		}
		n = n*8 + int(l.b[l.i]-'0')
		l.i++
	}
	l.i--
	return append(out, byte(n))
}

func (l *lexer) hex() (any, bool) {
	l.i++
	n := bytes.IndexByte(l.b[l.i:min(len(l.b), l.i+maxString)], '>')
	if n < 0 {
		return nil, false
	}
	digits := bytes.Join(bytes.FieldsFunc(l.b[l.i:l.i+n], func(r rune) bool { return r < 0x80 && isSpace(byte(r)) }), nil)
	l.i += n + 1
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, len(digits)/2)
	if _, err := hex.Decode(out, digits); err != nil {
		return nil, false
	}
	return text(out), true
}
