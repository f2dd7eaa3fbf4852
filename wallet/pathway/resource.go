package pathway

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// resource is what a CTDL file says of one thing, wherever in the file it says it.
type resource struct {
	id     string
	types  []string
	props  map[string][]value
	stands int // how often it is described
}

// value is a text, or the id of another resource.
type value struct {
	text, language string
}

// resources are the things a CTDL file describes, by id. CTDL is JSON-LD, but what is
// called CTDL in the wild comes with contexts that don't say what they should, or
// without: names are taken as they are written, with the prefixes people use.
type resources struct {
	byID  map[string]*resource
	order []string
	blank int
	full  string // the first member that says too much, or what there is too much of
}

// maxThings bounds what a file may describe, and the values of one member.
const maxThings = 20_000

// gather reads CTDL in any of its shapes: one thing, a list, a graph, expanded
// (JSON-LD 1.1, section 5.1) or compact.
func gather(v any) *resources {
	r := &resources{byID: map[string]*resource{}}
	if m, ok := v.(map[string]any); ok && m["@graph"] != nil {
		v = m["@graph"]
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			r.thing(m)
		}
	}
	return r
}

// ownNames are what CTDL's own names begin with, and the few of SKOS and ASN that
// pathways use.
var ownNames = []string{
	"ceterms:", "ceasn:", "asn:", "skos:", "_:", ":",
	"https://purl.org/ctdl/terms/", "http://purl.org/ctdl/terms/",
	"https://purl.org/ctdlasn/terms/", "http://purl.org/ctdlasn/terms/",
	"http://www.w3.org/2004/02/skos/core#",
}

// term gives a name without its prefix, or nothing for a name that is not CTDL's.
func term(name string) string {
	for _, p := range ownNames {
		if rest, ok := strings.CutPrefix(name, p); ok {
			return rest
		}
	}
	if strings.ContainsAny(name, ":/@") {
		return ""
	}
	return name
}

// local is what stands after the last slash, hash or colon.
func local(name string) string { return name[strings.LastIndexAny(name, "/#:")+1:] }

// thing reads one object, and the objects in it, and gives its id.
func (r *resources) thing(m map[string]any) string {
	id := idOf(m)
	if id == "" {
		r.blank++
		id = "_:cairn-" + strconv.Itoa(r.blank)
	}
	at := r.byID[id]
	if at == nil {
		at = &resource{id: id, props: map[string][]value{}}
		r.byID[id] = at
		r.order = append(r.order, id)
	}
	if len(r.order) > maxThings {
		r.full = "@graph"
		return id
	}
	at.stands++
	for _, t := range append(texts(m["@type"]), texts(m["type"])...) {
		if t = term(t); t != "" && !slices.Contains(at.types, t) {
			at.types = append(at.types, t)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if t := term(name); t != "" && name != "id" && name != "type" {
			r.values(at, t, "", m[name])
		}
	}
	return id
}

func idOf(m map[string]any) string {
	id, _ := m["@id"].(string)
	if id == "" {
		id, _ = m["id"].(string)
	}
	return id
}

func texts(v any) []string {
	if s, ok := v.(string); ok {
		return []string{s}
	}
	list, _ := v.([]any)
	var out []string
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// values adds what a member says, each value once.
func (r *resources) values(at *resource, name, language string, v any) {
	switch v := v.(type) {
	case string:
		r.put(at, name, value{v, language})
	case json.Number:
		r.put(at, name, value{v.String(), language})
	case bool:
		r.put(at, name, value{strconv.FormatBool(v), language})
	case []any:
		for _, e := range v {
			r.values(at, name, language, e)
		}
	case map[string]any:
		r.inside(at, name, v)
	}
}

// inside adds what an object says: a value object, a language map (JSON-LD 1.1,
// section 4.6.2) or another thing.
func (r *resources) inside(at *resource, name string, m map[string]any) {
	if v, ok := m["@value"]; ok {
		language, _ := m["@language"].(string)
		r.values(at, name, language, v)
		return
	}
	for _, container := range []string{"@list", "@set"} {
		if v, ok := m[container]; ok {
			r.values(at, name, "", v)
			return
		}
	}
	if id := idOf(m); id != "" && len(m) == 1 {
		r.put(at, name, value{id, ""})
		return
	}
	if isLanguageMap(m) {
		for _, language := range slices.Sorted(maps.Keys(m)) {
			r.values(at, name, strings.TrimPrefix(language, "@"), m[language])
		}
		return
	}
	r.put(at, name, value{r.thing(m), ""})
}

// isLanguageMap says whether all names are short as those of languages are, and all
// that they hold are texts.
func isLanguageMap(m map[string]any) bool {
	for name, v := range m {
		tag := strings.TrimPrefix(name, "@")
		main, _, _ := strings.Cut(tag, "-")
		if len(main) < 2 || len(main) > 3 || tag == "id" {
			return false
		}
		if _, ok := v.(string); !ok && texts(v) == nil {
			return false
		}
	}
	return len(m) > 0
}

// put adds a value that is not there yet.
func (r *resources) put(at *resource, name string, v value) {
	switch list := at.props[name]; {
	case slices.Contains(list, v):
	case len(list) == MaxSteps:
		r.full = name
	default:
		at.props[name] = append(list, v)
	}
}

// naming lists, by id, the things whose members name it.
func (r *resources) naming(members ...string) map[string][]string {
	out := map[string][]string{}
	for _, id := range r.order {
		for _, of := range r.byID[id].all(members...) {
			out[of] = append(out[of], id)
		}
	}
	return out
}

// all gives the values of the first of names that has any.
func (at *resource) all(names ...string) []string {
	for _, n := range names {
		if list := at.props[n]; len(list) > 0 {
			out := make([]string, len(list))
			for i, v := range list {
				out[i] = v.text
			}
			return out
		}
	}
	return nil
}

// text gives one value: in English or in no language, where there is one.
func (at *resource) text(names ...string) string {
	for _, n := range names {
		list := slices.Clone(at.props[n])
		slices.SortStableFunc(list, func(a, b value) int { return cmp.Compare(foreign(a), foreign(b)) })
		for _, v := range list {
			if s := strings.TrimSpace(v.text); s != "" {
				return s
			}
		}
	}
	return ""
}

func foreign(v value) int {
	if v.language == "" || strings.HasPrefix(v.language, "en") {
		return 0
	}
	return 1
}

// is says whether it is of one of the types.
func (at *resource) is(types ...string) bool {
	return slices.ContainsFunc(at.types, func(t string) bool { return slices.Contains(types, t) })
}
