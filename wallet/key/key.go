// Package key makes holder keys.
package key

import (
	"crypto"
	"io"
)

// Holder is one of the learner's keys.
type Holder struct{}

// Public gives the public half.
func (h Holder) Public() crypto.PublicKey { return nil }

// Sign signs.
func (h Holder) Sign(rand io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return nil, nil
}

// Alg is the JOSE algorithm: EdDSA or ES256.
func (h Holder) Alg() string { return "" }

// Label is the derivation label.
func (h Holder) Label() string { return "" }

// DID is the key as a did:key.
func (h Holder) DID() string { return "" }

// DIDs are all names of the key: did:key and did:jwk.
func (h Holder) DIDs() []string { return nil }

// JWK is the public half as a JWK.
func (h Holder) JWK() map[string]any { return nil }

// Thumbprint is the RFC 7638 thumbprint.
func (h Holder) Thumbprint() string { return "" }

// Ring derives keys.
type Ring struct{}
