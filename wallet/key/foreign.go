package key

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// maxFound is how many keys of one file are found.
const maxFound = 100

// Found is a private key in a file of another wallet. Only Holder and Seed touch the
// private half.
type Found struct{ private ed25519.PrivateKey }

// Seed is the private half: 32 bytes (RFC 8032, section 5.1.5), for the password
// store and nothing else.
func (f Found) Seed() []byte { return f.private.Seed() }

// Public is the public half.
func (f Found) Public() ed25519.PublicKey { return f.private.Public().(ed25519.PublicKey) }

// Find looks for Ed25519 private keys in an export of another wallet (Universal
// Wallet 2020): as privateKeyMultibase, privateKeyBase58, privateKeyJwk or a private
// JWK. Each is found once; one that does not fit its public half, or is of another
// kind, is not. What is no JSON has none.
func Find(raw []byte) []Found {
	v, err := strict.Parse(bytes.TrimPrefix(bytes.TrimSpace(raw), []byte("\ufeff")))
	if err != nil {
		return nil
	}
	s := &search{}
	s.walk(v)
	return s.found
}

type search struct{ found []Found }

func (s *search) walk(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			s.walk(e)
		}
	case map[string]any:
		if private := privateKey(v); private != nil {
			s.add(private)
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			s.walk(v[name])
		}
	}
}

func (s *search) add(private ed25519.PrivateKey) {
	for _, f := range s.found {
		if f.private.Equal(private) {
			return
		}
	}
	if len(s.found) < maxFound {
		s.found = append(s.found, Found{private})
	}
}

// privateKey reads the private key an object itself describes; nil where there is
// none.
func privateKey(m map[string]any) ed25519.PrivateKey {
	text := func(name string) string { s, _ := m[name].(string); return s }
	switch {
	case text("privateKeyMultibase") != "":
		b, err := multi.Decode(text("privateKeyMultibase"))
		public, _ := multi.DecodeKey(text("publicKeyMultibase"))
		return fits(bytes.TrimPrefix(b, []byte{0x80, 0x26}), err, public, text("publicKeyMultibase"))
	case text("privateKeyBase58") != "" && strings.HasPrefix(text("type"), "Ed25519"):
		b, err := multi.Base58Decode(text("privateKeyBase58"))
		public, _ := multi.Base58Decode(text("publicKeyBase58"))
		return fits(b, err, ed25519.PublicKey(public), text("publicKeyBase58"))
	case text("d") != "" && text("kty") == "OKP" && text("crv") == "Ed25519":
		b, err := base64.RawURLEncoding.DecodeString(text("d"))
		public, _ := base64.RawURLEncoding.DecodeString(text("x"))
		return fits(b, err, ed25519.PublicKey(public), text("x"))
	}
	return nil
}

// fits makes a private key of a seed, or of a seed and a public key, as older
// libraries write it. A public half that is stated (said) must be its own.
func fits(b []byte, err error, public crypto.PublicKey, said string) ed25519.PrivateKey {
	if err != nil || len(b) != ed25519.SeedSize && len(b) != ed25519.PrivateKeySize {
		return nil
	}
	private := ed25519.NewKeyFromSeed(b[:ed25519.SeedSize])
	if len(b) == ed25519.PrivateKeySize && !bytes.Equal(b, private) || said != "" && !private.Public().(ed25519.PublicKey).Equal(public) {
		return nil
	}
	return private
}

var errOtherSeed = errors.New("the secret in the password store is not that of this key")

// Foreign is a key another wallet made. Its private half is asked for (seed) each
// time it signs, and kept nowhere between.
func Foreign(public ed25519.PublicKey, seed func() ([]byte, error)) (Holder, error) {
	h := Holder{alg: EdDSA, signer: foreign{public, seed}}
	var err error
	if h.did, err = did.Key(public); err != nil {
		return Holder{}, err
	}
	h.jwk, err = did.JWK(public)
	return h, err
}

type foreign struct {
	public ed25519.PublicKey
	seed   func() ([]byte, error)
}

func (f foreign) Public() crypto.PublicKey { return f.public }

func (f foreign) Sign(rand io.Reader, message []byte, opts crypto.SignerOpts) ([]byte, error) {
	seed, err := f.seed()
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, errOtherSeed
	}
	private := ed25519.NewKeyFromSeed(seed)
	if !f.public.Equal(private.Public()) {
		return nil, errOtherSeed
	}
	return private.Sign(rand, message, opts)
}
