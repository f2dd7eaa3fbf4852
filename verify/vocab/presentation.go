package vocab

import "github.com/cairnwallet/cairn/verify/vc"

var _ = register(vocabulary{kind: Presentation, claims: isPresentation, read: readPresentation})

func isPresentation(c *vc.Credential) bool { return hasType(c.Doc, "VerifiablePresentation") }

// readPresentation reads a presentation as its own document: Issuer is the holder
// who signed it, Parts are the credentials shown (VCDM 1.1 section 4.10, 2.0
// section 4.13).
func readPresentation(r *reader) {
	c := r.c
	r.context()
	c.ID = text(c.Doc["id"])
	r.uri(true, c.Doc["id"], "id")
	c.Issuer = r.party(c.Doc["holder"])
	if v := c.Doc["holder"]; v != nil && !isURI(id(v)) {
		r.flaw(true, "shape.not-a-link", "holder")
	}
	r.tokenDates()
	c.Name = "Presentation"
}
