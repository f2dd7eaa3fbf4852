// Package key makes the learner's keys. Private halves never leave it: what it
// hands out signs, and tells its public half.
//
// Every key is derived from the wallet's root secret and a label, so nothing but
// the root is secret, and a fresh key for each credential costs nothing. The
// derivation is fixed for ever:
//
//	okm = HKDF-SHA-256(secret = root, salt = none, info = "cairn key 1: " + alg + ": " + label)
//
// For EdDSA (Ed25519) okm is 32 bytes and is the seed of RFC 8032, section 5.1.5.
// For ES256 (P-256) okm is 48 bytes, taken as a big-endian number c, and the
// private scalar is (c mod (n-1)) + 1, n being the order of the curve: FIPS 186-5,
// appendix A.2.1, with 128 bits more than the order has, so that no scalar is
// noticeably likelier than another.
//
// Start at New and Ring.Derive.
package key

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"io"
	"math/big"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
)

// The algorithms of the keys, by their JOSE names (RFC 7518, section 3.1; RFC 8037,
// section 3.1).
const (
	EdDSA = "EdDSA"
	ES256 = "ES256"
)

// Ring derives keys from one root. It is safe for concurrent use.
type Ring struct{ root []byte }

// New makes a ring. It keeps a copy of the root.
func New(root []byte) *Ring { return &Ring{root: append([]byte(nil), root...)} }

// Holder is one of the learner's keys: a crypto.Signer that knows its names. ES256
// signatures come in ASN.1, as crypto.Signer has it. It is safe for concurrent use.
type Holder struct {
	alg, label string
	signer     crypto.Signer
	did, jwk   string // the key as did:key and as did:jwk
}

// Derive gives the key with this label: always the same one. Fault
// key.unknown-kind for an algorithm that is not EdDSA or ES256.
func (r *Ring) Derive(alg, label string) (Holder, error) {
	h := Holder{alg: alg, label: label}
	var err error
	switch alg {
	case EdDSA:
		h.signer = ed25519.NewKeyFromSeed(r.okm(alg, label, ed25519.SeedSize))
	case ES256:
		h.signer, err = p256(r.okm(alg, label, 48))
	default:
		err = fault.New("key.unknown-kind", "alg", alg)
	}
	if err != nil {
		return Holder{}, err
	}
	if h.did, err = did.Key(h.signer.Public()); err != nil {
		return Holder{}, err
	}
	h.jwk, err = did.JWK(h.signer.Public())
	return h, err
}

func (r *Ring) okm(alg, label string, n int) []byte {
	b, err := hkdf.Key(sha256.New, r.root, nil, "cairn key 1: "+alg+": "+label, n)
	if err != nil {
		panic(err) // only an absurd length fails
	}
	return b
}

func p256(okm []byte) (crypto.Signer, error) {
	curve := elliptic.P256()
	one := big.NewInt(1)
	d := new(big.Int).SetBytes(okm)
	d.Mod(d, new(big.Int).Sub(curve.Params().N, one)).Add(d, one)
	return ecdsa.ParseRawPrivateKey(curve, d.FillBytes(make([]byte, 32)))
}

// Public gives the public half.
func (h Holder) Public() crypto.PublicKey { return h.signer.Public() }

// Sign signs: for EdDSA the message itself, with opts crypto.Hash(0); for ES256
// its SHA-256 digest.
func (h Holder) Sign(rand io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return h.signer.Sign(rand, digest, opts)
}

// Alg is the algorithm: EdDSA or ES256.
func (h Holder) Alg() string { return h.alg }

// Label is what the key was derived with.
func (h Holder) Label() string { return h.label }

// DID is the key as a did:key.
func (h Holder) DID() string { return h.did }

// DIDs are all DIDs that mean this key, did:key first.
func (h Holder) DIDs() []string { return []string{h.did, h.jwk} }

// Key is the public half as the rest of the program knows keys.
func (h Holder) Key() jose.Key { return jose.Key{Public: h.Public()} }

// JWK is the public half with the members its type requires.
func (h Holder) JWK() map[string]any { return h.Key().JWK() }

// Thumbprint is the key's SHA-256 thumbprint (RFC 7638).
func (h Holder) Thumbprint() string { return h.Key().Thumbprint() }
