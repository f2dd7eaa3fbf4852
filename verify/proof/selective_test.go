package proof

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

var selectiveSuites = []string{"ecdsa-sd-2023", "bbs-2023"}

// eachSelective runs a test with every selective suite.
func eachSelective(t *testing.T, run func(t *testing.T, s Suite, key private)) {
	for _, name := range selectiveSuites {
		s, _ := Lookup(name)
		t.Run(name, func(t *testing.T) { run(t, s, secret(t, kinds[name][0], "selective")) })
	}
}

func parse(t testing.TB, text string) map[string]any {
	t.Helper()
	doc, err := strict.Object([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// sealBase gives doc with a base proof.
func sealBase(t testing.TB, s Suite, key private, doc map[string]any, mandatory []string) map[string]any {
	t.Helper()
	p, err := SignBase(ctx, s, doc, options(t, key), mandatory, key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	out := maps.Clone(doc)
	out["proof"] = p
	return out
}

func holds(t testing.TB, s Suite, doc map[string]any, key private) error {
	t.Helper()
	p := doc["proof"].(map[string]any)
	in, err := s.Input(ctx, doc, p, key.Public())
	if err == nil && len(in.Uncovered) > 0 {
		err = fmt.Errorf("%w: uncovered %q", ErrSignature, in.Uncovered)
	}
	if err == nil {
		err = s.Check(in, p, jose.Key{Public: key.Public()})
	}
	return err
}

// pointersOf gives a pointer to every value of a document.
func pointersOf(v any, at string) []string {
	out := []string{at}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name != "@context" && name != "proof" {
				out = append(out, pointersOf(v[name], at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(name))...)
			}
		}
	case []any:
		for i, inner := range v {
			out = append(out, pointersOf(inner, fmt.Sprintf("%s/%d", at, i))...)
		}
	}
	return out
}

// TestEveryPart: whatever single part of a badge is shown, its proof holds, and
// nothing that was held back is in it. Only elements of ordered lists can't be shown
// alone.
func TestEveryPart(t *testing.T) {
	eachSelective(t, func(t *testing.T, s Suite, key private) {
		doc := sealBase(t, s, key, badgeDoc(t), []string{"/issuer"})
		for _, pointer := range pointersOf(badgeDoc(t), "") {
			part, err := Derive(ctx, doc, doc["proof"].(map[string]any), []string{pointer}, nil, rand.Reader)
			if strings.Contains(pointer, "/allowedValue/") {
				if !errors.Is(err, ErrPointer) {
					t.Errorf("%s: %v", pointer, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", pointer, err)
				continue
			}
			if err := holds(t, s, part, key); err != nil {
				t.Errorf("%s: %v", pointer, err)
			}
			delete(part, "proof")
			b, _ := json.Marshal(part)
			for _, held := range []struct{ text, at string }{
				{"Can give first aid", "/credentialSubject/achievement/description"},
				{"LetterGrade", "/credentialSubject/achievement/resultDescription/0/resultType"},
			} {
				if strings.Contains(string(b), held.text) && !strings.HasPrefix(held.at, pointer) {
					t.Errorf("%s shows %q", pointer, held.text)
				}
			}
			if IsBase(part) {
				t.Errorf("%s: a base proof was handed on", pointer)
			}
		}
	})
}

// odd are documents in which not every object is a node, or not every node can be
// given a name.
var odd = map[string]struct {
	doc      string
	pointers []string
}{
	"JSON literal": {`{"@context": [CTX, {"raw": {"@id": "urn:x:raw", "@type": "@json"}}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"raw": {"a": {"b": 1}, "c": [{"d": 2}]}}}`, []string{"/credentialSubject/raw"}},
	"languages": {`{"@context": [CTX, {"say": {"@id": "urn:x:say", "@container": "@language"}}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"say": {"en": "yes", "fr": "oui"}}}`, []string{"/credentialSubject/say/fr"}},
	"own blank nodes": {`{"@context": [CTX, {"knows": {"@id": "urn:x:knows", "@type": "@id"}, "say": "urn:x:say"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": [{"id": "_:b1", "knows": "_:b0", "say": "x"}, {"id": "_:b0", "knows": "_:b1", "say": "y"}]}`, []string{"/credentialSubject/0/knows", "/credentialSubject/1/say"}},
	"ids like given ones": {`{"@context": [CTX, {"say": "urn:x:say"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": [{"id": "urn:bnid:0", "say": "x"}, {"id": "urn:bnid:x:1", "say": {"say": "y"}}]}`, []string{"/credentialSubject/1/say"}},
	"a graph of its own": {`{"@context": [CTX, {"claim": {"@id": "urn:x:claim", "@container": "@graph"}, "say": "urn:x:say"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"claim": [{"say": "x", "type": "urn:x:T"}, {"say": "x", "type": "urn:x:T"}]}}`, []string{"/credentialSubject/claim/1"}},
	"twin lists": {`{"@context": [CTX, {"row": {"@id": "urn:x:row", "@container": "@list"}, "say": "urn:x:say"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": [{"say": "1", "row": ["a", "a"]}, {"say": "2", "row": ["a", "a"]}, {"say": "3", "row": []}]}`, []string{"/credentialSubject/1/row", "/credentialSubject/2/row"}},
	"lists of lists": {`{"@context": [CTX, {"row": {"@id": "urn:x:row", "@container": "@list"}, "say": "urn:x:say"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"row": [["a", "b"], ["a", "c"], [{"say": "x"}]]}}`, []string{"/credentialSubject/row"}},
	"several lists of one member": {`{"@context": [CTX, {"rows": "urn:x:rows"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"rows": [{"@list": ["a", "b"]}, {"@list": ["a", "c"]}]}}`, []string{"/credentialSubject/rows/1"}},
	"a context inside": {`{"@context": CTX, "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"id": "urn:s", "@context": {"say": "urn:x:say"}, "say": {"say": "deep"}}}`, []string{"/credentialSubject/say"}},
}

func TestOddDocuments(t *testing.T) {
	eachSelective(t, func(t *testing.T, s Suite, key private) {
		for name, c := range odd {
			t.Run(name, func(t *testing.T) {
				bare := parse(t, strings.ReplaceAll(c.doc, "CTX", `"https://www.w3.org/ns/credentials/v2"`))
				doc := sealBase(t, s, key, bare, []string{"/issuer"})
				if err := holds(t, s, doc, key); err != nil {
					t.Fatalf("base: %v", err)
				}
				for _, pointers := range [][]string{c.pointers, nil, {""}} {
					part, err := Derive(ctx, doc, doc["proof"].(map[string]any), pointers, nil, rand.Reader)
					if err != nil {
						t.Fatalf("%q: %v", pointers, err)
					}
					if err := holds(t, s, part, key); err != nil {
						t.Errorf("%q: %v", pointers, err)
					}
				}
			})
		}
	})
}

// TestSplitNode: one node of the issuer's can't be shown as two, under one label.
func TestSplitNode(t *testing.T) {
	s, _ := Lookup("ecdsa-sd-2023")
	key := secret(t, "P-256", "split")
	bare := parse(t, `{"@context": ["https://www.w3.org/ns/credentials/v2", {"say": "urn:x:say", "by": "urn:x:by"}], "type": "VerifiableCredential", "issuer": "urn:i",
		"credentialSubject": {"say": {"say": "yes", "by": "Ann"}}}`)
	doc := sealBase(t, s, key, bare, []string{"/issuer"})
	part, err := Derive(ctx, doc, doc["proof"].(map[string]any), []string{"/credentialSubject"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	part["credentialSubject"] = map[string]any{"say": []any{map[string]any{"say": "yes"}, map[string]any{"by": "Ann"}}}
	if err := holds(t, s, part, key); !errors.Is(err, ErrSignature) {
		t.Errorf("without labels for both: %v", err)
	}
	quads, _, err := canon.ToRDF(ctx, map[string]any{"@context": part["@context"], "type": part["type"], "issuer": part["issuer"], "credentialSubject": part["credentialSubject"]})
	if err != nil {
		t.Fatal(err)
	}
	var d sdDerived
	readValue(t, part["proof"].(map[string]any), &d)
	one := d.Labels[0]
	for _, q := range quads {
		if q.Subject.Kind == canon.Blank && len(d.Labels) < 8 {
			d.Labels[uint64(len(d.Labels))] = one
		}
	}
	value, err := writeCBOR(sdDerivedHeader, d)
	if err != nil {
		t.Fatal(err)
	}
	part["proof"].(map[string]any)["proofValue"] = base64url.encode(value)
	if err := holds(t, s, part, key); !errors.Is(err, ErrMalformed) {
		t.Errorf("with one label for both: %v", err)
	}
}

func TestDeriveRefused(t *testing.T) {
	eachSelective(t, func(t *testing.T, s Suite, key private) {
		doc := sealBase(t, s, key, badgeDoc(t), []string{"/issuer"})
		free := sealBase(t, s, key, badgeDoc(t), nil)
		part, err := Derive(ctx, doc, doc["proof"].(map[string]any), nil, nil, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		many := make([]string, maxPointers+1)
		for _, c := range []struct {
			name     string
			doc      map[string]any
			pointers []string
			want     error
		}{
			{"a member that is not there", doc, []string{"/nothing"}, ErrPointer},
			{"an element that is not there", doc, []string{"/type/7"}, ErrPointer},
			{"an element by another spelling", doc, []string{"/type/01"}, ErrPointer},
			{"the element after the last", doc, []string{"/credentialSubject/achievement/resultDescription/-"}, ErrPointer},
			{"into a text", doc, []string{"/name/0"}, ErrPointer},
			{"no pointer at all", doc, []string{"name"}, ErrPointer},
			{"a bad escape", doc, []string{"/na~2me"}, ErrPointer},
			{"too deep", doc, []string{strings.Repeat("/a", maxSteps+1)}, ErrPointer},
			{"too many", doc, many, ErrPointer},
			{"nothing is chosen and nothing mandatory", free, nil, ErrPointer},
			{"from a derived proof", part, []string{"/issuer"}, ErrMalformed},
		} {
			t.Run(c.name, func(t *testing.T) {
				if _, err := Derive(ctx, c.doc, c.doc["proof"].(map[string]any), c.pointers, nil, rand.Reader); !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
			})
		}
		if _, err := Mandatory(part["proof"].(map[string]any)); !errors.Is(err, ErrMalformed) {
			t.Errorf("mandatory pointers of a derived proof: %v", err)
		}
	})
	if _, err := Derive(ctx, badgeDoc(t), map[string]any{"type": "Ed25519Signature2020"}, nil, nil, nil); !errors.Is(err, ErrUnsupported) {
		t.Errorf("another suite: %v", err)
	}
	if _, err := Mandatory(map[string]any{"type": "Ed25519Signature2020"}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("another suite: %v", err)
	}
}

func TestSignBaseRefused(t *testing.T) {
	eachSelective(t, func(t *testing.T, s Suite, key private) {
		lossy, lossyOption := badgeDoc(t), options(t, key)
		lossy["grade"], lossyOption["grade"] = "A", "A"
		for _, c := range []struct {
			name      string
			doc       map[string]any
			options   map[string]any
			mandatory []string
			key       private
			random    io.Reader
			want      error
		}{
			{"an uncovered member", lossy, options(t, key), nil, key, rand.Reader, ErrLossy},
			{"an uncovered option", badgeDoc(t), lossyOption, nil, key, rand.Reader, ErrLossy},
			{"a pointer to nothing", badgeDoc(t), options(t, key), []string{"/nothing"}, key, rand.Reader, ErrPointer},
			{"a key of another type", badgeDoc(t), options(t, key), nil, throwAway(t, "Ed25519", "base"), rand.Reader, ErrKey},
			{"no randomness", badgeDoc(t), options(t, key), nil, key, bytes.NewReader(nil), io.EOF},
			{"a proof it rests on is missing", badgeDoc(t), map[string]any{"previousProof": "urn:x"}, nil, key, rand.Reader, ErrPrevious},
		} {
			t.Run(c.name, func(t *testing.T) {
				if _, err := SignBase(ctx, s, c.doc, c.options, c.mandatory, c.key, c.random); !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
			})
		}
		if _, err := Sign(ctx, s, badgeDoc(t), options(t, key), throwAway(t, "P-256", "base")); !errors.Is(err, ErrUnsupported) {
			t.Errorf("Sign: %v", err)
		}
	})
	plain, _ := Lookup("eddsa-rdfc-2022")
	if _, err := SignBase(ctx, plain, badgeDoc(t), nil, nil, nil, nil); !errors.Is(err, ErrUnsupported) {
		t.Errorf("a suite without selective disclosure: %v", err)
	}
}

func TestKinds(t *testing.T) {
	value := func(suite, first string) map[string]any {
		return map[string]any{"type": dataIntegrity, "cryptosuite": suite, "proofValue": base64url.encode([]byte(first))}
	}
	for name, c := range map[string]struct {
		proof         map[string]any
		base, derived bool
	}{
		"ecdsa-sd-2023 base":     {value("ecdsa-sd-2023", "\xd9\x5d\x00\x80"), true, false},
		"ecdsa-sd-2023 derived":  {value("ecdsa-sd-2023", "\xd9\x5d\x01\x80"), false, true},
		"bbs-2023 base":          {value("bbs-2023", "\xd9\x5d\x02"), true, false},
		"bbs-2023 derived":       {value("bbs-2023", "\xd9\x5d\x03"), false, true},
		"bbs-2023 holder's base": {value("bbs-2023", "\xd9\x5d\x04"), true, false},
		"bbs-2023 pseudonym":     {value("bbs-2023", "\xd9\x5d\x09"), false, true},
		"too short":              {value("bbs-2023", "\xd9\x5d"), false, false},
		"of no kind":             {value("bbs-2023", "\xd9\x5e\x02"), false, false},
		"another suite":          {value("eddsa-rdfc-2022", "\xd9\x5d\x00"), false, false},
		"no value":               {map[string]any{"type": dataIntegrity, "cryptosuite": "bbs-2023"}, false, false},
		"nothing":                {nil, false, false},
	} {
		if IsBase(c.proof) != c.base || IsDerived(c.proof) != c.derived {
			t.Errorf("%s: base %v, derived %v", name, IsBase(c.proof), IsDerived(c.proof))
		}
	}
}

// TestGivenUp: documents whose nodes would have to be tried one by one for ever.
func TestGivenUp(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"@context": ["https://www.w3.org/ns/credentials/v2", {"raw": {"@id": "urn:x:raw", "@type": "@json"}}], "type": "VerifiableCredential", "issuer": "urn:i", "credentialSubject": {"raw": [{}`)
	for range maxDoubtful + 1 {
		b.WriteString(`,{}`)
	}
	b.WriteString(`]}}`)
	if _, _, err := nameNodes(ctx, parse(t, b.String())); !errors.Is(err, canon.ErrTooComplex) {
		t.Error(err)
	}
}

// TestTooManyStatements: a proof of more than can be worked on is not called bad.
func TestTooManyStatements(t *testing.T) {
	s, _ := Lookup("bbs-2023")
	key := secret(t, "BLS12-381", "many")
	doc := derived(t, sealBase(t, s, key, badgeDoc(t), alwaysShown), chosenShown)
	var d bbsDerived
	readValue(t, doc["proof"].(map[string]any), &d)
	d.Proof = append(d.Proof, bytes.Repeat(d.Proof[len(d.Proof)-32:], bbs.MaxMessages)...)
	value, err := writeCBOR(bbsDerivedHeader, d)
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"].(map[string]any)["proofValue"] = base64url.encode(value)
	if err := holds(t, s, doc, key); !errors.Is(err, canon.ErrTooLarge) || errors.Is(err, ErrSignature) {
		t.Error(err)
	}
}

// TestSameButLabels: statements that differ in what is one node and what is two.
func TestSameButLabels(t *testing.T) {
	read := func(text string) []canon.Quad {
		quads, err := canon.ParseNQuads([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return quads
	}
	const one = "_:a <urn:p> _:b .\n_:b <urn:p> \"x\" .\n"
	for name, c := range map[string]struct {
		other string
		want  bool
	}{
		"the same":                  {one, true},
		"under other labels":        {"_:b <urn:p> _:a .\n_:a <urn:p> \"x\" .\n", true},
		"a node is split":           {"_:a <urn:p> _:b .\n_:c <urn:p> \"x\" .\n", false},
		"two nodes are one":         {"_:a <urn:p> _:a .\n_:a <urn:p> \"x\" .\n", false},
		"a node is another":         {"_:a <urn:p> _:b .\n_:a <urn:p> \"x\" .\n", false},
		"a node has an id":          {"_:a <urn:p> <urn:b> .\n<urn:b> <urn:p> \"x\" .\n", false},
		"another value":             {"_:a <urn:p> _:b .\n_:b <urn:p> \"y\" .\n", false},
		"one more":                  {one + "_:b <urn:p> \"y\" .\n", false},
		"a node beside a new graph": {"_:a <urn:p> _:b _:g .\n_:b <urn:p> \"x\" .\n", false},
	} {
		if got := sameButLabels(read(one), read(c.other)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
