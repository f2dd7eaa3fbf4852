package link

import (
	"bytes"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/pdf"
)

// isPicture tells a picture in which a QR code could be read by its first bytes.
func isPicture(b []byte) bool {
	for _, magic := range []string{"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a"} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return true
		}
	}
	return false
}

// fromPicture looks for codes in a picture that has no badge baked in. Where
// there is none, or none that leads anywhere, the words are those about the
// picture or about the code.
func fromPicture(picture []byte, noBadge error, inside int) ([]Found, error) {
	texts, err := qr.Decode(picture)
	if err != nil {
		if fault.Code(err) == "qr.none" {
			return nil, noBadge
		}
		return nil, err
	}
	return fromCodes(texts, inside)
}

// fromPDF looks for codes in the pictures of a PDF that has no badge attached.
func fromPDF(document []byte, noBadge error, inside int) ([]Found, error) {
	d := pdf.Read(document)
	if d.Encrypted() {
		return nil, noBadge
	}
	var texts []string
	for picture := range d.Pictures() {
		found, err := qr.Read(picture)
		if err == nil {
			texts = append(texts, found...)
		}
	}
	if len(texts) == 0 {
		return nil, noBadge
	}
	slices.Sort(texts)
	return fromCodes(slices.Compact(texts), inside)
}

// fromCodes looks at what codes say. One that leads nowhere counts only where
// no other leads anywhere.
func fromCodes(texts []string, inside int) ([]Found, error) {
	var out []Found
	var first error
	for _, text := range together(texts) {
		found, err := look([]byte(text), inside-1)
		if err != nil && first == nil {
			first = err
		}
		for _, f := range found {
			f.Code = true
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return nil, first
	}
	return out, nil
}

// together joins the codes that one token is spread over, a few letters each, as
// SMART Health Cards have it.
func together(texts []string) []string {
	var out, parts []string
	for _, text := range texts {
		if rest, ok := strings.CutPrefix(strings.ToLower(text), "shc:/"); ok && strings.Contains(rest, "/") {
			parts = append(parts, text)
		} else {
			out = append(out, text)
		}
	}
	if len(parts) > 0 {
		out = append(out, strings.Join(parts, "\n"))
	}
	return out
}
