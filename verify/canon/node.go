package canon

// readNode reads an object that stands for a node.
func (o *reader) readNode(to *target, first, end int) error {
	if o.flip {
		o.topic = *o.p.of
		err := o.members(first, end)
		o.p.of.said = o.said
		return err
	}
	if err := o.identify(first, end); err != nil {
		return err
	}
	if err := o.members(first, end); err != nil {
		return err
	}
	it, there := o.finishNode()
	switch {
	case !there:
		return nil
	case o.encloses:
		it = o.graphNode
	}
	return o.x.give(o.p.key, o.outside, to, it)
}

// identify finds what an object's statements are about: its id, what a map says
// its id is, or a blank node.
func (o *reader) identify(first, end int) error {
	x, p := o.x, &o.p
	o.ok = true
	if err := o.findID(o.a, first, end); err != nil {
		return err
	}
	o.remark = o.hasID && (x.root.unknown || o.id == x.root.id) && x.isRemark(o.a, first, end)
	if !o.hasID && !o.encloses {
		o.id, o.hasID = p.key.id()
	}
	if p.root {
		if x.root.unknown = !o.hasID && x.onlyGraph(first, end); !x.root.unknown {
			x.root.id = o.id
		}
	}
	if !o.hasID {
		o.subject = x.out.blank()
		return nil
	}
	if o.subject, o.ok = x.resource(o.id); !o.ok {
		x.missLater(o.idName)
	}
	return nil
}

// findID looks for an @id among members, those that are nested included.
func (o *reader) findID(a *active, first, end int) error {
	x := o.x
	for i := first; i < end; i++ {
		switch e := x.entries[i]; {
		case e.t.lost:
		case e.t.keyword == kwID:
			s, ok := e.v.(string)
			if !ok {
				return invalid("invalid @id value", "")
			}
			o.id, _ = a.iri(s, true, false)
			o.hasID, o.idName = true, e.name
		case e.t.keyword == kwNest:
			if err := o.eachNested(a, e, func(inner *active, first, end int) error {
				return o.findID(inner, first, end)
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// graphObject says whether members make a graph object: one that has but a graph
// and perhaps an id or an index.
func (x *expansion) graphObject(first, end int) bool {
	graph := false
	for _, e := range x.entries[first:end] {
		switch {
		case e.t.lost, e.t.keyword == 0 && e.v == nil:
		case e.t.keyword == kwGraph:
			graph = true
		case e.t.keyword == 0, e.t.keyword == kwType:
			return false
		}
	}
	return graph
}

// onlyGraph says whether the document's object is but a wrapper of the default
// graph.
func (x *expansion) onlyGraph(first, end int) bool {
	for _, e := range x.entries[first:end] {
		switch e.t.keyword {
		case kwIncluded, kwReverse, kwNest:
			return false
		}
	}
	return x.graphObject(first, end)
}

// finishNode gives the node that was read; there is none where an object says
// nothing (steps 18 and 19).
func (o *reader) finishNode() (it item, there bool) {
	x := o.x
	if o.met.has(kwLanguage) || o.met.has(kwDirection) {
		o.missKeyword(kwLanguage, "@language")
		o.missKeyword(kwDirection, "@direction")
		if o.keywords == 1 && o.said == 0 {
			return item{}, false
		}
	}
	bare := o.typeCount == 0 && o.said == 0 && !o.met.has(kwGraph) && o.included == 0
	switch {
	case bare && o.p.top():
		if o.hasID {
			x.miss(o.idName)
		}
		return item{}, false
	case bare && o.encloses:
		x.missLater("") // a graph that says nothing of its only node
	case o.p.rootItem:
		x.root.tops = append(x.root.tops, o.id)
	case !bare && !o.p.root && o.hasID && o.graph.none() && !o.remark:
		x.checkName(o.id)
	}
	it = item{object: resource(o.subject), node: true, id: o.id}
	if !o.ok {
		it.object = object{kind: isNothing}
	}
	return it, true
}

// missKeyword notes a keyword that stands where it means nothing.
func (o *reader) missKeyword(k keyword, name string) {
	if o.met.has(k) {
		o.x.miss(name)
	}
}

// enclosed makes the graph that an item is put into (step 13.12), and says where
// the item's own statements go.
func (x *expansion) enclosed(p *position) (inner position, graph item) {
	inner = *p
	inner.enclose = false
	graph = item{node: true}
	id, has := p.key.id()
	if !has {
		inner.graph = x.out.blank()
		graph.object = resource(inner.graph)
		return inner, graph
	}
	r, ok := x.resource(id)
	if !ok {
		x.missLater("")
		inner.graph, graph.object = nowhere, object{kind: isNothing}
		return inner, graph
	}
	if p.graph.none() {
		x.checkName(id)
	}
	inner.graph, graph.object, graph.id = r, resource(r), id
	return inner, graph
}

// What an endorsement says, by the vocabulary of Open Badges 3.0.
const (
	endorsementSubject = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementSubject"
	endorsementComment = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"
)

// isRemark says whether an object is no more than an endorsement's comment about
// what its id names (Open Badges 3.0, section B.1.10). Such a one may stand inside
// what it is about, under the same id: no reader looks for a comment outside of an
// endorsement, so nothing can be hidden in it.
func (x *expansion) isRemark(a *active, first, end int) bool {
	subject := false
	for _, e := range x.entries[first:end] {
		switch {
		case e.t.keyword == kwID, e.t.iri == endorsementComment:
		case e.t.keyword == kwType:
			types := asArray(e.v)
			if len(types) != 1 {
				return false
			}
			s, _ := types[0].(string)
			iri, _ := a.iri(s, true, true)
			subject = iri == endorsementSubject
		default:
			return false
		}
	}
	return subject
}
