package vocab

import (
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// notes reads a text of the European Learning Model: plain, by language (each one
// text or several), a Note with one, a Concept with a label, or a list of these.
func (t tongues) notes(v any) string { return strings.Join(t.all(v, 0), "; ") }

func (t tongues) all(v any, depth int) []string {
	const deep = 4 // a list of notes, each with a list of texts by language
	if depth > deep {
		return nil
	}
	switch v := v.(type) {
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, t.all(e, depth+1)...)
		}
		return out
	case map[string]any:
		for _, name := range []string{"noteLiteral", "prefLabel", "title", "legalName"} {
			if inner, ok := v[name]; ok {
				return t.all(inner, depth+1)
			}
		}
		return t.all(t.pick(v), depth+1)
	}
	if s := strings.TrimSpace(scalar(v)); s != "" {
		return []string{s}
	}
	return nil
}

// pick takes the best language of a map from language to text.
func (t tongues) pick(m map[string]any) any {
	names := slices.Sorted(maps.Keys(m))
	other := slices.ContainsFunc(names, func(n string) bool { return !isLanguage(strings.TrimSpace(n)) })
	if len(names) == 0 || other || names[0] == "id" && len(names) == 1 { // a thing without a label
		return nil
	}
	return m[names[vc.Languages(t).Of(names)]]
}

// spoken lists every language's version of a text, each once.
func spoken(v any) []string {
	m, ok := v.(map[string]any)
	if !ok {
		return tongues{}.all(v, 0)
	}
	var out []string
	for _, n := range slices.Sorted(maps.Keys(m)) {
		out = append(out, tongues{}.all(m[n], 0)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
