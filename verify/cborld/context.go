package cborld

import (
	"maps"
	"strings"

	"github.com/cairnwallet/cairn/verify/strict"
)

// definition is what a context says of one term, as far as unpacking needs it.
type definition struct {
	id, typ   string
	scoped    any // its own context; nil where it has none
	propagate bool
}

// active are the terms in force at some place of a document, and those that were
// before the last change, to which some terms fall back.
type active struct {
	terms    map[string]definition
	previous *active
	types    []string // the names that mean @type, once they are asked for
}

// apply puts contexts, one or a list of them, on top of those in force.
func (d *decoder) apply(a *active, contexts any, propagate bool) (*active, error) {
	terms := a.terms
	for _, c := range listOf(contexts) {
		context, err := d.load(c)
		if err != nil {
			return nil, err
		}
		if terms, err = d.extend(terms, context, propagate); err != nil {
			return nil, err
		}
	}
	return &active{terms: terms, previous: a}, nil
}

func listOf(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

// extend gives the terms of before with those of a context over them. A context
// that sets a term to null takes it away.
func (d *decoder) extend(before map[string]definition, context map[string]any, propagate bool) (map[string]definition, error) {
	if err := d.spend(len(before) + len(context)); err != nil {
		return nil, err
	}
	if p, ok := context["@propagate"].(bool); ok {
		propagate = p
	}
	out := maps.Clone(before)
	if out == nil {
		out = map[string]definition{}
	}
	for term, v := range context {
		if v == nil {
			delete(out, term)
		} else if !isKeyword(term) {
			def := define(v)
			def.id, def.typ, def.propagate = expand(def.id, context, before), expand(def.typ, context, before), propagate
			out[term] = def
		}
	}
	return out, nil
}

func define(v any) definition {
	m, ok := v.(map[string]any)
	if !ok {
		id, _ := v.(string)
		return definition{id: id}
	}
	var def definition
	def.id, _ = m["@id"].(string)
	def.typ, _ = m["@type"].(string)
	def.scoped = m["@context"]
	return def
}

// expand resolves a compact IRI by the prefixes at hand. Prefixes of prefixes are
// followed so far as sane contexts have them.
func expand(iri string, context map[string]any, before map[string]definition) string {
	for range 4 {
		prefix, suffix, ok := strings.Cut(iri, ":")
		if !ok {
			return iri
		}
		stem := define(context[prefix]).id
		if stem == "" {
			stem = before[prefix].id
		}
		if stem == "" {
			return iri
		}
		iri = stem + suffix
	}
	return iri
}

// load reads a context, by its address or as it stands, and numbers its terms.
func (d *decoder) load(c any) (map[string]any, error) {
	var err error
	context, inline := c.(map[string]any)
	if !inline {
		url, _ := c.(string)
		if context, err = d.fetched(url); err != nil {
			return nil, err
		}
	}
	if url, ok := context["@import"].(string); ok {
		base, err := d.fetched(url)
		if err != nil {
			return nil, err
		}
		d.names.add(base)
		merged := maps.Clone(base)
		maps.Copy(merged, context)
		context = merged
	}
	d.names.add(context)
	return context, nil
}

// fetched reads the context at an address once.
func (d *decoder) fetched(url string) (map[string]any, error) {
	if c, ok := d.loaded[url]; ok {
		return c, nil
	}
	raw, ok := d.contexts(url)
	if !ok {
		return nil, &ContextError{URL: url}
	}
	doc, err := strict.Object(raw)
	if err != nil {
		return nil, &ContextError{URL: url}
	}
	context, ok := doc["@context"].(map[string]any)
	if !ok {
		return nil, &ContextError{URL: url}
	}
	if d.loaded == nil {
		d.loaded = map[string]map[string]any{}
	}
	d.loaded[url] = context
	return context, nil
}

// within gives the terms in force inside the value of a term: contexts of types
// end there, and the term's own context begins (JSON-LD 1.1, section 4.1.8).
func (d *decoder) within(a *active, scoped any) (*active, error) {
	terms := map[string]definition{}
	if err := d.spend(len(a.terms)); err != nil {
		return nil, err
	}
	for term, def := range a.terms {
		for at := a; !def.propagate; {
			if at = at.previous; at == nil {
				break
			}
			var ok bool
			if def, ok = at.terms[term]; !ok {
				break
			}
		}
		if def.propagate {
			terms[term] = def
		}
	}
	return d.apply(&active{terms: terms, previous: a}, scoped, true)
}
