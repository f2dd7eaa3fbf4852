package cborld

import (
	"fmt"
	"slices"
	"strings"
)

// decoder unpacks one input; the numbers of terms go on from one document of a
// list to the next.
type decoder struct {
	contexts Contexts
	loaded   map[string]map[string]any
	names    names
	old      bool // the form of before 1.0, with tables of its own
	work     int
}

// spend counts work, so that a few bytes can't ask for much of it.
func (d *decoder) spend(n int) error {
	if d.work += n; d.work > maxWork {
		return ErrTooLarge
	}
	return nil
}

// documents unpacks one document or a list of them.
func (d *decoder) documents(v any) (any, error) {
	list, isList := v.([]any)
	if !isList {
		return d.object(&active{}, v)
	}
	out := make([]any, 0, len(list))
	for _, el := range list {
		doc, err := d.object(&active{}, el)
		if err != nil {
			return nil, err
		}
		out = append(out, doc)
	}
	return out, nil
}

// object unpacks a map in the order in which it was packed: its contexts, those of
// its types, then its members by their names, since all of these number terms.
func (d *decoder) object(a *active, v any) (map[string]any, error) {
	packed, ok := v.(map[any]any)
	if !ok {
		return nil, fmt.Errorf("%w: %T where an object is due", ErrForm, v)
	}
	out := map[string]any{}
	a, err := d.embedded(a, packed, out)
	if err != nil {
		return nil, err
	}
	if a, err = d.typed(a, packed); err != nil {
		return nil, err
	}
	members, err := d.members(packed)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if _, twice := out[m.name]; twice {
			return nil, fmt.Errorf("%w: %q stands twice", ErrForm, m.name)
		}
		if out[m.name], err = d.member(a, m); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// embedded unpacks the contexts of an object and puts them in force.
func (d *decoder) embedded(a *active, packed map[any]any, out map[string]any) (*active, error) {
	one, single := packed[contextID]
	list, several := packed[contextID+1]
	if single && several {
		return nil, fmt.Errorf("%w: contexts stand twice", ErrForm)
	}
	switch {
	case single:
		c, err := d.contextValue(one)
		if err != nil {
			return nil, err
		}
		out["@context"] = c
	case several:
		els, ok := list.([]any)
		if !ok {
			return nil, fmt.Errorf("%w: contexts are no list", ErrForm)
		}
		all := make([]any, 0, len(els))
		for _, el := range els {
			c, err := d.contextValue(el)
			if err != nil {
				return nil, err
			}
			all = append(all, c)
		}
		out["@context"] = all
	default:
		return a, nil
	}
	return d.apply(a, out["@context"], true)
}

// contextValue unpacks one context: a number for an address, or as it stands.
func (d *decoder) contextValue(v any) (any, error) {
	id, ok := v.(int64)
	if !ok {
		return d.plain(v)
	}
	if url, known := oldContexts[id]; known && d.old {
		return url, d.spend(len(url))
	}
	return nil, fmt.Errorf("%w: context %d", ErrTable, id)
}

// typed puts the contexts of an object's types in force, in the order of the
// types' letters (JSON-LD 1.1, section 4.1.8).
func (d *decoder) typed(a *active, packed map[any]any) (*active, error) {
	var types []string
	for _, name := range a.typeNames() {
		key := d.names.key(name)
		found := listOf(packed[key])
		if id, ok := key.(int64); ok {
			found = append(found, listOf(packed[id+1])...)
		}
		for _, v := range found {
			t, err := d.address(v)
			if err != nil {
				return nil, err
			}
			if s, ok := t.(string); ok {
				types = append(types, s)
			}
		}
	}
	slices.Sort(types)
	before := a
	for _, t := range slices.Compact(types) {
		scoped := a.terms[t].scoped
		if scoped == nil {
			continue
		}
		next, err := d.apply(a, scoped, false)
		if err != nil {
			return nil, err
		}
		a = &active{terms: next.terms, previous: before}
	}
	return a, nil
}

// typeNames are @type and the terms that stand for it, in the order of letters.
func (a *active) typeNames() []string {
	if a.types == nil {
		a.types = []string{"@type"}
		for term, def := range a.terms {
			if def.id == "@type" {
				a.types = append(a.types, term)
			}
		}
		slices.Sort(a.types)
	}
	return a.types
}

// member is one member of an object before its value is unpacked.
type member struct {
	name   string
	plural bool
	value  any
}

func (d *decoder) members(packed map[any]any) ([]member, error) {
	out := make([]member, 0, len(packed))
	for key, v := range packed {
		if key == contextID || key == contextID+1 {
			continue
		}
		name, plural, err := d.names.term(key)
		if err != nil {
			return nil, err
		}
		if name == "@context" {
			return nil, fmt.Errorf("%w: contexts stand twice", ErrForm)
		}
		if err := d.spend(len(name)); err != nil {
			return nil, err
		}
		out = append(out, member{name, plural, v})
	}
	slices.SortFunc(out, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// member unpacks the value of one member, or each of a list's.
func (d *decoder) member(a *active, m member) (any, error) {
	def, inside := a.terms[m.name], a
	if def.scoped != nil || holdsObjects(m.value) { // even a scoped context that nobody uses numbers terms
		var err error
		if inside, err = d.within(a, def.scoped); err != nil {
			return nil, err
		}
	}
	kind := kindOf(m.name, def)
	if !m.plural {
		return d.value(inside, kind, m.value)
	}
	list, ok := m.value.([]any)
	if !ok {
		return nil, fmt.Errorf("%w: %q is no list", ErrForm, m.name)
	}
	return d.list(inside, kind, list)
}

func holdsObjects(v any) bool {
	switch v.(type) {
	case map[any]any, []any:
		return true
	}
	return false
}

func (d *decoder) list(a *active, kind string, list []any) (any, error) {
	out := make([]any, 0, len(list))
	for _, el := range list {
		v, err := d.value(a, kind, el)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
