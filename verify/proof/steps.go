package proof

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/asn1"
	"errors"
	"fmt"
	"maps"
	"math/big"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/multi"
)

// The steps a suite is made of.
type (
	canonical func(ctx context.Context, doc map[string]any, h crypto.Hash) (text []byte, uncovered []string, err error)
	hashOf    func(pub crypto.PublicKey) crypto.Hash
	encoding  struct {
		encode func([]byte) string
		decode func(string) ([]byte, error)
	}
	scheme struct {
		check func(key jose.Key, h crypto.Hash, message, sig []byte) error
		sign  func(s crypto.Signer, h crypto.Hash, message []byte) ([]byte, error)
	}
)

// configuration gives the options of a proof as a document of their own: all of
// the proof but its value, in the context of the secured document (VC-DI-EDDSA,
// section 3.2.5, step 5). A context of the proof's own has no say.
func (s Suite) configuration(doc, proof map[string]any) map[string]any {
	c := maps.Clone(proof)
	delete(c, s.member)
	if s.own {
		return c
	}
	delete(c, "@context")
	if v, ok := doc["@context"]; ok {
		c["@context"] = v
	}
	return c
}

// proofValue is where suites from 2020 on keep the signature.
const proofValue = "proofValue"

func sum(h crypto.Hash, b []byte) []byte {
	d := h.New()
	d.Write(b)
	return d.Sum(nil)
}

// rdfc is RDFC-1.0 over the statements of a JSON-LD document.
var rdfc canonical = canon.Canonical

// ed25519Hash: SHA-256 with Ed25519 keys.
func ed25519Hash(pub crypto.PublicKey) crypto.Hash {
	if k, ok := pub.(ed25519.PublicKey); ok && len(k) == ed25519.PublicKeySize {
		return crypto.SHA256
	}
	return 0
}

// nistHash: SHA-256 with P-256 and SHA-384 with P-384 (VC-DI-ECDSA, section 3.2),
// the hash inside the canonicalisation included.
func nistHash(pub crypto.PublicKey) crypto.Hash {
	if k, ok := pub.(*ecdsa.PublicKey); ok && k != nil {
		switch k.Curve {
		case elliptic.P256():
			return crypto.SHA256
		case elliptic.P384():
			return crypto.SHA384
		}
	}
	return 0
}

// base58 writes proof values as multibase with base58btc and no other base, as
// these suites demand.
var base58 = encoding{
	encode: multi.Encode,
	decode: func(s string) ([]byte, error) {
		if s == "" || s[0] != 'z' {
			return nil, fmt.Errorf("%w: its value is not in base58btc", ErrMalformed)
		}
		b, err := multi.Base58Decode(s[1:])
		if err != nil {
			return nil, fmt.Errorf("%w: its value: %w", ErrMalformed, err)
		}
		return b, nil
	},
}

// base64url writes proof values as multibase with base64url and no other base.
var base64url = encoding{
	encode: multi.EncodeURL,
	decode: func(s string) ([]byte, error) {
		if s == "" || s[0] != 'u' {
			return nil, fmt.Errorf("%w: its value is not in base64url", ErrMalformed)
		}
		b, err := multi.Decode(s)
		if err != nil {
			return nil, fmt.Errorf("%w: its value: %w", ErrMalformed, err)
		}
		return b, nil
	},
}

var errLength = fmt.Errorf("%w: its value has the wrong length", ErrMalformed)

// eddsa is Ed25519 (RFC 8032, section 5.1).
var eddsa = scheme{
	check: func(key jose.Key, _ crypto.Hash, message, sig []byte) error {
		k, ok := key.Public.(ed25519.PublicKey)
		switch {
		case !ok || len(k) != ed25519.PublicKeySize:
			return ErrKey
		case len(sig) != ed25519.SignatureSize:
			return errLength
		case !ed25519.Verify(k, message, sig):
			return ErrSignature
		}
		return nil
	},
	sign: func(s crypto.Signer, _ crypto.Hash, message []byte) ([]byte, error) {
		return s.Sign(nil, message, crypto.Hash(0))
	},
}

// nist is ECDSA over the curve of the key, r and s side by side (IEEE P1363).
var nist = scheme{
	check: func(key jose.Key, h crypto.Hash, message, sig []byte) error {
		return checkECDSA(key.Public, h, message, sig)
	},
	sign: signECDSA,
}

func checkECDSA(pub crypto.PublicKey, h crypto.Hash, message, sig []byte) error {
	k, ok := pub.(*ecdsa.PublicKey)
	if !ok {
		return ErrKey
	}
	size := (k.Params().BitSize + 7) / 8
	if len(sig) != 2*size {
		return errLength
	}
	r, s := new(big.Int).SetBytes(sig[:size]), new(big.Int).SetBytes(sig[size:])
	if !ecdsa.Verify(k, sum(h, message), r, s) {
		return ErrSignature
	}
	return nil
}

func signECDSA(signer crypto.Signer, h crypto.Hash, message []byte) ([]byte, error) {
	k, ok := signer.Public().(*ecdsa.PublicKey)
	if !ok {
		return nil, ErrKey
	}
	der, err := signer.Sign(nil, sum(h, message), h) // no randomness: RFC 6979
	if err != nil {
		return nil, err
	}
	return sideBySide(der, (k.Params().BitSize+7)/8)
}

// sideBySide turns an ASN.1 signature into r and s of equal size.
func sideBySide(der []byte, size int) ([]byte, error) {
	r, s, ok := parseDER(der)
	if !ok || r.BitLen() > 8*size || s.BitLen() > 8*size {
		return nil, errors.New("signer made no ECDSA signature")
	}
	out := make([]byte, 2*size)
	r.FillBytes(out[:size])
	s.FillBytes(out[size:])
	return out, nil
}

func parseDER(der []byte) (r, s *big.Int, ok bool) {
	var pair struct{ R, S *big.Int }
	rest, err := asn1.Unmarshal(der, &pair)
	if err != nil || len(rest) > 0 || pair.R.Sign() <= 0 || pair.S.Sign() <= 0 {
		return nil, nil, false
	}
	return pair.R, pair.S, true
}
