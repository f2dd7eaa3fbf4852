package vocab

import (
	"strings"
	"unicode"
)

// label makes a readable label of a member's or a type's name: "alumniOf" becomes
// "Alumni of", "birth_date" "Birth date", "homeURL" "Home URL".
func label(name string) string {
	if i := strings.LastIndexAny(name, "#/:"); i >= 0 {
		name = name[i+1:]
	}
	parts := strings.FieldsFunc(spaced(name), func(c rune) bool { return unicode.IsSpace(c) || c == '_' || c == '-' || c == '.' })
	for i, p := range parts {
		switch {
		case i == 0:
			parts[i] = withFirst(p, unicode.ToUpper)
		case !isAcronym(p):
			parts[i] = withFirst(p, unicode.ToLower)
		}
	}
	return strings.Join(parts, " ")
}

// spaced puts a space where a new word begins in a name in camel case.
func spaced(name string) string {
	var out []rune
	rs := []rune(name)
	for i, c := range rs {
		if i > 0 && unicode.IsUpper(c) {
			afterSmall := !unicode.IsUpper(rs[i-1])
			beforeSmall := i+1 < len(rs) && unicode.IsLower(rs[i+1])
			if afterSmall || beforeSmall {
				out = append(out, ' ')
			}
		}
		out = append(out, c)
	}
	return string(out)
}

func isAcronym(s string) bool {
	rs := []rune(s)
	return len(rs) > 1 && unicode.IsUpper(rs[0]) && unicode.IsUpper(rs[1])
}

func withFirst(s string, change func(rune) rune) string {
	rs := []rune(s)
	rs[0] = change(rs[0])
	return string(rs)
}
