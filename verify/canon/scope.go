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
	sync.RWMutex
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

var blank = func() *active {
	a := &active{shared: true}
	a.finish()
	return a
}()

// initial gives the context that a document starts in.
func (x *expansion) initial() *active {
	if x.trusted && x.base == "" {
		return blank
	}
	a := &active{base: x.base}
	a.finish()
	return a
}

// local applies the @context of an object of the document.
func (x *expansion) local(a *active, v any) (*active, error) {
	key := scopeKey{from: a}
	shared := a.shared && x.trusted
	list := asArray(v)
	if len(list) > maxListed {
		return nil, ErrTooLarge
	}
	for _, one := range list {
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

// scopedFrom applies the context that a property has, if any, to a.
func (x *expansion) scopedFrom(a *active, t *term) (*active, error) {
	if t != nil && t.hasScoped {
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
	var a *active
	var ok bool
	if shared {
		kept.RLock()
		a, ok = kept.contexts[key]
		kept.RUnlock()
	} else {
		a, ok = x.memo[key]
	}
	if ok {
		return a, nil
	}
	a, err := compile()
	if err != nil {
		return nil, err
	}
	if !shared {
		if x.memo == nil {
			x.memo = map[scopeKey]*active{}
		}
		x.memo[key] = a
		return a, nil
	}
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
	return a, nil
}

// known says of an IRI that a shipped context has a term for it, and whether
// one of those is protected.
type known struct{ term, protected bool }

// disguises says whether a member or type is written in another way than the
// known contexts write it, so that a reader who looks for the usual name finds
// nothing although a statement is there: by its IRI or keyword, by a term that
// the document itself defines for the IRI of a known term, or by an unprotected
// term where there is a protected one. A name that the document gives to an IRI
// which calls itself something else is one, too: it could be any name.
//
// t is the definition of the name, which stands for iri; it may be nil.
func (a *active) disguises(t *term, name, iri string) bool {
	if t != nil && t.protected && !t.inline {
		return false
	}
	k := a.known()[iri]
	if t == nil || t.implied || t.inline {
		return k.term || !namesake(name, iri)
	}
	return k.protected
}

// namesake says whether a name is an IRI itself or what the IRI ends with, after
// its last number sign, slash or colon. One that names nothing, such as a UUID,
// contradicts no name.
func namesake(name, iri string) bool {
	if name == iri || strings.HasPrefix(iri, "urn:uuid:") {
		return true
	}
	return name[strings.IndexByte(name, ':')+1:] == iri[strings.LastIndexAny(iri, "@#/:")+1:]
}

// renamed says whether an id or a reference reads as another one than it states.
// As a term (vocab) it may be a word of a known context, or its IRI's own name.
func (x *expansion) renamed(a *active, s, iri string, vocab bool) bool {
	if t := a.lookup(s); vocab && t != nil && !t.inline {
		return false
	}
	return s != iri && !(vocab && namesake(s, iri))
}

// knownTerms lists what the known contexts have terms for.
func (a *active) knownTerms() map[string]known {
	all := map[string]known{}
	for name, t := range a.all() {
		if !t.inline && !t.prefix && name != t.iri {
			k := all[t.iri]
			all[t.iri] = known{true, k.protected || t.protected}
		}
	}
	return all
}
