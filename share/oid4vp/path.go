package oid4vp

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Path leads to claims (OpenID4VP 1.0, section 7): a text is the name of a member,
// a number the place of an element, and nil stands for all elements.
type Path []any

// Limits for paths.
const (
	maxPath  = 32   // steps
	maxFound = 1000 // claims one path leads to
)

// Found is a claim that a path leads to.
type Found struct {
	Pointer string // JSON pointer (RFC 6901)
	Value   any
}

// Select gives the claims of doc that the path leads to (section 7.1); none where
// it leads nowhere, or where a step does not fit what it is taken from.
func (p Path) Select(doc any) []Found {
	found := []Found{{"", doc}}
	for _, step := range p {
		var next []Found
		for _, f := range found {
			more, fits := f.step(step)
			if !fits || len(next)+len(more) > maxFound {
				return nil
			}
			next = append(next, more...)
		}
		found = next
	}
	return found
}

// step goes one step on. It does not fit where a member is asked of what is no
// object, or an element of what is no list.
func (f Found) step(step any) (out []Found, fits bool) {
	switch v := f.Value.(type) {
	case map[string]any:
		name, fits := step.(string)
		if inner, there := v[name]; fits && there {
			out = []Found{{f.Pointer + "/" + escaper.Replace(name), inner}}
		}
		return out, fits
	case []any:
		if step == nil {
			for i, inner := range v {
				out = append(out, Found{f.Pointer + "/" + strconv.Itoa(i), inner})
			}
			return out, true
		}
		i, fits := step.(int)
		if fits && i < len(v) {
			out = []Found{{f.Pointer + "/" + strconv.Itoa(i), v[i]}}
		}
		return out, fits
	}
	return nil, false
}

var escaper = strings.NewReplacer("~", "~0", "/", "~1")

// String writes the path as a person reads it: "address street_address".
func (p Path) String() string {
	var parts []string
	for _, step := range p {
		switch s := step.(type) {
		case string:
			parts = append(parts, s)
		case int:
			parts = append(parts, strconv.Itoa(s+1))
		}
	}
	return strings.Join(parts, " ")
}

// path reads a path.
func (r *reader) path(in map[string]any, at string) Path {
	list := r.list(in, at, "path", true)
	if len(list) > maxPath {
		r.bad(at + "path")
		return nil
	}
	var out Path
	for _, v := range list {
		if s, ok := v.(string); ok && len(s) <= maxText {
			out = append(out, s)
		} else if n, ok := whole(v); ok {
			out = append(out, n)
		} else if v == nil {
			out = append(out, nil)
		} else {
			r.bad(at + "path")
			return nil
		}
	}
	return out
}

// equal says whether a claim is one of the values asked for: of the same type, and
// the same to the letter (section 6.4.1). A number is compared as written.
func equal(claim any, values []any) bool {
	for _, want := range values {
		switch want := want.(type) {
		case string, bool:
			if claim == want {
				return true
			}
		case json.Number:
			if n, ok := claim.(json.Number); ok && n == want {
				return true
			}
		}
	}
	return false
}
