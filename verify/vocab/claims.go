package vocab

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// Limits for claims without a fixed shape: more than a person would read.
const (
	maxClaims     = 500
	maxClaimDepth = 12
)

var pointer = strings.NewReplacer("~", "~0", "/", "~1")

// claimsOf lists the claims of an object of unknown shape, nested ones by their
// path (RFC 6901), without the members named. The order is that of their names:
// JSON objects have none of their own.
func (t tongues) claimsOf(m vc.Doc, without ...string) []vc.Claim {
	l := &lister{tongues: t}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if len(l.out) >= maxClaims {
			break
		}
		if !slices.Contains(without, name) {
			l.add("/"+pointer.Replace(name), label(name), m[name], 0)
		}
	}
	return l.out
}

type lister struct {
	tongues
	out []vc.Claim
}

func (l *lister) add(path, name string, v any, depth int) {
	if len(l.out) >= maxClaims || depth > maxClaimDepth {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		if s := l.words(v); s != "" {
			l.out = append(l.out, vc.Claim{Path: path, Label: name, Value: s})
			return
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if k != "type" || len(v) == 1 {
				l.add(path+"/"+pointer.Replace(k), join(name, label(k)), v[k], depth+1)
			}
		}
	case []any:
		l.list(path, name, v, depth)
	default:
		if s := scalar(v); s != "" {
			l.out = append(l.out, vc.Claim{Path: path, Label: name, Value: readable(s)})
		}
	}
}

// readable is what a person can read of a value: not the bytes of a picture that
// stands there as a text (RFC 2397).
func readable(s string) string {
	if strings.HasPrefix(s, "data:image/") {
		return "(a picture)"
	}
	return s
}

// list writes a list of texts in one line and numbers everything else.
func (l *lister) list(path, name string, vs []any, depth int) {
	var texts []string
	for _, v := range vs {
		s := scalar(v)
		if s == "" {
			texts = nil
			break
		}
		texts = append(texts, s)
	}
	if texts != nil {
		l.out = append(l.out, vc.Claim{Path: path, Label: name, Value: strings.Join(texts, ", ")})
		return
	}
	for i, v := range vs {
		n := name
		if len(vs) > 1 {
			n += " " + strconv.Itoa(i+1)
		}
		l.add(path+"/"+strconv.Itoa(i), n, v, depth+1)
	}
}

func join(a, b string) string { return a + ": " + b }
