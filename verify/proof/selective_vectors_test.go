package proof

import (
	"crypto"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

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

// TestWindDoc: the unsigned document of the walk, which spells a number otherwise,
// says the same.
func TestWindDoc(t *testing.T) {
	s, _ := Lookup("bbs-2023")
	w, _, err := readWhole(ctx, vector(t, "bbs-2023-base__windDoc.json"), s.selective.labels(fromHex(t, hmacKey)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "statements", texts(w.lines), texts(sdVectors["bbs-2023"].whole(t).lines))
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
				got, err := Select(doc, []string{w.Pointer})
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
			v.recovered(t, p)
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
				v.groupData(t, g.name, w, got)
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

// recovered compares what is read from a base proof with what was published.
func (v sdVector) recovered(t *testing.T, p map[string]any) {
	t.Helper()
	var want struct {
		BaseSignature, ProofPublicKey, BBSSignature, HMACKey string
		Signatures                                           []string
	}
	step(t, v.prefix+"derivedRecoveredBaseData", &want)
	if v.suite == "bbs-2023" {
		var b bbsBase
		readValue(t, p, &b)
		same(t, "signature", hex.EncodeToString(b.Signature), want.BBSSignature)
		same(t, "key for labels", hex.EncodeToString(b.HMACKey), want.HMACKey)
		return
	}
	var b sdBase
	readValue(t, p, &b)
	same(t, "base signature", hex.EncodeToString(b.Signature), want.BaseSignature)
	same(t, "key", multi.Encode(b.Key), want.ProofPublicKey)
	same(t, "key for labels", hex.EncodeToString(b.HMACKey), want.HMACKey)
	same(t, "signatures", hexes(b.Each), want.Signatures)
}

// groupData compares a group with the published statements, where there are such.
func (v sdVector) groupData(t *testing.T, name string, w whole, got portion) {
	t.Helper()
	if v.suite == "bbs-2023" {
		return
	}
	var all struct {
		Groups map[string]struct{ Matching, NonMatching jsMap }
		NQuads []string
	}
	step(t, v.prefix+"derivedAllGroupData", &all)
	same(t, "statements", texts(w.lines), all.NQuads)
	in, out := split(w.lines, got)
	_, matching := all.Groups[name].Matching.statements()
	_, others := all.Groups[name].NonMatching.statements()
	same(t, name+", in", texts(in), matching)
	same(t, name+", out", texts(out), others)
}
