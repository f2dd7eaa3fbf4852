package xmltree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// space steps over white space and says whether there was any.
func (p *parser) space() bool {
	from := p.i
	for p.i < len(p.b) && isSpace(p.b[p.i]) {
		p.i++
	}
	return p.i > from
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// name steps over a name and gives it.
func (p *parser) name() string {
	from := p.i
	for p.i < len(p.b) {
		r, n := utf8.DecodeRuneInString(p.rest())
		if !isName(r) {
			break
		}
		p.i += n
	}
	return p.b[from:p.i]
}

// isName says whether a letter may stand in a name (XML 1.0 section 2.3); those
// beyond ASCII are taken as they come, but for the marks that are no letters.
func isName(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return true
	case r < utf8.RuneSelf:
		return strings.ContainsRune("_-.:", r)
	}
	return r != 0xD7 && r != 0xF7 && r != 0x37E && r >= 0xB7 && (r < 0x2000 || r > 0x206F || r == 0x200C || r == 0x200D || r == 0x203F || r == 0x2040) && r < 0xFFFE
}

// split takes a name apart: a prefix, where there is one, and a local name.
func split(name string) (prefix, local string, ok bool) {
	prefix, local, colon := strings.Cut(name, ":")
	if !colon {
		prefix, local = "", name
	}
	return prefix, local, startsName(local) && (!colon || startsName(prefix)) && !strings.Contains(local, ":")
}

func startsName(s string) bool {
	return s != "" && !strings.ContainsRune("0123456789-.\u00b7", rune(s[0])) && !strings.HasPrefix(s, "\u00b7")
}

func qualified(prefix, local string) string {
	if prefix == "" {
		return local
	}
	return prefix + ":" + local
}

// isText says whether all of s may stand in a document (XML 1.0 section 2.2).
func isText(s string) bool {
	for _, r := range s {
		if !isChar(r) {
			return false
		}
	}
	return true
}

func isChar(r rune) bool {
	return r >= 0x20 && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}

// entities are the five every document has (XML 1.0 section 4.6). There are no
// others without a document type declaration.
var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

// expand puts in what references stand for. In an attribute, white space that is
// written as such becomes a space (XML 1.0 section 3.3.3); what a reference stands
// for stays.
func expand(s string, attribute bool) (string, error) {
	if !isText(s) {
		return "", ErrSyntax
	}
	if attribute && strings.ContainsAny(s, "\t\n") {
		s = strings.NewReplacer("\t", " ", "\n", " ").Replace(s)
	}
	if !strings.Contains(s, "&") {
		return s, nil
	}
	var b strings.Builder
	for {
		text, rest, found := strings.Cut(s, "&")
		b.WriteString(text)
		if !found {
			return b.String(), nil
		}
		name, _, ended := strings.Cut(rest[:min(len(rest), 12)], ";")
		meant, ok := reference(name)
		if !ended || !ok {
			return "", ErrSyntax
		}
		b.WriteString(meant)
		s = rest[len(name)+1:]
	}
}

// reference gives what stands for &name;.
func reference(name string) (string, bool) {
	if meant, ok := entities[name]; ok {
		return meant, true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return "", false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		base, digits = 16, hex
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil || !utf8.ValidRune(rune(n)) || !isChar(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}
