package canon

import (
	"slices"
	"strings"
)

// reader reads one JSON object.
type reader struct {
	x     *expansion
	p     position
	a     *active // the context of the object's members
	types *active // the context of its types
	at    int     // how long the path to it is
	form  form
	flip  bool // the object lists what others say of the subject (@reverse)

	met       keywords
	keywords  int // how many were met
	inputType string
	datatype  string // the last type
	typeCount int
	language  string
	value     any    // of @value, @list or @set
	valueName string // name of the member that states it

	topic
	id        string
	idName    string // name of the member that states the id
	hasID     bool
	remark    bool // it is an endorsement's comment, which may have the root's id
	graph     ref  // the graph of its statements
	outside   ref  // the graph it stands in itself
	graphNode item // the graph that it makes
	encloses  bool // it makes one
	included  int  // nodes in @included
	array     bool // the object is but an array
}

// topic is what statements are made about.
type topic struct {
	subject ref
	ok      bool // the subject can stand in a statement
	said    int  // properties that say something of it, or backwards
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
	name string
	t    *term
	v    any
}

// object expands a JSON object (steps 7 to 19).
func (x *expansion) object(p *position, to *target, m map[string]any) (array bool, err error) {
	a, err := x.enter(p, m)
	if err != nil {
		return false, err
	}
	inner, inputType, err := x.typeScopes(a, m)
	if err != nil {
		return false, err
	}
	first, end := x.resolve(inner, m)
	o := reader{
		x: x, p: *p, a: inner, types: a, inputType: inputType, at: len(x.path), form: x.form(first, end),
		flip: p.term == "@reverse", graph: p.graph, outside: p.graph,
	}
	if o.form == formNode && p.enclose && (p.key == nil || !x.graphObject(first, end)) {
		o.encloses = true
		o.p, o.graphNode = x.enclosed(p)
		o.graph = o.p.graph
	}
	switch o.form {
	case formNode:
		err = o.readNode(to, first, end)
	case formValue:
		err = o.readValue(to, first, end)
	default:
		err = o.readList(to, first, end)
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

// typeScopes applies the contexts of an object's types (step 11). inputType is what
// the last one of the first member for types means.
func (x *expansion) typeScopes(types *active, m map[string]any) (a *active, inputType string, err error) {
	a = types
	first := true
	for _, name := range types.aliases.typ {
		v, ok := m[name]
		if !ok {
			continue
		}
		var room [8]string
		names := appendTexts(room[:0], v)
		if first && len(names) > 0 {
			inputType, _ = types.iri(names[len(names)-1], false, true)
		}
		first = false
		slices.Sort(names)
		for _, s := range names {
			t := types.lookup(s)
			if t == nil || !t.hasScoped {
				continue
			}
			if a, err = x.scopedBy(a, t, true); err != nil {
				return nil, "", err
			}
		}
	}
	return a, inputType, nil
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
			x.entries = append(x.entries, entry{name, a.meaning(name), v})
		}
	}
	slices.SortFunc(x.entries[first:], func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return first, len(x.entries)
}

// meaning gives the definition of a member's name, or what the name means without
// one.
func (a *active) meaning(name string) *term {
	if t := a.lookup(name); t != nil {
		return t
	}
	iri, ok := a.iri(name, false, true)
	t := &term{iri: iri, null: !ok, implied: true}
	t.judge()
	return t
}

// form tells by its keywords what an object stands for (steps 15 to 17).
func (x *expansion) form(first, end int) form {
	f := formNode
	for i := first; i < end; i++ {
		switch x.entries[i].t.keyword {
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
