package proof

import (
	"fmt"
	"maps"
)

// Proofs gives the proofs of a document in their order: the objects of its proof
// member. ok is false when that member holds anything else.
func Proofs(doc map[string]any) (proofs []map[string]any, ok bool) {
	v, has := doc["proof"]
	if !has {
		return nil, true
	}
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	for _, v := range list {
		p, isObject := v.(map[string]any)
		if !isObject {
			return nil, false
		}
		proofs = append(proofs, p)
	}
	return proofs, true
}

// Document gives what one proof of doc is over: doc without its proofs, or, for
// a proof in a chain, with the proofs it names in previousProof (VC Data
// Integrity 1.0, section 4.2, "Verify Proof Sets and Chains"). A named proof
// that is not there is an ErrPrevious. doc is left as it is.
func Document(doc, proof map[string]any) (map[string]any, error) {
	out := maps.Clone(doc)
	delete(out, "proof")
	names, err := previous(proof)
	if err != nil || len(names) == 0 {
		return out, err
	}
	proofs, ok := Proofs(doc)
	if !ok {
		return nil, ErrMalformed
	}
	var matching []any
	for _, name := range names {
		found := false
		for _, p := range proofs {
			if p["id"] == name {
				matching, found = append(matching, p), true
			}
		}
		if !found || name == proof["id"] {
			return nil, fmt.Errorf("%w: %.80q", ErrPrevious, name)
		}
	}
	out["proof"] = matching
	return out, nil
}

// previous reads previousProof: the id of a proof, or a list of ids.
func previous(proof map[string]any) ([]string, error) {
	v, has := proof["previousProof"]
	if !has {
		return nil, nil
	}
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	var names []string
	for _, v := range list {
		s, ok := v.(string)
		if !ok || s == "" {
			return nil, fmt.Errorf("%w: previousProof names no proof", ErrMalformed)
		}
		names = append(names, s)
	}
	return names, nil
}
