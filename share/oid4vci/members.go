package oid4vci

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Limits for what strangers send.
const (
	maxDocument = 4 << 20 // bytes of metadata or of an answer; badges carry pictures
	maxList     = 1000    // members of a list or of a map
	maxText     = 4096    // bytes of a text that is no badge
	maxName     = 100     // letters of a name that is shown
)

// What can be malformed: fault codes, each with the member that is.
const (
	badOffer  = "offer.bad-offer"
	badIssuer = "offer.bad-issuer"
	badServer = "offer.bad-server"
	badAnswer = "offer.bad-answer"
)

// members reads the members of a JSON object. The first that is missing or of the
// wrong kind becomes the fault; what is read after it is empty.
type members struct {
	code string // of the fault
	path string // where the object stands
	m    map[string]any
	err  *error
}

// open reads a text that must be one JSON object.
func open(code string, raw []byte) (members, error) {
	if len(raw) > maxDocument {
		return members{}, fault.New(code, "member", "size")
	}
	m, err := strict.Object(raw)
	if err != nil {
		return members{}, fault.Wrap(err, code, "member", "JSON")
	}
	return members{code: code, m: m, err: new(error)}, nil
}

func (m members) fail(name string) {
	if *m.err == nil {
		*m.err = fault.New(m.code, "member", m.path+cut(name))
	}
}

// fault is the first thing that was wrong, or nil.
func (m members) fault() error { return *m.err }

func (m members) has(name string) bool { return m.m[name] != nil }

// text reads a text that may be missing.
func (m members) text(name string) string {
	v, ok := m.m[name]
	s, text := v.(string)
	if ok && (!text || len(s) > maxText) {
		m.fail(name)
		return ""
	}
	return s
}

// need reads a text that must be there.
func (m members) need(name string) string {
	s := m.text(name)
	if s == "" {
		m.fail(name)
	}
	return s
}

// address reads an https address that may be missing.
func (m members) address(name string) string {
	s := m.text(name)
	if m.has(name) && !isAddress(s) {
		m.fail(name)
		return ""
	}
	return s
}

// identifier reads the https address of a party: without query or fragment
// (OpenID4VCI 1.0, section 12.2.1; RFC 8414, section 2).
func (m members) identifier(name string) string {
	s := m.text(name)
	if !isAddress(s) || strings.ContainsAny(s, "?#") {
		m.fail(name)
		return ""
	}
	return s
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && u.Opaque == ""
}

// texts reads a list of texts that may be missing; there must be some if it isn't.
func (m members) texts(name string) []string {
	if !m.has(name) {
		return nil
	}
	list, _ := m.m[name].([]any)
	if len(list) == 0 || len(list) > maxList {
		m.fail(name)
		return nil
	}
	out := make([]string, 0, len(list))
	for _, v := range list {
		s, ok := v.(string)
		if !ok || s == "" || len(s) > maxText {
			m.fail(name)
			return nil
		}
		out = append(out, s)
	}
	return out
}

// object reads an object that may be missing; ok says that it is there.
func (m members) object(name string) (o members, ok bool) {
	if !m.has(name) {
		return members{}, false
	}
	v, ok := m.m[name].(map[string]any)
	if !ok || len(v) > maxList {
		m.fail(name)
		return members{}, false
	}
	return members{m.code, m.path + cut(name) + ".", v, m.err}, true
}

// objects reads a list of objects that may be missing.
func (m members) objects(name string) []members {
	if !m.has(name) {
		return nil
	}
	list, ok := m.m[name].([]any)
	if !ok || len(list) > maxList {
		m.fail(name)
		return nil
	}
	var out []members
	for _, v := range list {
		o, ok := v.(map[string]any)
		if !ok {
			m.fail(name)
			return nil
		}
		out = append(out, members{m.code, m.path + name + ".", o, m.err})
	}
	return out
}

// flag reads a yes or no that may be missing.
func (m members) flag(name string) bool {
	b, ok := m.m[name].(bool)
	if m.has(name) && !ok {
		m.fail(name)
	}
	return b
}

// positive reads a number above zero that may be missing.
func (m members) positive(name string) int {
	if !m.has(name) {
		return 0
	}
	n, _ := m.m[name].(json.Number)
	i, err := strconv.Atoi(n.String())
	if err != nil || i <= 0 {
		m.fail(name)
		return 0
	}
	return i
}

// cut shortens what strangers named, to what can be shown.
func cut(name string) string {
	if utf8.RuneCountInString(name) <= maxName {
		return name
	}
	return string([]rune(name)[:maxName-1]) + "…"
}
