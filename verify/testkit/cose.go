package testkit

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha512" // for ES384
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// Sign1 makes a tagged COSE_Sign1 message with throw-away keys: Ed25519, P-256,
// P-384 or RSA (then PS256). The alg is put into protected where it is missing.
func Sign1(t testing.TB, key crypto.Signer, protected, unprotected map[any]any, payload []byte) []byte {
	t.Helper()
	header := map[any]any{int64(1): algOf(key)}
	for label, v := range protected {
		header[label] = v
	}
	packed := CBOR(t, header)
	signed := CBOR(t, []any{"Signature1", packed, []byte{}, payload})
	if unprotected == nil {
		unprotected = map[any]any{}
	}
	return CBOR(t, cbor.Tag{Number: 18, Content: []any{packed, unprotected, payload, bareSignature(t, key, signed)}})
}

// CBOR writes a value in the core deterministic encoding.
func CBOR(t testing.TB, v any) []byte {
	t.Helper()
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := mode.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func algOf(key crypto.Signer) int64 {
	switch k := key.(type) {
	case *ecdsa.PrivateKey:
		if k.Params().BitSize == 384 {
			return -35
		}
		return -7
	case *rsa.PrivateKey:
		return -37
	}
	return -8
}

func bareSignature(t testing.TB, key crypto.Signer, signed []byte) []byte {
	t.Helper()
	var sig []byte
	var err error
	switch k := key.(type) {
	case ed25519.PrivateKey:
		return ed25519.Sign(k, signed)
	case *ecdsa.PrivateKey:
		sig, err = sideBySide(k, signed)
	case *rsa.PrivateKey:
		sig, err = k.Sign(rand.Reader, digest(crypto.SHA256, signed), &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256})
	default:
		t.Fatalf("no signatures with a %T", key)
	}
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func sideBySide(k *ecdsa.PrivateKey, signed []byte) ([]byte, error) {
	size, h := (k.Params().BitSize+7)/8, crypto.SHA256
	if size == 48 {
		h = crypto.SHA384
	}
	r, s, err := ecdsa.Sign(rand.Reader, k, digest(h, signed))
	if err != nil {
		return nil, err
	}
	out := make([]byte, 2*size)
	r.FillBytes(out[:size])
	s.FillBytes(out[size:])
	return out, nil
}

func digest(h crypto.Hash, b []byte) []byte {
	d := h.New()
	d.Write(b)
	return d.Sum(nil)
}
