package link

import (
	"bytes"
	"image"
	"iter"
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

// fromPDF looks for codes in the pictures of a PDF that has no badge attached, and on
// its pages where a code is drawn without one.
func fromPDF(document []byte, noBadge error, inside int) ([]Found, error) {
	d := pdf.Read(document)
	if d.Encrypted() {
		return nil, noBadge
	}
	texts := codes(d.Pictures())
	if len(texts) == 0 {
		texts = codes(d.Pages())
	}
	if len(texts) == 0 {
		return nil, noBadge
	}
	return fromCodes(texts, inside)
}

// codes reads the codes in several pictures, each once and sorted.
func codes(pictures iter.Seq[image.Image]) []string {
	var texts []string
	for picture := range pictures {
		if found, err := qr.Read(picture); err == nil {
			texts = append(texts, found...)
		}
	}
	slices.Sort(texts)
	return slices.Compact(texts)
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
