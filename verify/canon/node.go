package canon

import (
	"maps"
	"slices"
)

// result is a node or value object while it is being read.
type result struct {
	node
	keywords  []string // those met
	inputType string
	language  string
	value     any
	items     []item // of @list or @set
}

func (r *result) met(keyword string) bool { return slices.Contains(r.keywords, keyword) }

// reader reads one JSON object.
type reader struct {
	x     *expansion
	p     position
	a     *active // the context of the object's members
	types *active // the context of its types
	r     *result
}

// object expands a JSON object (steps 7 to 19).
func (x *expansion) object(p position, m map[string]any) ([]item, bool, error) {
	a, err := x.enter(p, m)
	if err != nil {
		return nil, false, err
	}
	o := &reader{x: x, p: p, a: a, types: a, r: &result{}}
	o.r.at = p.at
	if err := o.typeScopes(m); err != nil {
		return nil, false, err
	}
	if err := o.members(m, p.at); err != nil {
		return nil, false, err
	}
	return o.finish()
}

// enter finds the context in force in an object (steps 7 to 9).
func (x *expansion) enter(p position, m map[string]any) (*active, error) {
	a := p.a
	scopedIn := a
	if a.previous != nil && !p.fromMap && !keepsContext(a, m) {
		a = a.previous
	}
	a, err := x.scopedFrom(a, scopedIn, p.term)
	if err != nil {
		return nil, err
	}
	if local, ok := m["@context"]; ok {
		return x.local(a, local)
	}
	return a, nil
}

// keepsContext says whether an object is a value object or a mere reference:
// a type-scoped context reaches into those.
func keepsContext(a *active, m map[string]any) bool {
	for name := range m {
		iri, _ := a.iri(name, false, true)
		if iri == "@value" || iri == "@id" && len(m) == 1 {
			return true
		}
	}
	return false
}

// typeScopes applies the contexts of the object's types (step 11).
func (o *reader) typeScopes(m map[string]any) error {
	var members []string
	for name := range m {
		if iri, _ := o.types.iri(name, false, true); iri == "@type" {
			members = append(members, name)
		}
	}
	slices.Sort(members)
	for i, name := range members {
		var types []string
		for _, v := range asArray(m[name]) {
			if s, ok := v.(string); ok {
				types = append(types, s)
			}
		}
		if i == 0 && len(types) > 0 {
			o.r.inputType, _ = o.types.iri(types[len(types)-1], false, true)
		}
		slices.Sort(types)
		for _, s := range types {
			t := o.types.terms[s]
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

// members reads all members of an object, or of a nested one (steps 13 and 14).
func (o *reader) members(m map[string]any, at *place) error {
	var nests []string
	for _, name := range sortedKeys(m) {
		if name == "@context" {
			continue
		}
		iri, ok := o.a.iri(name, false, true)
		switch {
		case !ok || !isKeyword(iri) && !absoluteIRI(iri) && !isBlank(iri):
			o.x.miss(at, name)
		case iri == "@nest":
			nests = append(nests, name)
		case isKeyword(iri):
			if err := o.keyword(iri, name, m[name], at.member(name)); err != nil {
				return err
			}
		default:
			if err := o.property(iri, name, m[name], at.member(name)); err != nil {
				return err
			}
		}
	}
	for _, name := range nests {
		if err := o.nest(name, m[name], at.member(name)); err != nil {
			return err
		}
	}
	return nil
}

// nest reads members that stand one level deeper than they belong. A reader of
// the JSON doesn't find them where the statements put them.
func (o *reader) nest(name string, v any, at *place) error {
	o.x.miss(at, "")
	outer := o.a
	defer func() { o.a = outer }()
	for _, v := range asArray(v) {
		m, ok := v.(map[string]any)
		if !ok {
			return invalid("invalid @nest value", name)
		}
		var err error
		if o.a, err = o.x.scoped(outer, name); err != nil {
			return err
		}
		for inner := range m {
			if iri, _ := o.a.iri(inner, false, true); iri == "@value" {
				return invalid("invalid @nest value", name)
			}
		}
		if err := o.members(m, at); err != nil {
			return err
		}
	}
	return nil
}

// keyword reads a member whose name is a keyword (step 13.4).
func (o *reader) keyword(k, name string, v any, at *place) error {
	if o.p.term == "@reverse" {
		return invalid("invalid reverse property map", k)
	}
	if o.r.met(k) && k != "@included" && k != "@type" {
		return invalid("colliding keywords", k)
	}
	o.r.keywords = append(o.r.keywords, k)
	if o.x.disguised(o.types, name, k) {
		o.x.miss(at, "")
	}
	switch k {
	case "@id":
		return o.id(v, name, at)
	case "@type":
		return o.typeMember(v, at)
	case "@value":
		return o.valueMember(v)
	case "@language", "@direction", "@index":
		return o.text(k, v, at)
	case "@graph", "@included", "@list", "@set":
		return o.container(k, v, at)
	case "@reverse":
		return o.reverse(v, at)
	}
	o.x.miss(at, "")
	return nil
}

func (o *reader) id(v any, name string, at *place) error {
	s, ok := v.(string)
	if !ok {
		return invalid("invalid @id value", "")
	}
	o.r.id, _ = o.a.iri(s, true, false)
	if o.x.renamed(o.a, s, o.r.id, false) {
		o.x.miss(at, "")
	}
	o.r.hasID, o.r.idName = true, name
	return nil
}

func (o *reader) typeMember(v any, at *place) error {
	for _, v := range asArray(v) {
		s, ok := v.(string)
		if !ok {
			return invalid("invalid type value", "")
		}
		iri, _ := o.types.iri(s, true, true)
		if o.x.disguised(o.types, s, iri) {
			o.x.miss(at, "")
		}
		o.r.types = append(o.r.types, typed{iri, at.name})
	}
	return nil
}

func (o *reader) valueMember(v any) error {
	if o.r.inputType != "@json" {
		switch v.(type) {
		case map[string]any, []any:
			return invalid("invalid value object value", "")
		}
	}
	o.r.value = v
	return nil
}

// text reads @language, @direction and @index. An index is not in any statement,
// neither is a direction.
func (o *reader) text(k string, v any, at *place) error {
	s, ok := v.(string)
	switch k {
	case "@language":
		if !ok {
			return invalid("invalid language-tagged string", "")
		}
		o.r.language = s
	case "@direction":
		if s != "ltr" && s != "rtl" {
			return invalid("invalid base direction", s)
		}
		o.x.miss(at, "")
	case "@index":
		if !ok {
			return invalid("invalid @index value", "")
		}
		o.x.miss(at, "")
	}
	return nil
}

// container reads @graph, @included, @list and @set.
func (o *reader) container(k string, v any, at *place) error {
	p := position{a: o.a, term: o.p.term, at: at}
	switch {
	case k == "@list" && o.p.top():
		o.x.miss(at, "")
		return nil
	case k == "@graph":
		p.term = "@graph"
	case k == "@included":
		p.term = ""
		o.x.miss(at, "") // not where a reader of the JSON would look
	case k == "@set":
		o.x.miss(at, "") // another form of the array that readers expect
	}
	items, _, err := o.x.expand(p, v)
	if err != nil {
		return err
	}
	switch k {
	case "@graph":
		o.r.graph, o.r.hasGraph = append(o.r.graph, items...), true
	case "@included":
		for _, it := range items {
			if it.kind != isNode {
				return invalid("invalid @included value", "")
			}
		}
		if len(items) == 0 {
			return invalid("invalid @included value", "")
		}
		o.r.included = append(o.r.included, items...)
	default:
		o.r.items = items
	}
	return nil
}

// reverse reads @reverse (step 13.4.13). What it says of other nodes stands in
// the wrong place for a reader of the JSON.
func (o *reader) reverse(v any, at *place) error {
	m, ok := v.(map[string]any)
	if !ok {
		return invalid("invalid @reverse value", "")
	}
	o.x.miss(at, "")
	items, _, err := o.x.expand(position{a: o.a, term: "@reverse", at: at}, maps.Clone(m))
	if err != nil || len(items) == 0 {
		return err
	}
	inner := items[0].node
	o.r.props = append(o.r.props, inner.reverse...)
	for _, p := range inner.props {
		if err := o.addReverse(p); err != nil {
			return err
		}
	}
	return nil
}

func (o *reader) addReverse(p property) error {
	for _, it := range p.items {
		if it.kind != isNode {
			return invalid("invalid reverse property value", p.written)
		}
	}
	o.r.node.reverse = append(o.r.node.reverse, p)
	return nil
}
