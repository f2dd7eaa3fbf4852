package proof

import (
	"bytes"
	"crypto"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
)

// kinds of keys that each suite signs with.
var kinds = map[string][]string{
	"eddsa-rdfc-2022":      {"Ed25519"},
	"Ed25519Signature2020": {"Ed25519"},
	"Ed25519Signature2018": {"Ed25519"},
	"eddsa-jcs-2022":       {"Ed25519"},
	"ecdsa-jcs-2019":       {"P-256", "P-384"},
	"ecdsa-rdfc-2019":      {"P-256", "P-384"},
	"ecdsa-sd-2023":        {"P-256"},
	"bbs-2023":             {"BLS12-381"},

	"EcdsaSecp256k1Signature2019": {"secp256k1"},
	"JsonWebSignature2020":        {"Ed25519", "P-256", "P-384", "secp256k1"},
}

// twin is a good example with one thing wrong.
type twin struct {
	name, note string
	spoil      func(t *testing.T, e *example)
}

var twins = []twin{
	{"value-bit", "one bit of the signature", func(t *testing.T, e *example) {
		sig := e.signature(t)
		sig[len(sig)/3] ^= 1
		e.set(sig)
	}},
	{"value-short", "the last byte of the signature is missing", func(t *testing.T, e *example) {
		sig := e.signature(t)
		e.set(sig[:len(sig)-1])
	}},
	{"value-base", "a proof value in another base", func(t *testing.T, e *example) {
		text := multi.EncodeURL(e.signature(t))
		if e.one()[e.member()] == text {
			text = multi.Encode(e.signature(t))
		}
		e.one()[e.member()] = text
	}},
	{"value-none", "no proof value", func(t *testing.T, e *example) { delete(e.one(), e.member()) }},
	{"letter", "one letter of the badge's name", func(t *testing.T, e *example) { e.Document["name"] = "First aie" }},
	{"day", "one day of the date", func(t *testing.T, e *example) { e.Document["validFrom"] = "2024-05-02T09:00:00Z" }},
	{"member-gone", "a member left out", func(t *testing.T, e *example) { delete(e.Document, "validFrom") }},
	{"member-added", "a member that no context defines", func(t *testing.T, e *example) { e.Document["grade"] = "A" }},
	{"option-purpose", "another purpose", func(t *testing.T, e *example) { e.one()["proofPurpose"] = "authentication" }},
	{"option-created", "another date of signing", func(t *testing.T, e *example) { e.one()["created"] = "2024-05-01T09:00:01Z" }},
	{"option-added", "an option that no context defines", func(t *testing.T, e *example) { e.one()["grade"] = "A" }},
	{"key", "another key of the same type", func(t *testing.T, e *example) {
		pub, err := multi.DecodeKey(e.Key)
		if err != nil {
			t.Fatal(err)
		}
		e.Key = publicText(t, secret(t, kindOf(pub), "somebody else"))
	}},
	{"key-type", "a key of another type", func(t *testing.T, e *example) {
		pub, err := multi.DecodeKey(e.Key)
		if err != nil {
			t.Fatal(err)
		}
		kind := "P-256"
		if kind == kindOf(pub) || e.one()["cryptosuite"] == "ecdsa-rdfc-2019" {
			kind = "Ed25519"
		}
		e.Key = publicText(t, throwAway(t, kind, "another type"))
	}},
}

// kindOf names the kind of a key as kinds does.
func kindOf(pub crypto.PublicKey) string {
	switch nistHash(pub) {
	case crypto.SHA256:
		return "P-256"
	case crypto.SHA384:
		return "P-384"
	}
	if bbsHash(pub) != 0 {
		return "BLS12-381"
	}
	if secp256k1Hash(pub) != 0 {
		return "secp256k1"
	}
	return "Ed25519"
}

// one gives the proof that the example is about.
func (e *example) one() map[string]any {
	proofs, _ := Proofs(e.Document)
	return proofs[e.Proof]
}

func (e *example) member() string { return suites[Name(e.one())].member }

// signature gives the bytes of the signature itself, or of the whole value of a
// selective suite.
func (e *example) signature(t *testing.T) []byte {
	text, decode := e.one()[e.member()].(string), suites[Name(e.one())].encode.decode
	if e.member() == "jws" {
		text, decode = text[strings.LastIndexByte(text, '.')+1:], jose.Decode64
	}
	sig, err := decode(text)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// set puts a signature in the place of the one that is there.
func (e *example) set(sig []byte) {
	if e.member() == "jws" {
		text := e.one()["jws"].(string)
		e.one()["jws"] = text[:strings.LastIndexByte(text, '.')+1] + jose.Encode64(sig)
		return
	}
	e.one()[proofValue] = suites[Name(e.one())].encode.encode(sig)
}

// withTerms adds the context that an older suite needs for its own terms.
func withTerms(doc map[string]any, s Suite) map[string]any {
	for suite, context := range map[string]string{
		"Ed25519Signature2018":        "https://w3id.org/security/suites/ed25519-2018/v1",
		"EcdsaSecp256k1Signature2019": "https://w3id.org/security/suites/secp256k1-2019/v1",
		"JsonWebSignature2020":        "https://w3id.org/security/suites/jws-2020/v1",
	} {
		if s.Name == suite {
			doc["@context"] = append(doc["@context"].([]any), context)
		}
	}
	return doc
}

func writeExamples(t *testing.T) {
	for name, suite := range suites {
		for _, kind := range kinds[name] {
			if suite.selective != nil {
				writeSelective(t, suite, kind)
				continue
			}
			signer := throwAway(t, kind, name)
			doc := withTerms(badgeDoc(t), suite)
			seal(t, suite, doc, signer, options(t, signer))
			writeTwins(t, name, kind, example{Key: publicText(t, signer), Document: doc}, twins)
			if suite.Type == dataIntegrity {
				writeChain(t, suite, kind, signer)
			}
		}
	}
}

// writeTwins writes a good example and its broken twins.
func writeTwins(t *testing.T, suite, name string, good example, twins []twin) {
	good.Note = "made with a throw-away key"
	writeExample(t, suite, "good-"+name, good)
	for _, w := range twins {
		bad := clone(t, good)
		bad.Note = w.note
		w.spoil(t, &bad)
		writeExample(t, suite, "bad-"+name+"-"+w.name, bad)
	}
}

// writeChain writes a proof that rests on another, and two that are broken
// because of the other.
func writeChain(t *testing.T, suite Suite, kind string, signer crypto.Signer) {
	doc := badgeDoc(t)
	first := options(t, signer)
	first["id"] = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"
	seal(t, suite, doc, signer, first)
	second := options(t, signer)
	second["previousProof"] = first["id"]
	seal(t, suite, doc, signer, second)
	chain := example{Note: "a proof that rests on another", Key: publicText(t, signer), Proof: 1, Document: doc}
	writeExample(t, suite.Name, "good-"+kind+"-chain", chain)

	changed := clone(t, chain)
	changed.Note = "the proof it rests on was changed"
	proofs, _ := Proofs(changed.Document)
	proofs[0]["created"] = "2024-05-01T09:00:01Z"
	writeExample(t, suite.Name, "bad-"+kind+"-chain-changed", changed)

	missing := clone(t, chain)
	missing.Note, missing.Proof = "the proof it rests on is missing", 0
	missing.Document["proof"] = chain.one()
	writeExample(t, suite.Name, "bad-"+kind+"-chain-missing", missing)
}

func clone(t *testing.T, e example) (c example) {
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func writeExample(t *testing.T, suite, name string, e example) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(e); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("testdata", suite)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".json"), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
