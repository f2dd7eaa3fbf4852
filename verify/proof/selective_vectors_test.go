package proof

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// step reads one published step into a value.
func step(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(testkit.File(t, "di-vectors", name+".json"), into); err != nil {
		t.Fatal(err)
	}
}

// jsMap is how the vectors write a map from numbers or labels.
type jsMap struct{ Value [][2]any }

func (m jsMap) statements() (places []int, lines []string) {
	for _, e := range m.Value {
		places, lines = append(places, int(e[0].(float64))), append(lines, e[1].(string))
	}
	return places, lines
}

func (m jsMap) labels() map[string]string {
	out := map[string]string{}
	for _, e := range m.Value {
		out[e[0].(string)] = e[1].(string)
	}
	return out
}

func texts(lines []statement) []string {
	var out []string
	for _, l := range lines {
		out = append(out, string(l))
	}
	return out
}

func fromHex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got\n%v\nwant\n%v", what, got, want)
	}
}

// sdVector is one published walk through a selective suite.
type sdVector struct {
	suite, prefix, mandatory, selective string
}

var sdVectors = map[string]sdVector{
	"ecdsa-sd-2023": {"ecdsa-sd-2023", "ecdsa-sd-2023-prc__", "ecdsa__prCredMandatory", "ecdsa__prCredSelective"},
	"bbs-2023":      {"bbs-2023", "bbs-2023-base__", "bbs-2023-base__windMandatory", "bbs-2023-base__windSelective"},
}

// hmacKey is that of both published walks.
const hmacKey = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

// bare gives the document of the walk. ecdsa__prCredUnsigned.json is not it: its
// description is another.
func (v sdVector) bare(t testing.TB) map[string]any {
	t.Helper()
	doc := vector(t, v.prefix+"addSignedSDBase.json")
	delete(doc, "proof")
	return doc
}

func (v sdVector) whole(t testing.TB) whole {
	t.Helper()
	s, _ := Lookup(v.suite)
	w, missed, err := readWhole(ctx, v.bare(t), s.selective.labels(fromHex(t, hmacKey)))
	if err != nil || len(missed) > 0 {
		t.Fatalf("missed %q, %v", missed, err)
	}
	return w
}

func (v sdVector) pointers(t testing.TB, file string) (out []string) {
	t.Helper()
	step(t, file, &out)
	return out
}

func TestSelectiveBaseSteps(t *testing.T) {
	for name, v := range sdVectors {
		t.Run(name, func(t *testing.T) {
			w := v.whole(t)
			var canonical, labelled []string
			step(t, v.prefix+"addBaseDocCanon", &canonical)
			step(t, v.prefix+"addBaseDocHMACCanon", &labelled)
			same(t, "canonical", w.Lines, canonical)
			same(t, "under HMAC labels", texts(w.lines), labelled)

			var groups struct {
				MandatoryPointers       []string
				Mandatory, NonMandatory jsMap
			}
			step(t, v.prefix+"addBaseTransform", &groups)
			same(t, "pointers", v.pointers(t, v.mandatory), groups.MandatoryPointers)
			always, err := w.portion(ctx, groups.MandatoryPointers)
			if err != nil {
				t.Fatal(err)
			}
			in, out := split(w.lines, always)
			places, lines := groups.Mandatory.statements()
			same(t, "places of mandatory", always.at, places)
			same(t, "mandatory", texts(in), lines)
			_, lines = groups.NonMandatory.statements()
			same(t, "others", texts(out), lines)

			var hashes struct{ ProofHash, MandatoryHash string }
			step(t, v.prefix+"addHashData", &hashes)
			options := testkit.File(t, "di-vectors", v.prefix+"addProofConfigCanon.txt")
			s, _ := Lookup(v.suite)
			text, _, err := s.canon(ctx, vector(t, v.prefix+"addProofConfig.json"), crypto.SHA256)
			same(t, "options", strings.TrimSpace(string(text)), strings.TrimSpace(string(options)))
			same(t, "hash of options", hex.EncodeToString(sum(crypto.SHA256, text)), hashes.ProofHash)
			same(t, "hash of mandatory", hex.EncodeToString(sum(crypto.SHA256, textOf(in))), hashes.MandatoryHash)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPointerValues(t *testing.T) {
	for name, v := range sdVectors {
		t.Run(name, func(t *testing.T) {
			var wanted []struct {
				Pointer string
				Value   any
			}
			step(t, v.prefix+"addPointerValues", &wanted)
			for _, w := range wanted {
				doc := v.bare(t)
				if name == "bbs-2023" { // the published pointers begin at the subject
					doc = doc["credentialSubject"].(map[string]any)
				}
				got, err := selectJSON(doc, []string{w.Pointer})
				if err != nil {
					t.Fatal(err)
				}
				var v any = got
				steps, _ := parsePointer(w.Pointer)
				for _, s := range steps {
					switch inner := v.(type) {
					case map[string]any:
						v = inner[s]
					case []any:
						v = inner[0]
					}
				}
				a, _ := json.Marshal(v)
				b, _ := json.Marshal(w.Value)
				same(t, w.Pointer, string(a), string(b))
			}
		})
	}
}

// TestSDBaseProof: the published base proof holds, is taken apart as published, and
// is made again to the byte from the published keys.
func TestSDBaseProof(t *testing.T) {
	var keys struct {
		BaseKeyPair, ProofKeyPair struct{ PublicKeyMultibase, SecretKeyMultibase string }
	}
	step(t, "ecdsa__SDKeyMaterial", &keys)
	key, signer := keyPair(t, keys.BaseKeyPair.PublicKeyMultibase, keys.BaseKeyPair.SecretKeyMultibase)
	once, err := multi.Decode(keys.ProofKeyPair.SecretKeyMultibase)
	if err != nil {
		t.Fatal(err)
	}
	doc := vector(t, "ecdsa-sd-2023-prc__addSignedSDBase.json")
	p := doc["proof"].(map[string]any)
	s, _ := Lookup("ecdsa-sd-2023")
	if err := Verify(ctx, s, doc, p, key); err != nil {
		t.Fatal(err)
	}
	var raw struct {
		BaseSignature, PublicKey string
		Signatures               []string
	}
	step(t, "ecdsa-sd-2023-prc__addRawBaseSignatureInfo", &raw)
	var base sdBase
	readValue(t, p, &base)
	same(t, "base signature", hex.EncodeToString(base.Signature), raw.BaseSignature)
	same(t, "key", multi.Encode(base.Key), raw.PublicKey)
	same(t, "signatures", hexes(base.Each), raw.Signatures)

	random := bytes.NewReader(slices.Concat(fromHex(t, hmacKey), once[2:]))
	again, err := SignBase(ctx, s, sdVectors[s.Name].bare(t), vector(t, "ecdsa-sd-2023-prc__addProofConfig.json"),
		sdVectors[s.Name].pointers(t, "ecdsa__prCredMandatory"), signer, random)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "made again", again["proofValue"], p["proofValue"])
}

func readValue(t testing.TB, p map[string]any, into any) {
	t.Helper()
	s, _ := Lookup(Name(p))
	value, err := s.value(p)
	if err == nil {
		err = readCBOR(value, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func hexes(list [][]byte) (out []string) {
	for _, b := range list {
		out = append(out, hex.EncodeToString(b))
	}
	return out
}

func TestSelectiveDisclosureSteps(t *testing.T) {
	for name, v := range sdVectors {
		t.Run(name, func(t *testing.T) {
			base := vector(t, v.prefix+"addSignedSDBase.json")
			p := base["proof"].(map[string]any)
			w := v.whole(t)
			mandatory, err := Mandatory(p)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "mandatory pointers", mandatory, v.pointers(t, v.mandatory))
			chosen := v.pointers(t, v.selective)
			var want struct{ CombinedIndexes, MandatoryIndexes, NonMandatoryIndexes, SelectiveIndexes []int }
			step(t, v.prefix+"derivedGroupIndexes", &want)
			for _, g := range []struct {
				name     string
				pointers []string
				want     []int
			}{
				{"mandatory", mandatory, want.MandatoryIndexes},
				{"selective", chosen, want.SelectiveIndexes},
				{"combined", slices.Concat(mandatory, chosen), want.CombinedIndexes},
			} {
				got, err := w.portion(ctx, g.pointers)
				if err != nil {
					t.Fatal(err)
				}
				same(t, g.name, got.at, g.want)
			}
			s, _ := Lookup(v.suite)
			value, _ := s.value(p)
			opened, err := s.selective.open(value)
			if err != nil {
				t.Fatal(err)
			}
			d, err := disclose(ctx, v.bare(t), opened, chosen)
			if err != nil {
				t.Fatal(err)
			}
			var shown struct {
				LabelMap         jsMap
				MandatoryIndexes []uint64
			}
			step(t, v.prefix+"derivedDisclosureData", &shown)
			same(t, "label map", d.labels, shown.LabelMap.labels())
			same(t, "mandatory indexes", d.mandatory, shown.MandatoryIndexes)
			a, _ := json.Marshal(d.shown)
			b, _ := json.Marshal(vector(t, v.prefix+"derivedUnsignedReveal.json"))
			same(t, "revealed", string(a), strings.ReplaceAll(string(b), "6.0", "6"))
		})
	}
}

func TestSDDerivedProof(t *testing.T) {
	v := sdVectors["ecdsa-sd-2023"]
	base, want := vector(t, v.prefix+"addSignedSDBase.json"), vector(t, v.prefix+"derivedRevealDocument.json")
	got, err := Derive(ctx, base, base["proof"].(map[string]any), v.pointers(t, v.selective), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "derived", got, want)

	var adjusted struct {
		AdjSignatureIndexes []uint64
		FilteredSignatures  []string
	}
	step(t, v.prefix+"derivedAdjSignatures", &adjusted)
	var d sdDerived
	readValue(t, want["proof"].(map[string]any), &d)
	same(t, "signatures", hexes(d.Each), adjusted.FilteredSignatures)
	var mandatory struct{ AdjMandatoryIndexes []uint64 }
	step(t, v.prefix+"derivedAdjMandatoryIndexes", &mandatory)
	same(t, "mandatory", d.Mandatory, mandatory.AdjMandatoryIndexes)
}

func TestSDVerifySteps(t *testing.T) {
	v := sdVectors["ecdsa-sd-2023"]
	doc := vector(t, v.prefix+"derivedRevealDocument.json")
	p := doc["proof"].(map[string]any)
	key := keyOf(t, p)
	s, _ := Lookup(v.suite)
	in, err := s.Input(ctx, doc, p, key.Public)
	if err != nil {
		t.Fatal(err)
	}
	var value, data struct {
		BaseSignature, ProofHash, PublicKey string
		Signatures, NonMandatory            []string
		MandatoryHash                       string
		LabelMap                            [][2]string
	}
	step(t, v.prefix+"verifyDerivedProofValue", &value)
	step(t, v.prefix+"verifyCreateVerifyData", &data)
	var lines []string
	step(t, v.prefix+"verifyNQuads", &lines)
	var d sdDerived
	readValue(t, p, &d)
	same(t, "base signature", hex.EncodeToString(d.Signature), value.BaseSignature)
	same(t, "key", multi.Encode(d.Key), value.PublicKey)
	same(t, "signatures", hexes(d.Each), value.Signatures)
	for i, e := range value.LabelMap {
		same(t, e[0], hmacLabel(d.Labels[uint64(i)]), e[1])
	}
	same(t, "statements", string(in.Document), strings.Join(lines, ""))
	same(t, "hash of options", hex.EncodeToString(in.claim.options), data.ProofHash)
	same(t, "hash of mandatory", hex.EncodeToString(in.claim.mandatory), data.MandatoryHash)
	same(t, "others", texts(in.claim.rest), data.NonMandatory)
	if err := s.Check(in, p, key); err != nil {
		t.Error(err)
	}
}

// TestBBSDerivedProof: what is derived is as published but for the proof itself,
// whose blinding values the published steps do not tell; both hold.
func TestBBSDerivedProof(t *testing.T) {
	v := sdVectors["bbs-2023"]
	base, want := vector(t, v.prefix+"addSignedSDBase.json"), vector(t, v.prefix+"derivedRevealDocument.json")
	var material struct{ PresentationHeaderHex string }
	step(t, v.prefix+"BBSDeriveMaterial", &material)
	var indexes struct{ AdjMandatoryIndexes, AdjSelectiveIndexes []uint64 }
	step(t, v.prefix+"derivedAdjIndexes", &indexes)
	p := base["proof"].(map[string]any)
	got, err := Derive(ctx, base, p, v.pointers(t, v.selective), fromHex(t, material.PresentationHeaderHex), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var mine, theirs bbsDerived
	readValue(t, got["proof"].(map[string]any), &mine)
	readValue(t, want["proof"].(map[string]any), &theirs)
	same(t, "mandatory", mine.Mandatory, indexes.AdjMandatoryIndexes)
	same(t, "selected", mine.Shown, indexes.AdjSelectiveIndexes)
	same(t, "length of proof", len(mine.Proof), len(theirs.Proof))
	mine.Proof = theirs.Proof
	same(t, "value", mine, theirs)

	s, _ := Lookup("bbs-2023")
	for name, doc := range map[string]map[string]any{"base": base, "published": want, "derived": got} {
		if err := Verify(ctx, s, doc, doc["proof"].(map[string]any), keyOf(t, p)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	delete(got, "proof")
	same(t, "document", got, vector(t, v.prefix+"derivedUnsignedReveal.json"))
}

// keyOf gives the key in the did:key that a proof names.
func keyOf(t testing.TB, p map[string]any) jose.Key {
	t.Helper()
	_, fragment, _ := strings.Cut(p["verificationMethod"].(string), "#")
	pub, err := multi.DecodeKey(fragment)
	if err != nil {
		t.Fatal(err)
	}
	return jose.Key{Public: pub}
}

// TestBBSFeatures: a proof with an optional feature is not called bad.
func TestBBSFeatures(t *testing.T) {
	s, _ := Lookup("bbs-2023")
	for name, isBase := range map[string]bool{"addSignedSDBase": true, "derivedRevealDocument": false} {
		doc := vector(t, "bbs-2023-holderbinding__"+name+".json")
		p := doc["proof"].(map[string]any)
		if err := Verify(ctx, s, doc, p, keyOf(t, p)); !errors.Is(err, ErrFeature) || errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, IsBase(p), isBase)
	}
}
