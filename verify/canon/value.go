package canon

// readValue makes a literal of a value object (step 15).
func (o *reader) readValue(to *target, first, end int) error {
	if err := o.members(first, end); err != nil {
		return err
	}
	const allowed = keywords(1<<kwValue | 1<<kwType | 1<<kwLanguage | 1<<kwDirection | 1<<kwIndex)
	if o.met&^allowed != 0 || o.said > 0 ||
		o.met.has(kwType) && (o.met.has(kwLanguage) || o.met.has(kwDirection)) {
		return invalid("invalid value object", "")
	}
	if o.p.top() {
		o.x.miss("@value")
		return nil
	}
	lit, there, err := o.literal()
	if err != nil || !there {
		return err
	}
	return o.x.scalar(&o.p, to, item{object: lit})
}

func (o *reader) literal() (lit object, there bool, err error) {
	datatype := ""
	if o.met.has(kwType) {
		if o.typeCount != 1 {
			return lit, false, invalid("invalid typed value", "")
		}
		datatype = o.datatype
	}
	if datatype == "@json" {
		lit, err = jsonLiteral(o.value)
		return lit, true, err
	}
	if o.value == nil {
		return lit, false, nil
	}
	_, isText := o.value.(string)
	if o.met.has(kwLanguage) && !isText {
		return lit, false, invalid("invalid language-tagged value", "")
	}
	if o.met.has(kwType) && !writable(datatype) {
		return lit, false, invalid("invalid typed value", datatype)
	}
	if lit, err = o.x.literal(o.value, datatype); err == nil {
		lit = o.x.tagged(lit, o.language, "@language")
	}
	return lit, true, err
}

// readList reads a list or set object (step 17).
func (o *reader) readList(to *target, first, end int) error {
	if err := o.members(first, end); err != nil {
		return err
	}
	n := o.keywords
	if o.met.has(kwIndex) {
		n--
	}
	if n != 1 || o.said > 0 {
		return invalid("invalid set or list object", "")
	}
	o.x.path.member(o.valueName)
	defer o.x.path.up()
	if o.form == formSet {
		return o.set(to)
	}
	return o.list(to)
}

// set reads the items of a set object, which is nothing but another form of the
// array that readers expect.
func (o *reader) set(to *target) error {
	o.x.miss("")
	o.array = true
	p := o.p
	p.a, p.t = o.a, o.a.lookup(o.p.term)
	p.fromMap, p.root, p.inList, p.isList = false, false, false, false
	if o.p.inList {
		return o.x.list(&p, to, o.value)
	}
	_, err := o.x.expand(&p, to, o.value)
	return err
}

// list reads the items of a list object. Where the term makes a list already, they
// are the items of that.
func (o *reader) list(to *target) error {
	x, p := o.x, o.p
	p.a, p.t = o.a, o.a.lookup(p.term)
	switch {
	case p.top():
		x.miss("")
		return nil
	case p.isList:
		o.array = true
		_, err := x.expand(&position{a: p.a, t: p.t, term: p.term, graph: p.graph}, to, o.value)
		return err
	case !p.enclose:
		return x.list(&p, to, o.value)
	}
	inner, graph := x.enclosed(&p)
	inner.key = nil
	if err := x.list(&inner, &target{}, o.value); err != nil {
		return err
	}
	return x.give(p.key, p.graph, to, graph)
}

// list reads a value as a list and gives that on.
func (x *expansion) list(p *position, to *target, v any) error {
	l := list{graph: p.graph}
	inner := position{a: p.a, t: p.t, term: p.term, graph: p.graph}
	if _, err := x.expand(&inner, &target{list: &l}, v); err != nil {
		return err
	}
	return x.give(p.key, p.graph, to, x.closed(&l))
}
