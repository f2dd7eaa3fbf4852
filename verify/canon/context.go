package canon

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// active is an active context (JSON-LD 1.1 API, section 4.1): what terms mean at
// one place of a document. It never changes once process has returned it, so it
// may be used by many goroutines. It holds only the terms that it adds to, or
// takes away from, the one it was made of.
type active struct {
	terms     map[string]*term // nil for one that is taken away
	below     *active          // has the other terms
	layers    int              // of terms
	size      int              // terms in all layers, some perhaps twice
	aliases   aliases
	known     func() map[string]known
	base      string
	noBase    bool   // @base was set to null
	vocab     string // "" may be set: see hasVocab
	hasVocab  bool
	lang, dir string
	previous  *active // what holds again in the next node object
	shared    bool    // made of shipped contexts only, so it may be kept
}

// localContext says how a local context is to be processed.
type localContext struct {
	base     string   // what relative addresses in it are relative to
	remote   []string // the contexts that led to this one
	override bool     // protected terms may be defined anew (property-scoped)
	once     bool     // does not reach beyond the node object (not propagated)
	lax      bool     // don't look again at scoped contexts that are being looked at
	inline   bool     // written in the document itself, by whoever made it
}

// Limits on contexts written in a document.
const (
	maxListed = 128       // contexts in one list
	maxRemote = 32        // contexts that lead to each other
	maxCopied = 2_000_000 // term definitions gone through for one document
	defining  = 10        // as many cost what making one definition does
	maxLayers = 5         // of terms, before they are copied together
	maxName   = 2048      // bytes of an IRI that a context gives to others to begin with
)

// process is the context processing algorithm (JSON-LD 1.1 API, section 4.1.2).
func (x *expansion) process(a *active, local any, o localContext) (*active, error) {
	if m, ok := local.(map[string]any); ok {
		if v, ok := m["@propagate"]; ok {
			propagate, ok := v.(bool)
			if !ok {
				return nil, invalid("invalid @propagate value", "")
			}
			o.once = !propagate
		}
	}
	result, err := x.fork(a)
	if err != nil {
		return nil, err
	}
	if o.once && result.previous == nil {
		result.previous = a
	}
	for _, one := range asArray(local) {
		if result, err = x.processOne(result, one, o); err != nil {
			return nil, err
		}
	}
	result.finish()
	return result, nil
}

// fork puts a layer upon a context, where it can be changed.
func (x *expansion) fork(a *active) (*active, error) {
	c := &active{
		terms: map[string]*term{}, below: a, layers: a.layers + 1, size: a.size,
		base: a.base, noBase: a.noBase, vocab: a.vocab, hasVocab: a.hasVocab, lang: a.lang, dir: a.dir, previous: a.previous,
	}
	if x.copied += a.size + 1; x.copied > maxCopied {
		return nil, ErrTooLarge
	}
	if c.layers > maxLayers {
		maps.Insert(c.terms, a.all())
		c.below, c.layers, c.size = nil, 1, len(c.terms)
	}
	return c, nil
}

// lookup gives the definition of a term, nil if it has none.
func (a *active) lookup(name string) *term {
	for ; a != nil; a = a.below {
		if t, ok := a.terms[name]; ok {
			return t
		}
	}
	return nil
}

// all gives each term that has a definition.
func (a *active) all() iter.Seq2[string, *term] {
	return func(yield func(string, *term) bool) {
		for layer := a; layer != nil; layer = layer.below {
			for name, t := range layer.terms {
				if t != nil && a.lookup(name) == t && !yield(name, t) {
					return
				}
			}
		}
	}
}

// aliases lists the names that stand for some keywords, sorted.
type aliases struct{ id, typ, value names }

type names []string

// in says whether an object has a member of one of these names.
func (n names) in(m map[string]any) bool {
	for _, name := range n {
		if _, ok := m[name]; ok {
			return true
		}
	}
	return false
}

// finish works out what is asked of a context again and again.
func (a *active) finish() {
	a.size += len(a.terms)
	below := aliases{id: names{"@id"}, typ: names{"@type"}, value: names{"@value"}}
	if a.below != nil && a.below.aliases.id != nil {
		below = a.below.aliases
	}
	a.aliases = aliases{a.named(kwID, below.id), a.named(kwType, below.typ), a.named(kwValue, below.value)}
	a.known = sync.OnceValue(a.knownTerms)
}

// named gives the names for a keyword: those from below that still stand for it, and
// new ones.
func (a *active) named(k keyword, below names) names {
	out := below
	for name, t := range a.terms {
		old := slices.Contains(below, name)
		switch now := t != nil && t.keyword == k || t == nil && keywordOf(name) == k; {
		case now && !old:
			out = append(slices.Clip(out), name)
		case old && !now:
			out = slices.DeleteFunc(slices.Clone(out), func(s string) bool { return s == name })
		}
	}
	slices.Sort(out)
	return out
}

func (x *expansion) processOne(a *active, local any, o localContext) (*active, error) {
	switch local := local.(type) {
	case nil:
		return x.nullify(a, o)
	case string:
		return x.processRemote(a, local, o)
	case map[string]any:
		return a, x.define(a, local, o)
	}
	return nil, invalid("invalid local context", "")
}

// nullify starts anew, unless that would lift the protection of a term.
func (x *expansion) nullify(a *active, o localContext) (*active, error) {
	if !o.override {
		for name, t := range a.all() {
			if t.protected {
				return nil, invalid("invalid context nullification", name)
			}
		}
	}
	fresh := &active{base: x.base, terms: map[string]*term{}, layers: 1}
	if o.once {
		fresh.previous = a
	}
	return fresh, nil
}

func (x *expansion) processRemote(a *active, url string, o localContext) (*active, error) {
	url = resolve(o.base, url)
	if o.lax && slices.Contains(o.remote, url) {
		return a, nil
	}
	if len(o.remote) >= maxRemote {
		return nil, invalid("context overflow", url)
	}
	loaded, err := x.load(url)
	if err != nil {
		return nil, err
	}
	o.base, o.remote, o.inline = url, append(slices.Clip(o.remote), url), false
	for _, one := range asArray(loaded) {
		if a, err = x.processOne(a, one, o); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// define adds the definitions of one context object to a.
func (x *expansion) define(a *active, local map[string]any, o localContext) error {
	local, err := x.imported(local, o)
	if err != nil {
		return err
	}
	if x.copied += defining * len(local); x.copied > maxCopied {
		return ErrTooLarge
	}
	if err := setDefaults(a, local, o); err != nil {
		return err
	}
	d := definer{x: x, a: a, local: local, o: o, defined: map[string]bool{}}
	if v, ok := local["@protected"]; ok {
		if d.protected, ok = v.(bool); !ok {
			return invalid("invalid @protected value", "")
		}
	}
	for _, name := range sortedKeys(local) {
		if !contextMembers[name] {
			if err := d.define(name); err != nil {
				return err
			}
		}
	}
	return nil
}

var contextMembers = map[string]bool{
	"@base": true, "@direction": true, "@import": true, "@language": true,
	"@propagate": true, "@protected": true, "@version": true, "@vocab": true,
}

// imported merges the context that local imports beneath it.
func (x *expansion) imported(local map[string]any, o localContext) (map[string]any, error) {
	if v, ok := local["@version"]; ok && !isNumber(v, "1.1") {
		return nil, invalid("invalid @version value", "")
	}
	v, ok := local["@import"]
	if !ok {
		return local, nil
	}
	url, ok := v.(string)
	if !ok {
		return nil, invalid("invalid @import value", "")
	}
	loaded, err := x.load(resolve(o.base, url))
	if err != nil {
		return nil, err
	}
	below, ok := loaded.(map[string]any)
	if !ok {
		return nil, invalid("invalid remote context", url)
	}
	if _, ok := below["@import"]; ok {
		return nil, invalid("invalid context entry", url)
	}
	merged := maps.Clone(below)
	maps.Copy(merged, local)
	return merged, nil
}

// setDefaults applies @base, @vocab, @language and @direction.
func setDefaults(a *active, local map[string]any, o localContext) error {
	if v, ok := local["@base"]; ok && len(o.remote) == 0 {
		if err := setBase(a, v); err != nil {
			return err
		}
	}
	if v, ok := local["@vocab"]; ok {
		if err := setVocab(a, v); err != nil {
			return err
		}
	}
	if v, ok := local["@language"]; ok {
		s, isText := v.(string)
		if v != nil && !isText {
			return invalid("invalid default language", "")
		}
		a.lang = strings.ToLower(s)
	}
	if v, ok := local["@direction"]; ok {
		s, isText := v.(string)
		if v != nil && (!isText || s != "ltr" && s != "rtl") {
			return invalid("invalid base direction", s)
		}
		a.dir = s
	}
	if v, ok := local["@propagate"]; ok {
		if _, ok := v.(bool); !ok {
			return invalid("invalid @propagate value", "")
		}
	}
	return nil
}

func setBase(a *active, v any) error {
	s, ok := v.(string)
	switch {
	case v == nil:
		a.base, a.noBase = "", true
		return nil
	case !ok:
		return invalid("invalid base IRI", "")
	case len(s) > maxName:
		return ErrTooLarge
	case absoluteIRI(s):
		a.base, a.noBase = s, false
		return nil
	case a.noBase:
		return invalid("invalid base IRI", s)
	}
	a.base = resolve(a.base, s)
	return nil
}

func setVocab(a *active, v any) error {
	if v == nil {
		a.vocab, a.hasVocab = "", false
		return nil
	}
	s, ok := v.(string)
	if !ok {
		return invalid("invalid vocab mapping", "")
	}
	if len(s) > maxName {
		return ErrTooLarge
	}
	iri, ok := a.iri(s, true, true)
	if !ok || strings.HasPrefix(iri, "@") { // with a term behind it, that might be a keyword
		return invalid("invalid vocab mapping", s)
	}
	a.vocab, a.hasVocab = iri, true
	return nil
}

// iri is IRI expansion (JSON-LD 1.1 API, section 5.2) in a finished context. ok
// is false when the value maps to null.
func (a *active) iri(value string, relative, vocab bool) (iri string, ok bool) {
	if isKeyword(value) {
		return value, true
	}
	if keywordForm(value) {
		return "", false
	}
	t := a.lookup(value)
	if t != nil && (vocab || t.keyword != 0) {
		return t.iri, !t.null
	}
	if i := strings.IndexByte(value[min(1, len(value)):], ':'); i >= 0 {
		prefix, suffix := value[:i+1], value[i+2:]
		if prefix == "_" || strings.HasPrefix(suffix, "//") {
			return value, true
		}
		if p := a.lookup(prefix); p != nil && p.prefix && !p.null {
			return p.iri + suffix, true
		}
		if absoluteIRI(value) {
			return value, true
		}
	}
	if vocab && a.hasVocab {
		return a.vocab + value, true
	}
	if relative && !a.noBase {
		return resolve(a.base, value), true
	}
	return value, true
}
