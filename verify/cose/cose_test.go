package cose

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/testkit"
)

var (
	edKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	other = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
)

func public(s crypto.Signer) jose.Key { return jose.Key{Public: s.Public()} }

func signers(t *testing.T) map[string]crypto.Signer {
	t.Helper()
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]crypto.Signer{"EdDSA": edKey, "ES256": p256, "ES384": p384, "PS256": rsaKey}
}

func TestVerify(t *testing.T) {
	for alg, key := range signers(t) {
		t.Run(alg, func(t *testing.T) {
			b := testkit.Sign1(t, key, map[any]any{int64(4): []byte("key-1"), int64(16): "application/vc+cose", int64(3): "application/vc"}, nil, []byte("hello"))
			m, err := Parse(b)
			if err != nil {
				t.Fatal(err)
			}
			if m.Alg != alg || m.Kid != "key-1" || m.Typ != "application/vc+cose" || m.Cty != "application/vc" || string(m.Payload) != "hello" {
				t.Errorf("%+v", m)
			}
			if err := m.Verify(public(key)); err != nil {
				t.Errorf("does not hold: %v", err)
			}
			if err := m.Verify(public(other)); err == nil {
				t.Error("it holds under another key")
			}
			for i := range b { // one bit anywhere
				bad := bytes.Clone(b)
				bad[i] ^= 1
				if m, err := Parse(bad); err == nil && m.Verify(public(key)) == nil {
					t.Errorf("bit of byte %d turned, and it still holds", i)
				}
			}
		})
	}
}

func TestAlgorithmAndKeyFit(t *testing.T) {
	keys := signers(t)
	for _, c := range []struct {
		name string
		alg  any
		key  string
		want error
	}{
		{"ES256 with a key for EdDSA", int64(-7), "EdDSA", jose.ErrAlg},
		{"EdDSA with a key for ES256", int64(-8), "ES256", jose.ErrAlg},
		{"ES384 on P-256", int64(-35), "ES256", jose.ErrAlg},
		{"Ed25519 by its own name", int64(-19), "EdDSA", nil},
		{"unknown", int64(-65000), "EdDSA", jose.ErrUnsupportedAlg},
		{"a text", "EdDSA", "EdDSA", jose.ErrUnsupportedAlg},
		{"bytes", []byte{1}, "EdDSA", ErrHeader},
		{"nothing", nil, "EdDSA", ErrHeader},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := Parse(testkit.Sign1(t, keys[c.key], map[any]any{int64(1): c.alg}, nil, []byte("x")))
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Verify(public(keys[c.key])); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	for _, c := range []struct {
		name                   string
		protected, unprotected map[any]any
		parse, verify          error
	}{
		{"kid beside", nil, map[any]any{int64(4): []byte("k")}, nil, nil},
		{"label in both", map[any]any{int64(4): []byte("k")}, map[any]any{int64(4): []byte("k")}, ErrHeader, nil},
		{"crit that is heeded", map[any]any{int64(2): []any{int64(3)}, int64(3): "a/b"}, nil, nil, nil},
		{"crit that is not", map[any]any{int64(2): []any{int64(-70000)}, int64(-70000): true}, nil, nil, jose.ErrCritical},
		{"crit by a name", map[any]any{int64(2): []any{"x"}, "x": true}, nil, nil, jose.ErrCritical},
		{"crit of what is not there", map[any]any{int64(2): []any{int64(3)}}, nil, ErrHeader, nil},
		{"crit of bytes", map[any]any{int64(2): []any{[]byte("x")}}, nil, ErrHeader, nil},
		{"crit of nothing", map[any]any{int64(2): []any{}}, nil, ErrHeader, nil},
		{"crit beside", nil, map[any]any{int64(2): []any{int64(3)}}, ErrHeader, nil},
		{"too large", map[any]any{"x": make([]byte, maxHeader)}, nil, ErrHeader, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := Parse(testkit.Sign1(t, edKey, c.protected, c.unprotected, []byte("x")))
			if !errors.Is(err, c.parse) {
				t.Fatalf("read: %v, want %v", err, c.parse)
			}
			if err != nil {
				return
			}
			if err := m.Verify(public(edKey)); !errors.Is(err, c.verify) {
				t.Errorf("checked: %v, want %v", err, c.verify)
			}
		})
	}
}

func TestMembers(t *testing.T) {
	b := testkit.Sign1(t, edKey, map[any]any{int64(4): []byte{0xff, 0xfe}, int64(16): "a/b"}, map[any]any{int64(33): []any{[]byte{1}, []byte{2}}}, []byte("x"))
	m, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	got := m.Members()
	x5c, _ := got["x5c"].([]any)
	if got["alg"] != "EdDSA" || got["kid"] != "__4" || got["typ"] != "a/b" || got["cty"] != nil || len(x5c) != 2 || x5c[0] != "AQ==" {
		t.Errorf("%v", got)
	}
}

func TestForms(t *testing.T) {
	good := testkit.Sign1(t, edKey, nil, nil, []byte("x"))
	var inner cbor.RawTag
	if err := cbor.Unmarshal(good, &inner); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"tagged": good, "bare": inner.Content, "as a CWT": testkit.CBOR(t, cbor.Tag{Number: 61, Content: cbor.RawMessage(good)})} {
		if m, err := Parse(b); err != nil || m.Verify(public(edKey)) != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []struct {
		name, hex string
		want      error
	}{
		{"nothing", "", ErrForm},
		{"a text", "6161", ErrForm},
		{"another tag", "d18443a10126a04178" + "40", ErrForm},
		{"tagged twice", "d2d28443a10126a0417840", ErrForm},
		{"three parts", "d28343a10126a04178", ErrForm},
		{"five parts", "d28543a10126a041784040", ErrForm},
		{"indefinite", "d29f43a10126a0417840ff", ErrForm},
		{"something after", "d28443a10126a041784000", ErrForm},
		{"payload a text", "d28443a10126a0617840", ErrForm},
		{"no payload", "d28443a10126a0f640", ErrDetached},
		{"protected no map", "d2844101a0417840", ErrHeader},
		{"protected twice the same", "d28445a201260126a0417840", ErrHeader},
		{"unprotected no map", "d28443a101260141784040", ErrForm},
		{"unprotected a number", "d28443a1012601417840", ErrHeader},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := hex.DecodeString(c.hex)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Parse(b); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add(testkit.Sign1(f, edKey, map[any]any{int64(4): []byte("k"), int64(15): map[any]any{int64(1): "iss"}}, map[any]any{int64(33): []byte{1}}, []byte("{}")))
	f.Add([]byte("\xd8\x3d\xd2\x84\x43\xa1\x01\x26\xa0\x41\x78\x40"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		if err != nil {
			return
		}
		m.Members()
		if m.Payload == nil {
			t.Error("read, and without content")
		}
		if m.Verify(public(other)) == nil {
			t.Error("it holds under a key that signed nothing")
		}
	})
}
