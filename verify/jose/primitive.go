package jose

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"errors"
	"math/big"
	"strings"
)

var errMismatch = errors.New("no match")

var hashes = map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}

// digest gives the hash that alg names and what it makes of signed (RFC 7518,
// section 3.1).
func digest(alg string, signed []byte) (crypto.Hash, []byte) {
	h := hashes[alg[2:]]
	w := h.New()
	w.Write(signed)
	return h, w.Sum(nil)
}

// salted demands a salt as long as the hash (RFC 7518, section 3.5).
func salted(h crypto.Hash) *rsa.PSSOptions {
	return &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: h}
}

// verifyRaw checks one signature over signed. alg is on the allow-list and fits
// pub, which is valid.
func verifyRaw(alg string, signed, signature []byte, pub crypto.PublicKey) error {
	switch k := pub.(type) {
	case ed25519.PublicKey:
		if ed25519.Verify(k, signed, signature) {
			return nil
		}
	case *ecdsa.PublicKey:
		_, sum := digest(alg, signed)
		half := (k.Params().BitSize + 7) / 8 // RFC 7518, section 3.4: r and s at full length
		if len(signature) != 2*half {
			return errMismatch
		}
		r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
		if ecdsa.Verify(k, sum, r, s) {
			return nil
		}
	case *rsa.PublicKey:
		h, sum := digest(alg, signed)
		if strings.HasPrefix(alg, "PS") {
			return rsa.VerifyPSS(k, h, sum, signature, salted(h))
		}
		return rsa.VerifyPKCS1v15(k, h, sum, signature)
	}
	return errMismatch
}

// signRaw makes one signature over signed, in the form JWS wants it. alg is on
// the allow-list and fits s.
func signRaw(alg string, signed []byte, s crypto.Signer) ([]byte, error) {
	switch k := s.Public().(type) {
	case ed25519.PublicKey:
		return s.Sign(rand.Reader, signed, crypto.Hash(0))
	case *ecdsa.PublicKey:
		h, sum := digest(alg, signed)
		der, err := s.Sign(rand.Reader, sum, h)
		if err != nil {
			return nil, err
		}
		return plain(der, (k.Params().BitSize+7)/8)
	}
	h, sum := digest(alg, signed)
	if strings.HasPrefix(alg, "PS") {
		return s.Sign(rand.Reader, sum, salted(h))
	}
	return s.Sign(rand.Reader, sum, h)
}

// plain turns an ECDSA signature in ASN.1 into r and s at full length.
func plain(der []byte, half int) ([]byte, error) {
	var n struct{ R, S *big.Int }
	if rest, err := asn1.Unmarshal(der, &n); err != nil || len(rest) > 0 {
		return nil, errors.New("signer gave no ECDSA signature")
	}
	out := make([]byte, 2*half)
	n.R.FillBytes(out[:half])
	n.S.FillBytes(out[half:])
	return out, nil
}
