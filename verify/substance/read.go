package substance

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/vc"
)

// reader looks members up in a document, and tells what they say in the languages
// the document was read in.
type reader struct {
	doc       map[string]any
	languages vc.Languages
}

// find follows a dotted path; in a list it takes the first element in which the
// rest can be found. at is the path it went.
func (r reader) find(path string) (v any, at string) {
	return follow(r.doc, strings.Split(path, "."), "")
}

func follow(v any, names []string, at string) (any, string) {
	switch v := v.(type) {
	case nil:
		return nil, ""
	case []any:
		if len(names) == 0 {
			return v, at
		}
		for i, e := range v {
			if found, where := follow(e, names, at+"["+strconv.Itoa(i)+"]"); found != nil {
				return found, where
			}
		}
		return nil, ""
	case map[string]any:
		if len(names) == 0 {
			return v, at
		}
		return follow(v[names[0]], names[1:], strings.TrimPrefix(at+"."+names[0], "."))
	}
	if len(names) > 0 {
		return nil, ""
	}
	return v, at
}

// telling are the members that say what an object is, best first.
var telling = []string{
	"prefLabel", "title", "name", "legalName", "fullName", "targetName", "achievedLevel", "narrative", "noteLiteral", "comment",
	"description", "dcType", "value", "status", "notation", "grade", "identity", "identityHash", "resultType", "point", "url", "id",
}

// Limits of what one line tells.
const (
	maxLine  = 160 // signs
	maxNamed = 3   // of a list
)

// line says what a member holds, in few words; empty when it holds nothing.
func (r reader) line(v any) string {
	switch v := v.(type) {
	case string:
		return shorten(v)
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	case []any:
		return r.several(v)
	case map[string]any:
		return r.object(v)
	}
	return ""
}

func (r reader) several(list []any) string {
	var out []string
	for i, v := range list {
		if len(out) == maxNamed {
			out = append(out, fmt.Sprintf("+%d", len(list)-i))
			break
		}
		if s := r.line(v); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

func (r reader) object(m map[string]any) string {
	if s := r.byLanguage(m); s != "" {
		return s
	}
	if p, of := r.line(m["point"]), r.line(m["framework"]); p != "" && of != "" { // ELM 3, CreditPoint
		return p + " " + of
	}
	for _, name := range telling {
		if s := r.line(m[name]); s != "" {
			return s
		}
	}
	if len(m) > 0 && (m["jwk"] != nil || m["kid"] != nil) { // a key, which has no name
		return "key"
	}
	return ""
}

// byLanguage reads a text in several languages. It is
// empty for objects that are no such thing.
func (r reader) byLanguage(m map[string]any) string {
	if s, ok := m["@value"].(string); ok {
		return shorten(s)
	}
	tags := slices.Sorted(maps.Keys(m))
	for _, tag := range tags {
		if !language.MatchString(tag) || tag == "id" || tag == "url" {
			return ""
		}
	}
	if len(tags) == 0 {
		return ""
	}
	return r.line(m[tags[r.languages.Of(tags)]])
}

// language tells a tag of the usual kinds: "de", "pt-BR", "zh-Hant".
var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func shorten(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "data:") { // a picture says nothing in words
		return ""
	}
	r := []rune(s)
	if len(r) > maxLine {
		return string(r[:maxLine-1]) + "…"
	}
	return s
}

// day shortens a date to its day, as YYYY-MM-DD; what is no date stays as it is.
func day(v any, says string) string {
	if n, ok := v.(json.Number); ok { // RFC 7519, section 2: seconds since 1970
		if sec, err := n.Int64(); err == nil && sec > 0 && sec < 1<<40 {
			return time.Unix(sec, 0).UTC().Format(time.DateOnly)
		}
	}
	if t, err := time.Parse(time.RFC3339, says); err == nil {
		return t.Format(time.DateOnly)
	}
	return says
}

func objects(v any) []map[string]any {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []map[string]any
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}
