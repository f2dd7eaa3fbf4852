package canon

import (
	"context"
	"strconv"
	"strings"
)

// Limits of one document. A transcript with a thousand badges inside fits.
const (
	maxDepth  = 128
	maxValues = 250_000
)

// expansion expands one document and notes what gets lost on the way.
type expansion struct {
	ctx     context.Context
	load    func(url string) (any, error) // gives the value of "@context"
	trusted bool                          // load gives shipped contexts only
	base    string
	depth   int
	values  int // values expanded so far
	copied  int // term definitions copied so far
	memo    map[scopeKey]*active
	known   map[*active]map[string]known
	missed  []string // paths of what no statement covers
}

func newExpansion(ctx context.Context, load func(string) (any, error), base string) *expansion {
	return &expansion{ctx: ctx, load: load, base: base, memo: map[scopeKey]*active{}, known: map[*active]map[string]known{}}
}

// place is where a value stands in the document.
type place struct {
	up    *place
	name  string
	index int // for array elements, whose name is empty
}

func (p *place) member(name string) *place { return &place{up: p, name: name} }

func (p *place) String() string {
	if p == nil {
		return ""
	}
	name := p.name
	if name == "" {
		name = strconv.Itoa(p.index)
	}
	if up := p.up.String(); up != "" {
		return up + "." + name
	}
	return name
}

// miss notes that the member name of the value at p is not covered, or that
// value itself if name is empty.
func (x *expansion) miss(p *place, name string) {
	if name != "" {
		p = p.member(name)
	}
	x.missed = append(x.missed, p.String())
}

// item is an expanded value: a node, a list, or else a literal.
type item struct {
	at   *place
	node *node
	list []item
	kind itemKind
	lit  Term
}

type itemKind uint8

const (
	isLiteral itemKind = iota
	isNode
	isList
)

// node is an expanded node object, or a graph object.
type node struct {
	at       *place
	id       string
	idName   string // name of the member that states it, "" for a mere reference
	hasID    bool
	types    []typed
	props    []property
	reverse  []property
	graph    []item
	hasGraph bool
	included []item
}

// typed is a type with the name of the member that states it.
type typed struct{ iri, member string }

type property struct {
	iri, written string
	at           *place // where the member stands
	items        []item
}

// position is what the expansion of a value depends on beside the value.
type position struct {
	a       *active
	term    string // the active property; "" for none
	at      *place
	fromMap bool
}

// top says that the value belongs to no property, but to a graph.
func (p position) top() bool { return p.term == "" || p.term == "@graph" }

// document expands a whole document.
func (x *expansion) document(doc any) ([]item, error) {
	items, _, err := x.expand(position{a: x.initial()}, doc)
	if err != nil {
		return nil, err
	}
	if len(items) == 1 && items[0].kind == isNode && items[0].node.onlyGraph() {
		items = items[0].node.graph
	}
	return items, nil
}

// expand is the expansion algorithm (JSON-LD 1.1 API, section 5.1.2). array says
// that the result is an array even if it has one item.
func (x *expansion) expand(p position, v any) (items []item, array bool, err error) {
	if x.values++; x.values > maxValues {
		return nil, false, ErrTooLarge
	}
	if x.depth++; x.depth > maxDepth {
		return nil, false, ErrTooLarge
	}
	defer func() { x.depth-- }()
	switch v := v.(type) {
	case nil:
		return nil, false, nil
	case []any:
		return x.array(p, v)
	case map[string]any:
		return x.object(p, v)
	}
	if p.top() {
		x.miss(p.at, "")
		return nil, false, nil
	}
	if p.a, err = x.scoped(p.a, p.term); err != nil {
		return nil, false, err
	}
	it, err := x.coerce(p, v)
	return []item{it}, false, err
}

func (x *expansion) array(p position, list []any) ([]item, bool, error) {
	t := p.a.terms[p.term]
	inner := p
	var out []item
	for i, v := range list {
		inner.at = &place{up: p.at, index: i}
		if _, nested := v.([]any); nested && (t == nil || !t.container.has(inList)) {
			x.miss(inner.at, "") // statements know no array in an array, readers look in none
		}
		items, array, err := x.expand(inner, v)
		if err != nil {
			return nil, false, err
		}
		if array && t != nil && t.container.has(inList) {
			items = []item{{at: inner.at, kind: isList, list: items}}
		}
		out = append(out, items...)
	}
	return out, true, x.ctx.Err()
}

// coerce is the value expansion algorithm (JSON-LD 1.1 API, section 5.3).
func (x *expansion) coerce(p position, v any) (item, error) {
	t := p.a.terms[p.term]
	if t == nil {
		t = &term{}
	}
	s, isText := v.(string)
	if isText && (t.typ == "@id" || t.typ == "@vocab") {
		iri, _ := p.a.iri(s, true, t.typ == "@vocab")
		if x.renamed(p.a, s, iri, t.typ == "@vocab") {
			x.miss(p.at, "")
		}
		return item{at: p.at, kind: isNode, node: &node{at: p.at, id: iri, hasID: true}}, nil
	}
	datatype := t.typ
	switch datatype {
	case "@id", "@vocab", "@none":
		datatype = ""
	case "@json":
		lit, err := x.jsonLiteral(v)
		return item{at: p.at, lit: lit}, err
	}
	lit, err := x.scalar(v, datatype, p.at)
	if err == nil && isText && datatype == "" && t.typ != "@none" || isText && t.typ == "@none" {
		x.speak(&lit, p, t)
	}
	return item{at: p.at, lit: lit}, err
}

// speak gives a text the language of its term or of its context. A direction
// can't be stated in RDF without an option that no proof suite sets.
func (x *expansion) speak(lit *Term, p position, t *term) {
	lang, dir := p.a.lang, p.a.dir
	if t.lang != nil {
		lang = *t.lang
	}
	if t.dir != nil {
		dir = *t.dir
	}
	x.language(lit, lang, p.at, "")
	if dir != "" {
		x.miss(p.at, "")
	}
}

// language sets the language of a literal, unless the tag is not one: RDF can't
// state such a literal at all.
func (x *expansion) language(lit *Term, lang string, at *place, name string) {
	switch {
	case lang == "":
	case languageTag(lang):
		lit.Lang = strings.ToLower(lang)
	default:
		x.miss(at, name)
		lit.Kind = None
	}
}
