package verify

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// merkleKey asks whether the transaction was made by the issuer: with an address
// that the issuer lists, and at a time when it did. Without the transaction there
// is nothing that only the issuer could have made, so nobody is confirmed.
func (j *job) merkleKey(ctx context.Context, i int) seal {
	p := j.c.Proofs[i]
	l := j.leaf(ctx, i)
	switch {
	case p.Purpose != "" && p.Purpose != j.relation:
		return seal{row: blame(row(check.Key, check.Fail, "key.purpose", "purpose", p.Purpose))}
	case !l.open():
		return unknownKey("key.not-anchored")
	case j.c.Issuer.ID == "":
		return unknownKey("key.no-issuer")
	}
	s := j.sighting(ctx, i)
	if s.reason != "" || !s.tx.Holds(l.receipt.Root) {
		out := unknownKey("key.not-anchored")
		out.row.Who = "you"
		return out
	}
	listed, asOf, err := j.addresses(ctx, s.at.Chain)
	if err != nil {
		return unknownKey(documentReason(err), "where", host(j.c.Issuer.ID))
	}
	out := seal{row: j.sentBy(s.tx, p, listed)}
	out.found = out.row.Outcome == check.Pass
	out.row.AsOf = earliest(asOf, s.tx.AsOf)
	return out
}

// sentBy compares who made the transaction with the addresses an issuer lists. The
// address that a certificate itself names has to be the one (Blockcerts 2.0,
// MerkleProofVerification2017).
func (j *job) sentBy(tx anchor.Transaction, p vc.Proof, listed []address) check.Check {
	args := []string{"where", host(j.c.Issuer.ID), "date", tx.At.UTC().Format(day)}
	named := anchor.Address(p.Method)
	if named != p.Method && !anchor.SameAddress(named, tx.Sender) {
		return blame(row(check.Key, check.Fail, "key.sender-other", args...))
	}
	reason := "key.sender-not-listed"
	for _, a := range listed {
		if !anchor.SameAddress(a.text, tx.Sender) {
			continue
		}
		if reason = a.at(tx.At); reason == "" {
			return row(check.Key, check.Pass, "key.sender-listed", args...)
		}
	}
	return blame(row(check.Key, check.Fail, reason, args...))
}

// address is one that an issuer lists, and when it was the issuer's.
type address struct {
	text                      string
	created, revoked, expires time.Time // zero where not stated
}

// at says why an address was not the issuer's at a time; empty where it was.
func (a address) at(t time.Time) string {
	switch {
	case !a.created.IsZero() && t.Before(a.created):
		return "key.sender-too-early"
	case past(a.revoked, t):
		return "key.sender-revoked"
	case past(a.expires, t):
		return "key.sender-expired"
	}
	return ""
}

// addresses gives those an issuer lists on a chain: in its profile (Blockcerts 2.0,
// publicKey; in version 1, issuerKeys), and by the keys for making claims in its
// DID document or profile (Blockcerts 3.0).
func (j *job) addresses(ctx context.Context, c anchor.Chain) ([]address, time.Time, error) {
	issuer := j.c.Issuer.ID
	if strings.HasPrefix(issuer, "did:") {
		doc, err := did.Resolve(ctx, j.get, issuer)
		return ofMethods(doc, j.relation, c), doc.AsOf, err
	}
	profile, page, err := j.issuerProfile(ctx)
	if err != nil {
		return nil, page.AsOf, err
	}
	out := inProfile(profile)
	if doc, err := did.Parse(page.Body); err == nil {
		out = append(out, ofMethods(doc, j.relation, c)...)
	}
	return out, page.AsOf, nil
}

// issuerProfile reads the profile at the address of an issuer, which has to be the
// issuer's own and to come from its own site.
func (j *job) issuerProfile(ctx context.Context) (vc.Doc, fetch.Page, error) {
	issuer := j.c.Issuer.ID
	if !strings.HasPrefix(issuer, "https://") && !strings.HasPrefix(issuer, "http://") {
		return nil, fetch.Page{}, did.ErrInvalid
	}
	page, err := j.get.Get(ctx, issuer, "application/json")
	if err != nil {
		return nil, page, err
	}
	profile, err := strict.Object(page.Body)
	if err != nil || !sameAddress(stated(profile, "id"), issuer) || page.From != "" && !sameSite(issuer, page.From) {
		return nil, page, did.ErrDocument
	}
	return profile, page, nil
}

// maxListed bounds the addresses of one profile.
const maxListed = 500

func inProfile(profile vc.Doc) []address {
	var out []address
	entries := append(envelope.Objects(profile["publicKey"]), envelope.Objects(profile["publicKeys"])...)
	for _, m := range append(entries, envelope.Objects(profile["issuerKeys"])...) {
		a := address{text: stated(m, "id")}
		if a.text == "" {
			a.text = stated(m, "publicKey")
		}
		if key := stated(m, "key"); key != "" { // version 1, whose date is when it began
			a.text = key
			m = vc.Doc{"created": m["date"]}
		}
		ok := a.text != "" && len(out) < maxListed
		for name, into := range map[string]*time.Time{"created": &a.created, "revoked": &a.revoked, "expires": &a.expires} {
			ok = readDate(m[name], into) && ok
		}
		if ok { // a date that can't be read may say that the address was withdrawn
			out = append(out, a)
		}
	}
	return out
}

func readDate(v any, into *time.Time) bool {
	if v == nil {
		return true
	}
	s, _ := v.(string)
	t, _, err := envelope.Time(s)
	*into = t
	return err == nil
}

// ofMethods gives the addresses that the secp256k1 keys of a document have.
func ofMethods(doc did.Document, purpose string, c anchor.Chain) []address {
	var out []address
	for _, m := range doc.For(purpose) {
		k, ok := m.Key.Public.(multi.Secp256k1)
		if !ok {
			continue
		}
		if text := anchor.AddressOf(c, k[:]); text != "" {
			out = append(out, address{text: text, revoked: m.Revoked, expires: m.Expires})
		}
	}
	return slices.Clip(out)
}
