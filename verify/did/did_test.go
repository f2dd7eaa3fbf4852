package did

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"net/url"
	"path"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var day = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// publics are throw-away public keys, one for each kind that can sign.
func publics(t testing.TB) map[string]crypto.PublicKey {
	t.Helper()
	ed, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]crypto.PublicKey{"Ed25519": ed}
	for _, c := range []elliptic.Curve{elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		out[c.Params().Name] = &k.PublicKey
	}
	return out
}

func TestResolveRefused(t *testing.T) {
	good := "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	for _, c := range []struct {
		name, did string
		want      error
	}{
		{"empty", "", ErrInvalid},
		{"no method", "did:", ErrInvalid},
		{"no id", "did:key:", ErrInvalid},
		{"method in capitals", "did:KEY:z6Mk", ErrInvalid},
		{"scheme in capitals", "DID" + good[3:], ErrInvalid},
		{"quoted", `"` + good + `"`, ErrInvalid},
		{"with fragment", good + "#" + good[8:], ErrInvalid},
		{"with path", good + "/a", ErrInvalid},
		{"with query", good + "?a=b", ErrInvalid},
		{"space", good + " ", ErrInvalid},
		{"line break", good + "\n", ErrInvalid},
		{"half an escape", good + "%4", ErrInvalid},
		{"empty last segment", "did:web:example.org:", ErrInvalid},
		{"too long", "did:example:" + strings.Repeat("a", maxDID), ErrInvalid},
		{"another method", "did:ion:EiClkZMDxPKqC9c", ErrUnsupported},
		{"webvh, SCID too short", "did:webvh:QmPE:example.org", ErrInvalid},
		{"key, one letter changed", strings.Replace(good, "ooWp", "ooWq", 1), ErrInvalid},
		{"key of an unknown type", "did:key:" + multi.Encode([]byte("\x04abc")), ErrUnsupported},
		{"key in hex", "did:key:fed01" + strings.Repeat("11", 32), ErrInvalid},
		{"key in base64url", "did:key:u7QEREREREREREREREREREREREREREREREREREREREREREQ", ErrInvalid},
		{"key with a version", strings.Replace(good, "key:", "key:1.1:", 1), ErrInvalid},
		{"key, secp256k1, one letter changed", "did:key:zQ3shjRPgHQQbTtXyofk1ygghRJ75RZpXmWBMY1BKnhyz7zK2", ErrInvalid},
		{"jwk, not base64", "did:jwk:%7B%7D", ErrInvalid},
		{"jwk, stray bits", "did:jwk:e31", ErrInvalid},
		{"jwk, not JSON", "did:jwk:" + jose.Encode64([]byte("hello")), ErrInvalid},
		{"jwk, member twice", "did:jwk:" + jose.Encode64([]byte(`{"kty":"OKP","kty":"OKP"}`)), ErrInvalid},
		{"jwk, no key", "did:jwk:" + jose.Encode64([]byte(`{}`)), ErrInvalid},
		{"jwk, 1 byte", "did:jwk:" + jose.Encode64([]byte(`{"kty":"OKP","crv":"Ed25519","x":"AA"}`)), ErrInvalid},
		{"jwk, private", "did:jwk:" + jose.Encode64([]byte(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"AA"}`)), jose.ErrPrivate},
		{"jwk, secp256k1, 1 byte", "did:jwk:" + jose.Encode64([]byte(`{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`)), ErrInvalid},
		{"jwk, BLS12-381", "did:jwk:" + jose.Encode64([]byte(`{"kty":"EC","crv":"Bls12381G1","x":"AA","y":"AA"}`)), ErrUnsupported},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := &testkit.Web{}
			doc, err := Resolve(t.Context(), web, c.did)
			if !errors.Is(err, c.want) || !reflect.DeepEqual(doc, Document{}) {
				t.Errorf("got %v, %v, want %v", doc, err, c.want)
			}
			if asked := web.Asked(); len(asked) > 0 {
				t.Errorf("asked %v", asked)
			}
		})
	}
}

func TestKeyRoundTrip(t *testing.T) {
	for kind, pub := range publics(t) {
		did, err := Key(pub)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Resolve(t.Context(), nil, did)
		if err != nil || doc.ID != did || !doc.AsOf.IsZero() {
			t.Fatalf("%s: %v, %v", kind, doc, err)
		}
		fragment := did + "#" + strings.TrimPrefix(did, "did:key:")
		for _, url := range []string{fragment, fragment[len(did):], did} {
			m, ok := doc.Method(url)
			if !ok || m.ID != fragment || !m.Key.Equal(jose.Key{Public: pub}) || m.Err != nil {
				t.Errorf("%s: Method(%q) = %v, %v", kind, url, m, ok)
			}
		}
		for _, purpose := range signing {
			if ms := doc.For(purpose); len(ms) != 1 || ms[0].ID != fragment {
				t.Errorf("%s: %s lists %v", kind, purpose, ms)
			}
		}
		for _, url := range []string{"", "#", "#other", did + "#", "did:key:z6Mk#a"} {
			if m, ok := doc.Method(url); ok {
				t.Errorf("%s: Method(%q) = %v", kind, url, m)
			}
		}
	}
}

func TestKeyAgreement(t *testing.T) {
	x, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	did, err := Key(x.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Resolve(t.Context(), nil, did)
	if err != nil || len(doc.Methods) != 1 || len(doc.For(KeyAgreement)) != 1 || len(doc.For(Assertion)) != 0 {
		t.Errorf("got %v, %v", doc, err)
	}
	if m, ok := doc.Method(did); ok {
		t.Errorf("the bare DID means %v, which signs nothing", m)
	}
}

func TestJWKRoundTrip(t *testing.T) {
	for kind, pub := range publics(t) {
		did, err := JWK(pub)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Resolve(t.Context(), nil, did)
		if err != nil || doc.ID != did {
			t.Fatalf("%s: %v, %v", kind, doc, err)
		}
		for _, url := range []string{did + "#0", "#0", did} {
			m, ok := doc.Method(url)
			if !ok || m.ID != did+"#0" || !m.Key.Equal(jose.Key{Public: pub}) {
				t.Errorf("%s: Method(%q) = %v, %v", kind, url, m, ok)
			}
		}
		if got, want := len(doc.For(KeyAgreement)), len(doc.For(Assertion)); (kind == "Ed25519") == (got == want) {
			t.Errorf("%s: %d keys for agreement", kind, got)
		}
	}
	for name, pub := range map[string]crypto.PublicKey{"nothing": nil, "short": ed25519.PublicKey{1}} {
		if did, err := JWK(pub); err == nil {
			t.Errorf("%s: %q", name, did)
		}
		if did, err := Key(pub); err == nil {
			t.Errorf("%s: %q", name, did)
		}
	}
}

// The example of the did:jwk method specification.
func TestJWKPublished(t *testing.T) {
	const did = "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
	doc, err := Resolve(t.Context(), nil, did)
	if err != nil {
		t.Fatal(err)
	}
	m, ok := doc.Method(did + "#0")
	if !ok || m.Key.JWK()["x"] != "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0" || len(doc.For(KeyAgreement)) != 1 {
		t.Errorf("got %v, %v", m, ok)
	}
}

func TestWebAddress(t *testing.T) {
	for id, want := range map[string]string{
		"example.org":                       "https://example.org/.well-known/did.json",
		"example.org:user:alice":            "https://example.org/user/alice/did.json",
		"example.org%3A3000":                "https://example.org:3000/.well-known/did.json",
		"example.org%3a3000:a":              "https://example.org:3000/a/did.json",
		"Example.ORG":                       "https://Example.ORG/.well-known/did.json",
		"xn--bcher-kva.example":             "https://xn--bcher-kva.example/.well-known/did.json",
		"example.org:a_b:c.d:e-f":           "https://example.org/a_b/c.d/e-f/did.json",
		"example.org:%7Euser":               "https://example.org/~user/did.json",
		"example.org:J%C3%BCrgen":           "https://example.org/J%C3%BCrgen/did.json",
		"1.example.org":                     "https://1.example.org/.well-known/did.json",
		"localhost%3A8080:ed25519":          "https://localhost:8080/ed25519/did.json",
		"example.org:...":                   "https://example.org/.../did.json",
		"127.0.0.1":                         "",
		"127.0.0.1%3a8080":                  "",
		"127.0.0.1%3A8080":                  "",
		"127%2E0%2E0%2E1":                   "",
		"127%2e0%2e0%2e1":                   "",
		"169%2E254%2E169%2E254":             "",
		"127.1":                             "",
		"2130706433":                        "",
		"0x7f000001":                        "",
		"example.0x1":                       "",
		"%5B%3A%3A1%5D":                     "",
		"example.org.":                      "",
		"-example.org":                      "",
		"example..org":                      "",
		"exam_ple.org":                      "",
		"user%40example.org":                "",
		"example.org%2Fpath":                "",
		"example.org%3A":                    "",
		"example.org%3A0":                   "",
		"example.org%3A080":                 "",
		"example.org%3A65536":               "",
		"example.org%3A1%3A2":               "",
		"example.org%3Aport":                "",
		"example.org%253A3000":              "",
		"example.org:..":                    "",
		"example.org:.":                     "",
		"example.org:%2E%2E":                "",
		"example.org:%2e.":                  "",
		"example.org:a%2Fb":                 "",
		"example.org:a%5Cb":                 "",
		"example.org:%252E%252E":            "",
		"example.org:a%3Fb":                 "",
		"example.org:a%23b":                 "",
		"example.org:a%00b":                 "",
		"example.org:a%20b":                 "",
		"example.org:a%0Ab":                 "",
		"example.org:%FF":                   "",
		"example.org::a":                    "",
		strings.Repeat("a", 64) + ".org":    "",
		strings.Repeat("a.", 127) + "a.org": "",
	} {
		got, err := webAddress(id)
		if got != want || (err == nil) != (want != "") || err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: got %q, %v, want %q", id, got, err, want)
		}
	}
}

func TestResolveWeb(t *testing.T) {
	const did = "did:web:example.org:school"
	const place = "https://example.org/school/did.json"
	doc := `{"id":"did:web:example.org:school","verificationMethod":[]}`
	for _, c := range []struct {
		name, body string
		err, want  error
	}{
		{"good", doc, nil, nil},
		{"somebody else's", strings.Replace(doc, "school", "schooI", 1), nil, ErrDocument},
		{"its address for its id", `{"id":"` + place + `"}`, nil, ErrDocument},
		{"no id", `{}`, nil, ErrDocument},
		{"id twice", `{"id":"did:web:example.org:school","id":"did:web:example.org:school"}`, nil, ErrDocument},
		{"a web page", "<!doctype html>", nil, ErrDocument},
		{"truncated", doc[:40], nil, ErrDocument},
		{"not there", "", fetch.ErrGone, fetch.ErrGone},
		{"not reached", "", fetch.ErrUnreachable, fetch.ErrUnreachable},
		{"offline", "", fetch.ErrOffline, fetch.ErrOffline},
		{"refused", "", fetch.ErrRefused, fetch.ErrRefused},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := &testkit.Web{Pages: map[string]string{place: c.body}, Now: day}
			if c.err != nil {
				web.Errs = map[string]error{place: c.err}
			}
			got, err := Resolve(t.Context(), web, did)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, %v, want %v", got, err, c.want)
			}
			if err == nil && (got.ID != did || !got.AsOf.Equal(day) || string(got.Raw) != c.body) {
				t.Errorf("got %+v", got)
			}
			if asked := web.Asked(); len(asked) != 1 || asked[0] != place {
				t.Errorf("asked %v", asked)
			}
		})
	}
	if _, err := Resolve(context.Background(), nil, did); !errors.Is(err, fetch.ErrOffline) {
		t.Errorf("without a getter: %v", err)
	}
}

func TestAgreementKeyOfNoPoint(t *testing.T) {
	neutral := make(ed25519.PublicKey, 32)
	neutral[0] = 1 // y = 1: the inverse of 1-y does not exist
	if k, err := agreementKey(neutral); !errors.Is(err, multi.ErrKey) {
		t.Errorf("got %v, %v", k, err)
	}
}

func FuzzDID(f *testing.F) {
	for _, s := range []string{
		"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
		"did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv",
		"did:jwk:" + jose.Encode64([]byte(`{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`)),
		"did:web:example.org%3A3000:a:b", "did:web:127.0.0.1", "did:ion:abc", "did:web:example.org:%2e%2e",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, did string) {
		web := &testkit.Web{}
		doc, err := Resolve(context.Background(), web, did)
		for _, place := range web.Asked() {
			u, err := url.Parse(place)
			if err != nil || u.Path != path.Clean(u.Path) || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
				t.Errorf("%q asks %q", did, place)
			}
		}
		if err == nil && (doc.ID != did || len(doc.Methods) == 0) {
			t.Errorf("%q gave %v", did, doc)
		}
	})
}
