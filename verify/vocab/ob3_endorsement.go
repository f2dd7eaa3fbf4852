package vocab

import (
	"slices"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// endorsements lists what others say about a badge, its issuer or its achievement
// (Open Badges 3.0, section B.1.9; "endorsementJwt" holds them as tokens). Each is
// a credential of its own and becomes a part, judged by itself.
func (r *reader) endorsements(about string, m vc.Doc) {
	for _, v := range listed(m["endorsement"]) {
		doc, ok := v.(map[string]any)
		if !ok {
			continue // an address of one: nothing to list, nothing to judge
		}
		if hasType(doc, "VerifiableCredential", "EndorsementCredential") {
			r.endorse(about, m, r.part(doc, "endorsement"))
		}
	}
	for _, v := range listed(m["endorsementJwt"]) {
		r.endorse(about, m, r.part(v, "endorsementJwt"))
	}
}

// meant says whether an endorsement that stands in m is about m, or this badge, its
// issuer or its subject. One without a subject's id says nothing else. Somebody's
// praise for another badge may be sound, and would still be borrowed here.
func (r *reader) meant(m vc.Doc, p *vc.Credential) bool {
	a := first(first(r.c.Doc["credentialSubject"])["achievement"])
	own := []string{"", text(m["id"]), r.c.ID, r.c.Issuer.ID, r.c.Subject.ID, text(a["id"])}
	return slices.Contains(own, p.Subject.ID)
}

func (r *reader) endorse(about string, m vc.Doc, p *vc.Credential) {
	if p == nil {
		return
	}
	if !r.meant(m, p) {
		r.flaw(false, "shape.endorsement-other", "endorsement")
	}
	comment := ""
	for _, s := range envelope.Objects(p.Doc["credentialSubject"]) {
		comment = firstOf(comment, r.words(s["endorsementComment"]))
	}
	r.c.Badge.Endorsements = append(r.c.Badge.Endorsements, vc.Endorsement{About: about, By: p.Issuer, Comment: comment})
}
