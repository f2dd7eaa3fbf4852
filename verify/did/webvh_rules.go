package did

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// webvhMethod is the version of the method whose rules are built in.
const webvhMethod = "did:webvh:1.0"

// maxListed bounds each list of an entry's parameters.
const maxListed = 200

// rules are the parameters of a log in force: what an entry does not name stays
// as it was (did:webvh 1.0, section "DID Method Parameters").
type rules struct {
	scid          string
	method        string
	updateKeys    []string // multikeys that may sign
	nextKeyHashes []string // multihashes of the multikeys the next entry may name; none: no pre-rotation
	witness       witnesses
	portable      bool
	deactivated   bool
}

// witnesses are did:keys, of whom at least threshold must agree; zero: nobody.
type witnesses struct {
	threshold int
	keys      []string // the multikeys of their did:keys
}

// parameterReaders lists all parameters of version 1.0; watchers and ttl change
// nothing in what is proven.
var parameterReaders = []struct {
	name string
	read func(r *rules, v any) bool
}{
	{"method", func(r *rules, v any) (ok bool) { r.method, ok = v.(string); return ok }},
	{"scid", func(r *rules, v any) (ok bool) { r.scid, ok = v.(string); return ok && scidForm.MatchString(r.scid) }},
	{"updateKeys", func(r *rules, v any) (ok bool) { r.updateKeys, ok = listed(v); return ok }},
	{"nextKeyHashes", func(r *rules, v any) (ok bool) { r.nextKeyHashes, ok = listed(v); return ok }},
	{"witness", func(r *rules, v any) (ok bool) { r.witness, ok = readWitnesses(v); return ok }},
	{"watchers", func(_ *rules, v any) bool { _, ok := listed(v); return ok }},
	{"portable", func(r *rules, v any) (ok bool) { r.portable, ok = flag(v); return ok }},
	{"deactivated", func(r *rules, v any) (ok bool) { r.deactivated, ok = flag(v); return ok }},
	{"ttl", func(_ *rules, v any) bool { _, ok := v.(json.Number); return ok || v == nil }},
}

// with gives the rules in force once an entry with these parameters is accepted.
func (r rules) with(p map[string]any, first bool) (rules, error) {
	portable, known := r.portable, 0
	for _, param := range parameterReaders {
		v, ok := p[param.name]
		if !ok {
			continue
		}
		known++
		if !param.read(&r, v) {
			return r, fmt.Errorf("%w: parameter %s", ErrHistory, param.name)
		}
	}
	_, namesSCID := p["scid"]
	switch {
	case known != len(p):
		return r, fmt.Errorf("%w: a parameter that version 1.0 does not have", ErrHistory)
	case first != namesSCID, first && (p["method"] == nil || p["updateKeys"] == nil):
		return r, fmt.Errorf("%w: parameters of another entry", ErrHistory)
	case r.method != webvhMethod:
		return r, fmt.Errorf("%w: %.40q", ErrUnsupported, r.method)
	case !first && r.portable && !portable:
		return r, fmt.Errorf("%w: made portable later on", ErrHistory)
	}
	return r, nil
}

// signers lists the keys one of which must sign an entry: those of the entry
// before it, unless this is the first, or the one before committed to what this
// one names (sections "Authorized Keys", "Pre-Rotation Key Hash Generation and
// Verification").
func (h *history) signers(e entry, after rules) ([]string, error) {
	switch {
	case len(h.versions) == 0:
		return after.updateKeys, nil
	case len(h.rules.nextKeyHashes) == 0:
		return h.rules.updateKeys, nil
	}
	_, keys := e.parameters["updateKeys"]
	_, hashes := e.parameters["nextKeyHashes"]
	if !keys || !hashes {
		return nil, fmt.Errorf("%w: pre-rotation is left out", ErrHistory)
	}
	for _, key := range after.updateKeys {
		if !slices.Contains(h.rules.nextKeyHashes, multihash([]byte(key))) {
			return nil, fmt.Errorf("%w: a key nobody committed to", ErrHistory)
		}
	}
	return after.updateKeys, nil
}

// listed reads a list of texts. Null stands for an empty one, as early issuers
// wrote it.
func listed(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok || len(list) > maxListed {
		return nil, v == nil
	}
	out := texts(v)
	return out, len(out) == len(list)
}

func flag(v any) (value, ok bool) {
	value, ok = v.(bool)
	return value, ok || v == nil
}

// readWitnesses reads the witness parameter: a threshold between one and the
// number of the did:keys, each of which occurs once (section "The witness
// Parameter"). An empty object means none.
func readWitnesses(v any) (witnesses, bool) {
	o, ok := v.(map[string]any)
	if !ok || len(o) == 0 {
		return witnesses{}, ok || v == nil
	}
	n, _ := o["threshold"].(json.Number)
	threshold, err := strconv.Atoi(n.String())
	list, _ := o["witnesses"].([]any)
	if err != nil || threshold < 1 || threshold > len(list) || len(list) > maxListed {
		return witnesses{}, false
	}
	w := witnesses{threshold: threshold}
	for _, el := range list {
		m, _ := el.(map[string]any)
		id, _ := m["id"].(string)
		key, isKey := strings.CutPrefix(id, "did:key:")
		if !isKey || slices.Contains(w.keys, key) {
			return witnesses{}, false
		}
		w.keys = append(w.keys, key)
	}
	return w, true
}
