package canon

// members reads the members of an object, or of a nested one, which are on the
// stack (steps 13 and 14).
func (o *reader) members(first, end int) error {
	x := o.x
	nests := false
	for i := first; i < end; i++ {
		e := x.entries[i]
		switch {
		case e.t.lost:
			x.miss(e.name)
			continue
		case e.t.keyword == kwNest:
			nests = true
			continue
		}
		x.path.member(e.name)
		var err error
		if e.t.keyword != 0 {
			err = o.keyword(&e)
		} else {
			err = o.property(&e)
		}
		if err != nil {
			return err
		}
		x.path.up()
	}
	if nests {
		return o.nests(first, end)
	}
	return nil
}

// nests reads members that stand one level deeper than they belong. A reader of
// the JSON doesn't find them where the statements put them.
func (o *reader) nests(first, end int) error {
	x := o.x
	outer := o.a
	defer func() { o.a = outer }()
	for i := first; i < end; i++ {
		e := x.entries[i]
		if e.t.lost || e.t.keyword != kwNest {
			continue
		}
		x.path.member(e.name)
		x.miss("")
		if err := o.eachNested(outer, e, func(inner *active, first, end int) error {
			o.a = inner
			return o.members(first, end)
		}); err != nil {
			return err
		}
		x.path.up()
	}
	return nil
}

// eachNested gives the members of each object in a @nest member to read, and the
// context they are in.
func (o *reader) eachNested(outer *active, e entry, read func(a *active, first, end int) error) error {
	x := o.x
	for _, v := range asArray(e.v) {
		m, ok := v.(map[string]any)
		if !ok {
			return invalid("invalid @nest value", e.name)
		}
		a, err := x.scopedFrom(outer, e.t)
		if err != nil {
			return err
		}
		first, end := x.resolve(a, m)
		for _, inner := range x.entries[first:end] {
			switch inner.t.keyword {
			case kwValue, kwList, kwSet:
				return invalid("invalid @nest value", e.name)
			}
		}
		if err := read(a, first, end); err != nil {
			return err
		}
		x.entries = x.entries[:first]
	}
	return nil
}

// keyword reads a member whose name is a keyword (step 13.4).
func (o *reader) keyword(e *entry) error {
	x, k := o.x, e.t.keyword
	if o.flip {
		return invalid("invalid reverse property map", e.t.iri)
	}
	if o.met.has(k) && k != kwIncluded && k != kwType && k != kwOther {
		return invalid("colliding keywords", e.t.iri)
	}
	o.met.add(k)
	o.keywords++
	t := e.t
	if o.types != o.a {
		t = o.types.lookup(e.name)
	}
	if o.types.disguises(t, e.name, e.t.iri) {
		x.miss("")
	}
	switch k {
	case kwID:
		if s, ok := e.v.(string); ok && x.renamed(o.a, s, o.id, false) {
			x.miss("")
		}
		return nil
	case kwType:
		return o.typesMember(e)
	case kwValue:
		return o.valueMember(e.v)
	case kwLanguage, kwDirection, kwIndex:
		return o.text(k, e.v)
	case kwGraph:
		return o.graphMember(e.v)
	case kwIncluded:
		return o.includedMember(e.v)
	case kwList, kwSet: // see readList
		o.value, o.valueName = e.v, e.name
		return nil
	case kwReverse:
		return o.reverse(e.v)
	}
	x.miss("")
	return nil
}

// typesMember reads @type.
func (o *reader) typesMember(e *entry) error {
	if s, ok := e.v.(string); ok {
		o.oneType(e.name, s)
		return nil
	}
	for _, v := range asArray(e.v) {
		s, ok := v.(string)
		if !ok {
			return invalid("invalid type value", "")
		}
		o.oneType(e.name, s)
	}
	return nil
}

func (o *reader) oneType(member, s string) {
	x := o.x
	iri, _ := o.types.iri(s, true, true)
	if o.types.disguises(o.types.lookup(s), s, iri) {
		x.miss("")
	}
	o.typeCount++
	o.datatype = iri
	if o.form != formNode {
		return
	}
	r, ok := x.resource(iri)
	switch {
	case !ok && x.silent == 0:
		x.missed = append(x.missed, x.path[:o.at].dotted(member))
	case ok && o.ok:
		x.say(o.subject, rdfType, resource(r), o.graph)
	}
}

func (o *reader) valueMember(v any) error {
	if o.inputType != "@json" {
		switch v.(type) {
		case map[string]any, []any:
			return invalid("invalid value object value", "")
		}
	}
	o.value = v
	return nil
}

// text reads @language, @direction and @index. An index is not in any statement,
// neither is a direction.
func (o *reader) text(k keyword, v any) error {
	s, ok := v.(string)
	switch k {
	case kwLanguage:
		if !ok {
			return invalid("invalid language-tagged string", "")
		}
		o.language = s
	case kwDirection:
		if s != "ltr" && s != "rtl" {
			return invalid("invalid base direction", s)
		}
		o.x.miss("")
	case kwIndex:
		if !ok {
			return invalid("invalid @index value", "")
		}
		o.x.miss("")
	}
	return nil
}

// graphMember reads @graph: what is in it is said in the graph that the node names.
func (o *reader) graphMember(v any) error {
	p := position{a: o.a, term: "@graph", graph: o.subject}
	switch {
	case o.p.root && o.x.root.unknown:
		p.graph, p.rootItem = ref{}, true
	case !o.ok:
		p.graph = nowhere
	}
	_, err := o.x.expand(&p, &target{}, v)
	return err
}

// includedMember reads @included, which is not where a reader of the JSON would
// look.
func (o *reader) includedMember(v any) error {
	o.x.miss("")
	to := target{nodes: true}
	_, err := o.x.expand(&position{a: o.a, graph: o.graph}, &to, v)
	if err == nil && to.items == 0 {
		return invalid("invalid @included value", "")
	}
	o.included += to.items
	return err
}

// reverse reads @reverse (step 13.4.13). What it says of other nodes stands in
// the wrong place for a reader of the JSON.
func (o *reader) reverse(v any) error {
	if _, ok := v.(map[string]any); !ok {
		return invalid("invalid @reverse value", "")
	}
	o.x.miss("")
	of := o.topic
	_, err := o.x.expand(&position{a: o.a, term: "@reverse", graph: o.graph, of: &of}, &target{}, v)
	o.said = of.said
	return err
}
