package vocab

import (
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
			r.endorse(about, r.part(doc, "endorsement"))
		}
	}
	for _, v := range listed(m["endorsementJwt"]) {
		r.endorse(about, r.part(v, "endorsementJwt"))
	}
}

func (r *reader) endorse(about string, p *vc.Credential) {
	if p == nil {
		return
	}
	comment := ""
	for _, s := range envelope.Objects(p.Doc["credentialSubject"]) {
		comment = firstOf(comment, words(s["endorsementComment"]))
	}
	r.c.Badge.Endorsements = append(r.c.Badge.Endorsements, vc.Endorsement{About: about, By: p.Issuer, Comment: comment})
}
