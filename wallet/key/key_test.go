package key

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
)

var _ crypto.Signer = Holder{}

var root = func() []byte {
	b := make([]byte, 32)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}()

// TestKnownKeys: a wallet's keys must never change. The answers were made by
// another implementation of the derivation in the package comment (testdata/derive.py).
func TestKnownKeys(t *testing.T) {
	for _, c := range known {
		t.Run(c.alg+" "+c.label, func(t *testing.T) {
			h, err := New(root).Derive(c.alg, c.label)
			if err != nil {
				t.Fatal(err)
			}
			if got := private(t, h); got != c.private {
				t.Errorf("private half %s, want %s", got, c.private)
			}
			if h.DID() != c.did {
				t.Errorf("got %s, want %s", h.DID(), c.did)
			}
			if h.Alg() != c.alg || h.Label() != c.label || !slices.Contains(h.DIDs(), c.did) || len(h.DIDs()) != 2 {
				t.Errorf("got %s %s %v", h.Alg(), h.Label(), h.DIDs())
			}
		})
	}
}

func private(t *testing.T, h Holder) string {
	switch k := h.signer.(type) {
	case ed25519.PrivateKey:
		return hex.EncodeToString(k.Seed())
	case *ecdsa.PrivateKey:
		b, err := k.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return hex.EncodeToString(b)
	}
	t.Fatalf("a %T", h.signer)
	return ""
}

func TestSigns(t *testing.T) {
	for _, alg := range []string{EdDSA, ES256} {
		t.Run(alg, func(t *testing.T) {
			h, err := New(root).Derive(alg, "1")
			if err != nil {
				t.Fatal(err)
			}
			text, err := jose.Sign(map[string]any{"alg": alg}, []byte(`{"a":1}`), h)
			if err != nil {
				t.Fatal(err)
			}
			token, err := jose.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := token.Verify(h.Key()); err != nil {
				t.Error(err)
			}
			other, err := New(root).Derive(alg, "2")
			if err != nil {
				t.Fatal(err)
			}
			if err := token.Verify(other.Key()); err == nil {
				t.Error("another key of the same wallet fits")
			}
			parsed, err := jose.ParseJWK(h.JWK())
			if err != nil || !parsed.Equal(h.Key()) || parsed.Thumbprint() != h.Thumbprint() {
				t.Errorf("%v, %v", parsed, err)
			}
		})
	}
}

func TestUnknownKind(t *testing.T) {
	if _, err := New(root).Derive("RS256", "1"); fault.Code(err) != "key.unknown-kind" {
		t.Errorf("got %v", err)
	}
}

// TestApart: other roots, labels and algorithms give other keys, the same give
// the same, and a ring does not hang on to the caller's bytes.
func TestApart(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		roots := rapid.SliceOfNDistinct(rapid.SliceOfN(rapid.Byte(), 32, 32), 2, 2, func(b []byte) string { return string(b) }).Draw(r, "roots")
		labels := rapid.SliceOfNDistinct(rapid.String(), 2, 2, rapid.ID).Draw(r, "labels")
		seen := map[string]string{}
		for _, root := range roots {
			kept := bytes.Clone(root)
			ring := New(kept)
			clear(kept)
			for _, label := range labels {
				for _, alg := range []string{EdDSA, ES256} {
					a, err := ring.Derive(alg, label)
					if err != nil {
						r.Fatal(err)
					}
					b, _ := New(root).Derive(alg, label)
					where := fmt.Sprintf("%x %s %s", root, label, alg)
					if other, twice := seen[a.DID()]; twice || a.DID() != b.DID() {
						r.Fatalf("%s and %s", where, other)
					}
					seen[a.DID()] = where
				}
			}
		}
	})
}

func BenchmarkDeriveEdDSA(b *testing.B) { benchmark(b, EdDSA) }
func BenchmarkDeriveES256(b *testing.B) { benchmark(b, ES256) }

func benchmark(b *testing.B, alg string) {
	r := New(root)
	for b.Loop() {
		if _, err := r.Derive(alg, "1"); err != nil {
			b.Fatal(err)
		}
	}
}
