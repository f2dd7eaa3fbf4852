package share

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/assets"
)

// label is what to call a claim: in words where we have them, else its own name
// made readable.
func label(name string) string {
	words := assets.English()
	if code := "claim." + strings.ToLower(strings.Map(letters, name)); words.Has(code) {
		return words.Text(code, nil)
	}
	var b strings.Builder
	for i, r := range assets.OneLine(name) {
		switch {
		case r == '_' || r == '-':
			b.WriteByte(' ')
		case r >= 'A' && r <= 'Z' && i > 0:
			b.WriteString(" " + strings.ToLower(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	s := strings.TrimSpace(b.String())
	if s == "" {
		return name
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func letters(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return r
	}
	return -1
}

// Names of claims about the person that a job rarely needs: parts of names, and
// names that are too short to be looked for inside others.
var (
	privateParts = []string{
		"address", "administrative", "ageequal", "agein", "ageover", "birth", "disabilit", "documentnumber", "email", "ethnic", "gender", "health", "iban",
		"income", "isover", "license", "locality", "marital", "mobile", "nationalid", "nationalit", "passport", "personalid", "phone", "photo", "picture",
		"portrait", "postal", "postcode", "religion", "socialsecurity", "street", "studentid", "studentnumber", "taxid",
	}
	privateNames = []string{"age", "dob", "sex", "ssn", "zip"}
)

// sensitive goes by the names on the way to a claim. A word too many costs a tick.
func sensitive(path string) bool {
	for part := range strings.SplitSeq(strings.ToLower(path), "/") {
		part = strings.Map(letters, part)
		if slices.Contains(privateNames, part) || slices.ContainsFunc(privateParts, func(word string) bool { return strings.Contains(part, word) }) {
			return true
		}
	}
	return false
}
