package sdjwt

import (
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding/base64"
)

// hashes by their names in the IANA registry of named information (RFC 9901,
// section 4.1.1). All are strong; no other is accepted.
var hashes = map[string]func([]byte) []byte{
	"sha-256":  func(b []byte) []byte { h := sha256.Sum256(b); return h[:] },
	"sha-384":  func(b []byte) []byte { h := sha512.Sum384(b); return h[:] },
	"sha-512":  func(b []byte) []byte { h := sha512.Sum512(b); return h[:] },
	"sha3-256": func(b []byte) []byte { h := sha3.Sum256(b); return h[:] },
	"sha3-384": func(b []byte) []byte { h := sha3.Sum384(b); return h[:] },
	"sha3-512": func(b []byte) []byte { h := sha3.Sum512(b); return h[:] },
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
