package vocab

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	if strings.IndexFunc(name, unicode.IsUpper) < 0 {
		return name
	}
	out := make([]byte, 0, 2*len(name))
	var before rune
	for i, c := range name {
		if i > 0 && unicode.IsUpper(c) {
			after, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(c):])
			if !unicode.IsUpper(before) || unicode.IsLower(after) {
				out = append(out, ' ')
			}
		}
		out, before = utf8.AppendRune(out, c), c
	}
	return string(out)
}

func isAcronym(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsUpper(first) && unicode.IsUpper(second)
}

func withFirst(s string, change func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(s)
	if changed := change(first); changed != first {
		return string(changed) + s[size:]
	}
	return s
}
