// Package strict reads JSON that strangers wrote, and refuses what two readers
// could understand differently: duplicate member names, invalid UTF-8, lone
// surrogates, trailing data (RFC 8259 leaves these open; RFC 7493 forbids them).
// Numbers stay as written. Depth and size are bounded. Marshal writes it.
package strict

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits for everything this package reads.
const (
	MaxBytes = 32 << 20 // a transcript with hundreds of embedded pictures fits
	MaxDepth = 100
)

// The ways a text can fail. Errors wrap exactly one of them.
var (
	ErrSyntax    = errors.New("not valid JSON")
	ErrTruncated = errors.New("JSON ends too early")
	ErrDuplicate = errors.New("a member name occurs twice")
	ErrEncoding  = errors.New("text is not valid UTF-8")
	ErrTooDeep   = errors.New("JSON is nested too deeply")
	ErrTooLarge  = errors.New("JSON is too large")
)

// Error says where a text failed. Line and Column count from 1; columns are bytes.
type Error struct {
	Err          error
	Line, Column int
	Name         string // the member name, for ErrDuplicate
}

func (e *Error) Error() string {
	if e.Name != "" {
		return fmt.Sprintf("%v: %q at line %d, column %d", e.Err, e.Name, e.Line, e.Column)
	}
	return fmt.Sprintf("%v at line %d, column %d", e.Err, e.Line, e.Column)
}

func (e *Error) Unwrap() error { return e.Err }

// Parse reads one JSON value of any type. Objects become map[string]any, arrays
// []any, numbers json.Number.
func Parse(b []byte) (any, error) {
	if len(b) > MaxBytes {
		return nil, &Error{Err: ErrTooLarge, Line: 1, Column: 1}
	}
	return ParseText(string(b))
}

// ParseText is Parse for a text that nobody changes any more: the strings it gives
// are parts of it, so each keeps all of it in memory.
func ParseText(text string) (any, error) {
	p := newParser(text)
	v, err := p.document()
	if err != nil {
		return nil, p.where(err)
	}
	return v, nil
}

// AppendElements reads one JSON array as ParseText does and appends its elements to
// out.
func AppendElements(out []any, text string) ([]any, error) {
	p := newParser(text)
	p.items = out
	if err := p.listed(); err != nil {
		return nil, p.where(err)
	}
	return p.items, nil
}

// Object reads one JSON object.
func Object(b []byte) (map[string]any, error) {
	v, err := Parse(b)
	if err != nil {
		return nil, err
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, &Error{Err: ErrSyntax, Line: 1, Column: 1}
	}
	return m, nil
}

// Elements reads a JSON array strictly and gives the bytes of each element as
// they stand in b.
func Elements(b []byte) ([][]byte, error) {
	v, err := Parse(b)
	if err != nil {
		return nil, err
	}
	if _, ok := v.([]any); !ok {
		return nil, &Error{Err: ErrSyntax, Line: 1, Column: 1}
	}
	var raws []json.RawMessage
	if err := json.Unmarshal(b, &raws); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSyntax, err)
	}
	out := make([][]byte, len(raws))
	for i, r := range raws {
		out[i] = r
	}
	return out, nil
}

type parser struct {
	text  string
	utf8  bool // all of it is valid UTF-8
	i     int
	depth int
	name  string // the doubled name, for the error
	items []any  // of the arrays that are being read, the innermost last
}

func newParser(text string) parser { return parser{text: text, utf8: utf8.ValidString(text)} }

func (p *parser) where(err error) error {
	e := &Error{Err: err, Line: 1, Column: 1, Name: p.name}
	before := p.text[:min(p.i, len(p.text))]
	e.Line += strings.Count(before, "\n")
	e.Column += len(before) - 1 - strings.LastIndexByte(before, '\n')
	return e
}

func (p *parser) document() (any, error) {
	if len(p.text) > MaxBytes {
		return nil, ErrTooLarge
	}
	var few [16]any // enough for the arrays of most documents
	p.items = few[:0]
	p.space()
	v, err := p.value()
	if err != nil {
		return nil, err
	}
	return v, p.end()
}

// listed reads a document that is an array, whose elements it leaves in items.
func (p *parser) listed() error {
	if len(p.text) > MaxBytes {
		return ErrTooLarge
	}
	if !p.peek('[') {
		return ErrSyntax
	}
	p.i, p.depth = p.i+1, 1
	if err := p.elements(); err != nil {
		return err
	}
	return p.end()
}

// end sees to it that nothing follows the document.
func (p *parser) end() error {
	if p.space(); p.i != len(p.text) {
		return ErrSyntax
	}
	return nil
}

func (p *parser) space() {
	for p.i < len(p.text) {
		switch p.text[p.i] {
		case ' ', '\t', '\n', '\r':
			p.i++
		default:
			return
		}
	}
}

func (p *parser) value() (any, error) {
	if p.i >= len(p.text) {
		return nil, ErrTruncated
	}
	switch c := p.text[p.i]; {
	case c == '{', c == '[':
		return p.nested(c)
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c == 't':
		return true, p.literal("true")
	case c == 'f':
		return false, p.literal("false")
	case c == 'n':
		return nil, p.literal("null")
	}
	return nil, ErrSyntax
}

// nested reads an object or an array, as its first byte says.
func (p *parser) nested(first byte) (v any, err error) {
	if p.depth++; p.depth > MaxDepth {
		return nil, ErrTooDeep
	}
	p.i++
	if first == '{' {
		v, err = p.object()
	} else {
		v, err = p.array()
	}
	p.depth--
	return v, err
}

func (p *parser) literal(word string) error {
	rest := p.text[p.i:]
	for j := range len(word) {
		if j >= len(rest) {
			return ErrTruncated
		}
		if rest[j] != word[j] {
			return ErrSyntax
		}
	}
	p.i += len(word)
	return nil
}

// next skips space and one of two expected bytes and says which it was.
func (p *parser) next(a, b byte) (byte, error) {
	p.space()
	if p.i >= len(p.text) {
		return 0, ErrTruncated
	}
	c := p.text[p.i]
	if c != a && c != b {
		return 0, ErrSyntax
	}
	p.i++
	return c, nil
}

func (p *parser) peek(c byte) bool {
	p.space()
	return p.i < len(p.text) && p.text[p.i] == c
}

func (p *parser) object() (any, error) {
	m := map[string]any{}
	if p.peek('}') {
		p.i++
		return m, nil
	}
	for {
		if err := p.member(m); err != nil {
			return nil, err
		}
		if c, err := p.next(',', '}'); err != nil || c == '}' {
			return m, err
		}
	}
}

// member reads one member into m.
func (p *parser) member(m map[string]any) error {
	if !p.peek('"') {
		if p.i >= len(p.text) {
			return ErrTruncated
		}
		return ErrSyntax
	}
	name, err := p.string()
	if err != nil {
		return err
	}
	at := p.i
	if _, err := p.next(':', ':'); err != nil {
		return err
	}
	p.space()
	v, err := p.value()
	if err != nil {
		return err
	}
	known := len(m)
	if m[name] = v; len(m) == known { // it was there
		p.i, p.name = at, name
		return ErrDuplicate
	}
	return nil
}

func (p *parser) array() (any, error) {
	first := len(p.items)
	if err := p.elements(); err != nil {
		return nil, err
	}
	out := make([]any, len(p.items)-first)
	copy(out, p.items[first:])
	p.items = p.items[:first]
	return out, nil
}

// elements reads what is left of an array and appends it to items.
func (p *parser) elements() error {
	if p.peek(']') {
		p.i++
		return nil
	}
	for {
		p.space()
		v, err := p.value()
		if err != nil {
			return err
		}
		p.items = append(p.items, v)
		if c, err := p.next(',', ']'); err != nil || c == ']' {
			return err
		}
	}
}

func (p *parser) digits() bool {
	start := p.i
	for p.i < len(p.text) && p.text[p.i] >= '0' && p.text[p.i] <= '9' {
		p.i++
	}
	return p.i > start
}

func (p *parser) skip(set string) bool {
	if p.i < len(p.text) {
		for j := range len(set) {
			if p.text[p.i] == set[j] {
				p.i++
				return true
			}
		}
	}
	return false
}

func (p *parser) number() (any, error) {
	start := p.i
	p.skip("-")
	if !p.skip("0") && !p.digits() {
		return nil, ErrSyntax
	}
	if p.skip(".") && !p.digits() {
		return nil, ErrSyntax
	}
	if p.skip("eE") {
		p.skip("+-")
		if !p.digits() {
			return nil, ErrSyntax
		}
	}
	return json.Number(p.text[start:p.i]), nil
}
