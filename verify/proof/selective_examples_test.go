package proof

import (
	"crypto/sha3"
	"io"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// The pointers of the examples: what the issuer makes mandatory, and what the holder
// shows. They lead around and into ordered and unordered lists.
var (
	alwaysShown = []string{"/issuer", "/validFrom", "/credentialSubject/achievement/name"}
	chosenShown = []string{"/name", "/credentialSubject/achievement/resultDescription/0/allowedValue", "/credentialSubject/achievement/criteria"}
)

// repeatable gives bytes that look random and are the same each time.
func repeatable(label string) io.Reader {
	h := sha3.NewSHAKE256()
	h.Write([]byte(label)) // never fails
	return h
}

// based gives the badge with a base proof, and the key that made it.
func based(t testing.TB, suite Suite, kind string) (map[string]any, private) {
	t.Helper()
	key, doc := secret(t, kind, suite.Name), badgeDoc(t)
	p, err := SignBase(ctx, suite, doc, options(t, key), alwaysShown, key, repeatable(suite.Name))
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = p
	return doc, key
}

func derived(t testing.TB, doc map[string]any, pointers []string) map[string]any {
	t.Helper()
	out, err := Derive(ctx, doc, doc["proof"].(map[string]any), pointers, []byte("nonce"), repeatable("holder"))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func writeSelective(t *testing.T, suite Suite, kind string) {
	doc, key := based(t, suite, kind)
	public := publicText(t, key)
	writeTwins(t, suite.Name, kind+"-base", example{Key: public, Document: doc}, slices.Concat(twins, valueTwins[suite.Name+" base"]))
	part := derived(t, doc, chosenShown)
	writeTwins(t, suite.Name, kind+"-derived", example{Key: public, Document: part}, slices.Concat(twins, valueTwins[suite.Name+" derived"]))
	least := derived(t, doc, nil)
	writeExample(t, suite.Name, "good-"+kind+"-derived-least", example{Note: "only what is mandatory", Key: public, Document: least})
	all := derived(t, doc, []string{""})
	writeExample(t, suite.Name, "good-"+kind+"-derived-all", example{Note: "everything is shown", Key: public, Document: all})
}

// respell gives a spoiler that changes what a proof value says.
func respell[T any](header string, change func(v *T)) func(*testing.T, *example) {
	return func(t *testing.T, e *example) {
		var v T
		readValue(t, e.one(), &v)
		change(&v)
		value, err := writeCBOR(header, v)
		if err != nil {
			t.Fatal(err)
		}
		e.set(value)
	}
}

// rawCBOR gives a spoiler that writes the value by other rules of CBOR.
func rawCBOR(header string, write func(items []cbor.RawMessage) []byte) func(*testing.T, *example) {
	return func(t *testing.T, e *example) {
		var items []cbor.RawMessage
		readValue(t, e.one(), &items)
		e.set(append([]byte(header), write(items)...))
	}
}

func tagged(items []cbor.RawMessage) []byte {
	out := []byte{0x80 + byte(len(items)), 0xd8, 64} // tag 64: a typed array of bytes
	for _, i := range items {
		out = append(out, i...)
	}
	return out
}

func indefinite(items []cbor.RawMessage) []byte {
	out := []byte{0x9f}
	for _, i := range items {
		out = append(out, i...)
	}
	return append(out, 0xff)
}

func longer(items []cbor.RawMessage) []byte {
	out := []byte{0x81 + byte(len(items))}
	for _, i := range items {
		out = append(out, i...)
	}
	return append(out, 0)
}

func swap[T any](list []T) { list[0], list[1] = list[1], list[0] }

// valueTwins are the twins that only one kind of proof value has.
var valueTwins = map[string][]twin{
	"ecdsa-sd-2023 base": {
		{"pointer-gone", "less is mandatory", respell(sdBaseHeader, func(v *sdBase) { v.Mandatory = v.Mandatory[1:] })},
		{"pointer-wild", "a pointer that leads nowhere", respell(sdBaseHeader, func(v *sdBase) { v.Mandatory[0] = "/nowhere" })},
		{"hmac", "one bit of the key for labels", respell(sdBaseHeader, func(v *sdBase) { v.HMACKey[3] ^= 1 })},
		{"hmac-short", "a short key for labels", respell(sdBaseHeader, func(v *sdBase) { v.HMACKey = v.HMACKey[1:] })},
		{"each-gone", "one signature of a statement is missing", respell(sdBaseHeader, func(v *sdBase) { v.Each = v.Each[1:] })},
		{"cbor-tagged", "with a tag", rawCBOR(sdBaseHeader, tagged)},
	},
	"ecdsa-sd-2023 derived": {
		{"each-swapped", "the signatures of two statements changed places", respell(sdDerivedHeader, func(v *sdDerived) { swap(v.Each) })},
		{"each-gone", "one signature of a statement is missing", respell(sdDerivedHeader, func(v *sdDerived) { v.Each = v.Each[1:] })},
		{"each-short", "one signature of a statement is short", respell(sdDerivedHeader, func(v *sdDerived) { v.Each[1] = v.Each[1][1:] })},
		{"each-twice", "one signature stands twice", respell(sdDerivedHeader, func(v *sdDerived) { v.Each = append(v.Each, v.Each[0]) })},
		{"labels-swapped", "two nodes changed labels", respell(sdDerivedHeader, func(v *sdDerived) { v.Labels[0], v.Labels[1] = v.Labels[1], v.Labels[0] })},
		{"labels-same", "two nodes under one label", respell(sdDerivedHeader, func(v *sdDerived) { v.Labels[0] = v.Labels[1] })},
		{"labels-gone", "a node without a label", respell(sdDerivedHeader, func(v *sdDerived) { delete(v.Labels, 0) })},
		{"labels-more", "a label for no node", respell(sdDerivedHeader, func(v *sdDerived) { v.Labels[999] = make([]byte, hmacKeySize) })},
		{"labels-short", "a label of the wrong length", respell(sdDerivedHeader, func(v *sdDerived) { v.Labels[0] = v.Labels[0][1:] })},
		{"mandatory-moved", "another statement is called mandatory", respell(sdDerivedHeader, func(v *sdDerived) { v.Mandatory[0]++ })},
		{"mandatory-gone", "a statement is no longer called mandatory", respell(sdDerivedHeader, func(v *sdDerived) { v.Mandatory = v.Mandatory[1:] })},
		{"mandatory-twice", "a place stands twice", respell(sdDerivedHeader, func(v *sdDerived) { v.Mandatory = append(v.Mandatory, v.Mandatory[len(v.Mandatory)-1]) })},
		{"mandatory-wild", "a place beyond the last", respell(sdDerivedHeader, func(v *sdDerived) { v.Mandatory = append(v.Mandatory, 1<<63) })},
		{"proof-key", "one bit of the key of the proof", respell(sdDerivedHeader, func(v *sdDerived) { v.Key[20] ^= 1 })},
		{"as-base", "a derived proof that says it is a base proof", respell(sdBaseHeader, func(*sdDerived) {})},
		{"cbor-tagged", "with a tag", rawCBOR(sdDerivedHeader, tagged)},
		{"cbor-indefinite", "of indefinite length", rawCBOR(sdDerivedHeader, indefinite)},
		{"cbor-longer", "with an item more", rawCBOR(sdDerivedHeader, longer)},
	},
	"bbs-2023 base": {
		{"pointer-gone", "less is mandatory", respell(bbsBaseHeader, func(v *bbsBase) { v.Mandatory = v.Mandatory[1:] })},
		{"hmac", "one bit of the key for labels", respell(bbsBaseHeader, func(v *bbsBase) { v.HMACKey[3] ^= 1 })},
		{"header", "one bit of the header", respell(bbsBaseHeader, func(v *bbsBase) { v.Header[3] ^= 1 })},
		{"own-key", "another key in the value", respell(bbsBaseHeader, func(v *bbsBase) { v.Key[60] ^= 1 })},
		{"cbor-tagged", "with a tag", rawCBOR(bbsBaseHeader, tagged)},
	},
	"bbs-2023 derived": {
		{"labels-swapped", "two nodes changed labels", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Labels[0], v.Labels[1] = v.Labels[1], v.Labels[0] })},
		{"labels-same", "two nodes under one label", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Labels[0] = v.Labels[1] })},
		{"labels-gone", "a node without a label", respell(bbsDerivedHeader, func(v *bbsDerived) { delete(v.Labels, 0) })},
		{"mandatory-gone", "a statement is no longer called mandatory", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Mandatory = v.Mandatory[1:] })},
		{"mandatory-wild", "a place beyond the last", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Mandatory = append(v.Mandatory, 1<<63) })},
		{"shown-moved", "a statement at another place", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Shown[len(v.Shown)-1]++ })},
		{"shown-swapped", "places out of order", respell(bbsDerivedHeader, func(v *bbsDerived) { swap(v.Shown) })},
		{"shown-wild", "a place beyond the last", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Shown[0] = 1 << 63 })},
		{"header", "bound to another request", respell(bbsDerivedHeader, func(v *bbsDerived) { v.Header[0] ^= 1 })},
		{"as-base", "a derived proof that says it is a base proof", respell(bbsBaseHeader, func(*bbsDerived) {})},
		{"cbor-tagged", "with a tag", rawCBOR(bbsDerivedHeader, tagged)},
	},
}
