package canon

import (
	"strings"
	"sync"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/strict"
)

// scopeKey names a context by what it was made of.
type scopeKey struct {
	from *active
	term *term
	urls string
	once bool
}

// kept holds contexts that are made of shipped ones, so that each is compiled
// once. It starts anew when strange combinations have filled it.
var kept = struct {
	sync.Mutex
	contexts map[scopeKey]*active
}{contexts: map[scopeKey]*active{}}

const maxKept = 1024

var parsed sync.Map // url → the value of "@context" of a shipped context

// shipped gives the "@context" of a context that is part of the program.
func shipped(url string) (any, error) {
	if v, ok := parsed.Load(url); ok {
		return v, nil
	}
	b, ok := assets.Context(url)
	if !ok {
		return nil, &ContextError{URL: url}
	}
	doc, err := strict.Object(b)
	if err != nil {
		return nil, err
	}
	parsed.Store(url, doc["@context"])
	return doc["@context"], nil
}

var blank = &active{shared: true}

// initial gives the context that a document starts in.
func (x *expansion) initial() (*active, error) {
	if x.trusted && x.base == "" {
		return blank, nil
	}
	return &active{base: x.base}, nil
}

// local applies the @context of an object of the document.
func (x *expansion) local(a *active, v any) (*active, error) {
	key := scopeKey{from: a}
	shared := a.shared && x.trusted
	for _, one := range asArray(v) {
		url, ok := one.(string)
		if !ok {
			return x.process(a, v, localContext{base: x.base, inline: true})
		}
		key.urls += url + "\n"
	}
	return x.keep(key, shared, func() (*active, error) {
		return x.process(a, v, localContext{base: x.base, inline: true})
	})
}

// scoped applies the context of a property to its value.
func (x *expansion) scoped(a *active, name string) (*active, error) {
	return x.scopedFrom(a, a, name)
}

// scopedFrom applies the context that the term name has in context in to a.
func (x *expansion) scopedFrom(a, in *active, name string) (*active, error) {
	if t := in.terms[name]; t != nil && t.hasScoped {
		return x.scopedBy(a, t, false)
	}
	return a, nil
}

// scopedBy applies the context of a term; as a type's it does not reach beyond
// the node object.
func (x *expansion) scopedBy(a *active, t *term, asType bool) (*active, error) {
	shared := a.shared && x.trusted && !t.inline
	return x.keep(scopeKey{from: a, term: t, once: asType}, shared, func() (*active, error) {
		return x.process(a, t.scoped, localContext{base: t.base, override: !asType, once: asType, inline: t.inline})
	})
}

// keep makes a context once. Shared ones are kept for other documents.
func (x *expansion) keep(key scopeKey, shared bool, compile func() (*active, error)) (*active, error) {
	if a, ok := x.memo[key]; ok {
		return a, nil
	}
	if shared {
		kept.Lock()
		a, ok := kept.contexts[key]
		kept.Unlock()
		if ok {
			return a, nil
		}
	}
	a, err := compile()
	if err != nil {
		return nil, err
	}
	x.memo[key] = a
	if shared {
		a.shared = true
		kept.Lock()
		defer kept.Unlock()
		if other, ok := kept.contexts[key]; ok {
			return other, nil
		}
		if len(kept.contexts) >= maxKept {
			clear(kept.contexts)
		}
		kept.contexts[key] = a
	}
	return a, nil
}

// disguised says whether a member or type is written in another way than the
// known contexts write it, so that a reader who looks for the usual name finds
// nothing although a statement is there: by its IRI, or by a term that the
// document itself defines for the IRI of a known term.
func (x *expansion) disguised(a *active, name, iri string) bool {
	if t := a.terms[name]; t != nil && !t.inline || len(a.terms) == 0 {
		return false
	}
	names, ok := x.terms[a]
	if !ok {
		names = map[string]string{}
		for n, t := range a.terms {
			if !t.inline && !t.prefix && !strings.HasPrefix(t.iri, "@") {
				names[t.iri] = n
			}
		}
		x.terms[a] = names
	}
	usual, ok := names[iri]
	return ok && usual != name
}
