package anchor

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

const tx = "2378076e8e140012814e98a2b2cb1af07ec760b239c1d6d93ba54d658a010ecd"

func digest(parts ...[]byte) Hash { return sha256.Sum256(slices.Concat(parts...)) }

// The tree of all tests: three leaves, of which the first is ours.
var (
	leafA  = digest([]byte("a"))
	leafB  = digest([]byte("b"))
	leafC  = digest([]byte("c"))
	inner  = digest(leafA[:], leafB[:])
	ofTree = digest(leafC[:], inner[:])
)

// written is the tree's receipt, written out.
func written() map[string]any {
	return map[string]any{
		"type": []any{"MerkleProof2017", "Extension"}, "targetHash": leafA.String(), "merkleRoot": ofTree.String(),
		"proof":   []any{map[string]any{"right": leafB.String()}, map[string]any{"left": leafC.String()}},
		"anchors": []any{map[string]any{"sourceId": "0x" + strings.ToUpper(tx), "type": "BTCOpReturn", "chain": "bitcoinMainnet"}},
	}
}

func with(m map[string]any, name string, v any) map[string]any {
	m = maps.Clone(m)
	if m[name] = v; v == nil {
		delete(m, name)
	}
	return m
}

func TestReadReceipt(t *testing.T) {
	good := written()
	step := func(m map[string]any) []any { return []any{m} }
	source := func(pairs ...string) []any {
		m := map[string]any{"sourceId": tx}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return []any{m}
	}
	flipped := leafB
	flipped[31] ^= 1
	for _, c := range []struct {
		name  string
		m     map[string]any
		leads bool
		chain Chain
	}{
		{"as issued", good, true, Bitcoin},
		{"upper case", with(good, "targetHash", strings.ToUpper(leafA.String())), true, Bitcoin},
		{"of one leaf", with(with(good, "proof", []any{}), "merkleRoot", leafA.String()), true, Bitcoin},
		{"of one leaf, null", with(with(good, "proof", nil), "merkleRoot", leafA.String()), true, Bitcoin},
		{"one bit of the path", with(good, "proof", append(step(map[string]any{"right": flipped.String()}), good["proof"].([]any)[1])), false, Bitcoin},
		{"a step on the other side", with(good, "proof", append(step(map[string]any{"left": leafB.String()}), good["proof"].([]any)[1])), false, Bitcoin},
		{"steps in another order", with(good, "proof", []any{good["proof"].([]any)[1], good["proof"].([]any)[0]}), false, Bitcoin},
		{"a step missing", with(good, "proof", good["proof"].([]any)[:1]), false, Bitcoin},
		{"another root", with(good, "merkleRoot", leafC.String()), false, Bitcoin},
		{"another leaf", with(good, "targetHash", leafB.String()), false, Bitcoin},
		{"no chain", with(good, "anchors", source("type", "BTCOpReturn")), true, Bitcoin},
		{"no chain, Ethereum", with(good, "anchors", source("type", "ETHData")), true, EVM(1)},
		{"Polygon", with(good, "anchors", source("chain", "polygonMainnet")), true, EVM(137)},
		{"by its number", with(good, "anchors", source("chain", "eip155:43114")), true, EVM(43114)},
		{"another chain", with(good, "anchors", source("chain", "dogecoin", "type", "BTCOpReturn")), true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := ReadReceipt(c.m)
			if err != nil || r.Leads() != c.leads || r.Anchors[0].Chain != c.chain || r.Anchors[0].Tx != tx {
				t.Errorf("got %+v, %v, leads %v", r.Anchors, err, r.Leads())
			}
		})
	}
	if r, err := ReadReceipt(with(good, "anchors", []any{"text"})); err != nil || r.Anchors[0] != (Anchor{}) {
		t.Errorf("an anchor that says nothing: %+v, %v", r, err)
	}
}

func TestReadReceiptRefused(t *testing.T) {
	good := written()
	step := func(m map[string]any) []any { return []any{m} }
	source := []any{map[string]any{"sourceId": tx}}
	for _, c := range []struct {
		name string
		m    map[string]any
	}{
		{"step of both sides", with(good, "proof", step(map[string]any{"left": leafB.String(), "right": leafB.String()}))},
		{"step of no side", with(good, "proof", step(map[string]any{}))},
		{"step is a text", with(good, "proof", []any{leafB.String()})},
		{"path is a text", with(good, "proof", leafB.String())},
		{"too many steps", with(good, "proof", slices.Repeat(step(map[string]any{"left": leafB.String()}), maxSteps+1))},
		{"root a digit short", with(good, "merkleRoot", ofTree.String()[1:])},
		{"root is a number", with(good, "merkleRoot", json.Number("5"))},
		{"no leaf", with(good, "targetHash", nil)},
		{"no anchors", with(good, "anchors", nil)},
		{"anchors empty", with(good, "anchors", []any{})},
		{"too many anchors", with(good, "anchors", slices.Repeat(source, maxAnchors+1))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r, err := ReadReceipt(c.m); !errors.Is(err, ErrReceipt) {
				t.Errorf("got %v, %v", r, err)
			}
		})
	}
}

// packed writes text or bytes the way a compact receipt holds them.
func packed(v any) []byte {
	b, err := cbor.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// blink writes an anchor.
func blink(chain, network int, id any) []any {
	return []any{[]any{0, chain}, []any{1, network}, []any{2, packed(id)}}
}

// compact writes the tree's receipt as a proofValue, with other members in place.
func compact(members ...[]any) string {
	all := map[any][]any{
		0: {0, packed(ofTree.String())},
		1: {1, packed(leafA.String())},
		2: {2, []any{blink(0, 1, tx)}},
		3: {3, []any{[]any{1, packed(leafB.String())}, []any{0, packed(leafC.String())}}},
	}
	for _, m := range members {
		all[m[0]] = m
	}
	return multi.Encode(packed([]any{all[3], all[0], all[1], all[2]}))
}

func TestDecodeReceipt(t *testing.T) {
	good := compact()
	bytesOf := func(h Hash) []byte { return packed(h[:]) }
	for _, c := range []struct {
		name, value string
		leads       bool
		chain       Chain
	}{
		{"as issued", good, true, Bitcoin},
		{"hashes as bytes", compact([]any{0, bytesOf(ofTree)}, []any{1, bytesOf(leafA)}), true, Bitcoin},
		{"another root", compact([]any{0, packed(leafC.String())}), false, Bitcoin},
		{"a step on the other side", compact([]any{3, []any{[]any{0, packed(leafB.String())}, []any{0, packed(leafC.String())}}}), false, Bitcoin},
		{"Bitcoin's test network", compact([]any{2, []any{blink(0, 3, tx)}}), true, Testnet},
		{"Ethereum", compact([]any{2, []any{blink(1, 1, tx)}}), true, EVM(1)},
		{"Sepolia", compact([]any{2, []any{blink(1, 11155111, tx)}}), true, EVM(11155111)},
		{"Polygon", compact([]any{2, []any{blink(2, 137, tx)}}), true, EVM(137)},
		{"Avalanche by its number", compact([]any{2, []any{blink(1, 43114, tx)}}), true, EVM(43114)},
		{"another chain", compact([]any{2, []any{blink(77, 1, tx)}}), true, ""},
		{"another network of Bitcoin", compact([]any{2, []any{blink(0, 9, tx)}}), true, ""},
		{"a chain of tests", compact([]any{2, []any{blink(-1, -1, "for testing only")}}), true, Mock},
		{"a chain of tests without a network", compact([]any{2, []any{[]any{[]any{0, -1}, []any{1, packed("for testing only")}}}}), true, Mock},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := DecodeReceipt(c.value)
			if err != nil || r.Leads() != c.leads || r.Anchors[0].Chain != c.chain {
				t.Errorf("got %+v, %v, leads %v", r.Anchors, err, r.Leads())
			}
		})
	}
	r, err := DecodeReceipt(good)
	if err != nil || r.Anchors[0] != (Anchor{Chain: Bitcoin, Named: "blink:btc:mainnet", Tx: tx}) {
		t.Errorf("got %+v, %v", r.Anchors, err)
	}
}

func TestDecodeReceiptRefused(t *testing.T) {
	good := compact()
	body, _ := multi.Decode(good)
	for _, c := range []struct{ name, value string }{
		{"empty", ""},
		{"in hex", "f" + hex.EncodeToString(body)},
		{"not base58", "z0OIl"},
		{"a letter missing", good[:len(good)-1]},
		{"a byte more", multi.Encode(append(slices.Clone(body), 0))},
		{"a byte less", multi.Encode(body[:len(body)-1])},
		{"not CBOR", multi.Encode([]byte("{}"))},
		{"a map", multi.Encode(packed(map[int]any{0: 1}))},
		{"a member twice", multi.Encode(packed([]any{[]any{0, packed("a")}, []any{0, packed("a")}}))},
		{"no root", multi.Encode(packed([]any{[]any{1, packed(leafA.String())}}))},
		{"no anchors", compact([]any{2, []any{}})},
		{"anchor without a transaction", compact([]any{2, []any{[]any{[]any{0, 0}, []any{1, 1}}}})},
		{"too many anchors", compact([]any{2, slices.Repeat([]any{any(blink(0, 1, tx))}, maxAnchors+1)})},
		{"too many steps", compact([]any{3, slices.Repeat([]any{any([]any{0, packed(leafB.String())})}, maxSteps+1)})},
		{"a third side", compact([]any{3, []any{[]any{2, packed(leafB.String())}}})},
		{"root not wrapped", compact([]any{0, ofTree.String()})},
		{"root is a number", compact([]any{0, packed(5)})},
		{"root of 31 bytes", compact([]any{0, packed(ofTree[:31])})},
		{"a tag", multi.Encode(append([]byte{0xc2}, body...))},
		{"open length", multi.Encode(append(append([]byte{0x9f}, body[1:]...), 0xff))},
		{"nested for ever", multi.Encode(slices.Repeat([]byte{0x81}, 5000))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r, err := DecodeReceipt(c.value); !errors.Is(err, ErrReceipt) {
				t.Errorf("got %v, %v", r, err)
			}
		})
	}
}

// TestCorpusReceipts: the path of every real receipt leads to its root, but for the
// two that were broken on purpose.
func TestCorpusReceipts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, "blockcerts"), "bc__*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	broken := map[string]bool{"bc__v2-ethereum-merkle-root-unmatch-2.0.json": true, "bc__v2-mainnet-invalid-merkle-receipt-2.0.json": true}
	seen := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := strict.Object(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range receiptsIn(t, doc) {
			seen++
			if name := filepath.Base(file); r.Leads() == broken[name] {
				t.Errorf("%s: leads to its root: %v", name, r.Leads())
			}
		}
	}
	if seen < 35 {
		t.Errorf("only %d receipts", seen)
	}
}

// receiptsIn finds the receipts of a document, at any depth.
func receiptsIn(t *testing.T, v any) []Receipt {
	var out []Receipt
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, receiptsIn(t, e)...)
		}
	case map[string]any:
		read := func(r Receipt, err error) {
			if err != nil {
				t.Error(err)
			}
			out = append(out, r)
		}
		if v["merkleRoot"] != nil {
			read(ReadReceipt(v))
		}
		if s, ok := v["proofValue"].(string); ok && (v["type"] == "MerkleProof2019" || v["chainedProofType"] == "MerkleProof2019" || v["cryptosuite"] == "merkle-proof-2019") {
			read(DecodeReceipt(s))
		}
		for _, e := range v {
			out = append(out, receiptsIn(t, e)...)
		}
	}
	return out
}
