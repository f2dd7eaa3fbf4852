package envelope

import (
	"bytes"
	"fmt"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/pdf"
)

var _ = register(envelope{name: "lines", claims: claimsLines, open: openLines})

// claimsLines tells a text in which compact tokens stand among other lines: one
// token a line, with names, comments and blank lines between them.
func claimsLines(b []byte) bool {
	if bytes.IndexByte(b, '\n') < 0 || bytes.IndexByte(b[:min(len(b), 512)], 0) >= 0 || b[0] == '<' {
		return false
	}
	for _, other := range []func([]byte) bool{claimsJSON, claimsData, claimsZIP, claimsGzip, claimsPNG, pdf.Is} {
		if other(b) {
			return false
		}
	}
	return len(tokens(b)) > 0
}

func openLines(l *load, b []byte) ([]*Opened, error) {
	g := gathered{err: errNone}
	for _, t := range tokens(b) {
		found, err := l.open(t)
		if stops(err) {
			return nil, err
		}
		g.add(found, err)
	}
	return g.result()
}

// tokens finds the compact tokens in a text. A token begins where a line begins
// with a whole header, and goes on over lines of its letters, as mail programs
// wrap it, up to a blank line, another line or the next header.
func tokens(b []byte) [][]byte {
	var out [][]byte
	var open []byte
	flush := func() {
		if claimsJWT(open) || claimsSDJWT(open) {
			out = append(out, open)
		}
		open = nil
	}
	for line := range bytes.Lines(b) {
		line = bytes.TrimSpace(line)
		switch {
		case !isTokenText(line):
			flush()
		case beginsToken(line) || open == nil && startsToken(line):
			flush()
			open = bytes.Clone(line)
		case len(line) == 0 && bytes.Count(open, []byte(".")) >= 2:
			flush()
		case open != nil:
			open = append(open, line...)
		}
	}
	flush()
	return out
}

// isTokenText: a line of dashes or dots is a rule between other lines.
func isTokenText(line []byte) bool {
	if len(line) > 0 && len(bytes.Trim(line, "-_.~")) == 0 {
		return false
	}
	for _, c := range line {
		if !isToken(c) && c != '~' {
			return false
		}
	}
	return true
}

// beginsToken says whether a line begins with a whole JOSE header and its dot.
func beginsToken(line []byte) bool {
	head, _, dot := bytes.Cut(line, []byte("."))
	if !dot || !startsToken(line) {
		return false
	}
	header, err := segment(head)
	return err == nil && header["alg"] != nil
}

// maxLines bounds the lines of a text that are looked into.
const maxLines = 50 * MaxInside

// ndjson opens a text with a JSON value on each line (NDJSON, JSON Lines). ok
// says whether the text is one: its first line must be a value of its own, and
// every other line begin one.
func (l *load) ndjson(b []byte) (found []*Opened, ok bool, err error) {
	var lines [][]byte
	for line := range bytes.Lines(b) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if !claimsJSON(line) && line[0] != '"' {
			return nil, false, nil
		}
		if len(lines) == 0 {
			if _, err := parse(line); err != nil {
				return nil, false, nil
			}
		}
		if lines = append(lines, line); len(lines) > maxLines {
			return nil, true, fault.New("input.too-many-parts", "limit", fmt.Sprint(maxLines))
		}
	}
	if len(lines) < 2 {
		return nil, false, nil
	}
	g := gathered{err: errNone}
	for _, line := range lines {
		found, err := l.line(line)
		if stops(err) {
			return nil, true, err
		}
		g.add(found, err)
	}
	found, err = g.result()
	return found, true, err
}

// line opens one value of an NDJSON text.
func (l *load) line(b []byte) ([]*Opened, error) {
	v, err := parse(b)
	if err != nil {
		return nil, jsonFault(err)
	}
	return l.value(v, b)
}
