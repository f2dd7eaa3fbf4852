package proof

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha512"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/bbs"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var update = flag.Bool("update", false, "write testdata anew with throw-away keys")

// example is a file of testdata/<suite>: a document, which of its proofs is
// meant, and the key to check it with.
type example struct {
	Note     string         `json:"note"`
	Key      string         `json:"key"`
	Proof    int            `json:"proof"`
	Document map[string]any `json:"document"`
}

// TestConformance runs over every registered suite: each has examples, the good
// ones hold and cover every member, the bad ones do not.
func TestConformance(t *testing.T) {
	if *update {
		writeExamples(t)
	}
	for name, suite := range suites {
		files, err := filepath.Glob(filepath.Join("testdata", name, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		good, bad := 0, 0
		for _, file := range files {
			isGood := strings.HasPrefix(filepath.Base(file), "good")
			if isGood {
				good++
			} else {
				bad++
			}
			t.Run(name+"/"+filepath.Base(file), func(t *testing.T) { conform(t, suite, file, isGood) })
		}
		if good < 1 || bad < 4 {
			t.Errorf("%s: %d good and %d bad examples: too few", name, good, bad)
		}
	}
}

func conform(t *testing.T, suite Suite, file string, good bool) {
	doc, p, key := readExample(t, file)
	in, err := suite.Input(ctx, doc, p, key.Public)
	if err == nil {
		err = suite.Check(in, p, key)
	}
	switch {
	case good && (err != nil || len(in.Uncovered) > 0):
		t.Errorf("does not hold: %v, uncovered %q", err, in.Uncovered)
	case !good && err == nil && len(in.Uncovered) == 0:
		t.Error("holds and covers all")
	case err != nil && !errors.Is(err, ErrSignature):
		t.Errorf("%v is not an ErrSignature", err)
	}
	if again := Verify(ctx, suite, doc, p, key); (again == nil) != (err == nil) {
		t.Errorf("Verify: %v, in steps: %v", again, err)
	}
}

func readExample(t testing.TB, file string) (doc, proof map[string]any, key jose.Key) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var e example
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&e); err != nil {
		t.Fatal(err)
	}
	pub, err := multi.DecodeKey(e.Key)
	if err != nil {
		t.Fatal(err)
	}
	proofs, ok := Proofs(e.Document)
	if !ok || e.Proof >= len(proofs) {
		t.Fatal("no such proof")
	}
	return e.Document, proofs[e.Proof], jose.Key{Public: pub}
}

// throwAway makes a key that anybody can make again: it protects nothing.
func throwAway(t testing.TB, kind, label string) crypto.Signer {
	t.Helper()
	seed := sha512.Sum384([]byte("throw-away key of Cairn's tests: " + label))
	var key crypto.Signer
	var err error
	switch kind {
	case "P-256":
		key, err = ecdsa.ParseRawPrivateKey(elliptic.P256(), seed[:32])
	case "P-384":
		key, err = ecdsa.ParseRawPrivateKey(elliptic.P384(), seed[:])
	case "secp256k1":
		key = testkit.Secp256k1(label)
	default:
		key = ed25519.NewKeyFromSeed(seed[:32])
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// private is a private key of any kind.
type private interface{ Public() crypto.PublicKey }

// secret makes a throw-away key, also of kinds that are no crypto.Signer.
func secret(t testing.TB, kind, label string) private {
	t.Helper()
	if kind != "BLS12-381" {
		return throwAway(t, kind, label)
	}
	seed := sha512.Sum384([]byte("throw-away key of Cairn's tests: " + label))
	key, err := bbs.ParsePrivateKey(append([]byte{0}, seed[:31]...)) // below the order
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func publicText(t testing.TB, s private) string {
	t.Helper()
	text, err := multi.EncodeKey(s.Public())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

const badge = `{
	"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
		"https://w3id.org/security/suites/ed25519-2020/v1"],
	"id": "urn:uuid:11c8a5d8-7e6b-4b8e-9a55-7d7a3a4f3c01",
	"type": ["VerifiableCredential", "OpenBadgeCredential"],
	"name": "First aid",
	"issuer": {"id": "https://school.example", "type": ["Profile"], "name": "Example School"},
	"validFrom": "2024-05-01T09:00:00Z",
	"credentialSubject": {"type": ["AchievementSubject"], "achievement": {
		"id": "https://school.example/badges/first-aid", "type": ["Achievement"], "name": "First aid",
		"description": "Can give first aid at work.", "criteria": {"narrative": "A day of practice and a test."},
		"resultDescription": [{"id": "urn:r", "type": ["ResultDescription"], "name": "Test", "resultType": "LetterGrade",
			"allowedValue": ["A", "B", "B", "C"]}]}}}`

func badgeDoc(t testing.TB) map[string]any {
	t.Helper()
	doc, err := strict.Object([]byte(badge))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func options(t testing.TB, s private) map[string]any {
	key := publicText(t, s)
	return map[string]any{
		"created": "2024-05-01T09:00:00Z", "proofPurpose": "assertionMethod",
		"verificationMethod": "did:key:" + key + "#" + key,
	}
}

// seal signs doc and puts the proof behind those it has.
func seal(t testing.TB, s Suite, doc map[string]any, signer crypto.Signer, opt map[string]any) map[string]any {
	t.Helper()
	p, err := Sign(ctx, s, doc, opt, signer)
	if err != nil {
		t.Fatal(err)
	}
	if had, ok := doc["proof"]; ok {
		list, isList := had.([]any)
		if !isList {
			list = []any{had}
		}
		doc["proof"] = append(list, p)
		return p
	}
	doc["proof"] = p
	return p
}
