package envelope

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/xmlsig"
	"github.com/cairnwallet/cairn/verify/xmltree"
)

var _ = register(envelope{name: "xml", claims: claimsEuropass, open: openEuropass})

// Europass is the root element of European credentials of the years before 2022
// (Europass Learning Model 2), and the one member of the document this package
// makes of them.
const Europass = "europassCredential"

// claimsEuropass tells a European credential in XML, or a presentation of some, by
// its root. One with a document type is left to be refused.
func claimsEuropass(b []byte) bool {
	if len(b) == 0 || b[0] != '<' {
		return false
	}
	p, ok := lookXML(b)
	return ok && !p.dtd && (p.root == Europass || p.root == "verifiablePresentation")
}

func openEuropass(l *load, b []byte) ([]*Opened, error) {
	d, err := xmltree.Parse(b)
	if err != nil {
		return nil, xmlFault(err, b)
	}
	if d.Root.Local == Europass {
		return l.one(l.europass(d, b))
	}
	return l.europassShown(d, b)
}

// xmlFault puts an error of package xmltree into words.
func xmlFault(err error, b []byte) error {
	line, column := 1, 1
	var e *xmltree.Error
	if errors.As(err, &e) {
		line, column = e.Place(b)
	}
	switch {
	case errors.Is(err, xmltree.ErrDTD):
		return fault.Wrap(err, "input.dtd")
	case errors.Is(err, xmltree.ErrCut):
		return fault.Wrap(err, "input.truncated", "line", fmt.Sprint(line))
	case errors.Is(err, xmltree.ErrEncoding):
		return fault.Wrap(err, "input.encoding", "line", fmt.Sprint(line))
	case errors.Is(err, xmltree.ErrTooLarge):
		return fault.Wrap(err, "input.too-many-parts", "limit", fmt.Sprint(xmltree.MaxNodes))
	}
	return fault.Wrap(err, "input.not-json", "line", fmt.Sprint(line), "column", fmt.Sprint(column))
}

// europass opens one credential. What is read is the root without any signature in
// it, which is what a seal over the whole document protects: both are taken from the
// same tree, so no other reader can have seen something else.
func (l *load) europass(d *xmltree.Document, raw []byte) (*Opened, error) {
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: raw, Sealed: raw, Form: "xml", Doc: vc.Doc{Europass: members(d.Root)}}
	seals, err := xmlsig.In(d)
	if err != nil {
		o.flaw(true, "shape.proofs-too-many", "proof")
	}
	for _, s := range seals {
		o.Proofs = append(o.Proofs, vc.Proof{Suite: "xades", Created: s.Time, Doc: vc.Doc{"type": "xades", "id": s.ID, "method": s.Method}})
	}
	return o, nil
}

// europassShown opens a presentation, which the Europass site makes of credentials
// that are shared. It says itself that they were checked; that is not believed.
// Each credential is written out as the document it was before.
func (l *load) europassShown(d *xmltree.Document, raw []byte) ([]*Opened, error) {
	shown := d.Root.All("*", Europass)
	if len(shown) == 0 {
		return nil, fault.New("input.xml")
	}
	o := &Opened{Raw: raw, Sealed: raw, Form: "xml", Presentation: true, Doc: vc.Doc{ // as JSON would have it
		"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"},
	}}
	for _, e := range shown {
		alone, err := xmltree.Canon{Exclusive: true, Comments: true}.Element(e)
		if err != nil {
			return nil, xmlFault(err, raw)
		}
		inner, err := xmltree.Parse(alone)
		if err != nil {
			return nil, xmlFault(err, alone)
		}
		c, err := l.europass(inner, alone)
		if err != nil {
			return nil, err
		}
		o.Inside = append(o.Inside, c)
	}
	return []*Opened{o}, nil
}

// members writes an element as JSON has it: attributes as members that begin with
// @, elements inside by their local names, text beside these as #text, and a text
// alone as just that. Signatures are left out.
func members(e *xmltree.Element) any {
	m := vc.Doc{}
	for _, a := range e.Attrs {
		if _, taken := m["@"+a.Local]; !taken || a.Space == "" {
			m["@"+a.Local] = a.Value
		}
	}
	names := map[string][]any{}
	for _, in := range e.Elements() {
		if !in.Is(xmlsig.DSig, "Signature") {
			names[in.Local] = append(names[in.Local], members(in))
		}
	}
	for name, all := range names {
		m[name] = slices.Clip(all)
		if len(all) == 1 {
			m[name] = all[0]
		}
	}
	text := e.Text()
	if len(m) == 0 {
		return text
	}
	if text != "" {
		m["#text"] = text
	}
	return m
}
