package vocab

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// legalIdentifiers are the members by which an Organisation says which one it is.
var legalIdentifiers = []string{"registration", "vatIdentifier", "taxIdentifier", "eIDASIdentifier"}

// organisation reads an Organisation: its legal name, in other languages too, and
// its numbers in the registers of its country.
func (e *edc) organisation(m vc.Doc, id string) vc.Party {
	p := vc.Party{
		ID: id, URL: text(first(m["homepage"])["contentURL"]), Image: vc.Image{URL: media(first(m["logo"]))},
		Name:  firstOf(e.notes(m["legalName"]), e.notes(m["prefLabel"]), e.notes(m["altLabel"])),
		Email: mailbox(m),
	}
	for _, name := range []string{"legalName", "prefLabel", "altLabel"} {
		p.Names = append(p.Names, spoken(m[name])...)
	}
	for _, name := range legalIdentifiers {
		for _, i := range envelope.Objects(m[name]) {
			p.Identifiers = append(p.Identifiers, legalIdentifier(name, i))
		}
	}
	for _, i := range envelope.Objects(m["identifier"]) {
		if hasType(i, "LegalIdentifier") {
			p.Identifiers = append(p.Identifiers, legalIdentifier("identifier", i))
		}
	}
	if webAddress(id) == "" {
		p.ID = firstOf(semantic(p.Identifiers), id)
	}
	return p
}

// semantic writes an organisation's number with its register and country in one
// word (ETSI EN 319 412-1, section 5.1.4), for those whose id means something
// inside the document only.
func semantic(ids []vc.Identifier) string {
	for _, i := range ids {
		scheme := map[string]string{"vatIdentifier": "VAT", "registration": "NTR"}[i.Type]
		if scheme != "" && len(i.Country) == 2 && i.Value != "" {
			return scheme + i.Country + "-" + i.Value
		}
	}
	return ""
}

// legalIdentifier reads a number and the country whose register it is from.
func legalIdentifier(kind string, m vc.Doc) vc.Identifier {
	out := vc.Identifier{Type: kind, Value: strings.TrimSpace(scalar(m["notation"]))}
	if spatial := id(m["spatial"]); spatial != "" {
		out.Country = shortCode(countryCodes, spatial)
	}
	return out
}

// person reads the learner: a name, an address for messages, a national number.
func (e *edc) person(m vc.Doc) vc.Party {
	p := vc.Party{ID: webAddress(text(m["id"])), Email: mailbox(m)}
	p.Name = firstOf(e.notes(m["fullName"]), strings.TrimSpace(e.notes(m["givenName"])+" "+e.notes(m["familyName"])), e.notes(m["birthName"]))
	if p.Email != "" {
		p.Identifiers = append(p.Identifiers, vc.Identifier{Type: "emailAddress", Value: p.Email})
	}
	for _, i := range envelope.Objects(m["nationalID"]) {
		p.Identifiers = append(p.Identifiers, legalIdentifier("nationalID", i))
	}
	return p
}

func mailbox(m vc.Doc) string {
	for _, contact := range envelope.Objects(m["contactPoint"]) {
		for _, box := range listed(contact["emailAddress"]) {
			if address, ok := strings.CutPrefix(id(box), "mailto:"); ok {
				return address
			}
		}
	}
	return ""
}

// country gives the country of an organisation, by its own label, else its code.
func (e *edc) country(m vc.Doc) string {
	for _, place := range envelope.Objects(m["location"]) {
		for _, a := range envelope.Objects(place["address"]) {
			if c := first(a["countryCode"]); c != nil {
				return firstOf(e.notes(c["prefLabel"]), shortCode(countryCodes, text(c["id"])))
			}
		}
	}
	return ""
}

// pictures are the media types of the file types that can be drawn.
var pictures = map[string]string{"PNG": "image/png", "JPEG": "image/jpeg", "JPG": "image/jpeg", "GIF": "image/gif", "SVG": "image/svg+xml"}

// media gives a MediaObject as a data: URL, or the address of its content; empty
// for what is no picture.
func media(m vc.Doc) string {
	kind := id(m["contentType"])
	kind = pictures[strings.ToUpper(kind[strings.LastIndexByte(kind, '/')+1:])]
	content := text(m["content"])
	if content == "" || kind == "" || !slices.Contains([]string{"", "base64"}, encodingOf(m)) {
		return text(m["contentURL"])
	}
	return "data:" + kind + ";base64," + content
}

// encodingOf names the encoding of a MediaObject's content: base64 is the only one
// the code list has beside plain text.
func encodingOf(m vc.Doc) string {
	c := first(m["contentEncoding"])
	if text(c["id"]) == "http://data.europa.eu/snb/encoding/6146cde7dd" {
		return "base64"
	}
	return strings.ToLower(tongues{}.notes(c["prefLabel"]))
}
