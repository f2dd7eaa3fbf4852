package vocab

import (
	"slices"

	"github.com/cairnwallet/cairn/verify/vc"
)

// Again reads c once more with another document in the place of its own, such as
// the one its issuer publishes now. What the envelope remarked on stays; c is not
// changed.
func Again(c *vc.Credential, doc vc.Doc) *vc.Credential {
	before := &vc.Credential{Languages: c.Languages, Form: c.Form, Doc: c.Doc, Proofs: c.Proofs}
	Read(before)
	out := &vc.Credential{Languages: c.Languages, Raw: c.Raw, Sealed: c.Sealed, Form: c.Form, Doc: doc, Proofs: c.Proofs, Notes: slices.Clone(c.Notes)}
	out.Shape = slices.DeleteFunc(slices.Clone(c.Shape), func(f vc.Flaw) bool { return slices.Contains(before.Shape, f) })
	Read(out)
	return out
}
