package envelope

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(envelope{name: "baked-svg", claims: claimsSVG, open: openSVG})

func claimsSVG(b []byte) bool {
	p, ok := lookXML(b)
	return ok && p.root == "svg" && !p.subset
}

// badgeElement says which elements hold a badge: Open Badges 3.0 section 5.3.2.1
// ("credential") and Open Badges 2.0 ("assertion"). The namespace is written in
// several ways in real pictures, with the address of the context too, and some
// forget to declare the prefix.
func badgeElement(n xml.Name) bool {
	switch n.Space {
	case "https://purl.imsglobal.org/ob/v3p0", "https://purl.imsglobal.org/spec/ob/v3p0":
		return n.Local == "credential"
	case "http://openbadges.org", "https://openbadges.org":
		return n.Local == "assertion"
	case "openbadges":
		return n.Local == "credential" || n.Local == "assertion"
	}
	return false
}

const maxElements = 1 << 18

var errElements = errors.New("too many elements")

// element is a badge element of a picture and where it stands.
type element struct {
	name       xml.Name
	verify     string // the attribute: a compact token or, in old pictures, an address
	text       []byte // the content, usually CDATA
	start, end int64
}

// elements scans the picture for badge elements. Nothing is expanded: the caller
// has seen that there is no internal subset, and entities other than the five of
// XML are errors of the decoder.
func elements(b []byte) ([]element, error) {
	if bytes.Count(b, []byte("<")) > maxElements || bytes.Count(b, []byte("=")) > maxElements {
		return nil, errElements // before the decoder takes memory for all attributes of one
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	var out []element
	var open *element
	for {
		at := d.InputOffset()
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if open == nil && badgeElement(t.Name) {
				open = &element{name: t.Name, start: at, verify: attribute(t)}
			}
		case xml.CharData:
			if open != nil {
				open.text = append(open.text, t...)
			}
		case xml.EndElement:
			if open != nil && t.Name == open.name {
				open.end = d.InputOffset()
				out, open = append(out, *open), nil
			}
		}
	}
}

func attribute(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "verify" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

func openSVG(l *load, b []byte) ([]*Opened, error) {
	all, err := elements(b)
	if len(all) == 0 {
		if err != nil {
			return nil, fault.Wrap(err, "input.picture-damaged")
		}
		return nil, fault.New("input.picture-empty")
	}
	var notes []vc.Note
	if len(all) > 1 {
		notes = append(notes, vc.Note{Code: "shape.baked-several"})
	}
	// The attribute holds the signed form where there is one; the content is then
	// only a copy for readers that can't check signatures. Beside an address the
	// content is the badge, if it is one.
	first := all[0]
	link, hosted := address([]byte(first.verify))
	if first.verify != "" && !hosted {
		return l.baked("baked-svg", b, []byte(first.verify), notes)
	}
	found, err := l.baked("baked-svg", b, first.text, notes)
	if hosted && (fault.Code(err) == "input.no-credential" || fault.Code(err) == "input.empty") {
		return l.baked("baked-svg", b, []byte(link), notes)
	}
	return found, err
}
