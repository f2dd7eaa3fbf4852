package sdjwt

import (
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// TypKB is the type a key binding token has to state (section 4.3).
const TypKB = "kb+jwt"

// Binding is what a key binding token says. Purpose and Expires are claims of
// Cairn and of RFC 7519; the others are those of section 4.3, which must be there.
type Binding struct {
	Typ      string
	Audience string
	Nonce    string
	Purpose  string
	Hash     string // sd_hash as written
	IssuedAt time.Time
	Expires  time.Time // zero when it never ends

	NotBefore time.Time // it is not good before (RFC 7519); zero when not stated
}

// ErrNoBinding says that there is no key binding to read.
var ErrNoBinding = errors.New("SD-JWT has no key binding")

// Digest gives the value sd_hash has to have for an SD-JWT without its key
// binding, the last tilde included (section 4.3.1). alg is the SD-JWT's Hash.
func Digest(text, alg string) (string, error) {
	h, ok := hashes[alg]
	if !ok {
		return "", ErrHash
	}
	return h.of(text), nil
}

// Bind appends a key binding to text, an SD-JWT as Present gives it. header must
// name the signer's alg; typ is set here. Typ and Hash of b are not looked at.
func Bind(text string, b Binding, header map[string]any, signer crypto.Signer) (string, error) {
	s, err := Parse(text)
	if err != nil {
		return "", err
	}
	if s.KB != nil || !strings.HasSuffix(text, "~") {
		return "", fmt.Errorf("%w: it has one already", ErrKeyBinding)
	}
	digest, err := Digest(s.Text, s.Hash)
	if err != nil {
		return "", err
	}
	claims := map[string]any{"iat": b.IssuedAt.Unix(), "aud": b.Audience, "nonce": b.Nonce, "sd_hash": digest}
	if !b.Expires.IsZero() {
		claims["exp"] = b.Expires.Unix()
	}
	if b.Purpose != "" {
		claims["purpose"] = b.Purpose
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	h := map[string]any{}
	for k, v := range header {
		h[k] = v
	}
	h["typ"] = TypKB
	kb, err := jose.Sign(h, payload, signer)
	if err != nil {
		return "", fmt.Errorf("sign key binding: %w", err)
	}
	return text + kb, nil
}

// Binding reads the key binding token. It judges nothing: whether the token's
// signature, hash, audience, nonce and dates are right is for the caller.
func (s *SDJWT) Binding() (Binding, error) {
	if s.KB == nil {
		return Binding{}, ErrNoBinding
	}
	claims, err := strict.Object(s.KB.Payload)
	if err != nil {
		return Binding{}, fmt.Errorf("%w: %w", ErrKeyBinding, err)
	}
	for _, name := range []string{"iat", "aud", "nonce", "sd_hash"} {
		if _, stated := claims[name]; !stated {
			return Binding{}, fmt.Errorf("%w: %s is missing", ErrKeyBinding, name)
		}
	}
	b := Binding{Typ: s.KB.Typ}
	for name, to := range map[string]*string{"nonce": &b.Nonce, "purpose": &b.Purpose, "sd_hash": &b.Hash, "aud": &b.Audience} {
		if v, stated := claims[name]; stated {
			var ok bool
			if *to, ok = v.(string); !ok {
				return Binding{}, fmt.Errorf("%w: %s is not a text", ErrKeyBinding, name)
			}
		}
	}
	for name, to := range map[string]*time.Time{"iat": &b.IssuedAt, "exp": &b.Expires, "nbf": &b.NotBefore} {
		if v, stated := claims[name]; stated {
			var ok bool
			if *to, ok = numericDate(v); !ok {
				return Binding{}, fmt.Errorf("%w: %s is not a time", ErrKeyBinding, name)
			}
		}
	}
	return b, nil
}

// HashHolds says whether the key binding was made for exactly these disclosures.
func (s *SDJWT) HashHolds(b Binding) bool {
	digest, err := Digest(s.Text, s.Hash)
	return err == nil && b.Hash == digest
}

// Confirmation gives the "cnf" claim, which names the holder's key (RFC 7800):
// a JWK under "jwk" or a key id under "kid". It is nil when there is none.
func (s *SDJWT) Confirmation() map[string]any {
	cnf, _ := s.claims["cnf"].(map[string]any)
	return cnf
}

// numericDate reads seconds since 1970 (RFC 7519, section 2), fractions dropped.
func numericDate(v any) (time.Time, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return time.Time{}, false
	}
	f, err := n.Float64()
	if err != nil || math.Abs(f) > 1<<40 {
		return time.Time{}, false
	}
	return time.Unix(int64(f), 0).UTC(), true
}
