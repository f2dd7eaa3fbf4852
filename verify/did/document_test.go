package did

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
)

const (
	me      = "did:web:example.org"
	mbEd    = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	mbP256  = "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"
	b58Ed   = "4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS" // the same key as mbEd
	b58P256 = "ekVhkcBFq3w7jULLkBVye6PwaTuMbhJYuzwFnNcgQAPV"
	jwkP256 = `{"kty":"EC","crv":"P-256","x":"igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns","y":"efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM"}` // as mbP256
	jwkK1   = `{"kty":"EC","crv":"secp256k1","x":"RwiZITTa2Dcmq-V1j-5tgPUshOLO31FbsnhVS-7lskc","y":"3o1-UCc3ABh757P58gDISSc4hOj9qyfSGl3SGGA7xdc"}`
	mbK1    = "zQ3shjRPgHQQbTtXyofk1ygghRJ75RZpXmWBMY1BKnhyz7zKp" // as jwkK1
	mbBLS   = "zUC7DerdEmfZ8f4pFajXgGwJoMkV1ofMTmEG5UoNvnWiPiLuGKNeqgRpLH2TV4Xe5mJ2cXV76gRN7LFQwapF1VFu6x2yrr5ci1mXqC1WNUrnHnLgvfZfMH7h6xP6qsf9EKRQrPQ"
	jwkBLS  = `{"kty":"EC","crv":"Bls12381G1","x":"AA","y":"AA"}`
)

func mustParse(t *testing.T, text string) Document {
	t.Helper()
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

func keyOf(t *testing.T, mb string) jose.Key {
	t.Helper()
	pub, err := multi.DecodeKey(mb)
	if err != nil {
		t.Fatal(err)
	}
	return jose.Key{Public: pub}
}

// Each form a method may have, alone in a document. want is the multibase of its
// key, or nothing where err is due.
func TestMethodForms(t *testing.T) {
	for _, c := range []struct {
		name, members, want string
		err                 error
	}{
		{"Multikey", `"type":"Multikey","publicKeyMultibase":"` + mbEd + `"`, mbEd, nil},
		{"Multikey, P-256", `"type":"Multikey","publicKeyMultibase":"` + mbP256 + `"`, mbP256, nil},
		{"Ed25519 2020", `"type":"Ed25519VerificationKey2020","publicKeyMultibase":"` + mbEd + `"`, mbEd, nil},
		{"Ed25519 2018", `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + b58Ed + `"`, mbEd, nil},
		{"P-256 2021", `"type":"P256Key2021","publicKeyBase58":"` + b58P256 + `"`, "zDnaeTiq1PdzvZXUaMdezchcMJQpBdH2VN4pgrrEhMCCbmwSb", nil},
		{"JsonWebKey", `"type":"JsonWebKey","publicKeyJwk":` + jwkP256, mbP256, nil},
		{"JsonWebKey2020", `"type":"JsonWebKey2020","publicKeyJwk":` + jwkP256, mbP256, nil},
		{"type unknown, JWK", `"type":"Whatever","publicKeyJwk":` + jwkP256, mbP256, nil},
		{"no type, JWK", `"publicKeyJwk":` + jwkP256, mbP256, nil},
		{"two forms of one key", `"type":"Multikey","publicKeyMultibase":"` + mbP256 + `","publicKeyJwk":` + jwkP256, mbP256, nil},
		{"two keys", `"type":"Multikey","publicKeyMultibase":"` + mbEd + `","publicKeyJwk":` + jwkP256, "", jose.ErrKey},
		{"type of another key", `"type":"Ed25519VerificationKey2020","publicKeyMultibase":"` + mbP256 + `"`, "", jose.ErrKey},
		{"type of another JWK", `"type":"Ed25519VerificationKey2018","publicKeyJwk":` + jwkP256, "", jose.ErrKey},
		{"secp256k1", `"type":"JsonWebKey2020","publicKeyJwk":` + jwkK1, mbK1, nil},
		{"secp256k1 2019", `"type":"EcdsaSecp256k1VerificationKey2019","publicKeyJwk":` + jwkK1, mbK1, nil},
		{"secp256k1, the type of another key", `"type":"EcdsaSecp256k1VerificationKey2019","publicKeyJwk":` + jwkP256, "", jose.ErrKey},
		{"BLS12-381", `"type":"JsonWebKey2020","publicKeyJwk":` + jwkBLS, "", jose.ErrUnsupportedKey},
		{"BLS12-381 G2", `"type":"Multikey","publicKeyMultibase":"` + mbBLS + `"`, mbBLS, nil},
		{"BLS12-381 G2 2020", `"type":"Bls12381G2Key2020","publicKeyMultibase":"` + mbBLS + `"`, mbBLS, nil},
		{"BLS12-381 G2, the type of another key", `"type":"Bls12381G1Key2020","publicKeyMultibase":"` + mbBLS + `"`, "", jose.ErrKey},
		{"bare bytes of unknown type", `"type":"Whatever","publicKeyBase58":"` + b58Ed + `"`, "", jose.ErrUnsupportedKey},
		{"a blockchain account", `"type":"EcdsaSecp256k1RecoveryMethod2020","blockchainAccountId":"eip155:1:0xab"`, "", jose.ErrUnsupportedKey},
		{"no key", `"type":"Multikey"`, "", jose.ErrUnsupportedKey},
		{"key is a number", `"type":"Multikey","publicKeyMultibase":5`, "", multi.ErrEncoding},
		{"JWK is a text", `"type":"JsonWebKey","publicKeyJwk":"{}"`, "", jose.ErrKey},
		{"letter changed", `"type":"Multikey","publicKeyMultibase":"` + strings.Replace(mbP256, "mDZpv", "mDZpy", 1) + `"`, "", jose.ErrKey},
		{"bare bytes, one short", `"type":"Ed25519VerificationKey2018","publicKeyBase58":"` + b58Ed[:40] + `"`, "", jose.ErrKey},
		{"not base58", `"type":"Ed25519VerificationKey2018","publicKeyBase58":"0OIl"`, "", multi.ErrEncoding},
		{"private beside", `"type":"Multikey","publicKeyMultibase":"` + mbEd + `","secretKeyMultibase":"z"`, "", jose.ErrPrivate},
		{"private JWK", `"type":"JsonWebKey","publicKeyJwk":` + strings.Replace(jwkP256, "{", `{"d":"AA",`, 1), "", jose.ErrPrivate},
		{"for encryption", `"type":"JsonWebKey","publicKeyJwk":` + strings.Replace(jwkP256, "{", `{"use":"enc",`, 1), "", jose.ErrUse},
		{"revoked is no date", `"type":"Multikey","publicKeyMultibase":"` + mbEd + `","revoked":true`, "", jose.ErrKey},
		{"expires is no date", `"type":"Multikey","publicKeyMultibase":"` + mbEd + `","expires":"soon"`, "", jose.ErrKey},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := mustParse(t, fmt.Sprintf(`{"id":%q,"verificationMethod":[{"id":"#k",%s}],"assertionMethod":["#k"]}`, me, c.members))
			m, ok := d.Method(me + "#k")
			if !ok || len(d.For(Assertion)) != 1 {
				t.Fatalf("the method is not listed: %+v", d)
			}
			if !errors.Is(m.Err, c.err) || (m.Err == nil) != (c.want != "") {
				t.Fatalf("got %v, want %v", m.Err, c.err)
			}
			if c.want == "" && m.Key.Public != nil {
				t.Errorf("a key in spite of %v", m.Err)
			}
			if c.want != "" && !m.Key.Equal(keyOf(t, c.want)) {
				t.Errorf("another key: %v", m.Key)
			}
		})
	}
}

func TestDocumentShapes(t *testing.T) {
	method := fmt.Sprintf(`{"id":"%s#k","type":"Multikey","controller":%q,"publicKeyMultibase":%q}`, me, me, mbEd)
	relative := strings.Replace(method, me+"#k", "#k", 1)
	other := strings.Replace(method, mbEd, mbP256, 1)
	for _, c := range []struct {
		name, members string
		purposes      []string
		broken        bool
	}{
		{"listed by reference", `"verificationMethod":[` + method + `],"assertionMethod":["` + me + `#k"]`, []string{Assertion}, false},
		{"relative reference", `"verificationMethod":[` + method + `],"assertionMethod":["#k"]`, []string{Assertion}, false},
		{"relative id", `"verificationMethod":[` + relative + `],"assertionMethod":["` + me + `#k"]`, []string{Assertion}, false},
		{"an old draft's name for the list", `"publicKey":[` + method + `],"assertionMethod":["` + me + `#k"]`, []string{Assertion}, false},
		{"an old draft's list alone", `"publicKey":[` + method + `]`, nil, false},
		{"another key in the old list", `"publicKey":[` + other + `],"verificationMethod":[` + method + `],"assertionMethod":["#k"]`, []string{Assertion}, true},
		{"embedded only", `"assertionMethod":[` + method + `]`, []string{Assertion}, false},
		{"embedded and listed", `"verificationMethod":[` + method + `],"assertionMethod":[` + method + `]`, []string{Assertion}, false},
		{"embedded for two", `"assertionMethod":[` + method + `],"authentication":["#k"]`, []string{Assertion}, false},
		{"single values", `"verificationMethod":` + method + `,"assertionMethod":"#k"`, []string{Assertion}, false},
		{"for nothing", `"verificationMethod":[` + method + `]`, nil, false},
		{"for agreement only", `"verificationMethod":[` + method + `],"keyAgreement":["#k"]`, []string{KeyAgreement}, false},
		{"listed twice", `"verificationMethod":[` + method + `,` + method + `],"assertionMethod":["#k","#k"]`, []string{Assertion}, false},
		{"two keys under one id", `"verificationMethod":[` + method + `,` + other + `],"assertionMethod":["#k"]`, []string{Assertion}, true},
		{"two keys, one embedded", `"verificationMethod":[` + method + `],"assertionMethod":[` + other + `]`, []string{Assertion}, true},
		{"among others", `"verificationMethod":[5,null,"x",{},{"id":5},` + method + `],"assertionMethod":[5,null,{},"#x","#k"]`, []string{Assertion}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := mustParse(t, fmt.Sprintf(`{"id":%q,%s}`, me, c.members))
			m, ok := d.Method("#k")
			if !ok || m.ID != me+"#k" || m.Controller != me || (m.Err != nil) != c.broken {
				t.Fatalf("got %+v, %v", m, ok)
			}
			if c.name == "embedded for two" {
				c.purposes = []string{Authentication, Assertion}
			}
			slices.Sort(m.Purposes)
			slices.Sort(c.purposes)
			if !slices.Equal(m.Purposes, c.purposes) {
				t.Errorf("purposes %v, want %v", m.Purposes, c.purposes)
			}
			if _, ok := d.Method(me); ok {
				t.Error("the bare did:web means a key")
			}
		})
	}
}

func TestDocumentRefused(t *testing.T) {
	for name, text := range map[string]string{
		"empty":         "",
		"list":          "[]",
		"no id":         `{"verificationMethod":[]}`,
		"id is empty":   `{"id":""}`,
		"id is a list":  `{"id":["did:web:example.org"]}`,
		"member twice":  `{"id":"did:web:example.org","assertionMethod":[],"assertionMethod":["#k"]}`,
		"trailing data": `{"id":"did:web:example.org"}{}`,
		"too many keys": `{"id":"did:web:example.org","verificationMethod":[` + strings.Repeat("5,", maxMethods) + `5]}`,
		"too many refs": `{"id":"did:web:example.org","keyAgreement":[` + strings.Repeat("5,", maxMethods) + `5]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if d, err := Parse([]byte(text)); !errors.Is(err, ErrDocument) {
				t.Errorf("got %v, %v", d, err)
			}
		})
	}
}

func TestDocumentTimes(t *testing.T) {
	d := mustParse(t, fmt.Sprintf(`{"id":%q,"controller":["did:web:a","did:web:b"],"assertionMethod":[
		{"id":"#k","type":"Multikey","publicKeyMultibase":%q,"revoked":"2025-03-01T00:00:00Z","expires":"2027-01-01T01:00:00+01:00"}],
		"authentication":[{"id":"#k","type":"Multikey","publicKeyMultibase":%q,"expires":"2026-01-01T00:00:00Z"}]}`, me, mbEd, mbEd))
	m, _ := d.Method("#k")
	if !m.Revoked.Equal(time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)) || !m.Expires.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("revoked %v, expires %v: the earlier of two must count", m.Revoked, m.Expires)
	}
	if !slices.Equal(d.Controllers, []string{"did:web:a", "did:web:b"}) {
		t.Errorf("controllers %v", d.Controllers)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add([]byte(fmt.Sprintf(`{"id":%q,"verificationMethod":[{"id":"#k","type":"Multikey","publicKeyMultibase":%q}],"assertionMethod":["#k"]}`, me, mbEd)))
	f.Add([]byte(fmt.Sprintf(`{"id":%q,"assertionMethod":[{"id":"#k","type":"JsonWebKey","publicKeyJwk":%s,"revoked":"2025-03-01T00:00:00Z"}]}`, me, jwkP256)))
	f.Add([]byte(fmt.Sprintf(`{"id":%q,"keyAgreement":{"id":"#k","type":"Ed25519VerificationKey2018","publicKeyBase58":%q}}`, me, b58Ed)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Parse(raw)
		if err != nil {
			return
		}
		var m map[string]any
		if err := json.Unmarshal(raw, &m); err != nil || m["id"] != d.ID {
			t.Errorf("id %q, %v", d.ID, err)
		}
		seen := map[string]bool{}
		for _, m := range d.Methods {
			if seen[m.ID] {
				t.Errorf("%q is there twice", m.ID)
			}
			seen[m.ID] = true
			if (m.Err == nil) == (m.Key.JWK() == nil) {
				t.Errorf("%q has the key %v and the error %v", m.ID, m.Key, m.Err)
			}
		}
	})
}
