package canon

// finish turns what was read into an expanded value (steps 15 to 19).
func (o *reader) finish() ([]item, bool, error) {
	r := o.r
	switch {
	case r.met("@value"):
		return o.finishValue()
	case r.met("@list"), r.met("@set"):
		return o.finishList()
	}
	if r.met("@language") || r.met("@direction") {
		o.missKeywords("@language", "@direction")
		if len(r.keywords) == 1 && len(r.props) == 0 && len(r.node.reverse) == 0 {
			return nil, false, nil
		}
	}
	n := &r.node
	if o.p.top() && n.bare() {
		if n.hasID {
			o.x.miss(o.p.at, n.idName)
		}
		return nil, false, nil
	}
	return []item{{at: o.p.at, kind: isNode, node: n}}, false, nil
}

// missKeywords notes keywords that stand where they mean nothing.
func (o *reader) missKeywords(names ...string) {
	for _, name := range names {
		if o.r.met(name) {
			o.x.miss(o.p.at, name)
		}
	}
}

// bare says that a node has nothing to say but perhaps its id.
func (n *node) bare() bool {
	return len(n.types) == 0 && len(n.props) == 0 && len(n.reverse) == 0 && !n.hasGraph && len(n.included) == 0
}

// onlyGraph says that a node is but a wrapper of the default graph.
func (n *node) onlyGraph() bool {
	return n.hasGraph && !n.hasID && len(n.types) == 0 && len(n.props) == 0 && len(n.reverse) == 0 && len(n.included) == 0
}

// finishValue makes a literal of a value object (step 15).
func (o *reader) finishValue() ([]item, bool, error) {
	r := o.r
	for _, k := range r.keywords {
		switch k {
		case "@value", "@type", "@language", "@direction", "@index":
		default:
			return nil, false, invalid("invalid value object", k)
		}
	}
	if len(r.props) > 0 || len(r.node.reverse) > 0 ||
		r.met("@type") && (r.met("@language") || r.met("@direction")) {
		return nil, false, invalid("invalid value object", "")
	}
	if o.p.top() {
		o.x.miss(o.p.at, "@value")
		return nil, false, nil
	}
	lit, err := o.literal()
	if err != nil || lit.Kind == None && r.value == nil {
		return nil, false, err
	}
	return []item{{at: o.p.at, lit: lit}}, false, nil
}

func (o *reader) literal() (Term, error) {
	r := o.r
	datatype := ""
	if r.met("@type") {
		if len(r.types) != 1 {
			return Term{}, invalid("invalid typed value", "")
		}
		datatype = r.types[0].iri
	}
	if datatype == "@json" {
		return o.x.jsonLiteral(r.value)
	}
	if r.value == nil {
		return Term{}, nil
	}
	_, isText := r.value.(string)
	if r.met("@language") && !isText {
		return Term{}, invalid("invalid language-tagged value", "")
	}
	if r.met("@type") && !writable(datatype) {
		return Term{}, invalid("invalid typed value", datatype)
	}
	lit, err := o.x.scalar(r.value, datatype, o.p.at)
	if err == nil {
		o.x.language(&lit, r.language, o.p.at, "@language")
	}
	return lit, err
}

// finishList gives the items of @list and @set (step 17).
func (o *reader) finishList() ([]item, bool, error) {
	r := o.r
	n := len(r.keywords)
	if r.met("@index") {
		n--
	}
	if n != 1 || len(r.props) > 0 || len(r.node.reverse) > 0 {
		return nil, false, invalid("invalid set or list object", "")
	}
	if r.met("@set") {
		return r.items, true, nil
	}
	if o.p.top() {
		return nil, false, nil
	}
	return []item{{at: o.p.at, kind: isList, list: r.items}}, false, nil
}
