package proof

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var ctx = context.Background()

// group is a group of published vectors: every step of one proof.
type group struct {
	suite, name, end  string // names of files: name__step + end
	docCanon, docHash string
	pair, secret      string
	hash              crypto.Hash
	repeats           bool // signing again gives the published signature
}

var groups = []group{
	{
		"eddsa-rdfc-2022", "eddsa-rdfc-2022", "DataInt", "eddsa-rdfc-2022__canonDocDataInt.txt", "eddsa-rdfc-2022__docHashDataInt.txt",
		"eddsa__keyPair.json", "privateKeyMultibase", crypto.SHA256, true,
	},
	{
		"Ed25519Signature2020", "Ed25519Signature2020", "EdSig", "eddsa-rdfc-2022__canonDocDataInt.txt", "eddsa-rdfc-2022__docHashDataInt.txt",
		"eddsa__keyPair.json", "privateKeyMultibase", crypto.SHA256, true,
	},
	{
		"eddsa-jcs-2022", "eddsa-jcs-2022", "JCS", "eddsa-jcs-2022__canonDocJCS.txt", "eddsa-jcs-2022__docHashJCS.txt",
		"eddsa__keyPair.json", "privateKeyMultibase", crypto.SHA256, true,
	},
	{
		"ecdsa-jcs-2019", "ecdsa-jcs-2019-p256", "JCSECDSAP256", "eddsa-jcs-2022__canonDocJCS.txt", "eddsa-jcs-2022__docHashJCS.txt",
		"ecdsa__p256KeyPair.json", "secretKeyMultibase", crypto.SHA256, false,
	},
	{
		"ecdsa-rdfc-2019", "ecdsa-rdfc-2019-p256", "ECDSAP256", "eddsa-rdfc-2022__canonDocDataInt.txt", "eddsa-rdfc-2022__docHashDataInt.txt",
		"ecdsa__p256KeyPair.json", "secretKeyMultibase", crypto.SHA256, false,
	},
	{
		"ecdsa-rdfc-2019", "ecdsa-rdfc-2019-p384", "ECDSAP384", "eddsa-rdfc-2022__canonDocDataInt.txt", "ecdsa-rdfc-2019-p384__docHashECDSAP384.txt",
		"ecdsa__p384KeyPair.json", "secretKeyMultibase", crypto.SHA384, false,
	},
}

func (g group) text(t *testing.T, step string) string {
	return string(testkit.File(t, "di-vectors", g.name+"__"+step+g.end+".txt"))
}

func vector(t testing.TB, name string) map[string]any {
	t.Helper()
	doc, err := strict.Object(testkit.File(t, "di-vectors", name))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestVectors(t *testing.T) {
	for _, g := range groups {
		t.Run(g.name, g.run)
	}
}

func (g group) run(t *testing.T) {
	suite, ok := Lookup(g.suite)
	if !ok {
		t.Fatal("suite not found")
	}
	doc := vector(t, g.name+"__signed"+g.end+".json")
	proof := doc["proof"].(map[string]any)
	key, signer := g.keys(t)
	in, err := suite.Input(ctx, doc, proof, key.Public)
	if err != nil {
		t.Fatal(err)
	}
	g.steps(t, in)
	if err := suite.Check(in, proof, key); err != nil {
		t.Error(err)
	}
	if err := Verify(ctx, suite, doc, proof, key); err != nil {
		t.Error(err)
	}
	again, err := Sign(ctx, suite, doc, vector(t, g.name+"__proofConfig"+g.end+".json"), signer)
	if err != nil {
		t.Fatal(err)
	}
	if g.repeats && again["proofValue"] != proof["proofValue"] {
		t.Errorf("signed again: %v, published %v", again["proofValue"], proof["proofValue"])
	}
	if err := Verify(ctx, suite, doc, again, key); err != nil {
		t.Errorf("signed again: %v", err)
	}
}

// steps compares each step with the published one. The stored texts lack the
// line feed of their last statement.
func (g group) steps(t *testing.T, in Input) {
	same := func(step, got, want string) {
		t.Helper()
		if strings.TrimSuffix(got, "\n") != strings.TrimSuffix(want, "\n") {
			t.Errorf("%s: got\n%s\nwant\n%s", step, got, want)
		}
	}
	same("options", string(in.Options), g.text(t, "proofCanon"))
	same("hash of options", hex.EncodeToString(sum(g.hash, in.Options)), g.text(t, "proofHash"))
	same("document", string(in.Document), string(testkit.File(t, "di-vectors", g.docCanon)))
	same("hash of document", hex.EncodeToString(sum(g.hash, in.Document)), string(testkit.File(t, "di-vectors", g.docHash)))
	same("both hashes", hex.EncodeToString(in.Hashed()), g.text(t, "combinedHash"))
	sig, err := base58.decode(g.text(t, "sigBTC58"))
	if err != nil {
		t.Fatal(err)
	}
	same("signature", hex.EncodeToString(sig), g.text(t, "sigHex"))
	if len(in.Uncovered) > 0 {
		t.Errorf("uncovered: %q", in.Uncovered)
	}
}

func (g group) keys(t *testing.T) (jose.Key, crypto.Signer) {
	t.Helper()
	var pair map[string]string
	if err := json.Unmarshal(testkit.File(t, "di-vectors", g.pair), &pair); err != nil {
		t.Fatal(err)
	}
	return keyPair(t, pair["publicKeyMultibase"], pair[g.secret])
}

// keyPair reads a published test key; the secret half carries a prefix of two bytes.
func keyPair(t testing.TB, public, secret string) (jose.Key, crypto.Signer) {
	t.Helper()
	pub, err := multi.DecodeKey(public)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := multi.Decode(secret)
	if err != nil {
		t.Fatal(err)
	}
	raw = raw[2:]
	if _, ok := pub.(ed25519.PublicKey); ok {
		return jose.Key{Public: pub}, ed25519.NewKeyFromSeed(raw)
	}
	signer, err := ecdsa.ParseRawPrivateKey(pub.(*ecdsa.PublicKey).Curve, raw)
	if err != nil {
		t.Fatal(err)
	}
	return jose.Key{Public: pub}, signer
}

func TestProofSetVectors(t *testing.T) {
	var pairs map[string]map[string]string
	if err := json.Unmarshal(testkit.File(t, "di-vectors", "proof-set__multiKeyPairs.json"), &pairs); err != nil {
		t.Fatal(err)
	}
	suite, _ := Lookup("eddsa-rdfc-2022")
	bare := vector(t, "proof-set__unsigned.json")
	for _, c := range []struct{ signed, config, pair string }{
		{"1", "1", "keyPair1"}, {"2", "1", "keyPair1"}, {"2", "2", "keyPair2"},
	} {
		t.Run("proof "+c.config+" of set "+c.signed, func(t *testing.T) {
			key, signer := keyPair(t, pairs[c.pair]["publicKeyMultibase"], pairs[c.pair]["privateKeyMultibase"])
			want := vector(t, "proof-set__proofSetConfigSigned"+c.config+".json")
			doc := vector(t, "proof-set__signedProofSet"+c.signed+".json")
			proofs, ok := Proofs(doc)
			if !ok {
				t.Fatal("no proofs")
			}
			i := int(c.config[0] - '1')
			if proofs[i]["proofValue"] != want["proofValue"] {
				t.Error("the set holds another value")
			}
			if err := Verify(ctx, suite, doc, proofs[i], key); err != nil {
				t.Error(err)
			}
			if err := Verify(ctx, suite, bare, proofs[i], key); err != nil {
				t.Errorf("over the bare document: %v", err)
			}
			again, err := Sign(ctx, suite, bare, vector(t, "proof-set__proofSetConfig"+c.config+".json"), signer)
			if err != nil || again["proofValue"] != want["proofValue"] {
				t.Errorf("signed again: %v, %v", again["proofValue"], err)
			}
		})
	}
}

// TestRealBadges: proofs of real badges hold with the did:key they name, and no
// longer do once a letter of the badge is changed.
func TestRealBadges(t *testing.T) {
	for _, name := range []string{
		"dcc__v1-dataIntegrityProof-didKey-legacyRegistry-noStatus-noExpiry-oldDCCExample.json",
		"dcc__v2-bothSignatureTypes-didkey-legacy-noStatus-notExpired-endorsement.json",
		"dcc__v2-ed25519-didKey-legacy-expiredStatus-noExpiry.json",
	} {
		doc, err := strict.Object(testkit.File(t, "vc-di", name))
		if err != nil {
			t.Fatal(err)
		}
		proofs, _ := Proofs(doc)
		for _, p := range proofs {
			_, fragment, _ := strings.Cut(p["verificationMethod"].(string), "#")
			pub, err := multi.DecodeKey(fragment)
			if err != nil {
				t.Fatal(err)
			}
			suite, _ := Lookup(Name(p))
			if err := Verify(ctx, suite, doc, p, jose.Key{Public: pub}); err != nil {
				t.Errorf("%s, %s: %v", name, suite.Name, err)
			}
			changed := maps.Clone(doc)
			changed["id"] = "urn:example:changed"
			if err := Verify(ctx, suite, changed, p, jose.Key{Public: pub}); err == nil {
				t.Errorf("%s, %s: holds over a changed badge", name, suite.Name)
			}
		}
	}
}

// TestWrapped: credentials that come with the keys they were signed by.
func TestWrapped(t *testing.T) {
	for _, name := range []string{"p256_verification.json", "spruce__ecdsa-sd-ob3.json"} {
		t.Run(name, func(t *testing.T) {
			wrapper, err := strict.Object(testkit.File(t, "vc-di", name))
			if err != nil {
				t.Fatal(err)
			}
			doc := wrapper["input"].(map[string]any)
			p := doc["proof"].(map[string]any)
			method := wrapper["verificationMethods"].(map[string]any)[p["verificationMethod"].(string)].(map[string]any)
			pub, err := multi.DecodeKey(method["publicKeyMultibase"].(string))
			if err != nil {
				t.Fatal(err)
			}
			suite, _ := Lookup(Name(p))
			if err := Verify(ctx, suite, doc, p, jose.Key{Public: pub}); err != nil {
				t.Error(err)
			}
			doc["issuer"] = "https://vc.example/issuers/5679"
			if err := Verify(ctx, suite, doc, p, jose.Key{Public: pub}); !errors.Is(err, ErrSignature) {
				t.Errorf("another issuer: %v", err)
			}
		})
	}
}
