package canon

import (
	"reflect"
	"strings"
)

// term is a term definition (JSON-LD 1.1 API, section 4.2).
type term struct {
	iri       string
	null      bool // defined as nothing: members of that name are dropped
	prefix    bool
	protected bool
	reverse   bool
	typ       string
	container container
	index     string
	nest      string
	lang, dir *string // nil: the default holds; empty: none
	scoped    any     // the context in force below the term
	hasScoped bool
	base      string // what addresses in scoped are relative to
	inline    bool   // defined in the document itself

	implied  bool    // no definition: what a name means by itself
	keyword  keyword // that iri is
	lost     bool    // a member of that name says nothing
	writable bool    // iri can stand in a statement
	badType  bool    // typ names a datatype that can not
}

// judge works out what is asked of a finished definition again and again.
func (t *term) judge() {
	t.keyword, t.writable = keywordOf(t.iri), writable(t.iri)
	t.badType = t.typ != "" && t.typ[0] != '@' && !writable(t.typ)
	t.lost = t.null || t.keyword == 0 && !absoluteIRI(t.iri) && !isBlank(t.iri)
}

// same compares definitions for the rule that a protected term keeps its
// meaning (JSON-LD 1.1 API, section 4.2.2, step 27).
func (t *term) same(o *term) bool {
	x, y := *t, *o
	for _, z := range []*term{&x, &y} {
		z.protected, z.inline, z.base = false, false, ""
		z.judge()
	}
	return reflect.DeepEqual(x, y)
}

// container is a set of container mappings.
type container uint8

const (
	inGraph container = 1 << iota
	inID
	inIndex
	inLanguage
	inList
	inSet
	inType
)

var containerNames = map[string]container{
	"@graph": inGraph, "@id": inID, "@index": inIndex, "@language": inLanguage,
	"@list": inList, "@set": inSet, "@type": inType,
}

func (c container) has(o container) bool { return c&o != 0 }

func containerMapping(t *term, name string, m map[string]any) error {
	v, ok := m["@container"]
	if !ok {
		return nil
	}
	names := asArray(v)
	for _, n := range names {
		s, _ := n.(string)
		if containerNames[s] == 0 {
			return invalid("invalid container mapping", name)
		}
		t.container |= containerNames[s]
	}
	if !t.container.valid(len(names)) {
		return invalid("invalid container mapping", name)
	}
	if t.container.has(inType) {
		if t.typ == "" {
			t.typ = "@id"
		}
		if t.typ != "@id" && t.typ != "@vocab" {
			return invalid("invalid type mapping", name)
		}
	}
	return nil
}

// valid says whether n containers may stand together.
func (c container) valid(n int) bool {
	switch rest := c &^ inSet; {
	case n <= 1:
		return n == 1
	case c.has(inList):
		return false
	case rest&^inGraph == 0, rest == inID, rest == inIndex, rest == inType, rest == inLanguage:
		return true
	default:
		return rest == inGraph|inID || rest == inGraph|inIndex
	}
}

func languageMapping(t *term, name string, m map[string]any) error {
	if _, typed := m["@type"]; typed {
		return nil
	}
	if v, ok := m["@language"]; ok {
		s, isText := v.(string)
		if v != nil && !isText {
			return invalid("invalid language mapping", name)
		}
		s = strings.ToLower(s)
		t.lang = &s
	}
	if v, ok := m["@direction"]; ok {
		s, isText := v.(string)
		if v != nil && (!isText || s != "ltr" && s != "rtl") {
			return invalid("invalid base direction", name)
		}
		t.dir = &s
	}
	return nil
}

func nestAndPrefix(t *term, name string, m map[string]any) error {
	if v, ok := m["@nest"]; ok {
		s, isText := v.(string)
		if !isText || isKeyword(s) && s != "@nest" {
			return invalid("invalid @nest value", name)
		}
		t.nest = s
	}
	if v, ok := m["@prefix"]; ok {
		if strings.ContainsAny(name, ":/") {
			return invalid("invalid term definition", name)
		}
		if t.prefix, ok = v.(bool); !ok {
			return invalid("invalid @prefix value", name)
		}
		if t.prefix && isKeyword(t.iri) {
			return invalid("invalid term definition", name)
		}
	}
	return nil
}

func onlyKnown(t *term, name string, m map[string]any) error {
	for k := range m {
		switch k {
		case "@id", "@reverse", "@container", "@context", "@direction", "@index", "@language",
			"@nest", "@prefix", "@protected", "@type":
		default:
			return invalid("invalid term definition", name)
		}
	}
	return nil
}
