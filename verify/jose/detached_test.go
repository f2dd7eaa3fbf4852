package jose

import (
	"crypto"
	"crypto/rand"
	"errors"
	"io"
	"testing"
)

// detached signs content with the header as it stands.
func detached(t *testing.T, header, payload, content string) string {
	t.Helper()
	head := Encode64([]byte(header))
	signature, err := signers()["Ed25519"].Sign(rand.Reader, []byte(head+"."+content), crypto.Hash(0))
	if err != nil {
		t.Fatal(err)
	}
	return head + "." + payload + "." + Encode64(signature)
}

func TestParseDetached(t *testing.T) {
	const content = "bytes that are no text: \x00\xff."
	for _, c := range []struct {
		name, header, payload string
		want                  error
	}{
		{"good", `{"alg":"EdDSA","b64":false,"crit":["b64"]}`, "", nil},
		{"b64 not critical", `{"alg":"EdDSA","b64":false}`, "", ErrCritical},
		{"b64 true", `{"alg":"EdDSA","b64":true,"crit":["b64"]}`, "", ErrCritical},
		{"b64 is a text", `{"alg":"EdDSA","b64":"false","crit":["b64"]}`, "", ErrCritical},
		{"no b64", `{"alg":"EdDSA"}`, "", ErrCritical},
		{"another demand", `{"alg":"EdDSA","b64":false,"crit":["b64","exp"],"exp":1}`, "", ErrCritical},
		{"b64 named twice", `{"alg":"EdDSA","b64":false,"crit":["b64","b64"]}`, "", ErrHeader},
		{"with a payload", `{"alg":"EdDSA","b64":false,"crit":["b64"]}`, "AAAA", ErrForm},
	} {
		t.Run(c.name, func(t *testing.T) {
			compact := detached(t, c.header, c.payload, content)
			tok, err := ParseDetached(compact, []byte(content))
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil {
				checkDetached(t, tok, compact, content)
			}
		})
	}
}

// checkDetached checks a good token, and its twin for content that has changed.
func checkDetached(t *testing.T, tok *Token, compact, content string) {
	t.Helper()
	if err := tok.Verify(publicKey("Ed25519")); err != nil || string(tok.Payload) != content {
		t.Errorf("%q: %v", tok.Payload, err)
	}
	twin, err := ParseDetached(compact, []byte(content+" "))
	if err != nil {
		t.Fatal(err)
	}
	if err := twin.Verify(publicKey("Ed25519")); !errors.Is(err, ErrSignature) {
		t.Errorf("changed content: %v, want ErrSignature", err)
	}
	if _, err := Parse(compact); !errors.Is(err, ErrCritical) {
		t.Errorf("Parse: %v, want ErrCritical", err)
	}
}

// The example of RFC 7797, section 4.2, is an HS256 token: it is read, and its
// algorithm is none of ours.
func TestDetachedPublished(t *testing.T) {
	tok, err := ParseDetached("eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY", []byte("$.02"))
	if err != nil || string(tok.signed) != "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19.$.02" {
		t.Fatalf("%q, %v", tok.signed, err)
	}
	if err := tok.Verify(publicKey("RSA")); !errors.Is(err, ErrUnsupportedAlg) {
		t.Errorf("got %v, want ErrUnsupportedAlg", err)
	}
}

// TestSignDetached: for every kind of key, what is signed without its payload is
// read again, and does not hold for other content.
func TestSignDetached(t *testing.T) {
	content := []byte("two hashes")
	for kind, s := range signers() {
		t.Run(kind, func(t *testing.T) {
			compact, err := SignDetached(content, s)
			if err != nil {
				t.Fatal(err)
			}
			tok, err := ParseDetached(compact, content)
			if err != nil {
				t.Fatal(err)
			}
			if err := tok.Verify(Key{Public: s.Public()}); err != nil {
				t.Error(err)
			}
			twin, err := ParseDetached(compact, []byte("two hashed"))
			if err != nil {
				t.Fatal(err)
			}
			if err := twin.Verify(Key{Public: s.Public()}); !errors.Is(err, ErrSignature) {
				t.Errorf("other content: %v", err)
			}
		})
	}
	for name, s := range map[string]crypto.Signer{"a key that signs nothing": broken{signers()["Ed25519"], nil}, "a faulty signer": broken{signers()["Ed25519"], signers()["Ed25519"].Public()}} {
		if compact, err := SignDetached(content, s); err == nil {
			t.Errorf("%s: %s", name, compact)
		}
	}
}

// broken signs something else with a key it says is another.
type broken struct {
	crypto.Signer
	public crypto.PublicKey
}

func (b broken) Public() crypto.PublicKey { return b.public }

func (b broken) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return b.Signer.Sign(rand.Reader, []byte("something else"), crypto.Hash(0))
}
