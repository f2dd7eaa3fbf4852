package proof

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

func TestName(t *testing.T) {
	for _, c := range []struct {
		proof map[string]any
		want  string
	}{
		{map[string]any{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}, "eddsa-rdfc-2022"},
		{map[string]any{"type": "Ed25519Signature2020", "cryptosuite": "eddsa-rdfc-2022"}, "Ed25519Signature2020"},
		{map[string]any{"type": "DataIntegrityProof"}, ""},
		{map[string]any{"type": []any{"DataIntegrityProof"}, "cryptosuite": "x"}, ""},
		{nil, ""},
	} {
		if got := Name(c.proof); got != c.want {
			t.Errorf("Name(%v) = %q, want %q", c.proof, got, c.want)
		}
	}
}

func TestRegisterTwice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("two suites of one name")
		}
	}()
	register(Suite{Name: "eddsa-rdfc-2022"})
}

func TestUnsupported(t *testing.T) {
	signer := throwAway(t, "Ed25519", "unsupported")
	key := jose.Key{Public: signer.Public()}
	if s, ok := Lookup("none"); ok || s.Name != "" {
		t.Error("suite none found")
	}
	if err := Verify(ctx, Suite{}, badgeDoc(t), options(t, signer), key); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Verify: %v", err)
	}
	if err := (Suite{}).Check(Input{}, nil, key); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Check: %v", err)
	}
	if _, err := Sign(ctx, Suite{}, badgeDoc(t), nil, signer); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Sign: %v", err)
	}
}

// TestSuitesDontMix: a proof of one suite is not taken for one of another, even
// if key and value would do.
func TestSuitesDontMix(t *testing.T) {
	signer := throwAway(t, "Ed25519", "mix")
	key := jose.Key{Public: signer.Public()}
	old, _ := Lookup("Ed25519Signature2020")
	now, _ := Lookup("eddsa-rdfc-2022")
	doc := badgeDoc(t)
	p := seal(t, now, doc, signer, options(t, signer))
	if err := Verify(ctx, old, doc, p, key); !errors.Is(err, ErrMalformed) {
		t.Errorf("under the older suite: %v", err)
	}
	renamed := maps.Clone(p)
	renamed["type"] = "Ed25519Signature2020"
	delete(renamed, "cryptosuite")
	if err := Verify(ctx, old, doc, renamed, key); !errors.Is(err, ErrSignature) {
		t.Errorf("renamed: %v", err)
	}
}

func TestKeysOfOtherTypes(t *testing.T) {
	signer := throwAway(t, "Ed25519", "types")
	suite, _ := Lookup("eddsa-rdfc-2022")
	doc := badgeDoc(t)
	p := seal(t, suite, doc, signer, options(t, signer))
	for name, pub := range map[string]any{
		"none": nil, "text": "key", "short": ed25519.PublicKey{1}, "curve": throwAway(t, "P-256", "types").Public(),
	} {
		if err := Verify(ctx, suite, doc, p, jose.Key{Public: pub}); !errors.Is(err, ErrKey) {
			t.Errorf("%s: %v, want ErrKey", name, err)
		}
	}
}

// TestHashFollowsKey: an input made for one curve is not checked with another.
func TestHashFollowsKey(t *testing.T) {
	suite, _ := Lookup("ecdsa-rdfc-2019")
	small, large := throwAway(t, "P-256", "curves"), throwAway(t, "P-384", "curves")
	doc := badgeDoc(t)
	p := seal(t, suite, doc, small, options(t, small))
	in, err := suite.Input(ctx, doc, p, small.Public())
	if err != nil {
		t.Fatal(err)
	}
	if err := suite.Check(in, p, jose.Key{Public: large.Public()}); !errors.Is(err, ErrKey) {
		t.Errorf("%v, want ErrKey", err)
	}
}

// TestPresentation: a proof over a presentation covers the badge inside, with its
// own proof, and the challenge and domain it was made for.
func TestPresentation(t *testing.T) {
	for name, suite := range suites {
		if suite.selective != nil {
			continue // it is for credentials
		}
		t.Run(name, func(t *testing.T) {
			signer := throwAway(t, kinds[name][0], "presentation")
			inner := withTerms(badgeDoc(t), suite)
			seal(t, suite, inner, signer, options(t, signer))
			doc := withTerms(map[string]any{
				"@context":             []any{"https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/suites/ed25519-2020/v1"},
				"type":                 []any{"VerifiablePresentation"},
				"holder":               "did:example:learner",
				"verifiableCredential": []any{inner},
			}, suite)
			opt := options(t, signer)
			opt["proofPurpose"], opt["challenge"], opt["domain"] = "authentication", "n-1", "https://employer.example"
			p := seal(t, suite, doc, signer, opt)
			key := jose.Key{Public: signer.Public()}
			if err := Verify(ctx, suite, doc, p, key); err != nil {
				t.Fatal(err)
			}
			other := maps.Clone(p)
			other["challenge"] = "n-2"
			if err := Verify(ctx, suite, doc, other, key); !errors.Is(err, ErrSignature) {
				t.Errorf("another challenge: %v", err)
			}
			inner["name"] = "Second aid"
			if err := Verify(ctx, suite, doc, p, key); !errors.Is(err, ErrSignature) {
				t.Errorf("another badge inside: %v", err)
			}
		})
	}
}

func TestSignRefusesLoss(t *testing.T) {
	signer := throwAway(t, "Ed25519", "loss")
	suite, _ := Lookup("eddsa-rdfc-2022")
	doc := badgeDoc(t)
	doc["grade"] = "A"
	if _, err := Sign(ctx, suite, doc, options(t, signer), signer); !errors.Is(err, ErrLossy) {
		t.Errorf("document: %v", err)
	}
	opt := options(t, signer)
	opt["grade"] = "A"
	if _, err := Sign(ctx, suite, badgeDoc(t), opt, signer); !errors.Is(err, ErrLossy) {
		t.Errorf("options: %v", err)
	}
}

func TestInputWithoutKey(t *testing.T) {
	suite, _ := Lookup("ecdsa-rdfc-2019")
	signer := throwAway(t, "P-384", "no key")
	doc := badgeDoc(t)
	p := seal(t, suite, doc, signer, options(t, signer))
	p["grade"], doc["level"] = "A", "B"
	in, err := suite.Input(ctx, doc, p, nil)
	if want := []string{"level", "proof.grade"}; err != nil || !slices.Equal(in.Uncovered, want) {
		t.Errorf("uncovered %q, %v; want %q", in.Uncovered, err, want)
	}
}

func TestErrorsOfCanonPass(t *testing.T) {
	signer := throwAway(t, "Ed25519", "canon")
	suite, _ := Lookup("eddsa-rdfc-2022")
	doc := badgeDoc(t)
	p := seal(t, suite, doc, signer, options(t, signer))
	doc["@context"] = "https://example.org/unknown"
	key := jose.Key{Public: signer.Public()}
	if err := Verify(ctx, suite, doc, p, key); !errors.Is(err, canon.ErrContextUnknown) || errors.Is(err, ErrSignature) {
		t.Errorf("unknown context: %v", err)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if err := Verify(stopped, suite, badgeDoc(t), p, key); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestDocument(t *testing.T) {
	one := map[string]any{"id": "urn:1"}
	two := map[string]any{"id": "urn:2", "previousProof": "urn:1"}
	three := map[string]any{"id": "urn:3", "previousProof": []any{"urn:1", "urn:2"}}
	doc := map[string]any{"a": "b", "proof": []any{one, two, three}}
	cases := []struct {
		name  string
		proof map[string]any
		with  int
		err   error
	}{
		{"alone", one, 0, nil},
		{"on one", two, 1, nil},
		{"on two", three, 2, nil},
		{"on none there", map[string]any{"previousProof": "urn:9"}, 0, ErrPrevious},
		{"on itself", map[string]any{"id": "urn:1", "previousProof": "urn:1"}, 0, ErrPrevious},
		{"on a number", map[string]any{"previousProof": json.Number("1")}, 0, ErrMalformed},
		{"on nothing", map[string]any{"previousProof": ""}, 0, ErrMalformed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Document(doc, c.proof)
			if !errors.Is(err, c.err) || err != nil && c.err == nil {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			with, _ := got["proof"].([]any)
			if len(with) != c.with {
				t.Errorf("%d proofs inside, want %d", len(with), c.with)
			}
		})
	}
	if len(doc) != 2 {
		t.Error("the document was changed")
	}
}

func TestProofs(t *testing.T) {
	for _, c := range []struct {
		doc  string
		n    int
		good bool
	}{
		{`{}`, 0, true},
		{`{"proof": {}}`, 1, true},
		{`{"proof": [{}, {}]}`, 2, true},
		{`{"proof": []}`, 0, true},
		{`{"proof": "x"}`, 0, false},
		{`{"proof": [{}, 1]}`, 0, false},
		{`{"proof": null}`, 0, false},
	} {
		doc, err := strict.Object([]byte(c.doc))
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := Proofs(doc); ok != c.good || ok && len(got) != c.n {
			t.Errorf("%s: %d proofs, %v", c.doc, len(got), ok)
		}
	}
}

// FuzzVerify: no document and no proof makes a check panic, and none but the
// seeds holds.
func FuzzVerify(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "*", "good*.json"))
	for _, file := range files {
		doc, _, _ := readExample(f, file)
		b, err := json.Marshal(doc)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	keys := []jose.Key{
		{Public: throwAway(f, "Ed25519", "nobody").Public()},
		{Public: throwAway(f, "P-256", "nobody").Public()},
		{Public: throwAway(f, "P-384", "nobody").Public()},
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := strict.Object(b)
		if err != nil {
			return
		}
		proofs, _ := Proofs(doc)
		for _, p := range proofs {
			suite, ok := Lookup(Name(p))
			for _, k := range keys {
				if err := Verify(ctx, suite, doc, p, k); err == nil || ok == errors.Is(err, ErrUnsupported) {
					t.Errorf("nobody's key: %v", err)
				}
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	for name, kind := range map[string]string{"eddsa-rdfc-2022": "Ed25519", "ecdsa-rdfc-2019": "P-256"} {
		b.Run(name, func(b *testing.B) {
			doc, p, key := readExample(b, filepath.Join("testdata", name, "good-"+kind+".json"))
			suite, _ := Lookup(name)
			b.ReportAllocs()
			for b.Loop() {
				if err := Verify(ctx, suite, doc, p, key); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
