package link

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// fromData looks into a data: address (RFC 2397). What it holds is told by its
// content, not by the type it claims.
func fromData(text string, inside int) ([]Found, error) {
	head, body, ok := strings.Cut(text, ",")
	if !ok {
		return nil, fault.New("link.broken")
	}
	var b []byte
	var err error
	if strings.HasSuffix(strings.ToLower(head), ";base64") {
		b, err = decode(body)
	} else {
		body, err = url.PathUnescape(body)
		b = []byte(body)
	}
	if err != nil {
		return nil, fault.Wrap(err, "link.broken")
	}
	return look(b, inside-1)
}

// decode reads base64 in either alphabet, padded or not.
func decode(s string) ([]byte, error) {
	s = strings.TrimRight(s, "=")
	if strings.ContainsAny(s, "-_") {
		return base64.RawURLEncoding.DecodeString(s)
	}
	return base64.RawStdEncoding.DecodeString(s)
}
