package envelope

import (
	"bytes"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(envelope{name: "baked-png", claims: claimsPNG, open: openPNG})

func claimsPNG(b []byte) bool { return bytes.HasPrefix(b, []byte(pngSignature)) }

// openPNG finds the badge in a picture by parsing its chunks, so that text that is
// compressed or happens to hold the keyword does not mislead it. A wrong CRC is
// remarked on and no more: old bakers wrote them.
func openPNG(l *load, b []byte) ([]*Opened, error) {
	all, err := chunks(b)
	found := bakedChunks(all)
	if len(found) == 0 {
		if err != nil {
			return nil, fault.Wrap(err, "input.picture-damaged")
		}
		return nil, fault.New("input.picture-empty")
	}
	text, textErr := found[0].text()
	if textErr != nil {
		return nil, fault.Wrap(textErr, "input.picture-damaged")
	}
	var notes []vc.Note
	if !found[0].crc {
		notes = append(notes, vc.Note{Code: "shape.png-crc"})
	}
	if len(found) > 1 {
		notes = append(notes, vc.Note{Code: "shape.baked-several"})
	}
	if err != nil {
		notes = append(notes, vc.Note{Code: "shape.png-cut"})
	}
	return l.baked("baked-png", b, text, notes)
}

// baked opens the text found in a picture. Every credential found keeps the whole
// picture as what was received.
func (l *load) baked(container string, picture, text []byte, notes []vc.Note) ([]*Opened, error) {
	text = tidy(text)
	if claimsPNG(text) || claimsSVG(text) {
		return nil, fault.New("input.picture-empty")
	}
	found, err := l.inPicture(text)
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		o.Raw, o.Form = picture, container+"+"+o.Form
		o.Notes = append(notes[:len(notes):len(notes)], o.Notes...)
	}
	return found, nil
}

// inPicture opens a text from a picture, which may be no more than an address.
func (l *load) inPicture(text []byte) ([]*Opened, error) {
	if link, ok := address(text); ok {
		return l.pointer(link)
	}
	return l.open(text)
}

// address tells a bare web address, as Open Badges 1.x put into pictures.
func address(b []byte) (string, bool) {
	s := string(bytes.TrimSpace(b[:min(len(b), 2049)]))
	if len(s) > 2048 || strings.ContainsAny(s, " \t\r\n<>{}\"") {
		return "", false
	}
	return s, strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}
