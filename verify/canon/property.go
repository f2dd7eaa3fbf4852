package canon

// property reads a member that is a property (steps 13.5 to 13.14).
func (o *reader) property(e *entry) error {
	x, t := o.x, e.t
	if o.a.disguises(t, e.name, t.iri) {
		x.miss("")
	}
	bad := !t.writable
	if bad || o.form != formNode {
		x.silent++
	}
	to := target{
		predicate: t.iri, subject: o.subject, mute: !o.ok, graph: o.graph,
		back: t.reverse != o.flip, nodes: t.reverse || o.flip,
	}
	said, err := o.values(t, e, &to)
	if bad || o.form != formNode {
		x.silent--
	}
	if err != nil || !said {
		return err
	}
	o.said++
	if t.reverse {
		x.miss("")
	}
	if bad {
		x.missLater("")
	}
	return nil
}

// values reads the value of a property by its container. said is false where it
// is null.
func (o *reader) values(t *term, e *entry, to *target) (said bool, err error) {
	p := position{a: o.a, t: e.t, term: e.name, graph: o.graph}
	p.enclose = t.container.has(inGraph) && !t.container.has(inID|inIndex)
	if t.container.has(inList) {
		return o.listOf(t, &p, to, e.v)
	}
	m, isMap := e.v.(map[string]any)
	switch {
	case isMap && t.typ != "@json" && t.container.has(inLanguage):
		return true, o.languageMap(t, to, m)
	case isMap && t.typ != "@json" && t.container.has(inIndex|inType|inID):
		return true, o.indexMap(t, &p, to, m)
	}
	array, err := o.plain(t, &p, to, e.v)
	return array || to.items > 0, err
}

func (o *reader) plain(t *term, p *position, to *target, v any) (array bool, err error) {
	if t.typ != "@json" {
		return o.x.expand(p, to, v)
	}
	lit, err := jsonLiteral(v)
	if err != nil {
		return false, err
	}
	return false, o.x.scalar(p, to, item{object: lit})
}

// listOf reads the value of a term that makes a list (step 13.11). A list object
// is one already.
func (o *reader) listOf(t *term, p *position, to *target, v any) (said bool, err error) {
	l := list{graph: p.graph}
	elements := target{list: &l}
	p.isList = true
	array, err := o.plain(t, p, &elements, v)
	if err != nil || !array && elements.items == 0 {
		return false, err
	}
	return true, o.x.take(to, o.x.closed(&l))
}

// languageMap reads texts by their language (step 13.7).
func (o *reader) languageMap(t *term, to *target, m map[string]any) error {
	x, dir := o.x, o.a.dir
	if t.dir != nil {
		dir = *t.dir
	}
	for _, lang := range sortedKeys(m) {
		x.path.member(lang)
		for _, v := range asArray(m[lang]) {
			if v == nil {
				continue
			}
			s, ok := v.(string)
			if !ok {
				return invalid("invalid language map value", lang)
			}
			lit := literal(s, "", "")
			if iri, _ := o.a.iri(lang, false, true); iri != "@none" {
				lit = x.tagged(lit, lang, "")
			}
			if dir != "" {
				x.miss("")
			}
			if err := x.take(to, item{object: lit}); err != nil {
				return err
			}
		}
		x.path.up()
	}
	return nil
}

// mapKey is what a map says of an item by its key (step 13.8).
type mapKey struct {
	t    *term
	a    *active // in which the key is read
	key  string
	none bool // the key says that there is none
	at   int  // how long the path to the key is
}

// indexMap reads values by index, id or type (step 13.8).
func (o *reader) indexMap(t *term, p *position, to *target, m map[string]any) error {
	x := o.x
	inner := *p
	inner.fromMap, inner.enclose = true, t.container.has(inGraph)
	for _, key := range sortedKeys(m) {
		x.path.member(key)
		iri, _ := o.a.iri(key, false, true)
		inner.key = &mapKey{t: t, a: o.a, key: key, none: iri == "@none", at: len(x.path)}
		var err error
		if inner.a, err = o.keyContext(t, key); err != nil {
			return err
		}
		inner.t = inner.a.lookup(p.term)
		if _, err := x.expand(&inner, to, asArray(m[key])); err != nil {
			return err
		}
		x.path.up()
	}
	return nil
}

// keyContext finds the context for what a map holds under a key: a type has its own.
func (o *reader) keyContext(t *term, key string) (*active, error) {
	if !t.container.has(inID | inType) {
		return o.a, nil
	}
	a := o.a
	if a.previous != nil {
		a = a.previous
	}
	if named := a.lookup(key); t.container.has(inType) && named != nil && named.hasScoped {
		return o.x.scopedBy(a, named, true)
	}
	return a, nil
}

// id gives the id that the key of a map states. There is none without a map.
func (k *mapKey) id() (id string, ok bool) {
	if k == nil || k.none || !k.t.container.has(inID) {
		return "", false
	}
	id, _ = k.a.iri(k.key, true, false)
	return id, true
}

// give gives an item on, with what the key of a map says of it in a graph.
func (x *expansion) give(key *mapKey, graph ref, to *target, it item) error {
	if key != nil {
		if err := x.sayKey(key, it, graph); err != nil {
			return err
		}
	}
	return x.take(to, it)
}

func (x *expansion) sayKey(k *mapKey, it item, graph ref) error {
	index := k.t.container.has(inIndex)
	switch {
	case index && k.t.index == "":
		if !k.none {
			x.missed = append(x.missed, x.path[:k.at].dotted("")) // an index is not in any statement
		}
		return nil
	case index && k.none:
		return nil
	case !it.node:
		return invalid("invalid value object", k.key)
	case k.none || k.t.container.has(inID):
		return nil
	}
	if it.id != "" && graph.none() {
		x.checkName(it.id)
	}
	if index {
		return x.sayIndex(k, it, graph)
	}
	iri, _ := k.a.iri(k.key, true, true)
	r, ok := x.resource(iri)
	if !ok {
		x.missLater("")
		return nil
	}
	return x.take(&target{predicate: rdfType, subject: it.ref(), mute: it.kind == isNothing, graph: graph},
		item{object: resource(r)})
}

// sayIndex states the index as a property of the item (step 13.8.3.7.2).
func (x *expansion) sayIndex(k *mapKey, it item, graph ref) error {
	iri, _ := k.a.iri(k.t.index, false, true)
	if !writable(iri) && x.silent == 0 {
		x.missed = append(x.missed, x.path[:k.at-1].dotted(""))
	}
	deep := x.path
	x.path = x.path[:k.at]
	value, err := x.coerce(k.a, k.a.lookup(k.t.index), k.key)
	x.path = deep
	if err != nil {
		return err
	}
	return x.take(&target{predicate: iri, subject: it.ref(), mute: it.kind == isNothing || !writable(iri), graph: graph}, value)
}
