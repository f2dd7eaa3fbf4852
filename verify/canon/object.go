package canon

import (
	"slices"
	"strings"
)

// reader reads one JSON object.
type reader struct {
	x     *expansion
	p     *position // in whose graph the object is
	a     *active   // the context of the object's members
	types *active   // the context of its types
	at    int       // how long the path to it is
	form  form
	flip  bool // the object lists what others say of the subject (@reverse)

	met       keywords
	keywords  int // how many were met
	inputType string
	datatype  string // the last type
	typeCount int
	language  string
	value     any

	subject  ref
	ok       bool // the subject can stand in a statement
	id       string
	idName   string // name of the member that states the id
	hasID    bool
	remark   bool // it is an endorsement's comment, which may have the root's id
	graph    ref  // the graph of its statements
	said     int  // properties that say something, of it or backwards
	included int  // nodes in @included
	array    bool // the object is but an array
}

// form is what kind of object a JSON object stands for.
type form uint8

const (
	formNode form = iota
	formValue
	formList
	formSet
)

// entry is a member of an object with what its name means.
type entry struct {
	name    string
	iri     string
	t       *term
	v       any
	keyword keyword
	lost    bool // no context defines it
}

// object expands a JSON object (steps 7 to 19).
func (x *expansion) object(p *position, m map[string]any) (array bool, err error) {
	a, err := x.enter(p, m)
	if err != nil {
		return false, err
	}
	o := reader{x: x, p: p, a: a, types: a, at: len(x.path), graph: p.graph, flip: p.term == "@reverse"}
	if err := o.typeScopes(m); err != nil {
		return false, err
	}
	first, end := x.resolve(o.a, m)
	o.form = x.form(first, end)
	switch o.form {
	case formNode:
		err = o.readNode(first, end)
	case formValue:
		err = o.readValue(first, end)
	default:
		err = o.readList(first, end)
	}
	x.entries = x.entries[:first]
	return o.array, err
}

// enter finds the context in force in an object (steps 7 to 9).
func (x *expansion) enter(p *position, m map[string]any) (*active, error) {
	a := p.a
	if a.previous != nil && !p.fromMap && !a.keepsIn(m) {
		a = a.previous
	}
	a, err := x.scopedFrom(a, p.t)
	if err != nil {
		return nil, err
	}
	if local, ok := m["@context"]; ok {
		return x.local(a, local)
	}
	return a, nil
}

// keepsIn says whether an object is a value object or a mere reference: a
// type-scoped context reaches into those.
func (a *active) keepsIn(m map[string]any) bool {
	return len(m) == 1 && a.aliases.id.in(m) || a.aliases.value.in(m)
}

// typeScopes applies the contexts of the object's types (step 11).
func (o *reader) typeScopes(m map[string]any) error {
	first := true
	for _, name := range o.types.aliases.typ {
		v, ok := m[name]
		if !ok {
			continue
		}
		var room [8]string
		types := appendTexts(room[:0], v)
		if first && len(types) > 0 {
			o.inputType, _ = o.types.iri(types[len(types)-1], false, true)
		}
		first = false
		slices.Sort(types)
		for _, s := range types {
			t := o.types.lookup(s)
			if t == nil || !t.hasScoped {
				continue
			}
			var err error
			if o.a, err = o.x.scopedBy(o.a, t, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// appendTexts appends a text, or the texts of an array.
func appendTexts(out []string, v any) []string {
	switch v := v.(type) {
	case string:
		return append(out, v)
	case []any:
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// resolve puts the members of an object on the stack, in the order of their names,
// each with its meaning in a context (step 13.2), and says where they are.
func (x *expansion) resolve(a *active, m map[string]any) (first, end int) {
	first = len(x.entries)
	for name, v := range m {
		if name != "@context" {
			x.entries = append(x.entries, a.entry(name, v))
		}
	}
	slices.SortFunc(x.entries[first:], func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return first, len(x.entries)
}

func (a *active) entry(name string, v any) entry {
	e := entry{name: name, v: v}
	if e.t = a.lookup(name); e.t != nil {
		e.iri, e.keyword, e.lost = e.t.iri, e.t.keyword, e.t.null || !e.t.usable
		return e
	}
	iri, ok := a.iri(name, false, true)
	e.iri, e.keyword = iri, keywordOf(iri)
	e.lost = !ok || e.keyword == 0 && !absoluteIRI(iri) && !isBlank(iri)
	return e
}

// form tells by its keywords what an object stands for (steps 15 to 17).
func (x *expansion) form(first, end int) form {
	f := formNode
	for i := first; i < end; i++ {
		switch x.entries[i].keyword {
		case kwValue:
			return formValue
		case kwList:
			f = formList
		case kwSet:
			f = max(f, formSet)
		}
	}
	return f
}
