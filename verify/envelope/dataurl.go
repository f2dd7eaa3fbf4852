package envelope

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

var _ = register(envelope{name: "data-url", claims: claimsData, open: openData})

// claimsData tells a text that is one data: URL (RFC 2397).
func claimsData(b []byte) bool {
	return len(b) > 5 && strings.EqualFold(string(b[:5]), "data:") && !claimsTar(b)
}

// openData opens what a data: URL holds. What that is, its content says: media
// types are written in several ways.
func openData(l *load, b []byte) ([]*Opened, error) {
	inner, err := DataURL(string(b))
	if err != nil {
		return nil, fault.Wrap(err, "input.envelope")
	}
	return l.open(tidy(inner))
}

// DataURL gives the content of a data: URL, whatever type it claims.
func DataURL(s string) ([]byte, error) {
	head, body, ok := strings.Cut(s, ",")
	if !ok || len(head) < 5 || !strings.EqualFold(head[:5], "data:") {
		return nil, errEnvelope
	}
	return dataBody(head[5:], body)
}

// dataBody decodes the part after the comma: base64 in either alphabet, padded or
// not, or text with escapes. Space in base64 comes from wrapped lines.
func dataBody(head, body string) ([]byte, error) {
	if !strings.HasSuffix(strings.ToLower(head), ";base64") {
		s, err := url.PathUnescape(body)
		return []byte(s), err
	}
	if s, err := url.PathUnescape(body); err == nil {
		body = s
	}
	packed := bytes.Map(func(c rune) rune {
		if c < 0x80 && isSpace(byte(c)) {
			return -1
		}
		return c
	}, []byte(strings.TrimRight(body, "= \t\r\n")))
	if bytes.ContainsAny(packed, "-_") {
		return base64.RawURLEncoding.AppendDecode(nil, packed)
	}
	return base64.RawStdEncoding.AppendDecode(nil, packed)
}
