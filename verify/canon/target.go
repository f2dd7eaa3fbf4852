package canon

// item is what a value became: a node, a list, or else a literal.
type item struct {
	object
	node bool
	id   string // of a node
}

// ref gives what a node is named by.
func (it *item) ref() ref { return ref{it.text, it.object.node} }

// target takes items: to state them of a node, to put them into a list, or, as
// the zero target does, to leave them where they are.
type target struct {
	predicate string // "" for none
	subject   ref
	graph     ref
	list      *list
	mute      bool // the subject can't stand in a statement
	back      bool // items are the subjects, and subject is what is said of them
	nodes     bool // takes nodes only
	items     int  // taken so far
}

// list is an RDF list that is being written (JSON-LD 1.1 API, section 8.3).
type list struct {
	graph      ref
	head, last ref
}

// take puts an item where it belongs.
func (x *expansion) take(to *target, it item) error {
	to.items++
	switch {
	case to.nodes && !it.node && to.predicate == "":
		return invalid("invalid @included value", "")
	case to.nodes && !it.node:
		return invalid("invalid reverse property value", to.predicate)
	case to.list != nil:
		x.append(to.list, it.object)
	case to.predicate == "" || to.mute || it.kind == isNothing:
	case to.back:
		x.say(it.ref(), to.predicate, resource(to.subject), to.graph)
	default:
		x.say(to.subject, to.predicate, it.object, to.graph)
	}
	return nil
}

// append adds a cell; what can't be stated leaves it empty.
func (x *expansion) append(l *list, o object) {
	cell := x.out.blank()
	if l.head.none() {
		l.head = cell
	} else {
		x.say(l.last, rdfRest, resource(cell), l.graph)
	}
	l.last = cell
	if o.kind != isNothing {
		x.say(cell, rdfFirst, o, l.graph)
	}
}

// closed ends a list and gives its head.
func (x *expansion) closed(l *list) item {
	end := object{text: rdfNil}
	if l.head.none() {
		return item{object: end}
	}
	x.say(l.last, rdfRest, end, l.graph)
	return item{object: resource(l.head)}
}

// nowhere is the name of a graph that can't be named: nothing can be said in it.
var nowhere = ref{node: -1}

func (x *expansion) say(subject ref, predicate string, o object, graph ref) {
	if x.silent == 0 && graph != nowhere {
		x.out.add(statement{subject, predicate, o, graph})
	}
}

// resource gives what an id names; ok is false when no statement can hold it.
func (x *expansion) resource(id string) (r ref, ok bool) {
	if !isBlank(id) {
		return ref{iri: id}, writable(id)
	}
	r, known := x.blanks[id]
	if !known {
		if x.blanks == nil {
			x.blanks = map[string]ref{}
		}
		r = x.out.blank()
		x.blanks[id] = r
	}
	return r, true
}
