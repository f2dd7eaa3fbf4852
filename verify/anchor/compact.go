package anchor

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/multi"
)

// strictly is how the compact form is read: small, flat, without tags and without
// lengths that are left open.
var strictly = func() cbor.DecMode {
	mode, err := cbor.DecOptions{
		MaxNestedLevels:  8,
		MaxArrayElements: maxSteps,
		MaxMapPairs:      16,
		IndefLength:      cbor.IndefLengthForbidden,
		TagsMd:           cbor.TagsForbidden,
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
	}.DecMode()
	if err != nil {
		panic(err) // the options are constants: the tests can't have passed
	}
	return mode
}()

// The numbers that stand for the names of members (Merkle Proof 2019 Signature
// Suite, section "Key map").
const (
	keyRoot, keyTarget, keyAnchors, keyPath = 0, 1, 2, 3
	keyChain, keyNetwork, keyTx             = 0, 1, 2
)

// entry is a pair of a number and what it stands before.
type entry struct {
	_     struct{} `cbor:",toarray"`
	Key   int64
	Value cbor.RawMessage
}

// DecodeReceipt reads the proofValue of a MerkleProof2019: base58btc of CBOR. An
// error is an ErrReceipt.
func DecodeReceipt(proofValue string) (Receipt, error) {
	var r Receipt
	if proofValue == "" || proofValue[0] != 'z' {
		return r, fmt.Errorf("%w: not in base58btc", ErrReceipt)
	}
	b, err := multi.Decode(proofValue)
	if err != nil {
		return r, fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	members, err := entries(b)
	if err != nil {
		return r, err
	}
	for _, name := range []int64{keyRoot, keyTarget, keyAnchors} {
		if members[name] == nil {
			return r, fmt.Errorf("%w: a member is missing", ErrReceipt)
		}
	}
	if r.Root, err = wrappedHash(members[keyRoot]); err != nil {
		return r, err
	}
	if r.Target, err = wrappedHash(members[keyTarget]); err != nil {
		return r, err
	}
	if r.Path, err = compactPath(members[keyPath]); err != nil {
		return r, err
	}
	r.Anchors, err = compactAnchors(members[keyAnchors])
	return r, err
}

// entries reads a list of pairs; a number that stands twice is refused.
func entries(b []byte) (map[int64]cbor.RawMessage, error) {
	var list []entry
	if err := strictly.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	out := map[int64]cbor.RawMessage{}
	for _, e := range list {
		if _, twice := out[e.Key]; twice {
			return nil, fmt.Errorf("%w: a member stands twice", ErrReceipt)
		}
		out[e.Key] = e.Value
	}
	return out, nil
}

// unwrap takes the byte string off a text or bytes, which are CBOR once more.
func unwrap(b []byte) (string, error) {
	var inner []byte
	if err := strictly.Unmarshal(b, &inner); err != nil {
		return "", fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	var v any
	if err := strictly.Unmarshal(inner, &v); err != nil {
		return "", fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case []byte:
		return fmt.Sprintf("%x", v), nil
	}
	return "", fmt.Errorf("%w: neither text nor bytes", ErrReceipt)
}

func wrappedHash(b []byte) (Hash, error) {
	s, err := unwrap(b)
	if err != nil {
		return Hash{}, err
	}
	return parseHash(s)
}

// compactPath reads the steps: pairs of 0 for left or 1 for right, and a hash.
func compactPath(b []byte) ([]Step, error) {
	if b == nil {
		return nil, nil
	}
	var list []entry
	if err := strictly.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	var path []Step
	for _, e := range list {
		if e.Key != 0 && e.Key != 1 {
			return nil, fmt.Errorf("%w: a step is either left or right", ErrReceipt)
		}
		h, err := wrappedHash(e.Value)
		if err != nil {
			return nil, err
		}
		path = append(path, Step{Hash: h, Left: e.Key == 0})
	}
	return path, nil
}

func compactAnchors(b []byte) ([]Anchor, error) {
	var list []cbor.RawMessage
	if err := strictly.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	if len(list) == 0 || len(list) > maxAnchors {
		return nil, fmt.Errorf("%w: %d anchors", ErrReceipt, len(list))
	}
	var out []Anchor
	for _, b := range list {
		a, err := compactAnchor(b)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

func number(b []byte) (n int64, err error) {
	if err := strictly.Unmarshal(b, &n); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrReceipt, err)
	}
	return n, nil
}

// compactAnchor reads "blink:chain:network:transaction", each part behind its
// number.
func compactAnchor(b []byte) (Anchor, error) {
	parts, err := entries(b)
	if err != nil {
		return Anchor{}, err
	}
	chain, err := number(parts[keyChain])
	if err != nil {
		return Anchor{}, err
	}
	if chain == mockNumber { // which some issuers give no network, and the transaction its place
		return Anchor{Chain: Mock, Named: "blink:mocknet"}, nil
	}
	network, err := number(parts[keyNetwork])
	if err != nil {
		return Anchor{}, err
	}
	tx, err := unwrap(parts[keyTx])
	if err != nil {
		return Anchor{}, err
	}
	a := Anchor{Tx: transactionID(tx)}
	a.Chain, a.Named = numbered(chain, network)
	return a, nil
}
