package anchor

import (
	"fmt"
)

// ReadReceipt reads a receipt that is written out as JSON: Chainpoint 2.0, as
// Blockcerts 1.2 has it, and MerkleProof2017 of Blockcerts 2. The values are as
// package strict makes them. An error is an ErrReceipt.
func ReadReceipt(m map[string]any) (Receipt, error) {
	var r Receipt
	var err error
	if r.Target, err = hashMember(m, "targetHash"); err != nil {
		return r, err
	}
	if r.Root, err = hashMember(m, "merkleRoot"); err != nil {
		return r, err
	}
	if r.Path, err = readPath(m["proof"]); err != nil {
		return r, err
	}
	r.Anchors, err = readAnchors(m["anchors"])
	return r, err
}

func hashMember(m map[string]any, name string) (Hash, error) {
	s, _ := m[name].(string)
	h, err := parseHash(s)
	if err != nil {
		return h, fmt.Errorf("%s: %w", name, err)
	}
	return h, nil
}

// readPath reads the steps. A tree of one leaf has none: an empty list, or null as
// some early issuers wrote.
func readPath(v any) ([]Step, error) {
	list, ok := v.([]any)
	if v != nil && !ok || len(list) > maxSteps {
		return nil, fmt.Errorf("%w: proof is no list of steps", ErrReceipt)
	}
	var path []Step
	for _, v := range list {
		m, _ := v.(map[string]any)
		_, left := m["left"]
		_, right := m["right"]
		if left == right {
			return nil, fmt.Errorf("%w: a step is either left or right", ErrReceipt)
		}
		s := Step{Left: left}
		side := "right"
		if left {
			side = "left"
		}
		var err error
		if s.Hash, err = hashMember(m, side); err != nil {
			return nil, err
		}
		path = append(path, s)
	}
	return path, nil
}

func readAnchors(v any) ([]Anchor, error) {
	list, ok := v.([]any)
	if !ok || len(list) == 0 || len(list) > maxAnchors {
		return nil, fmt.Errorf("%w: anchors is no list of transactions", ErrReceipt)
	}
	var out []Anchor
	for _, v := range list {
		m, _ := v.(map[string]any)
		source, _ := m["sourceId"].(string)
		a := Anchor{Tx: transactionID(source)}
		a.Named, _ = m["chain"].(string)
		if a.Named != "" {
			a.Chain, _ = ParseChain(a.Named)
		} else {
			a.Chain = impliedBy(m["type"])
		}
		out = append(out, a)
	}
	return out, nil
}

// impliedBy gives the chain of an anchor that names none: what its kind was used
// with. Of Bitcoin there is a test network too, which the issuer's address tells.
func impliedBy(kind any) Chain {
	switch kind {
	case "BTCOpReturn":
		return Bitcoin
	case "ETHData":
		return EVM(1)
	}
	return ""
}
