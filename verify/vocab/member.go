package vocab

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Members are read tolerantly: one or a list, an object or only its id. What a
// reader can't use it leaves empty; whether that is a flaw, shape.go says.

func text(v any) string { s, _ := v.(string); return s }

// scalar writes a text, number or truth value as it stands.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	case bool:
		return fmt.Sprint(v)
	}
	return ""
}

// first gives the first object of a member that is one or a list.
func first(v any) vc.Doc {
	if all := envelope.Objects(v); len(all) > 0 {
		return all[0]
	}
	return nil
}

// words reads a text that may be given in several languages: plain, a language
// value object or a list of these (VCDM 2.0 section 11.1), or a map from language
// to text as older data have. Of several, the one that the person reads best is taken.
func (t tongues) words(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	case []any:
		return t.wordsOf(v)
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return s
		}
		return t.wordsByLanguage(v)
	}
	return ""
}

func (t tongues) wordsOf(list []any) string {
	var tags, texts []string
	for _, e := range list {
		if s := t.words(e); s != "" {
			m, _ := e.(map[string]any)
			tags, texts = append(tags, text(m["@language"])), append(texts, s)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return texts[vc.Languages(t).Of(tags)]
}

func (t tongues) wordsByLanguage(m vc.Doc) string {
	var langs []string
	for lang, v := range m {
		if _, ok := v.(string); ok && isLanguage(lang) {
			langs = append(langs, lang)
		}
	}
	if len(langs) == 0 || len(langs) != len(m) {
		return ""
	}
	slices.Sort(langs)
	return text(m[langs[vc.Languages(t).Of(langs)]])
}

// isLanguage tells a language tag of the usual kinds: "de", "pt-BR", "zh-Hant".
func isLanguage(s string) bool {
	head, tail, _ := strings.Cut(s, "-")
	return (len(head) == 2 || len(head) == 3) && strings.ToLower(head) == head && len(tail) <= 8
}

// id gives the id of a member that is an id or an object with one.
func id(v any) string {
	if m, ok := v.(map[string]any); ok {
		return text(m["id"])
	}
	return text(v)
}

// image reads a picture: an address, or an object (Open Badges 3.0 section B.1.13).
func (t tongues) image(v any) vc.Image {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	if m, ok := v.(map[string]any); ok {
		return vc.Image{URL: text(m["id"]), Caption: t.words(m["caption"])}
	}
	return vc.Image{URL: text(v)}
}

// hasType says whether a document names a type, as one text or in a list.
func hasType(m vc.Doc, names ...string) bool {
	return slices.ContainsFunc(envelope.Strings(m["type"]), func(t string) bool { return slices.Contains(names, t) })
}
