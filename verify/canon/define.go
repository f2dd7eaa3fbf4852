package canon

import (
	"fmt"
	"slices"
	"strings"
)

// definer creates the term definitions of one context object.
type definer struct {
	x         *expansion
	a         *active
	local     map[string]any
	o         localContext
	protected bool
	defined   map[string]bool // false while being defined
}

// define is the create term definition algorithm (JSON-LD 1.1 API, section 4.2.2).
func (d *definer) define(name string) error {
	if done, begun := d.defined[name]; begun {
		if !done {
			return invalid("cyclic IRI mapping", name)
		}
		return nil
	}
	if name == "" {
		return invalid("invalid term definition", "the empty term")
	}
	d.defined[name] = false
	if err := d.reserved(name); err != nil {
		return err
	}
	previous := d.a.lookup(name)
	d.a.terms[name] = nil
	t, err := d.definition(name)
	if err != nil {
		return err
	}
	if t != nil {
		if len(t.iri) > maxName {
			return ErrTooLarge
		}
		t.judge()
	}
	if previous != nil && previous.protected && !d.o.override {
		if t == nil || !t.same(previous) {
			return invalid("protected term redefinition", name)
		}
		t = previous // which other documents may be reading: it is not touched
	}
	d.a.terms[name] = t
	d.defined[name] = true
	return nil
}

// reserved refuses to give keywords a new meaning.
func (d *definer) reserved(name string) error {
	if name != "@type" {
		if isKeyword(name) {
			return invalid("keyword redefinition", name)
		}
		return nil
	}
	m, ok := d.local[name].(map[string]any)
	if !ok || len(m) == 0 {
		return invalid("keyword redefinition", name)
	}
	for k, v := range m {
		if k != "@protected" && !(k == "@container" && v == "@set") {
			return invalid("keyword redefinition", name)
		}
	}
	return nil
}

// definition makes the definition of name; nil means that it has to be ignored.
func (d *definer) definition(name string) (*term, error) {
	if name != "@type" && keywordForm(name) {
		return nil, nil
	}
	t := &term{protected: d.protected, inline: d.o.inline}
	m, simple, err := termObject(d.local[name])
	if err != nil {
		return nil, invalid("invalid term definition", name)
	}
	if v, ok := m["@protected"]; ok {
		if t.protected, ok = v.(bool); !ok {
			return nil, invalid("invalid @protected value", name)
		}
	}
	if err := d.typeMapping(t, m); err != nil {
		return nil, err
	}
	if _, ok := m["@reverse"]; ok {
		return d.reverse(t, m)
	}
	if use, err := d.idMapping(t, name, m, simple); err != nil || !use {
		return nil, err
	}
	for _, set := range []func(*term, string, map[string]any) error{
		containerMapping, d.indexMapping, d.scopedContext, languageMapping, nestAndPrefix, onlyKnown,
	} {
		if err := set(t, name, m); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// termObject brings the three ways to write a definition to one.
func termObject(v any) (m map[string]any, simple bool, err error) {
	switch v := v.(type) {
	case nil:
		return map[string]any{"@id": nil}, false, nil
	case string:
		return map[string]any{"@id": v}, true, nil
	case map[string]any:
		return v, false, nil
	}
	return nil, false, ErrInvalid
}

// iri expands a value of the context that is being read, after defining what
// the value rests on.
func (d *definer) iri(value string) (string, bool, error) {
	if !isKeyword(value) && !keywordForm(value) {
		depends := []string{value}
		if i := strings.IndexByte(value, ':'); i > 0 && !strings.HasPrefix(value[i+1:], "//") {
			depends = append(depends, value[:i])
		}
		for _, name := range depends {
			if _, ok := d.local[name]; ok && !d.defined[name] && !contextMembers[name] {
				if err := d.define(name); err != nil {
					return "", false, err
				}
			}
		}
	}
	iri, ok := d.a.iri(value, false, true)
	return iri, ok, nil
}

func (d *definer) typeMapping(t *term, m map[string]any) error {
	v, ok := m["@type"]
	if !ok {
		return nil
	}
	s, ok := v.(string)
	if !ok {
		return invalid("invalid type mapping", "")
	}
	iri, ok, err := d.iri(s)
	if err != nil {
		return err
	}
	switch {
	case iri == "@id", iri == "@vocab", iri == "@json", iri == "@none":
	case !ok, !absoluteIRI(iri):
		return invalid("invalid type mapping", s)
	}
	t.typ = iri
	return nil
}

func (d *definer) reverse(t *term, m map[string]any) (*term, error) {
	s, isText := m["@reverse"].(string)
	_, hasID := m["@id"]
	_, hasNest := m["@nest"]
	switch {
	case hasID || hasNest:
		return nil, invalid("invalid reverse property", s)
	case !isText:
		return nil, invalid("invalid IRI mapping", "")
	case keywordForm(s) && !isKeyword(s):
		return nil, nil
	}
	iri, ok, err := d.iri(s)
	if err != nil {
		return nil, err
	}
	if !ok || !absoluteIRI(iri) && !isBlank(iri) {
		return nil, invalid("invalid IRI mapping", s)
	}
	switch c := m["@container"]; c {
	case nil:
	case "@set":
		t.container = inSet
	case "@index":
		t.container = inIndex
	default:
		return nil, invalid("invalid reverse property", s)
	}
	t.iri, t.reverse = iri, true
	if err := d.indexMapping(t, s, m); err != nil {
		return nil, err
	}
	return t, onlyKnown(t, s, m)
}

// idMapping finds the IRI of a term; use is false when it has to be ignored.
func (d *definer) idMapping(t *term, name string, m map[string]any, simple bool) (use bool, err error) {
	v, has := m["@id"]
	if has && v != name {
		if v == nil {
			t.null = true
			return true, nil
		}
		return d.explicitID(t, name, v, m, simple)
	}
	switch i := strings.IndexByte(name, ':'); {
	case i > 0:
		iri, ok, err := d.compactName(name, i)
		if err != nil {
			return false, err
		}
		if !ok {
			return false, invalid("invalid IRI mapping", name)
		}
		t.iri = iri
	case strings.Contains(name, "/"):
		iri, _ := d.a.iri(name, false, true)
		if !absoluteIRI(iri) {
			return false, invalid("invalid IRI mapping", name)
		}
		t.iri = iri
	case name == "@type":
		t.iri = "@type"
	case d.a.hasVocab:
		t.iri = d.a.vocab + name
	default:
		return false, invalid("invalid IRI mapping", name)
	}
	return true, nil
}

// compactName expands a term that is itself a compact or an absolute IRI.
func (d *definer) compactName(name string, colon int) (string, bool, error) {
	prefix := name[:colon]
	if _, ok := d.local[prefix]; ok {
		if err := d.define(prefix); err != nil {
			return "", false, err
		}
	}
	if p := d.a.lookup(prefix); p != nil {
		return p.iri + name[colon+1:], !p.null, nil
	}
	return name, absoluteIRI(name) || isBlank(name), nil
}

func (d *definer) explicitID(t *term, name string, v any, m map[string]any, simple bool) (bool, error) {
	s, ok := v.(string)
	if !ok {
		return false, invalid("invalid IRI mapping", name)
	}
	if keywordForm(s) && !isKeyword(s) {
		return false, nil
	}
	iri, ok, err := d.iri(s)
	if err != nil {
		return false, err
	}
	if iri == "@context" {
		return false, invalid("invalid keyword alias", name)
	}
	if !ok || !isKeyword(iri) && !absoluteIRI(iri) && !isBlank(iri) {
		return false, invalid("invalid IRI mapping", name)
	}
	t.iri = iri
	inner := name
	if len(name) > 2 {
		inner = name[1 : len(name)-1]
	}
	if len(name) > 2 && strings.Contains(inner, ":") || strings.Contains(name, "/") {
		d.defined[name] = true
		if again, _, err := d.iri(name); err != nil || again != iri {
			return false, invalid("invalid IRI mapping", name)
		}
	}
	if simple && !strings.ContainsAny(name, ":/") {
		t.prefix = isBlank(iri) || strings.ContainsAny(iri[len(iri)-1:], ":/?#[]@")
	}
	return true, nil
}

func (d *definer) indexMapping(t *term, name string, m map[string]any) error {
	v, ok := m["@index"]
	if !ok {
		return nil
	}
	s, isText := v.(string)
	if !isText || !t.container.has(inIndex) {
		return invalid("invalid term definition", name)
	}
	iri, ok, err := d.iri(s)
	if err != nil {
		return err
	}
	if !ok || isKeyword(iri) || !absoluteIRI(iri) {
		return invalid("invalid term definition", name)
	}
	t.index = s
	return nil
}

// scopedContext keeps the context of a term, once it is known to be usable. Those
// of shipped contexts are known to be: a test has processed them all.
func (d *definer) scopedContext(t *term, name string, m map[string]any) error {
	v, ok := m["@context"]
	if !ok {
		return nil
	}
	if !d.o.lax && !(d.x.trusted && !d.o.inline) {
		o := localContext{base: d.o.base, remote: slices.Clone(d.o.remote), override: true, lax: true, inline: d.o.inline}
		if _, err := d.x.process(d.a, v, o); err != nil {
			return fmt.Errorf("%w: invalid scoped context: %.80q: %w", ErrInvalid, name, err)
		}
	}
	t.scoped, t.hasScoped, t.base = v, true, d.o.base
	return nil
}
