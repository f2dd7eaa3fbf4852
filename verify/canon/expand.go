package canon

import (
	"context"
	"strings"
)

// Limits of one document. A transcript with a thousand badges inside fits.
const (
	maxDepth  = 128
	maxValues = 250_000
)

// expansion reads one document by the expansion algorithm (JSON-LD 1.1 API, section
// 5.1) and writes what each value says at once (section 8), without the expanded
// document in between: an object's id, and what its property makes of it, are
// known before its members are read. It notes what gets lost on the way.
type expansion struct {
	ctx     context.Context
	load    func(url string) (any, error) // gives the value of "@context"
	trusted bool                          // load gives shipped contexts only
	base    string
	depth   int
	values  int // values expanded so far
	copied  int // term definitions copied so far
	memo    map[scopeKey]*active
	entries []entry // members of the objects that are being read, a stack
	path    path    // of the value that is being read

	out    dataset
	blanks map[string]ref // blank nodes that the document names
	silent int            // above zero: what is read is stated nowhere
	root   root
	missed []string // paths of what no statement covers
}

func newExpansion(ctx context.Context, load func(string) (any, error), base string) *expansion {
	return &expansion{ctx: ctx, load: load, base: base}
}

// position is what the expansion of a value depends on beside the value.
type position struct {
	a        *active
	t        *term   // what the active property means; nil if nothing
	term     string  // the active property; "" or "@graph" for the items of a graph
	graph    ref     // what the value says goes there
	key      *mapKey // for the values of a map
	of       *topic  // what others say something of here, in @reverse
	fromMap  bool    // under a key of a map
	inList   bool    // an array here is a list in a list
	isList   bool    // what is here is the list of a term that makes lists
	enclose  bool    // each item makes a graph of its own
	root     bool    // the document itself
	rootItem bool    // in the @graph that is all of the document
}

// top says that the value belongs to no property, but to a graph.
func (p *position) top() bool { return p.term == "" || p.term == "@graph" }

// document reads a whole document.
func (x *expansion) document(doc any) error {
	if list, ok := doc.([]any); ok && len(list) == 1 {
		doc = list[0]
	}
	p := position{a: x.initial(), root: true}
	if _, err := x.expand(&p, &target{}, doc); err != nil {
		return err
	}
	x.checkRoot()
	return nil
}

// expand is the expansion algorithm (section 5.1.2). What v turns out to be is given
// to to. array says that the result is an array even if it has one item.
func (x *expansion) expand(p *position, to *target, v any) (array bool, err error) {
	if x.values++; x.values > maxValues || x.copied > maxCopied {
		return false, ErrTooLarge
	}
	if x.depth++; x.depth > maxDepth {
		return false, ErrTooLarge
	}
	defer func() { x.depth-- }()
	switch v := v.(type) {
	case nil:
		return false, nil
	case []any:
		return true, x.array(p, to, v)
	case map[string]any:
		return x.object(p, to, v)
	}
	if p.top() {
		x.miss("")
		return false, nil
	}
	a, err := x.scopedFrom(p.a, p.t)
	if err != nil {
		return false, err
	}
	t := p.t
	if a != p.a {
		t = a.lookup(p.term)
	}
	it, err := x.coerce(a, t, v)
	if err != nil {
		return false, err
	}
	return false, x.scalar(p, to, it)
}

// array reads the elements of an array, which lie on one level with it unless its
// term makes lists.
func (x *expansion) array(p *position, to *target, elements []any) error {
	list := p.t != nil && p.t.container.has(inList)
	inner := *p
	inner.root, inner.inList, inner.isList = false, list, false
	for i, v := range elements {
		x.path.element(i)
		_, nested := v.([]any)
		if nested && !list {
			x.miss("") // statements know no array in an array, readers look in none
		}
		var err error
		if nested && list {
			err = x.list(&inner, to, v)
		} else {
			_, err = x.expand(&inner, to, v)
		}
		if err != nil {
			return err
		}
		x.path.up()
	}
	return x.ctx.Err()
}

// scalar gives on what a string, number or boolean became.
func (x *expansion) scalar(p *position, to *target, it item) error {
	if !p.enclose {
		return x.give(p.key, p.graph, to, it)
	}
	_, graph := x.enclosed(p)
	if it.node {
		x.missLater("") // a graph that says nothing of its only node
	} else {
		x.miss("") // a graph holds no literals
	}
	return x.give(p.key, p.graph, to, graph)
}

// coerce is the value expansion algorithm (section 5.3).
func (x *expansion) coerce(a *active, t *term, v any) (item, error) {
	if t == nil {
		t = &undefined
	}
	s, isText := v.(string)
	if isText && (t.typ == "@id" || t.typ == "@vocab") {
		iri, _ := a.iri(s, true, t.typ == "@vocab")
		if x.renamed(a, s, iri, t.typ == "@vocab") {
			x.miss("")
		}
		r, ok := x.resource(iri)
		if !ok {
			x.missLater("")
			return item{object: object{kind: isNothing}, node: true}, nil
		}
		return item{object: resource(r), node: true, id: iri}, nil
	}
	datatype := t.typ
	switch datatype {
	case "@id", "@vocab", "@none":
		datatype = ""
	case "@json":
		o, err := jsonLiteral(v)
		return item{object: o}, err
	}
	if t.badType {
		x.miss("")
		return item{object: object{kind: isNothing}}, nil
	}
	o, err := x.literal(v, datatype)
	if err == nil && isText && datatype == "" {
		o = x.spoken(o, a, t)
	}
	return item{object: o}, err
}

// undefined is what a term without definition means.
var undefined term

// spoken gives a text the language of its term or of its context. A direction
// can't be stated in RDF without an option that no proof suite sets.
func (x *expansion) spoken(o object, a *active, t *term) object {
	lang, dir := a.lang, a.dir
	if t.lang != nil {
		lang = *t.lang
	}
	if t.dir != nil {
		dir = *t.dir
	}
	if dir != "" {
		x.miss("")
	}
	return x.tagged(o, lang, "")
}

// tagged sets the language of a literal, unless the tag is not one: RDF can't
// state such a literal at all. name is the member that states the language.
func (x *expansion) tagged(o object, lang, name string) object {
	switch {
	case lang == "":
		return o
	case languageTag(lang):
		o.of, o.kind = strings.ToLower(lang), isTagged
		return o
	}
	x.miss(name)
	return object{kind: isNothing}
}
