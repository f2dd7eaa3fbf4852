package proof

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ErrPointer marks a pointer that leads to nothing in the document, or that would
// tear apart what can only be shown as a whole, such as an ordered list.
var ErrPointer = errors.New("pointer selects nothing that can be shown")

// The pointers one document may have, and how deep one may lead.
const (
	maxPointers = 4096
	maxSteps    = 64
)

// parsePointer takes a JSON pointer apart (RFC 6901, sections 3 and 4).
func parsePointer(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	steps := strings.Split(text, "/")
	if steps[0] != "" || len(steps)-1 > maxSteps {
		return nil, fmt.Errorf("%w: %.80q", ErrPointer, text)
	}
	for i, s := range steps {
		rest := strings.NewReplacer("~0", "", "~1", "").Replace(s)
		if strings.Contains(rest, "~") {
			return nil, fmt.Errorf("%w: %.80q", ErrPointer, text)
		}
		steps[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(s)
	}
	return steps[1:], nil
}

// picks is what some pointers select below one value: all of it, or some of its
// members or elements.
type picks struct {
	all     bool
	members map[string]*picks
}

func (p *picks) add(steps []string) {
	if len(steps) == 0 {
		p.all = true
		return
	}
	if p.members == nil {
		p.members = map[string]*picks{}
	}
	below, ok := p.members[steps[0]]
	if !ok {
		below = &picks{}
		p.members[steps[0]] = below
	}
	below.add(steps[1:])
}

// Select gives what pointers select of a document: the values they lead to,
// and of every object on the way its context, id and type. The elements of a list
// move up where others are left out (VC-DI-ECDSA, section 3.4.13, selectJsonLd). No
// pointers select nothing: nil. doc is left as it is; what stands in it is shared.
func Select(doc map[string]any, pointers []string) (map[string]any, error) {
	if len(pointers) == 0 {
		return nil, nil
	}
	if len(pointers) > maxPointers {
		return nil, fmt.Errorf("%w: more than %d", ErrPointer, maxPointers)
	}
	root := &picks{}
	for _, text := range pointers {
		steps, err := parsePointer(text)
		if err != nil {
			return nil, err
		}
		root.add(steps)
	}
	v, err := root.of(doc)
	if err != nil {
		return nil, err
	}
	return maps.Clone(v.(map[string]any)), nil
}

func (p *picks) of(v any) (any, error) {
	if p.all {
		return v, nil
	}
	switch v := v.(type) {
	case map[string]any:
		return p.ofObject(v)
	case []any:
		return p.ofList(v)
	}
	return nil, fmt.Errorf("%w: it leads into a plain value", ErrPointer)
}

// always are the members that come along with whatever is selected below them
// (VC-DI-ECDSA, section 3.4.11, createInitialSelection), under each name they are known to have.
// The context of an object inside is among them: without it, what is below would
// mean something else.
var always = []string{"@context", "id", "@id", "type", "@type"}

func (p *picks) ofObject(v map[string]any) (any, error) {
	out := map[string]any{}
	for _, name := range always {
		if inner, ok := v[name]; ok {
			out[name] = inner
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.members)) {
		inner, ok := v[name]
		if !ok {
			return nil, fmt.Errorf("%w: no member %.80q", ErrPointer, name)
		}
		picked, err := p.members[name].of(inner)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(always, name) { // which are there as a whole
			out[name] = picked
		}
	}
	return out, nil
}

func (p *picks) ofList(v []any) (any, error) {
	places := make([]int, 0, len(p.members))
	for name := range p.members {
		n, err := strconv.Atoi(name)
		if err != nil || n < 0 || n >= len(v) || strconv.Itoa(n) != name {
			return nil, fmt.Errorf("%w: no element %.80q", ErrPointer, name)
		}
		places = append(places, n)
	}
	slices.Sort(places)
	out := make([]any, 0, len(places))
	for _, n := range places {
		picked, err := p.members[strconv.Itoa(n)].of(v[n])
		if err != nil {
			return nil, err
		}
		out = append(out, picked)
	}
	return out, nil
}
