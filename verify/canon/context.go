package canon

import (
	"maps"
	"slices"
	"strings"
)

// active is an active context (JSON-LD 1.1 API, section 4.1): what terms mean at
// one place of a document. It never changes once process has returned it.
type active struct {
	terms     map[string]*term
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
	maxCopied = 2_000_000 // term definitions copied for one document
	defining  = 10        // copies that cost as much as making one definition
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
	return result, nil
}

// fork copies a context so that it can be changed, within the limit.
func (x *expansion) fork(a *active) (*active, error) {
	if x.copied += len(a.terms) + 1; x.copied > maxCopied {
		return nil, ErrTooLarge
	}
	c := *a
	c.shared = false
	c.terms = maps.Clone(a.terms)
	if c.terms == nil {
		c.terms = map[string]*term{}
	}
	return &c, nil
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
		for name, t := range a.terms {
			if t.protected {
				return nil, invalid("invalid context nullification", name)
			}
		}
	}
	fresh := &active{base: x.base, terms: map[string]*term{}}
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
	iri, ok := a.iri(s, true, true)
	if !ok || isKeyword(iri) {
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
	t := a.terms[value]
	if t != nil && (vocab || isKeyword(t.iri)) {
		return t.iri, !t.null
	}
	if i := strings.IndexByte(value[min(1, len(value)):], ':'); i >= 0 {
		prefix, suffix := value[:i+1], value[i+2:]
		if prefix == "_" || strings.HasPrefix(suffix, "//") {
			return value, true
		}
		if p := a.terms[prefix]; p != nil && p.prefix && !p.null {
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
