package vocab

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(vocabulary{kind: CLR2, claims: isCLR2, read: readCLR2})

// isCLR2: the type, and a context of CLR 2.0, any version, the public draft's
// included, which has the same terms.
func isCLR2(c *vc.Credential) bool {
	if !hasType(c.Doc, "ClrCredential") || hasType(c.Doc, "VerifiablePresentation") {
		return false
	}
	return slices.ContainsFunc(envelope.Strings(c.Doc["@context"]), func(s string) bool {
		return strings.HasPrefix(s, "https://purl.imsglobal.org/spec/clr/v2p0/context") ||
			strings.HasPrefix(s, "https://dc.imsglobal.org/draft/clr/v2p0/context")
	})
}

// readCLR2 reads a ClrCredential (CLR 2.0, sections B.1.4 and B.1.5): the record
// itself, the credentials inside, each a part of its own, the achievements it names
// without a credential, and how all of these belong together.
func readCLR2(r *reader) {
	c := r.c
	r.ims()
	c.Name = firstOf(c.Name, "Learner record")
	c.Badge.Name, c.Badge.Type = c.Name, "Learner record"
	subject := first(c.Doc["credentialSubject"])
	t := &tangle{at: map[string]int{}}
	for _, v := range listed(subject["verifiableCredential"]) {
		place := len(c.Parts)
		if p := r.part(v, "credentialSubject.verifiableCredential"); p != nil {
			t.add(vc.Node{ID: p.ID, Name: p.Name, Part: place}, p.Badge.AchievementID)
		}
	}
	for _, a := range envelope.Objects(subject["achievement"]) {
		r.claimed(a, t)
	}
	c.Record.Partial, _ = c.Doc["partial"].(bool)
	c.Record.Roots = t.tree(envelope.Objects(subject["association"]))
	c.Record.Dangling, c.Record.Circular = t.dangling, t.circular
	r.recordShape(subject)
}

// claimed reads an achievement that the record names by itself. One that a
// credential inside is about says nothing new.
func (r *reader) claimed(a vc.Doc, t *tangle) {
	id := text(a["id"])
	if _, known := t.at[id]; known && id != "" {
		return
	}
	if *r.left--; *r.left < 0 {
		r.flaw(false, "shape.inside-unread", "credentialSubject.achievement")
		return
	}
	about := &reader{c: &vc.Credential{Doc: vc.Doc{}}, depth: r.depth, left: r.left}
	about.achievement(a, nil)
	r.c.Record.Claimed = append(r.c.Record.Claimed, about.c.Badge)
	t.add(vc.Node{ID: id, Name: about.c.Badge.Name, Part: -len(r.c.Record.Claimed)}, id)
}

// recordShape remarks on what CLR 2.0 requires beyond the data model (section
// B.1.5). Records without a credential inside are about, and lose nothing by it.
func (r *reader) recordShape(subject vc.Doc) {
	if r.c.Doc["id"] == nil {
		r.flaw(false, "shape.member-missing", "id")
	}
	if subject == nil {
		return // remarked on already
	}
	if subject["verifiableCredential"] == nil {
		r.flaw(false, "shape.member-missing", "credentialSubject.verifiableCredential")
	}
	r.identifierShape(subject)
	if n := r.c.Record.Dangling; n > 0 {
		r.note("shape.record-dangling", n)
	}
	if r.c.Record.Circular {
		r.c.Notes = append(r.c.Notes, vc.Note{Code: "shape.record-circular"})
	}
}
