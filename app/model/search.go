package model

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// plainLetters are letters that don't come apart in Unicode, and that people type
// without their strokes.
var plainLetters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ı", "i", "æ", "ae", "œ", "oe")

// plain makes texts comparable: case folded (Unicode 3.13), without accents.
func plain(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	s = norm.NFKD.String(cases.Fold().String(s))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
	return plainLetters.Replace(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// query is what is searched for: every word has to be found.
type query []string

func newQuery(text string) query { return strings.Fields(plain(text)) }

// fits looks in a text that is plain already.
func (q query) fits(key string) bool {
	for _, word := range q {
		if !strings.Contains(key, word) {
			return false
		}
	}
	return true
}
