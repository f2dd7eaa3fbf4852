package jose

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/strict"
)

func TestJWKRoundTrip(t *testing.T) {
	for kind, s := range signers() {
		k := Key{Public: s.Public()}
		again, err := ParseJWK(k.JWK())
		if err != nil || !again.Equal(k) || again.Thumbprint() != k.Thumbprint() {
			t.Errorf("%s: %v, %v", kind, again, err)
		}
		for other, o := range signers() {
			if same := k.Equal(Key{ID: "other", Public: o.Public()}); same != (kind == other) {
				t.Errorf("%s equals %s: %v", kind, other, same)
			}
		}
	}
	x, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ParseJWK(Key{Public: x.PublicKey()}.JWK())
	if err != nil || !k.Equal(Key{Public: x.PublicKey()}) || k.Algs() != nil {
		t.Errorf("X25519: %v, %v", k, err)
	}
}

// jwkText writes a JWK with some members changed; a nil value takes one out.
func jwkText(t *testing.T, kind string, change map[string]any) map[string]any {
	t.Helper()
	m := publicKey(kind).JWK()
	for name, v := range change {
		if m[name] = v; v == nil {
			delete(m, name)
		}
	}
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := strict.Object(b)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestParseJWKRefused(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	even := new(big.Int).Lsh(big.NewInt(1), 2047)
	for _, c := range []struct {
		name, kind string
		change     map[string]any
		want       error
	}{
		{"good", "P-256", nil, nil},
		{"no kty", "P-256", map[string]any{"kty": nil}, ErrKey},
		{"kty is a number", "P-256", map[string]any{"kty": 1}, ErrKey},
		{"no crv", "Ed25519", map[string]any{"crv": nil}, ErrKey},
		{"secret", "P-256", map[string]any{"kty": "oct", "k": "AA"}, ErrPrivate},
		{"oct", "P-256", map[string]any{"kty": "oct"}, ErrUnsupportedKey},
		{"private EC", "P-256", map[string]any{"d": "AA"}, ErrPrivate},
		{"private OKP", "Ed25519", map[string]any{"d": "AA"}, ErrPrivate},
		{"private RSA, primes only", "RSA", map[string]any{"p": "AA"}, ErrPrivate},
		{"private, null", "RSA", map[string]any{"dp": json.RawMessage("null")}, ErrPrivate},
		{"P-256 as secp256k1", "P-256", map[string]any{"crv": "secp256k1"}, ErrKey},
		{"secp256k1 as P-256", "secp256k1", map[string]any{"crv": "P-256"}, ErrKey},
		{"secp256k1, x a byte short", "secp256k1", map[string]any{"x": Encode64(make([]byte, 31))}, ErrKey},
		{"BLS12-381", "P-256", map[string]any{"crv": "Bls12381G2"}, ErrUnsupportedKey},
		{"Ed448", "Ed25519", map[string]any{"crv": "Ed448"}, ErrUnsupportedKey},
		{"AKP", "Ed25519", map[string]any{"kty": "AKP"}, ErrUnsupportedKey},
		{"curve of another type", "P-256", map[string]any{"crv": "Ed25519"}, ErrUnsupportedKey},
		{"P-256 as P-384", "P-256", map[string]any{"crv": "P-384"}, ErrKey},
		{"P-384 as P-256", "P-384", map[string]any{"crv": "P-256"}, ErrKey},
		{"no y", "P-256", map[string]any{"y": nil}, ErrKey},
		{"y is of another key", "P-256", map[string]any{"y": Encode64(make([]byte, 32))}, ErrKey},
		{"x a byte short", "P-256", map[string]any{"x": Encode64(make([]byte, 31))}, ErrKey},
		{"x padded", "P-256", map[string]any{"x": "AAAA="}, ErrKey},
		{"x and y zero", "P-256", map[string]any{"x": Encode64(make([]byte, 32)), "y": Encode64(make([]byte, 32))}, ErrKey},
		{"Ed25519 of 1 byte", "Ed25519", map[string]any{"x": "AA"}, ErrKey},
		{"Ed25519 of 33 bytes", "Ed25519", map[string]any{"x": Encode64(make([]byte, 33))}, ErrKey},
		{"Ed25519 of small order", "Ed25519", map[string]any{"x": Encode64(make([]byte, 32))}, ErrKey},
		{"Ed25519 without x", "Ed25519", map[string]any{"x": nil}, ErrKey},
		{"X25519 of 31 bytes", "Ed25519", map[string]any{"crv": "X25519", "x": Encode64(make([]byte, 31))}, ErrKey},
		{"RSA of 1024 bits", "RSA", map[string]any{"n": Encode64(small.N.Bytes())}, ErrKey},
		{"RSA of 8200 bits", "RSA", map[string]any{"n": Encode64([]byte(strings.Repeat("\xff", 1025)))}, ErrKey},
		{"RSA, even", "RSA", map[string]any{"n": Encode64(even.Bytes())}, ErrKey},
		{"RSA without e", "RSA", map[string]any{"e": nil}, ErrKey},
		{"RSA, e = 1", "RSA", map[string]any{"e": "AQ"}, ErrKey},
		{"RSA, e even", "RSA", map[string]any{"e": "AQAA"}, ErrKey},
		{"RSA, e of 5 bytes", "RSA", map[string]any{"e": "AQAAAAE"}, ErrKey},
		{"kid is a number", "P-256", map[string]any{"kid": 1}, ErrKey},
		{"for encryption", "P-256", map[string]any{"use": "enc"}, ErrUse},
		{"use is a list", "P-256", map[string]any{"use": []string{"sig"}}, ErrUse},
		{"for signing only", "P-256", map[string]any{"key_ops": []string{"sign"}}, ErrUse},
		{"for wrapping", "P-256", map[string]any{"use": "sig", "key_ops": []string{"wrapKey"}}, ErrUse},
		{"key_ops is a text", "P-256", map[string]any{"key_ops": "verify"}, ErrKey},
		{"key_ops names one twice", "P-256", map[string]any{"key_ops": []string{"verify", "verify"}}, ErrKey},
		{"key_ops with an object", "P-256", map[string]any{"key_ops": []any{map[string]any{}}}, ErrKey},
		{"alg of another curve", "P-256", map[string]any{"alg": "ES384"}, ErrKey},
		{"alg of another type", "RSA", map[string]any{"alg": "EdDSA"}, ErrKey},
		{"alg for encryption", "RSA", map[string]any{"alg": "RSA-OAEP"}, ErrUse},
		{"alg is a number", "RSA", map[string]any{"alg": 1}, ErrKey},
		{"alg fits", "RSA", map[string]any{"alg": "PS256", "use": "sig", "key_ops": []string{"verify"}}, nil},
		{"alg by its newer name", "Ed25519", map[string]any{"alg": "Ed25519"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if k, err := ParseJWK(jwkText(t, c.kind, c.change)); !errors.Is(err, c.want) {
				t.Errorf("got %v, %v, want %v", k, err, c.want)
			}
		})
	}
}

func TestParseKeysSet(t *testing.T) {
	good, err := json.Marshal(publicKey("P-256").JWK())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		keys       int
		want       error
	}{
		{"one", `{"keys":[` + string(good) + `]}`, 1, nil},
		{"one among others", `{"keys":[{"kty":"EC","crv":"Bls12381G2"},5,` + string(good) + `,{"kty":"oct","k":"AA"}]}`, 1, nil},
		{"twice the same", `{"keys":[` + string(good) + `,` + string(good) + `]}`, 2, nil},
		{"none", `{"keys":[]}`, 0, ErrKey},
		{"no list", `{"keys":{}}`, 0, ErrKey},
		{"too long", `{"keys":[` + strings.Repeat("5,", MaxKeys) + `5]}`, 0, ErrKey},
		{"only unsupported", `{"keys":[{"kty":"EC","crv":"Bls12381G2"}]}`, 0, ErrUnsupportedKey},
		{"member twice", `{"kty":"EC",` + string(good[1:]), 0, ErrKey},
		{"a list", `[` + string(good) + `]`, 0, ErrKey},
		{"empty", ``, 0, ErrKey},
		{"not JSON", `{"keys":`, 0, ErrKey},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := ParseKeys([]byte(c.text))
			if len(keys) != c.keys || !errors.Is(err, c.want) {
				t.Errorf("got %v, %v, want %d, %v", keys, err, c.keys, c.want)
			}
		})
	}
}

func pemText(t *testing.T, kind string, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func certificate(t *testing.T, kind, org, name string) []byte {
	t.Helper()
	s := signers()[kind]
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Unix(2e9, 0)}
	if org != "" {
		c.Subject.Organization = []string{org}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, s.Public(), s)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestParseKeysPEM(t *testing.T) {
	for kind, s := range signers() {
		if kind == "secp256k1" {
			continue // the standard library has no PEM for it
		}
		der, err := x509.MarshalPKIXPublicKey(s.Public())
		text := "a comment\n" + pemText(t, "PUBLIC KEY", der, err) + pemText(t, "CERTIFICATE", certificate(t, kind, "", "n"), nil)
		keys, err := ParseKeys([]byte(text))
		if err != nil || len(keys) != 2 || !keys[0].Equal(publicKey(kind)) || !keys[1].Equal(publicKey(kind)) {
			t.Errorf("%s: %v, %v", kind, keys, err)
		}
		private, err := x509.MarshalPKCS8PrivateKey(s)
		if keys, err := ParseKeys([]byte(pemText(t, "PRIVATE KEY", private, err))); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s, private: %v, %v", kind, keys, err)
		}
	}
	rsaKey := signers()["RSA"].Public().(*rsa.PublicKey)
	old := pemText(t, "RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(rsaKey), nil)
	if keys, err := ParseKeys([]byte(old)); err != nil || !keys[0].Equal(publicKey("RSA")) {
		t.Errorf("PKCS 1: %v, %v", keys, err)
	}
}

func TestParseKeysPEMRefused(t *testing.T) {
	short, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&short.PublicKey)
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"short RSA":   {pemText(t, "PUBLIC KEY", der, err), ErrKey},
		"garbage":     {pemText(t, "PUBLIC KEY", []byte("garbage"), nil), ErrKey},
		"other block": {pemText(t, "CERTIFICATE REQUEST", der, nil), ErrUnsupportedKey},
		"no end":      {"-----BEGIN PUBLIC KEY-----\nAAAA\n", ErrKey},
	} {
		t.Run(name, func(t *testing.T) {
			if keys, err := ParseKeys([]byte(c.text)); !errors.Is(err, c.want) || keys != nil {
				t.Errorf("got %v, %v, want %v", keys, err, c.want)
			}
		})
	}
}

func TestParseChain(t *testing.T) {
	// Five question marks are "Pz8/" wherever they stand: base64url always differs.
	first := base64.StdEncoding.EncodeToString(certificate(t, "P-256", "A School", "signer?????"))
	second := base64.StdEncoding.EncodeToString(certificate(t, "RSA", "", "authority"))
	for _, c := range []struct {
		name, subject string
		chain         []any
		want          error
	}{
		{"two", "A School", []any{first, second}, nil},
		{"one, without organisation", "authority", []any{second}, nil},
		{"none", "", nil, ErrKey},
		{"too many", "", make([]any, maxChain+1), ErrKey},
		{"not a text", "", []any{5}, ErrKey},
		{"second is garbage", "", []any{first, "AAAA"}, ErrKey},
		{"base64url", "", []any{strings.NewReplacer("+", "-", "/", "_").Replace(first)}, ErrKey},
	} {
		t.Run(c.name, func(t *testing.T) {
			k, subject, err := ParseChain(c.chain)
			if !errors.Is(err, c.want) || subject != c.subject {
				t.Fatalf("got %q, %v, want %q, %v", subject, err, c.subject, c.want)
			}
			if err == nil && len(c.chain) == 2 && !k.Equal(publicKey("P-256")) {
				t.Error("not the first certificate's key")
			}
		})
	}
}

func FuzzParseJWK(f *testing.F) {
	for _, v := range published {
		f.Add([]byte(v.key))
	}
	f.Add([]byte(`{"keys":[` + edKey + `,` + joeKey + `]}`))
	f.Add([]byte("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n"))
	tok, err := Parse(edToken)
	if err != nil {
		f.Fatal(err)
	}
	good := mustKey(f, edKey)
	f.Fuzz(func(t *testing.T, data []byte) {
		keys, err := ParseKeys(data)
		if (err == nil) != (len(keys) > 0) {
			t.Fatalf("%d keys and %v", len(keys), err)
		}
		for _, k := range keys {
			again, err := ParseJWK(k.JWK())
			if err != nil || !again.Equal(k) {
				t.Errorf("%v came back as %v, %v", k, again, err)
			}
			if err := tok.Verify(k); err == nil && !k.Equal(good) {
				t.Errorf("the token holds under %v", k)
			}
		}
	})
}
