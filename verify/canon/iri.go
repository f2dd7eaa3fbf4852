package canon

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// invalid makes an ErrInvalid with the error code of the JSON-LD 1.1 API.
func invalid(code, detail string) error {
	if detail == "" {
		return fmt.Errorf("%w: %s", ErrInvalid, code)
	}
	return fmt.Errorf("%w: %s: %.80q", ErrInvalid, code, detail)
}

// keywordForm says whether s looks like a keyword: "@" and letters.
func keywordForm(s string) bool {
	if len(s) < 2 || s[0] != '@' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if !isAlpha(s[i]) {
			return false
		}
	}
	return true
}

func isAlpha(c byte) bool    { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isAlphaNum(c byte) bool { return isAlpha(c) || c >= '0' && c <= '9' }

// isBlank says whether s is a blank node identifier.
func isBlank(s string) bool { return strings.HasPrefix(s, "_:") }

// absoluteIRI says whether s has a scheme (RFC 3986, section 3.1).
func absoluteIRI(s string) bool {
	if s == "" || !isAlpha(s[0]) {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			return true
		case !isAlphaNum(c) && c != '+' && c != '-' && c != '.':
			return false
		}
	}
	return false
}

// writable says whether an absolute IRI can stand in a statement without being
// read as anything else. It is as tolerant as the libraries badges are signed
// with, so braces and the like pass, but never white space, controls or brackets.
func writable(s string) bool {
	if !absoluteIRI(s) {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ', c == '<', c == '>', c == 0x7F:
			return false
		case c >= utf8.RuneSelf:
			return strings.IndexFunc(s[i:], unwritable) < 0
		}
	}
	return true
}

func unwritable(r rune) bool {
	return r <= ' ' || r == '<' || r == '>' || r == 0x7F || unicode.IsSpace(r) || r == 0xFEFF
}

// languageTag follows the grammar that RDF 1.1 shares with BCP 47, section 2.1.
func languageTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 {
			return false
		}
		for j := range len(part) {
			if !isAlphaNum(part[j]) || i == 0 && !isAlpha(part[j]) {
				return false
			}
		}
	}
	return true
}

// resolve makes a reference absolute (RFC 3986, section 5.2). Without a base it
// stays as it is.
func resolve(base, ref string) string {
	if base == "" || absoluteIRI(ref) || isBlank(ref) {
		return ref
	}
	b, r := split(base), split(ref)
	if b.scheme == "" {
		return ref
	}
	switch {
	case r.hasAuthority:
		b.authority, b.hasAuthority, b.path = r.authority, true, dotless(r.path)
		b.query, b.hasQuery = r.query, r.hasQuery
	case r.path == "":
		if r.hasQuery {
			b.query, b.hasQuery = r.query, true
		}
	default:
		b.path, b.query, b.hasQuery = dotless(merge(b, r.path)), r.query, r.hasQuery
	}
	b.fragment, b.hasFragment = r.fragment, r.hasFragment
	return b.String()
}

// parts of an IRI reference (RFC 3986, appendix B).
type parts struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

func split(s string) (p parts) {
	s, p.fragment, p.hasFragment = strings.Cut(s, "#")
	s, p.query, p.hasQuery = strings.Cut(s, "?")
	if absoluteIRI(s) {
		p.scheme, s, _ = strings.Cut(s, ":")
	}
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		p.hasAuthority = true
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			i = len(rest)
		}
		p.authority, s = rest[:i], rest[i:]
	}
	p.path = s
	return p
}

func (p parts) String() string {
	s := p.scheme + ":"
	if p.hasAuthority {
		s += "//" + p.authority
	}
	s += p.path
	if p.hasQuery {
		s += "?" + p.query
	}
	if p.hasFragment {
		s += "#" + p.fragment
	}
	return s
}

func merge(base parts, path string) string {
	if strings.HasPrefix(path, "/") {
		return path
	}
	if base.hasAuthority && base.path == "" {
		return "/" + path
	}
	return base.path[:strings.LastIndexByte(base.path, '/')+1] + path
}

// dotless removes dot segments (RFC 3986, section 5.2.4).
func dotless(path string) string {
	segments := strings.Split(path, "/")
	var out []string
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".", "..":
			if s == ".." && len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, s)
		}
	}
	return strings.Join(out, "/")
}

// asArray gives v as a list: itself, or the one value.
func asArray(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func isNumber(v any, text string) bool {
	n, ok := v.(json.Number)
	return ok && n.String() == text
}
