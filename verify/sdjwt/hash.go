package sdjwt

import (
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/base64"
)

// hasher appends the hash of a text.
type hasher func(out, text []byte) []byte

// hashes by their names in the IANA registry of named information (RFC 9901,
// section 4.1.1). All are strong; no other is accepted.
var hashes = map[string]hasher{
	"sha-256":  func(out, b []byte) []byte { h := sha256.Sum256(b); return append(out, h[:]...) },
	"sha-384":  func(out, b []byte) []byte { h := sha512.Sum384(b); return append(out, h[:]...) },
	"sha-512":  func(out, b []byte) []byte { h := sha512.Sum512(b); return append(out, h[:]...) },
	"sha3-256": func(out, b []byte) []byte { h := sha3.Sum256(b); return append(out, h[:]...) },
	"sha3-384": func(out, b []byte) []byte { h := sha3.Sum384(b); return append(out, h[:]...) },
	"sha3-512": func(out, b []byte) []byte { h := sha3.Sum512(b); return append(out, h[:]...) },
}

// of gives the digest of a text as it is written.
func (h hasher) of(text string) string { return encode(h(nil, []byte(text))) }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
