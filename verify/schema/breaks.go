package schema

import (
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// breaks gives the places a document breaks its schema at. Where one of several
// forms was due, only the breaks of the form that came closest are told: the one
// that went wrong deepest inside.
func breaks(e *jsonschema.ValidationError) [][]string {
	if len(e.Causes) == 0 {
		return leaf(e)
	}
	switch e.ErrorKind.(type) {
	case *kind.Contains: // the list lacks something: none of its members is to blame
		return leaf(e)
	case *kind.OneOf, *kind.AnyOf:
		var closest [][]string
		for _, c := range e.Causes {
			if b := breaks(c); depth(b) > depth(closest) || closest == nil {
				closest = b
			}
		}
		return closest
	}
	var all [][]string
	for _, c := range e.Causes {
		all = append(all, breaks(c)...)
	}
	return all
}

// leaf gives the place of one break: the member that is missing or not allowed,
// else the value that is wrong.
func leaf(e *jsonschema.ValidationError) [][]string {
	var names []string
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		names = k.Missing
	case *kind.AdditionalProperties:
		names = k.Properties
	default:
		return [][]string{e.InstanceLocation}
	}
	var out [][]string
	for _, n := range names {
		out = append(out, append(slices.Clone(e.InstanceLocation), n))
	}
	return out
}

func depth(places [][]string) int {
	deepest := 0
	for _, p := range places {
		deepest = max(deepest, len(p))
	}
	return deepest
}

// first writes the first places in the order of their names, each once.
func first(places [][]string, most int) []string {
	var out []string
	for _, p := range places {
		out = append(out, strings.Join(p, "."))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), most)]
}
