package wallet

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// maxImage is the longest address of a picture that the index copies.
const maxImage = 500

// imageOf says where the picture of a credential is.
func imageOf(c *vc.Credential) string {
	at := c.Badge.Image.URL
	if _, baked := bakedType(c); baked || strings.HasPrefix(at, "data:") {
		return Embedded
	}
	if len(at) > maxImage {
		return ""
	}
	return at
}

// pictureOf gives the picture that travels with a credential: the one it is baked
// into, else the one written into it.
func pictureOf(c *vc.Credential) ([]byte, string) {
	if t, baked := bakedType(c); baked {
		return c.Raw, t
	}
	return dataURL(c.Badge.Image.URL)
}

func bakedType(c *vc.Credential) (mediaType string, baked bool) {
	switch {
	case strings.HasPrefix(c.Form, "baked-png"):
		return "image/png", true
	case strings.HasPrefix(c.Form, "baked-svg"):
		return "image/svg+xml", true
	}
	return "", false
}

// dataURL reads a picture from a data: URL (RFC 2397), forgiving spaces and
// missing padding in base64.
func dataURL(text string) ([]byte, string) {
	rest, ok := strings.CutPrefix(text, "data:")
	head, data, comma := strings.Cut(rest, ",")
	mediaType, params, _ := strings.Cut(head, ";")
	if !ok || !comma || !strings.HasPrefix(mediaType, "image/") {
		return nil, ""
	}
	plain, err := url.PathUnescape(data)
	if err != nil {
		return nil, ""
	}
	if !strings.HasSuffix(params, "base64") {
		return []byte(plain), mediaType
	}
	squeezed := strings.TrimRight(strings.Join(strings.Fields(plain), ""), "=")
	b, err := base64.RawStdEncoding.DecodeString(squeezed)
	if err != nil {
		return nil, ""
	}
	return b, mediaType
}
