package vocab

import (
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// firstSaid gives the first of several members that is there.
func firstSaid(m vc.Doc, names ...string) any {
	for _, name := range names {
		if v, ok := m[name]; ok {
			return v
		}
	}
	return nil
}

func firstText(vs ...any) string {
	for _, v := range vs {
		if s := plainText(v); s != "" {
			return s
		}
	}
	return ""
}

// plainText gives the text of an element, the first where there are several.
func plainText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return plainText(v[0])
		}
	case map[string]any:
		return text(v["#text"])
	}
	return ""
}

// texts rewrites a text that may come in several languages: as a map from language
// to text, or plain where no language is named.
func texts(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return plainText(v)
	}
	out := vc.Doc{}
	for _, t := range append(listed(m["text"]), m) {
		said := plainText(t)
		lang := strings.ToLower(strings.ReplaceAll(text(first(t)["@lang"]), "_", "-"))
		if said == "" {
			continue
		}
		if lang == "" {
			lang = "en" // what has none is most often written in it
		}
		if _, twice := out[lang]; !twice {
			out[lang] = said
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// concept rewrites an entry of a code list: its address and its names; nil where
// there is none.
func concept(v any) vc.Doc {
	m := first(v)
	if m == nil {
		if s := plainText(v); s != "" {
			return vc.Doc{"prefLabel": s}
		}
		return nil
	}
	out := vc.Doc{}
	put(out, "id", text(m["@uri"]))
	put(out, "prefLabel", texts(m["targetName"]))
	if out["prefLabel"] == nil {
		put(out, "prefLabel", texts(m))
	}
	return out
}

func concepts(v any) []any {
	var out []any
	for _, e := range listed(v) {
		if c := concept(e); len(c) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// numbers rewrites the numbers by which somebody stands in registers.
func numbers(v any) []any {
	var out []any
	for _, e := range listed(v) {
		n := plainText(e)
		if n == "" {
			continue
		}
		m := first(e)
		number := vc.Doc{"notation": n}
		put(number, "schemeName", firstText(m["@schemeID"], m["@identifierSchemeId"]))
		if country := firstText(m["@spatialID"], m["@spatialId"]); country != "" {
			number["spatial"] = vc.Doc{"id": country}
		}
		out = append(out, number)
	}
	return out
}

// address gives an address, which stands in an attribute, or in the pilots as text.
func address(v any) string {
	for _, m := range envelope.Objects(v) {
		if s := firstText(m["@uri"], m["@id"]); s != "" {
			return s
		}
	}
	return plainText(v)
}
