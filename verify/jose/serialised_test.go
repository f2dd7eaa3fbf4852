package jose

import (
	"crypto/ed25519"
	"errors"
	"slices"
	"testing"
)

// signedJSON signs payload as it is under a header, as JWS with b64 does.
func signedJSON(header, payload string) (protected, signature string, key Key) {
	priv := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	protected = Encode64([]byte(header))
	return protected, Encode64(ed25519.Sign(priv, []byte(protected+"."+payload))), Key{Public: priv.Public()}
}

func TestParseSigned(t *testing.T) {
	for _, tt := range []struct {
		name, header, payload string
		content               string
		parse, verify         error
	}{
		{"encoded", `{"alg":"EdDSA"}`, "eyJhIjoxfQ", `{"a":1}`, nil, nil},
		{"encoded, as b64 says", `{"alg":"EdDSA","b64":true,"crit":["b64"]}`, "eyJhIjoxfQ", `{"a":1}`, nil, nil},
		{"as it is", `{"alg":"EdDSA","b64":false,"crit":["b64"]}`, `{"a":1.0}. é`, `{"a":1.0}. é`, nil, nil},
		{"what the caller heeds", `{"alg":"EdDSA","x":1,"crit":["x"]}`, "eyJhIjoxfQ", `{"a":1}`, nil, nil},
		{"what it does not", `{"alg":"EdDSA","y":1,"crit":["y"]}`, "eyJhIjoxfQ", `{"a":1}`, nil, ErrCritical},
		{"b64 that crit does not name", `{"alg":"EdDSA","b64":false}`, "x", "", ErrHeader, nil},
		{"b64 of another type", `{"alg":"EdDSA","b64":0,"crit":["b64"]}`, "x", "", ErrHeader, nil},
		{"no base64url", `{"alg":"EdDSA"}`, "é", "", ErrForm, nil},
		{"empty", `{"alg":"EdDSA"}`, "", "", ErrDetached, nil},
		{"a header twice", `{"alg":"EdDSA","alg":"none"}`, "eyJhIjoxfQ", "", ErrHeader, nil},
		{"none", `{"alg":"none"}`, "eyJhIjoxfQ", `{"a":1}`, nil, ErrNone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			protected, signature, key := signedJSON(tt.header, tt.payload)
			token, err := ParseSigned(protected, tt.payload, signature, "x")
			if !errors.Is(err, tt.parse) {
				t.Fatalf("%v, want %v", err, tt.parse)
			}
			if err != nil {
				return
			}
			if string(token.Payload) != tt.content {
				t.Errorf("payload %q", token.Payload)
			}
			if err := token.Verify(key); !errors.Is(err, tt.verify) {
				t.Errorf("%v, want %v", err, tt.verify)
			}
		})
	}
}

func TestParseSignedTwins(t *testing.T) {
	protected, signature, key := signedJSON(`{"alg":"EdDSA","b64":false,"crit":["b64"]}`, "text")
	for name, payload := range map[string]string{"a letter": "tixt", "a space": "text ", "a part more": "text.x"} {
		token, err := ParseSigned(protected, payload, signature)
		if err == nil {
			err = token.Verify(key)
		}
		if !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ParseSigned(protected+".x", "text", signature); err == nil {
		t.Error("a header of two parts")
	}
	protected, signature, _ = signedJSON(`{"alg":"EdDSA","y":1,"z":1,"crit":["y","z"]}`, "eyJhIjoxfQ")
	if token, err := ParseSigned(protected, "eyJhIjoxfQ", signature, "z"); err != nil || !slices.Equal(token.Demands(), []string{"y"}) {
		t.Errorf("%v, %v", token, err)
	}
}
