package oid4vp

import (
	"encoding/json"
	"strconv"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Limits for what a request may hold.
const (
	maxRequest = 512 << 10 // of a request, in bytes
	maxText    = 4096      // of one text in it
	maxList    = 100       // of one list in it
)

// reader takes members out of what a stranger wrote. It remembers the first that is
// not as it should be, and gives nothing from there on.
type reader struct{ err error }

// bad notes that the member at a place is missing or not as it should be.
func (r *reader) bad(at string) {
	if r.err == nil {
		r.err = fault.New("request.member", "member", at)
	}
}

// text gives a text; "" where there is none and none has to be there.
func (r *reader) text(in map[string]any, at, name string, needed bool) string {
	v, there := in[name]
	if !there && !needed {
		return ""
	}
	s, ok := v.(string)
	if !ok || s == "" || len(s) > maxText {
		r.bad(at + name)
		return ""
	}
	return s
}

// truth gives a truth value, or what is meant where none is stated.
func (r *reader) truth(in map[string]any, at, name string, unless bool) bool {
	v, there := in[name]
	if !there {
		return unless
	}
	b, ok := v.(bool)
	if !ok {
		r.bad(at + name)
	}
	return b
}

// list gives the elements of a list, which has some where it is there at all.
func (r *reader) list(in map[string]any, at, name string, needed bool) []any {
	v, there := in[name]
	if !there && !needed {
		return nil
	}
	list, ok := v.([]any)
	if !ok || len(list) == 0 || len(list) > maxList {
		r.bad(at + name)
		return nil
	}
	return list
}

// texts gives the elements of a list of texts.
func (r *reader) texts(in map[string]any, at, name string, needed bool) []string {
	return r.strings(r.list(in, at, name, needed), at+name)
}

// strings takes the elements of a list as texts.
func (r *reader) strings(list []any, at string) []string {
	var out []string
	for i, v := range list {
		s, ok := v.(string)
		if !ok || s == "" || len(s) > maxText {
			r.bad(at + "/" + strconv.Itoa(i))
			return nil
		}
		out = append(out, s)
	}
	return out
}

// lists gives the elements of a list of lists of texts.
func (r *reader) lists(in map[string]any, at, name string, needed bool) [][]string {
	var out [][]string
	for i, v := range r.list(in, at, name, needed) {
		inner := at + name + "/" + strconv.Itoa(i)
		list, ok := v.([]any)
		if !ok || len(list) == 0 || len(list) > maxList {
			r.bad(inner)
			return nil
		}
		out = append(out, r.strings(list, inner))
	}
	return out
}

// object gives an object; nil where there is none and none has to be there.
func (r *reader) object(in map[string]any, at, name string, needed bool) map[string]any {
	v, there := in[name]
	if !there && !needed {
		return nil
	}
	m, ok := v.(map[string]any)
	if !ok {
		r.bad(at + name)
	}
	return m
}

// objects visits the elements of a list of objects.
func (r *reader) objects(in map[string]any, at, name string, needed bool, visit func(at string, m map[string]any)) {
	for i, v := range r.list(in, at, name, needed) {
		inner := at + name + "/" + strconv.Itoa(i)
		m, ok := v.(map[string]any)
		if !ok {
			r.bad(inner)
			return
		}
		visit(inner+"/", m)
	}
}

// parse reads a JSON object; name is what to call it where it is none.
func parse(raw []byte, name string) (map[string]any, error) {
	if len(raw) > maxRequest {
		return nil, fault.New("request.member", "member", name)
	}
	m, err := strict.Object(raw)
	if err != nil {
		return nil, fault.Wrap(err, "request.member", "member", name)
	}
	return m, nil
}

// whole reads a number without a fraction that is not negative.
func whole(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(n.String())
	return i, err == nil && i >= 0
}
