package jose

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/rand"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jwe"
)

// recipients are throw-away keys of each curve, with what they are written as.
func recipients(t *testing.T) map[string]struct {
	private any
	jwk     map[string]any
} {
	t.Helper()
	out := map[string]struct {
		private any
		jwk     map[string]any
	}{}
	add := func(name string, private any, public crypto.PublicKey) {
		m := Key{Public: public}.JWK()
		m["alg"], m["kid"], m["use"] = ecdhES, "k-"+name, "enc"
		out[name] = struct {
			private any
			jwk     map[string]any
		}{private, m}
	}
	for _, name := range []string{"P-256", "P-384", "P-521"} {
		k := signers()[name].(*ecdsa.PrivateKey)
		add(name, k, k.Public())
	}
	return out
}

// TestEncrypt has what we encrypt opened by another implementation.
func TestEncrypt(t *testing.T) {
	for curve, r := range recipients(t) {
		for _, enc := range []string{"A128GCM", "A256GCM"} {
			t.Run(curve+" "+enc, func(t *testing.T) {
				to, err := ParseRecipient(r.jwk)
				if err != nil {
					t.Fatal(err)
				}
				sealed, err := Encrypt([]byte(`{"vp_token":{}}`), to, enc, rand.Reader)
				if err != nil {
					t.Fatal(err)
				}
				msg, err := jwe.Parse([]byte(sealed))
				if err != nil || msg.ProtectedHeaders().KeyID() != "k-"+curve || string(msg.ProtectedHeaders().ContentEncryption()) != enc {
					t.Fatalf("%v, %v", msg, err)
				}
				if got, err := jwe.Decrypt([]byte(sealed), jwe.WithKey(jwa.ECDH_ES, r.private)); err != nil || string(got) != `{"vp_token":{}}` {
					t.Errorf("opened as %q, %v", got, err)
				}
				again, _ := Encrypt([]byte(`{"vp_token":{}}`), to, enc, rand.Reader)
				if strings.Split(again, ".")[0] == strings.Split(sealed, ".")[0] {
					t.Error("the same key was used twice")
				}
			})
		}
	}
}

func TestEncryptX25519(t *testing.T) {
	own, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	m := Key{Public: own.PublicKey()}.JWK()
	m["alg"] = ecdhES
	to, err := ParseRecipient(m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Encrypt(nil, to, "A128GCM", rand.Reader); err != nil {
		t.Error(err)
	}
}

// TestConcat is the example of RFC 7518, appendix C.
func TestConcat(t *testing.T) {
	shared := []byte{
		158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156,
		251, 49, 110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
	}
	if got := Encode64(concat(shared, "A128GCM", []byte("Alice"), []byte("Bob"), 16)); got != "VqqN6vgjbSBcIijNcacQGg" {
		t.Errorf("got %s", got)
	}
}

func TestRecipientRefused(t *testing.T) {
	good := recipients(t)["P-256"].jwk
	for _, c := range []struct {
		name   string
		change func(m map[string]any)
		want   error
	}{
		{"no algorithm", func(m map[string]any) { delete(m, "alg") }, ErrUse},
		{"a key that is wrapped", func(m map[string]any) { m["alg"] = "ECDH-ES+A128KW" }, ErrUse},
		{"for signatures", func(m map[string]any) { m["use"] = "sig" }, ErrUse},
		{"private", func(m map[string]any) { m["d"] = m["x"] }, ErrPrivate},
		{"off its curve", func(m map[string]any) { m["y"] = m["x"] }, ErrKey},
		{"no curve", func(m map[string]any) { delete(m, "crv") }, ErrKey},
		{"another curve", func(m map[string]any) { m["crv"] = "P-384" }, ErrKey},
		{"kid is a number", func(m map[string]any) { m["kid"] = 7 }, ErrKey},
		{"RSA", func(m map[string]any) {
			maps.Copy(m, publicKey("RSA").JWK())
			delete(m, "crv")
		}, ErrUnsupportedKey},
		{"Ed25519", func(m map[string]any) { maps.Copy(m, publicKey("Ed25519").JWK()) }, ErrUnsupportedKey},
	} {
		m := maps.Clone(good)
		c.change(m)
		if _, err := ParseRecipient(m); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := Encrypt(nil, Recipient{}, "A128GCM", rand.Reader); !errors.Is(err, ErrUnsupportedAlg) {
		t.Errorf("for nobody: %v", err)
	}
	to, _ := ParseRecipient(good)
	if _, err := Encrypt(nil, to, "A128CBC-HS256", rand.Reader); !errors.Is(err, ErrUnsupportedAlg) || Encrypts("A128CBC-HS256") {
		t.Errorf("another way: %v", err)
	}
}
