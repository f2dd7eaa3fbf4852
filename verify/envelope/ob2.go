package envelope

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
)

// The kinds of proof of an Open Badge of version 1 or 2 (Open Badges 2.0,
// VerificationObject): kept at an address of the issuer, or signed with a key the
// issuer's profile names.
const (
	Hosted    = "hosted"
	BadgeJWS  = "badge-jws"
	signedOld = "signed" // the alias of SignedBadge, and its name in version 1
)

// IsOpenBadge tells an Open Badge of version 0.5 to 2.1: an award by its type
// (2.0, 1.1) or its members, an endorsement, or no more than the address of one.
// Blockcerts have the same members and a proof of their own, so they are not.
func IsOpenBadge(m vc.Doc) bool {
	if m["credentialSubject"] != nil || m["proof"] != nil || m["signature"] != nil || m["receipt"] != nil || contextHas(m, "blockcerts") {
		return false
	}
	types := Strings(m["type"])
	switch {
	case slices.Contains(types, "Assertion"):
		return true
	case slices.Contains(types, "Endorsement"):
		return m["claim"] != nil
	}
	return m["badge"] != nil && m["recipient"] != nil || AddressOnly(m)
}

// AddressOnly says whether a document is no more than where an award is kept, as
// old pictures hold it.
func AddressOnly(m vc.Doc) bool {
	return m["badge"] == nil && m["recipient"] == nil && m["claim"] == nil && HostedAt(m) != "" && m["verify"] != nil
}

// Verification is how an award says that it can be verified; "verify" is its name
// in version 1 and an alias since.
func Verification(m vc.Doc) vc.Doc {
	for _, name := range []string{"verification", "verify"} {
		if all := Objects(m[name]); len(all) > 0 {
			return all[0]
		}
	}
	return nil
}

// HostedAt gives the address an award is kept at: verify.url in version 1, the id
// since (Open Badges 2.0, HostedBadge Verification). It is empty for one that is
// signed, and where there is no web address.
func HostedAt(m vc.Doc) string {
	v := Verification(m)
	for _, t := range Strings(v["type"]) {
		if strings.HasPrefix(strings.ToLower(t), signedOld) {
			return ""
		}
	}
	for _, s := range []string{text(v["url"]), text(m["id"])} {
		if link, ok := address([]byte(s)); ok {
			return link
		}
	}
	return ""
}

// openBadge opens an award as JSON. Its proof is that the issuer keeps it where
// it says; the text in hand proves nothing.
func (l *load) openBadge(m vc.Doc, raw []byte) (*Opened, error) {
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: raw, Sealed: raw, Form: "json", Doc: m}
	if at := HostedAt(m); at != "" {
		o.Proofs = []vc.Proof{{Suite: Hosted, Method: at}}
	}
	return o, nil
}

// signedBadge makes the payload of a token an award, whose key is the one it
// names itself (Open Badges 2.0, SignedBadge; in version 1 verify.url), not the one
// of its header.
func (o *Opened) signedBadge(c *compact) {
	o.Form, o.Doc, o.Proofs = "jws", clone(c.payload), c.proof(BadgeJWS)
	v := Verification(c.payload)
	o.Proofs[0].Method = cmp.Or(method(v["creator"]), text(v["url"]))
}

// pointer opens the bare address of an award, as pictures of before version 1.0
// hold it (Badge Baking 1.0, Legacy PNGs).
func (l *load) pointer(link string) ([]*Opened, error) {
	m := vc.Doc{"id": link, "verify": vc.Doc{"type": Hosted, "url": link}}
	return l.one(l.openBadge(m, []byte(link)))
}
