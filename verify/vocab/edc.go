package vocab

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// EDC is the kind of European Digital Credentials for Learning.
const EDC = "edc"

var _ = register(vocabulary{kind: EDC, claims: isEDC, read: readEDC})

// isEDC tells a European Digital Credential (European Learning Model 3) by its
// type. Its context is named in several ways, by test systems among them. Older ones
// are XML.
func isEDC(c *vc.Credential) bool {
	_, older := olderEDC(c.Doc)
	return older || hasType(c.Doc, "EuropeanDigitalCredential") && !isOB3(c) && !hasType(c.Doc, "ClrCredential", "VerifiablePresentation")
}

// edc is one European Digital Credential being read.
type edc struct {
	*reader
	tongues
	subject vc.Doc
}

// readEDC reads a credential of the European Learning Model 3. Texts are taken in
// the languages of the person, then in the one the credential was written in.
func readEDC(r *reader) {
	if root, older := olderEDC(r.c.Doc); older {
		readOlderEDC(r, root)
		return
	}
	r.modelShape()
	r.elm().shape(first(r.c.Doc["displayParameter"]))
}

// elm reads a document that is written in the European Learning Model 3.
func (r *reader) elm() *edc {
	r.model()
	shown := first(r.c.Doc["displayParameter"])
	e := &edc{reader: r, tongues: r.with(shown), subject: first(r.c.Doc["credentialSubject"])}
	r.c.Issuer = e.organisation(first(r.c.Doc["issuer"]), id(r.c.Doc["issuer"]))
	r.c.Subject = e.person(e.subject)
	e.achievements()
	e.display(shown)
	e.evidence()
	return e
}

// with adds the language the credential was written in to those that are wanted:
// it comes after English, which more people read than any other.
func (t tongues) with(shown vc.Doc) tongues {
	t = append(slices.Clone(t), vc.English)
	if own := id(shown["primaryLanguage"]); own != "" {
		t = append(t, strings.ToLower(shortCode(languageCodes, own)))
	}
	return t
}

// display reads how the credential wants to be shown: its title, and the rendered
// pages, of which the first in a wanted language is its picture.
func (e *edc) display(shown vc.Doc) {
	c := e.c
	c.Name = firstOf(e.notes(shown["title"]), c.Badge.Name, c.Name, "Credential")
	c.Badge.Name = firstOf(c.Badge.Name, c.Name)
	c.Badge.Description = firstOf(c.Badge.Description, e.notes(shown["description"]))
	c.Badge.Image = vc.Image{}
	var tags []string
	var pages []vc.Doc
	for _, d := range envelope.Objects(shown["individualDisplay"]) {
		if page := firstPage(d); page != nil {
			tags, pages = append(tags, shortCode(languageCodes, id(d["language"]))), append(pages, page)
		}
	}
	if i := vc.Languages(e.tongues).Of(tags); i >= 0 {
		c.Badge.Image.URL = media(first(pages[i]["image"]))
	}
}

func firstPage(display vc.Doc) vc.Doc {
	var best vc.Doc
	for _, p := range envelope.Objects(display["displayDetail"]) {
		if best == nil || scalar(p["page"]) == "1" {
			best = p
		}
	}
	return best
}

// evidence reads what the credential rests on: a mandate, an accreditation.
func (e *edc) evidence() {
	e.c.Badge.Evidence = nil
	for _, m := range envelope.Objects(e.c.Doc["evidence"]) {
		accreditation := first(m["accreditation"])
		e.c.Badge.Evidence = append(e.c.Badge.Evidence, vc.Evidence{
			ID: webAddress(text(m["id"])), Name: firstOf(e.notes(m["dcType"]), e.notes(accreditation)),
			Description: firstOf(e.notes(m["evidenceStatement"]), e.notes(accreditation["description"])),
			Narrative:   e.notes(accreditation), Genre: e.notes(accreditation["dcType"]),
		})
	}
}

// shape remarks on what the application profile of European Digital Credentials
// requires (edc-ap, mandatory properties) beyond the data model: without it there
// is little to show, but nothing is in doubt.
func (e *edc) shape(shown vc.Doc) {
	for _, name := range []string{"credentialProfiles", "displayParameter", "validFrom"} {
		if e.c.Doc[name] == nil {
			e.flaw(false, "shape.member-missing", name)
		}
	}
	if shown != nil && shown["title"] == nil {
		e.flaw(false, "shape.member-missing", "displayParameter.title")
	}
	if issuer := first(e.c.Doc["issuer"]); issuer != nil && issuer["legalName"] == nil {
		e.flaw(false, "shape.member-missing", "issuer.legalName")
	}
	if e.subject != nil && e.subject["hasClaim"] == nil {
		e.flaw(false, "shape.member-missing", "credentialSubject.hasClaim")
	}
}

// webAddress keeps an id that leads somewhere; others mean something inside the
// document only, such as "urn:epass:qualification:1", which many documents have.
func webAddress(s string) string {
	if strings.HasPrefix(s, "urn:epass:") || strings.HasPrefix(s, "_:") {
		return ""
	}
	return s
}
