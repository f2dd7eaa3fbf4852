package jose

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"testing"
)

func TestVerifyBare(t *testing.T) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	k := Key{Public: key.Public()}
	sig := ed25519.Sign(key, []byte("text"))
	bad := bytes.Clone(sig)
	bad[0] ^= 1
	for _, c := range []struct {
		name, alg string
		text      string
		sig       []byte
		key       Key
		want      error
	}{
		{"good", "EdDSA", "text", sig, k, nil},
		{"one bit of the signature", "EdDSA", "text", bad, k, ErrSignature},
		{"one letter of the text", "EdDSA", "tent", sig, k, ErrSignature},
		{"no signature", "EdDSA", "text", nil, k, ErrSignature},
		{"cut short", "EdDSA", "text", sig[:63], k, ErrSignature},
		{"another algorithm", "ES256", "text", sig, k, ErrAlg},
		{"none", "none", "text", sig, k, ErrUnsupportedAlg},
		{"a key bound to another", "EdDSA", "text", sig, Key{Public: key.Public(), Alg: "ES256"}, ErrAlg},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := VerifyBare(c.alg, []byte(c.text), c.sig, c.key); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}
