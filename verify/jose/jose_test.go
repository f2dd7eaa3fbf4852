package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// signers are throw-away keys, one for each kind.
var signers = sync.OnceValue(func() map[string]crypto.Signer {
	must := func(s crypto.Signer, err error) crypto.Signer {
		if err != nil {
			panic(err)
		}
		return s
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	out := map[string]crypto.Signer{"Ed25519": must(ed, err)}
	for _, c := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		out[c.Params().Name] = must(k, err)
	}
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	out["RSA"] = must(k, err)
	out["secp256k1"] = testkit.Secp256k1("jose")
	return out
})

func publicKey(kind string) Key { return Key{Public: signers()[kind].Public()} }

// token makes a text of three parts, the last of which is no signature.
func token(header, payload string) string {
	return Encode64([]byte(header)) + "." + Encode64([]byte(payload)) + "." + Encode64([]byte("signature"))
}

func TestParse(t *testing.T) {
	tok, err := Parse(token(`{"alg":"ES256K","typ":"vc+jwt","kid":"did:example:1#a","n":1.50}`, "payload"))
	if err != nil {
		t.Fatal(err)
	}
	if tok.Alg != "ES256K" || tok.Typ != "vc+jwt" || tok.Kid != "did:example:1#a" || string(tok.Payload) != "payload" {
		t.Errorf("got %+v", tok)
	}
	if n, ok := tok.Header["n"].(json.Number); !ok || n != "1.50" {
		t.Errorf("a number became %v", tok.Header["n"])
	}
}

func TestParseRefused(t *testing.T) {
	good := token(`{"alg":"EdDSA"}`, "payload")
	parts := strings.Split(good, ".")
	join := func(p ...string) string { return strings.Join(p, ".") }
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"empty", "", ErrForm},
		{"two parts", join(parts[0], parts[1]), ErrForm},
		{"four parts", good + ".", ErrForm},
		{"five parts", join(parts[0], "", "", "", ""), ErrEncrypted},
		{"only dots", "..", ErrHeader},
		{"line break at the end", good + "\n", ErrForm},
		{"line break inside", parts[0] + "\n." + parts[1] + "." + parts[2], ErrForm},
		{"carriage return", join(parts[0], parts[1]+"\r", parts[2]), ErrForm},
		{"space before", " " + good, ErrForm},
		{"padding", join(parts[0], parts[1]+"=", parts[2]), ErrForm},
		{"stray bits in the payload", join(parts[0], "UB", parts[2]), ErrForm},
		{"space in the signature", join(parts[0], parts[1], "UA A"), ErrForm},
		{"padding of the signature", join(parts[0], parts[1], "UA=="), ErrForm},
		{"standard alphabet in the signature", join(parts[0], parts[1], "+/+/"), ErrForm},
		{"standard alphabet", join(parts[0], "+/+/", parts[2]), ErrForm},
		{"one letter too many", join(parts[0], "A", parts[2]), ErrForm},
		{"empty payload", join(parts[0], "", parts[2]), ErrDetached},
		{"JSON, flattened", `{"payload":"cGF5bG9hZA","protected":"e30","signature":"c2ln"}`, ErrNotCompact},
		{"JSON, general", ` {"payload":"cGF5bG9hZA","signatures":[]}`, ErrNotCompact},
		{"other JSON", `{"type":["VerifiableCredential"]}`, ErrForm},
		{"truncated JSON", `{"payload":`, ErrForm},
		{"header is text", token("header", "p"), ErrHeader},
		{"header is a list", token(`["alg"]`, "p"), ErrHeader},
		{"header with trailing data", token(`{"alg":"EdDSA"}{}`, "p"), ErrHeader},
		{"header too deep", token(`{"alg":"EdDSA","x":`+strings.Repeat("[", 200)+strings.Repeat("]", 200)+"}", "p"), ErrHeader},
		{"header too large", token(`{"alg":"EdDSA","x":"`+strings.Repeat("a", MaxHeader)+`"}`, "p"), ErrHeader},
		{"alg twice", token(`{"alg":"none","alg":"EdDSA"}`, "p"), ErrHeader},
		{"alg twice, escaped", token(`{"alg":"none","\u0061lg":"EdDSA"}`, "p"), ErrHeader},
		{"any member twice", token(`{"alg":"EdDSA","kid":"a","kid":"b"}`, "p"), ErrHeader},
		{"no alg", token(`{"typ":"JWT"}`, "p"), ErrHeader},
		{"empty alg", token(`{"alg":""}`, "p"), ErrHeader},
		{"alg is a list", token(`{"alg":["EdDSA"]}`, "p"), ErrHeader},
		{"alg is null", token(`{"alg":null}`, "p"), ErrHeader},
		{"kid is a number", token(`{"alg":"EdDSA","kid":1}`, "p"), ErrHeader},
		{"typ is null", token(`{"alg":"EdDSA","typ":null}`, "p"), ErrHeader},
		{"crit is empty", token(`{"alg":"EdDSA","crit":[]}`, "p"), ErrHeader},
		{"crit is a text", token(`{"alg":"EdDSA","crit":"exp","exp":1}`, "p"), ErrHeader},
		{"crit is null", token(`{"alg":"EdDSA","crit":null}`, "p"), ErrHeader},
		{"crit names what is not there", token(`{"alg":"EdDSA","crit":["exp"]}`, "p"), ErrHeader},
		{"crit names one twice", token(`{"alg":"EdDSA","crit":["exp","exp"],"exp":1}`, "p"), ErrHeader},
		{"crit names a number", token(`{"alg":"EdDSA","crit":[1],"1":1}`, "p"), ErrHeader},
		{"crit names nothing", token(`{"alg":"EdDSA","crit":[""],"":1}`, "p"), ErrHeader},
		{"b64 false, critical", token(`{"alg":"EdDSA","b64":false,"crit":["b64"]}`, "p"), ErrCritical},
		{"b64 false, not critical", token(`{"alg":"EdDSA","b64":false}`, "p"), ErrCritical},
		{"b64 true", token(`{"alg":"EdDSA","b64":true}`, "p"), ErrCritical},
	} {
		t.Run(c.name, func(t *testing.T) {
			tok, err := Parse(c.text)
			if !errors.Is(err, c.want) || tok != nil {
				t.Errorf("got %v, %v, want %v", tok, err, c.want)
			}
		})
	}
}

func TestVerifyRefused(t *testing.T) {
	k := publicKey("Ed25519")
	for _, c := range []struct {
		name, header string
		want         error
	}{
		{"none", `{"alg":"none"}`, ErrNone},
		{"None", `{"alg":"None"}`, ErrUnsupportedAlg},
		{"ES256K", `{"alg":"ES256K"}`, ErrAlg},
		{"HS256", `{"alg":"HS256"}`, ErrUnsupportedAlg},
		{"unknown", `{"alg":"XYZ"}`, ErrUnsupportedAlg},
		{"lower case", `{"alg":"eddsa"}`, ErrUnsupportedAlg},
		{"critical", `{"alg":"EdDSA","crit":["http://example.org/x"],"http://example.org/x":1}`, ErrCritical},
		{"critical time", `{"alg":"EdDSA","crit":["exp"],"exp":1}`, ErrCritical},
		{"bad signature", `{"alg":"EdDSA"}`, ErrSignature},
	} {
		t.Run(c.name, func(t *testing.T) {
			tok, err := Parse(token(c.header, "payload"))
			if err != nil {
				t.Fatal(err)
			}
			if err := tok.Verify(k); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// A real EdDSA signature under a header that names another algorithm does not
// hold: the header's alg decides, and it must fit. Ed25519 is another name for it.
func TestAlgIsHeeded(t *testing.T) {
	s := signers()["Ed25519"]
	for alg, want := range map[string]error{"none": ErrNone, "Ed25519": nil, "Ed448": ErrUnsupportedAlg, "ES256": ErrAlg} {
		signed := Encode64([]byte(`{"alg":"`+alg+`"}`)) + "." + Encode64([]byte("payload"))
		signature, err := s.Sign(rand.Reader, []byte(signed), crypto.Hash(0))
		if err != nil {
			t.Fatal(err)
		}
		tok, err := Parse(signed + "." + Encode64(signature))
		if err != nil {
			t.Fatal(err)
		}
		if err := tok.Verify(publicKey("Ed25519")); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", alg, err, want)
		}
	}
}

// Every algorithm meets every kind of key: the one it is made for signs and
// verifies, all others are refused before any signature is looked at.
func TestAlgMatrix(t *testing.T) {
	for _, a := range algorithms {
		compact, err := Sign(map[string]any{"alg": a.name, "kid": "k"}, []byte("payload"), signers()[a.kind])
		if err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
		tok, err := Parse(compact)
		if err != nil {
			t.Fatal(err)
		}
		for kind, s := range signers() {
			err := tok.Verify(Key{Public: s.Public()})
			if kind == a.kind && err != nil {
				t.Errorf("%s with %s: %v", a.name, kind, err)
			}
			if kind != a.kind && !errors.Is(err, ErrAlg) {
				t.Errorf("%s with %s: %v, want ErrAlg", a.name, kind, err)
			}
			if _, err := Sign(map[string]any{"alg": a.name}, []byte("p"), s); kind != a.kind && !errors.Is(err, ErrAlg) {
				t.Errorf("%s signed with %s: %v, want ErrAlg", a.name, kind, err)
			}
		}
	}
}

// A key bound to one algorithm takes no other, even of its kind.
func TestBoundKey(t *testing.T) {
	compact, err := Sign(map[string]any{"alg": "RS256"}, []byte("payload"), signers()["RSA"])
	if err != nil {
		t.Fatal(err)
	}
	tok, err := Parse(compact)
	if err != nil {
		t.Fatal(err)
	}
	k := publicKey("RSA")
	for alg, want := range map[string]error{"": nil, "RS256": nil, "PS256": ErrAlg, "RS384": ErrAlg} {
		k.Alg = alg
		if err := tok.Verify(k); !errors.Is(err, want) {
			t.Errorf("bound to %q: %v, want %v", alg, err, want)
		}
	}
	k.Alg = "PS256"
	if got := k.Algs(); len(got) != 1 || got[0] != "PS256" {
		t.Errorf("Algs = %v", got)
	}
}

// A good signature with other stray bits, a letter more or a letter less is no
// signature.
func TestSignatureText(t *testing.T) {
	k := mustKey(t, edKey) // the 86th letter of its signature carries four bits more than are due
	for name, text := range map[string]string{
		"stray bits":    edToken[:len(edToken)-1] + "h",
		"a letter less": edToken[:len(edToken)-1],
		"a letter more": edToken + "A",
		"two more":      edToken + "AA",
		"nothing":       edToken[:strings.LastIndexByte(edToken, '.')+1],
	} {
		tok, err := Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := tok.Verify(k); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v, want ErrSignature", name, err)
		}
	}
}

func TestVerifyNoToken(t *testing.T) {
	if err := new(Token).Verify(publicKey("Ed25519")); !errors.Is(err, ErrForm) {
		t.Errorf("the zero token: %v", err)
	}
}

// Keys made by hand that are none must neither hold nor panic.
func TestVerifyBadKeys(t *testing.T) {
	tok := map[string]*Token{}
	for _, a := range algorithms {
		compact, err := Sign(map[string]any{"alg": a.name}, []byte("payload"), signers()[a.kind])
		if err != nil {
			t.Fatal(err)
		}
		if tok[a.name], err = Parse(compact); err != nil {
			t.Fatal(err)
		}
	}
	rsaKey := signers()["RSA"].Public().(*rsa.PublicKey)
	for name, pub := range map[string]crypto.PublicKey{
		"nothing":       nil,
		"text":          "key",
		"short Ed25519": ed25519.PublicKey{1},
		"nil ECDSA":     (*ecdsa.PublicKey)(nil),
		"zero ECDSA":    &ecdsa.PublicKey{},
		"no point":      &ecdsa.PublicKey{Curve: elliptic.P256()},
		"P-224":         &ecdsa.PublicKey{Curve: elliptic.P224()},
		"nil RSA":       (*rsa.PublicKey)(nil),
		"zero RSA":      &rsa.PublicKey{},
		"exponent 1":    &rsa.PublicKey{N: rsaKey.N, E: 1},
		"exponent 4":    &rsa.PublicKey{N: rsaKey.N, E: 4},
	} {
		for alg, tok := range tok {
			if err := tok.Verify(Key{Public: pub}); err == nil || errors.Is(err, ErrSignature) {
				t.Errorf("%s with %s: %v", alg, name, err)
			}
		}
		if k := (Key{Public: pub}); k.JWK() != nil || k.Algs() != nil || k.Equal(k) {
			t.Errorf("%s is taken for a key", name)
		}
	}
}

func TestSignRefused(t *testing.T) {
	ed := signers()["Ed25519"]
	for _, c := range []struct {
		name   string
		header map[string]any
		signer crypto.Signer
		want   error
	}{
		{"no alg", map[string]any{}, ed, ErrUnsupportedAlg},
		{"none", map[string]any{"alg": "none"}, ed, ErrUnsupportedAlg},
		{"critical", map[string]any{"alg": "EdDSA", "crit": []any{"x"}, "x": 1}, ed, ErrCritical},
		{"b64", map[string]any{"alg": "EdDSA", "b64": false}, ed, ErrCritical},
		{"kid is no text", map[string]any{"alg": "EdDSA", "kid": 5}, ed, ErrHeader},
		{"no JSON", map[string]any{"alg": "EdDSA", "x": func() {}}, ed, ErrHeader},
		{"a signer that lies", map[string]any{"alg": "EdDSA"}, liar{ed}, ErrSignature},
	} {
		t.Run(c.name, func(t *testing.T) {
			if text, err := Sign(c.header, []byte("payload"), c.signer); !errors.Is(err, c.want) || text != "" {
				t.Errorf("got %q, %v, want %v", text, err, c.want)
			}
		})
	}
	if text, err := Sign(map[string]any{"alg": "ES256"}, []byte("payload"), panics{signers()["P-256"]}); err == nil || text != "" {
		t.Errorf("a signer that panics gave %q, %v", text, err)
	}
}

type liar struct{ crypto.Signer }

func (l liar) Sign(r io.Reader, _ []byte, o crypto.SignerOpts) ([]byte, error) {
	return l.Signer.Sign(r, []byte("something else"), o)
}

type panics struct{ crypto.Signer }

func (panics) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) { panic("no") }

// opaque hides its type, as a key in a chip does.
type opaque struct{ crypto.Signer }

func TestSignOpaque(t *testing.T) {
	for _, a := range algorithms {
		if _, err := Sign(map[string]any{"alg": a.name}, []byte("payload"), opaque{signers()[a.kind]}); err != nil {
			t.Errorf("%s: %v", a.name, err)
		}
	}
}

// An ECDSA signature is r and s at full length: leading zeros are kept, and the
// form of certificates (ASN.1) is refused.
func TestECDSAForm(t *testing.T) {
	s := signers()["P-256"]
	for range 300 { // r or s begins with a zero byte in about one of 128
		compact, err := Sign(map[string]any{"alg": "ES256"}, []byte("payload"), s)
		if err != nil {
			t.Fatal(err)
		}
		tok, err := Parse(compact)
		if err != nil || len(tok.signature) != 64 {
			t.Fatalf("%d bytes, %v", len(tok.signature), err)
		}
	}
	signed := Encode64([]byte(`{"alg":"ES256"}`)) + "." + Encode64([]byte("payload"))
	sum := crypto.SHA256.New()
	sum.Write([]byte(signed))
	der, err := s.Sign(rand.Reader, sum.Sum(nil), crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := Parse(signed + "." + Encode64(der))
	if err != nil {
		t.Fatal(err)
	}
	if err := tok.Verify(publicKey("P-256")); !errors.Is(err, ErrSignature) {
		t.Errorf("ASN.1: %v, want ErrSignature", err)
	}
}
