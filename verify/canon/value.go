package canon

// readValue makes a literal of a value object (step 15).
func (o *reader) readValue(first, end int) error {
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
	return o.x.scalar(o.p, item{object: lit})
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
func (o *reader) readList(first, end int) error {
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
	return nil
}

// items reads @list or @set.
func (o *reader) items(k keyword, v any) error {
	x, p := o.x, o.p
	if k == kwSet {
		x.miss("") // another form of the array that readers expect
		o.array = true
		return o.set(v)
	}
	if p.top() {
		x.miss("")
		return nil
	}
	to := p.to
	if p.whole != nil {
		to = p.whole
	}
	if !p.enclose {
		return o.list(p, to, v)
	}
	inner, graph := x.enclosed(p)
	if err := o.list(&inner, &target{}, v); err != nil {
		return err
	}
	return x.give(p, to, graph)
}

// set reads the items of a set object, which is nothing but an array.
func (o *reader) set(v any) error {
	inner := *o.p
	inner.a, inner.t = o.a, o.a.lookup(o.p.term)
	inner.fromMap, inner.root, inner.inList, inner.whole = false, false, false, nil
	if o.p.inList {
		return o.list(&inner, inner.to, v)
	}
	_, err := o.x.expand(&inner, v)
	return err
}

// list reads a value as a list in the context of the object and gives it on.
func (o *reader) list(p *position, to *target, v any) error {
	inner := *p
	inner.a, inner.t = o.a, o.a.lookup(p.term)
	return o.x.list(&inner, to, v)
}

// list reads a value as a list and gives that on.
func (x *expansion) list(p *position, to *target, v any) error {
	l := list{graph: p.graph}
	inner := position{a: p.a, t: p.t, term: p.term, to: &target{list: &l}, graph: p.graph}
	if _, err := x.expand(&inner, v); err != nil {
		return err
	}
	return x.give(p, to, x.closed(&l))
}
