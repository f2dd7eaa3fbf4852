package verify

import (
	"context"
	"errors"
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
	out := seal{row: j.sentBy(s.tx, p, listed)}
	if err != nil && out.row.Reason == reasonNotListed { // it may stand in what could not be read
		out = unknownKey(documentReason(err), "where", host(j.c.Issuer.ID))
	}
	out.found = out.row.Outcome == check.Pass
	out.row.AsOf = earliest(asOf, s.tx.AsOf)
	return out
}

// reasonNotListed: the issuer was asked, and does not name who made the transaction.
const reasonNotListed = "key.sender-not-listed"

// sentBy compares who made the transaction with the addresses an issuer lists. The
// address that a certificate itself names has to be the one (Blockcerts 2.0,
// MerkleProofVerification2017).
func (j *job) sentBy(tx anchor.Transaction, p vc.Proof, listed []address) check.Check {
	args := []string{"where", host(j.c.Issuer.ID), "date", tx.At.UTC().Format(day)}
	named := anchor.Address(p.Method)
	if named != p.Method && !anchor.SameAddress(named, tx.Sender) {
		return blame(row(check.Key, check.Fail, "key.sender-other", args...))
	}
	reason := reasonNotListed
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
// profile or DID document (Blockcerts 3.0). With an error there may be more.
func (j *job) addresses(ctx context.Context, c anchor.Chain) ([]address, time.Time, error) {
	var out []address
	var asOf time.Time
	if issuer := j.c.Issuer.ID; strings.HasPrefix(issuer, "did:") {
		doc, err := did.Resolve(ctx, j.get, issuer)
		if err != nil {
			return nil, asOf, err
		}
		out, asOf = ofMethods(doc, j.relation, c), doc.AsOf
	}
	profile, page, err := j.issuerProfile(ctx)
	if errors.Is(err, errNoProfile) {
		return out, asOf, nil
	}
	if err != nil {
		return out, asOf, err
	}
	out = append(out, inProfile(profile)...)
	if doc, err := did.Parse(page.Body); err == nil && doc.ID == j.c.Issuer.ID {
		out = append(out, ofMethods(doc, j.relation, c)...)
	}
	return out, earliest(asOf, page.AsOf), nil
}

var errNoProfile = errors.New("the issuer names no profile")

// issuerProfile reads the profile of an issuer: at its address, or at the one that
// its DID document names (Blockcerts 3.0, service IssuerProfile). It has to be of
// that address and to come from that site.
func (j *job) issuerProfile(ctx context.Context) (vc.Doc, fetch.Page, error) {
	at := j.c.Issuer.ID
	if strings.HasPrefix(at, "did:") {
		doc, err := did.Resolve(ctx, j.get, at)
		if err != nil {
			return nil, fetch.Page{}, err
		}
		if at = profileService(doc); at == "" {
			return nil, fetch.Page{}, errNoProfile
		}
	}
	if !onWeb(at) {
		return nil, fetch.Page{}, did.ErrInvalid
	}
	page, err := j.get.Get(ctx, at, "application/json")
	if err != nil {
		return nil, page, err
	}
	profile, err := strict.Object(page.Body)
	if err != nil || !sameAddress(stated(profile, "id"), at) || page.From != "" && !sameSite(at, page.From) {
		return nil, page, did.ErrDocument
	}
	return profile, page, nil
}

func onWeb(id string) bool {
	return strings.HasPrefix(id, "https://") || strings.HasPrefix(id, "http://")
}

// profileService gives the address of the profile that a DID document names.
func profileService(doc did.Document) string {
	m, err := strict.Object(doc.Raw)
	if err != nil {
		return "" // it is made of a key, and names nothing
	}
	for _, s := range envelope.Objects(m["service"]) {
		if slices.Contains(envelope.Strings(s["type"]), "IssuerProfile") {
			return stated(s, "serviceEndpoint")
		}
	}
	return ""
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
