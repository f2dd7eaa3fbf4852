package assets

import (
	"strings"
	"unicode"
)

// Plain takes out of a text what would steer a terminal or turn the order of
// letters about: control characters other than line breaks and tabs, and the
// overrides, embeddings and isolates of bidirectional text. What strangers write
// is shown with it gone, so that it can't change what stands around it.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || turns(r) {
			return -1
		}
		return r
	}, s)
}

// OneLine is Plain for what stands within a line of ours: line breaks become
// spaces, so that nobody's name can pass for our next line.
func OneLine(s string) string {
	return Plain(strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return ' '
		}
		return r
	}, s))
}

// turns says whether r changes the direction of what follows.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }
