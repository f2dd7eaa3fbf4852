package jades

import (
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"

	"github.com/cairnwallet/cairn/verify/jose"
)

// otherHash says whether x5t#o (section 5.2.2) or the first entry of sigX5ts
// (section 5.2.3), which name the certificate by another hash than SHA-256, name a
// different one. A hash that is not known can't be compared and says nothing: the
// certificate itself is protected by the signature.
func otherHash(c *x509.Certificate, header map[string]any) bool {
	named := []any{header["x5t#o"]}
	if list, ok := header["sigX5ts"].([]any); ok && len(list) > 0 {
		named = append(named, list[0])
	}
	for _, v := range named {
		if v != nil && !names(v, c) {
			return true
		}
	}
	return false
}

func names(v any, c *x509.Certificate) bool {
	m, _ := v.(map[string]any)
	want, _ := m["digVal"].(string)
	switch m["digAlg"] {
	case "S256":
		h := sha256.Sum256(c.Raw)
		return want == jose.Encode64(h[:])
	case "S384":
		h := sha512.Sum384(c.Raw)
		return want == jose.Encode64(h[:])
	case "S512":
		h := sha512.Sum512(c.Raw)
		return want == jose.Encode64(h[:])
	}
	return m != nil
}
