package canon

// property reads a member that is a property (steps 13.5 to 13.14).
func (o *reader) property(iri, name string, v any, at *place) error {
	t := o.a.terms[name]
	if t == nil {
		t = &term{}
	}
	if o.x.disguised(o.a, name, iri) {
		o.x.miss(at, "")
	}
	items, array, err := o.values(t, name, v, at)
	if err != nil {
		return err
	}
	if items == nil && !array {
		return nil // null
	}
	if t.container.has(inList) && !(len(items) == 1 && items[0].kind == isList && !array) {
		items = []item{{at: at, kind: isList, list: items}}
	}
	if t.container.has(inGraph) && !t.container.has(inID|inIndex) {
		for i, it := range items {
			items[i] = graphObject(it)
		}
	}
	p := property{iri: iri, written: name, at: at, items: items}
	if t.reverse {
		o.x.miss(at, "")
		return o.addReverse(p)
	}
	o.r.props = append(o.r.props, p)
	return nil
}

// values expands the value of a property by its container.
func (o *reader) values(t *term, name string, v any, at *place) ([]item, bool, error) {
	m, isMap := v.(map[string]any)
	switch {
	case t.typ == "@json":
		lit, err := o.x.jsonLiteral(v)
		return []item{{at: at, lit: lit}}, false, err
	case isMap && t.container.has(inLanguage):
		items, err := o.languageMap(t, m, at)
		return items, true, err
	case isMap && t.container.has(inIndex|inType|inID):
		items, err := o.indexMap(t, name, m, at)
		return items, true, err
	}
	return o.x.expand(position{a: o.a, term: name, at: at}, v)
}

func graphObject(it item) item {
	return item{at: it.at, kind: isNode, node: &node{at: it.at, graph: []item{it}, hasGraph: true}}
}

// languageMap reads texts by their language (step 13.7).
func (o *reader) languageMap(t *term, m map[string]any, at *place) ([]item, error) {
	dir := o.a.dir
	if t.dir != nil {
		dir = *t.dir
	}
	var out []item
	for _, lang := range sortedKeys(m) {
		for _, v := range asArray(m[lang]) {
			if v == nil {
				continue
			}
			s, ok := v.(string)
			if !ok {
				return nil, invalid("invalid language map value", lang)
			}
			lit := Term{Kind: Literal, Value: s}
			if iri, _ := o.a.iri(lang, false, true); iri != "@none" {
				o.x.language(&lit, lang, at, lang)
			}
			if dir != "" {
				o.x.miss(at, lang)
			}
			out = append(out, item{at: at.member(lang), lit: lit})
		}
	}
	return out, nil
}

// indexMap reads values by index, id or type (step 13.8).
func (o *reader) indexMap(t *term, name string, m map[string]any, at *place) ([]item, error) {
	var out []item
	for _, index := range sortedKeys(m) {
		a := o.a
		if t.container.has(inID|inType) && a.previous != nil {
			a = a.previous
		}
		if it := a.terms[index]; t.container.has(inType) && it != nil && it.hasScoped {
			var err error
			if a, err = o.x.scopedBy(a, it, true); err != nil {
				return nil, err
			}
		} else if !t.container.has(inType | inID) {
			a = o.a
		}
		p := position{a: a, term: name, at: at.member(index), fromMap: true}
		items, _, err := o.x.expand(p, asArray(m[index]))
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			if it, err = o.indexed(t, it, index, at); err != nil {
				return nil, err
			}
			out = append(out, it)
		}
	}
	return out, nil
}

// indexed puts what the index says into an item.
func (o *reader) indexed(t *term, it item, index string, at *place) (item, error) {
	if t.container.has(inGraph) && !(it.kind == isNode && it.node.hasGraph && len(it.node.props) == 0 && len(it.node.types) == 0) {
		it = graphObject(it)
	}
	iri, _ := o.a.iri(index, false, true)
	switch {
	case t.container.has(inIndex) && t.index != "":
		if iri == "@none" {
			return it, nil
		}
		return it, o.indexProperty(t, it, index, at)
	case t.container.has(inIndex):
		if iri != "@none" {
			o.x.miss(at, index) // an index is not in any statement
		}
	case it.kind != isNode:
		return it, invalid("invalid value object", index)
	case t.container.has(inID):
		if iri != "@none" && !it.node.hasID {
			it.node.id, _ = o.a.iri(index, true, false)
			it.node.hasID = true
		}
	case iri != "@none":
		iri, _ = o.a.iri(index, true, true)
		it.node.types = append([]typed{{iri, ""}}, it.node.types...)
	}
	return it, nil
}

// indexProperty states the index as a property of the item (step 13.8.3.7.2).
func (o *reader) indexProperty(t *term, it item, index string, at *place) error {
	if it.kind != isNode {
		return invalid("invalid value object", index)
	}
	iri, _ := o.a.iri(t.index, false, true)
	value, err := o.x.coerce(position{a: o.a, term: t.index, at: at.member(index)}, index)
	if err != nil {
		return err
	}
	it.node.props = append(it.node.props, property{iri: iri, written: index, at: at, items: []item{value}})
	return nil
}
