package pathway

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
)

// reader keeps the first fault, so that the reading code needs no error checks.
type reader struct {
	version int
	err     error
	steps   int
}

func (r *reader) refuse(code string, args ...string) {
	if r.err == nil {
		r.err = fault.New(code, args...)
	}
}

// object is a JSON object and where it stands.
type object struct {
	r  *reader
	m  map[string]any
	at string
}

func (o object) path(name string) string {
	return strings.TrimPrefix(o.at+"."+name, ".")
}

func index(i int) string { return "[" + strconv.Itoa(i) + "]" }

// only refuses members that aren't named; of several, the first in their order.
func (o object) only(names ...string) {
	var odd []string
	for name := range o.m {
		if !slices.Contains(names, name) && !strings.HasPrefix(name, "x-") {
			odd = append(odd, name)
		}
	}
	if len(odd) > 0 {
		o.r.refuse("pathway.member-unknown", "member", o.path(slices.Min(odd)))
	}
}

// text reads a text that may be left out, but not be empty.
func (o object) text(name string) string {
	v, ok := o.m[name]
	if !ok {
		return ""
	}
	s, ok := v.(string)
	if !ok || strings.TrimSpace(s) == "" {
		o.r.refuse("pathway.want-text", "member", o.path(name))
	}
	if utf8.RuneCountInString(s) > MaxText {
		o.r.refuse("pathway.too-long", "member", o.path(name), "limit", strconv.Itoa(MaxText))
	}
	return s
}

func (o object) need(name string) string {
	if _, ok := o.m[name]; !ok {
		o.r.refuse("pathway.member-missing", "member", o.path(name))
	}
	return o.text(name)
}

// web reads an address that a browser may be sent to.
func (o object) web(name string) string {
	s := o.text(name)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		o.r.refuse("pathway.want-web", "member", o.path(name))
	}
	return s
}

func (o object) flag(name string) bool {
	v, ok := o.m[name]
	if !ok {
		return false
	}
	if v != true {
		o.r.refuse("pathway.want-true", "member", o.path(name))
	}
	return true
}

func (o object) list(name string, needed bool) []any {
	v, ok := o.m[name]
	if !ok {
		if needed {
			o.r.refuse("pathway.member-missing", "member", o.path(name))
		}
		return nil
	}
	l, ok := v.([]any)
	if !ok || needed && len(l) == 0 {
		o.r.refuse("pathway.want-list", "member", o.path(name))
	}
	return l
}

func (o object) object(name string) (object, bool) {
	v, ok := o.m[name]
	if !ok {
		return object{}, false
	}
	return o.inside(o.path(name), v)
}

func (o object) element(name string, i int, v any) (object, bool) {
	return o.inside(o.path(name)+index(i), v)
}

func (o object) inside(at string, v any) (object, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		o.r.refuse("pathway.want-object", "member", at)
	}
	return object{r: o.r, m: m, at: at}, ok
}

func (o object) number(name string, v any) Credits {
	n, ok := v.(json.Number)
	c, good := ParseCredits(n.String())
	if !ok || !good || c == 0 {
		o.r.refuse("pathway.want-number", "member", o.path(name))
	}
	return c
}

func (o object) credits() (Credits, bool) {
	v, ok := o.m["credits"]
	switch {
	case !ok:
		return 0, false
	case v == "awarded":
		return 0, true
	}
	return o.number("credits", v), false
}

func whole(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(n.String())
	return i, err == nil
}
