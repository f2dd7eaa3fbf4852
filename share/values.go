package share

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/assets"
)

// inline gives a value as one text, without what has a line of its own.
func inline(v any, path string, hidden map[string]bool) string {
	var parts []string
	walk(v, path, func(at string, v any) bool {
		if at != path && hidden[at] {
			return false
		}
		if text, leaf := scalar(v); leaf && text != "" {
			parts = append(parts, text)
		}
		return true
	})
	return strings.Join(parts, ", ")
}

// walk visits v and all inside it in the order of their paths, until visit says
// not to go further in.
func walk(v any, path string, visit func(path string, v any) bool) {
	if !visit(path, v) {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			walk(v[name], path+"/"+escape(name), visit)
		}
	case []any:
		for i, e := range v {
			walk(e, path+"/"+strconv.Itoa(i), visit)
		}
	}
}

// at follows a JSON pointer (RFC 6901, section 4).
func at(v any, path string) any {
	for part := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		switch in := v.(type) {
		case map[string]any:
			v = in[unescape(part)]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

func scalar(v any) (text string, leaf bool) {
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "data:image/") {
			return assets.English().Text("share.value.picture", nil), true
		}
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return day.Format("2 January 2006"), true
		}
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return assets.English().Text("share.value.yes", nil), true
		}
		return assets.English().Text("share.value.no", nil), true
	case nil:
		return assets.English().Text("share.value.nothing", nil), true
	}
	return "", false
}

// comparePaths orders pointers part by part, elements of lists by number.
func comparePaths(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "/"), strings.Split(b, "/"), func(a, b string) int {
		x, errX := strconv.Atoi(a)
		y, errY := strconv.Atoi(b)
		if errX == nil && errY == nil {
			return cmp.Compare(x, y)
		}
		return cmp.Compare(a, b)
	})
}

var (
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaper = strings.NewReplacer("~1", "/", "~0", "~")
)

func escape(name string) string   { return escaper.Replace(name) }
func unescape(part string) string { return unescaper.Replace(part) }
