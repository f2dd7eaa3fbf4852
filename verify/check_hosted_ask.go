package verify

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Limits of what the addresses in a badge may answer, in bytes: embedded pictures
// fit. Of what stands inside a badge less is taken, since it may be a lot of them.
const (
	maxBadgePage = 2 << 20
	maxPartPage  = 512 << 10
)

// gatherer asks the addresses in a badge.
type gatherer struct {
	get   fetch.Getter
	limit int
}

var (
	errMoved  = errors.New("another site answered")
	errOther  = errors.New("the answer is about something else")
	errAnswer = errors.New("the answer can't be read")
)

// object asks an address for a JSON object. A site that answers in another's place
// does not speak for it.
func (g gatherer) object(ctx context.Context, at string) (vc.Doc, fetch.Page, error) {
	page, err := g.get.Get(ctx, at, "application/ld+json")
	switch {
	case err != nil:
		return nil, page, err
	case len(page.Body) > g.limit:
		return nil, page, fetch.ErrTooLarge
	case page.From != "" && !sameSite(at, page.From):
		return nil, page, errMoved
	}
	doc, err := strict.Object(page.Body)
	if err != nil {
		return nil, page, errors.Join(errAnswer, err)
	}
	return doc, page, nil
}

// award gives the award its address answers with, or else the copy in hand.
func (g gatherer) award(ctx context.Context, h *home, at string, inHand vc.Doc) vc.Doc {
	doc, page, err := g.object(ctx, at)
	h.page = page
	id := stated(doc, "id")
	switch {
	case errors.Is(err, fetch.ErrRemoved): // 410 Gone: Open Badges 2.0, Revoking Hosted Assertions
		h.revoked, h.lost = true, "signature.hosted-withdrawn"
		return inHand
	case err != nil:
		h.lost, _ = silence(ctx, err)
		return inHand
	case id != "" && !sameAddress(id, at):
		h.lost = "signature.hosted-other"
		return inHand
	case doc["revoked"] == true:
		h.revoked, h.lost, h.why = true, "signature.hosted-withdrawn", stated(doc, "revocationReason")
	}
	switch {
	case envelope.IsOpenBadge(doc) && !envelope.AddressOnly(doc):
		return doc
	case h.lost == "":
		h.lost = "signature.hosted-other"
	}
	return inHand
}

// silences say in codes why an address gave nothing: that of the award, and that of
// the issuer's profile.
var silences = []struct {
	err            error
	award, profile string
}{
	{fetch.ErrNotStored, "signature.hosted-not-stored", "key.profile-not-stored"},
	{fetch.ErrOffline, "signature.hosted-offline", "key.profile-offline"},
	{fetch.ErrRefused, "signature.hosted-refused", "key.profile-refused"},
	{fetch.ErrGone, "signature.hosted-missing", "key.profile-missing"},
	{fetch.ErrTooLarge, "signature.hosted-unreadable", "key.profile-unreadable"},
	{errAnswer, "signature.hosted-unreadable", "key.profile-unreadable"},
	{errMoved, "signature.hosted-moved", "key.profile-moved"},
	{errOther, "signature.hosted-other", "key.profile-other"},
}

func silence(ctx context.Context, err error) (award, profile string) {
	for _, s := range silences {
		if errors.Is(err, s.err) {
			return s.award, s.profile
		}
	}
	if ctx.Err() != nil {
		return "check.stopped", "check.stopped"
	}
	return "signature.hosted-unreachable", "key.profile-unreachable"
}

// fill puts the badge class and the issuer's profile in place of their addresses.
// A profile that is written out is asked for too: who copies a badge may write
// what they like into it.
func (g gatherer) fill(ctx context.Context, h *home, doc vc.Doc) {
	holder := doc
	if doc["claim"] == nil {
		if link := stated(doc, "badge"); link != "" {
			class, _, err := g.document(ctx, link, "BadgeClass")
			if h.noClass = err != nil; h.noClass {
				return
			}
			doc["badge"] = class
		}
		class, ok := doc["badge"].(map[string]any)
		if !ok {
			return
		}
		holder = maps.Clone(class)
		doc["badge"] = holder
	}
	link := stated(holder, "issuer")
	if m, ok := holder["issuer"].(map[string]any); ok {
		link = stated(m, "id")
	}
	if link == "" {
		return
	}
	profile, _, err := g.profile(ctx, link)
	if h.noIssuer = err != nil; !h.noIssuer {
		holder["issuer"] = profile
	}
}

func (g gatherer) profile(ctx context.Context, at string) (vc.Doc, fetch.Page, error) {
	return g.document(ctx, at, "Issuer", "Profile")
}

// document asks for a badge class, a profile or a key, each of which has its
// address as its id. One that gives another is asked for once more, there.
func (g gatherer) document(ctx context.Context, at string, types ...string) (vc.Doc, fetch.Page, error) {
	for range 2 {
		doc, page, err := g.object(ctx, at)
		if err != nil {
			return nil, page, err
		}
		if kinds := envelope.Strings(doc["type"]); len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(types, k) }) {
			return nil, page, errOther
		}
		switch id := stated(doc, "id"); {
		case id == "":
			doc["id"] = at // version 1.0 had none
			return doc, page, nil
		case sameAddress(id, at):
			return doc, page, nil
		case hostName(id) == "": // it can't be asked there
			return nil, page, errOther
		default:
			at = id
		}
	}
	return nil, fetch.Page{}, errOther
}

// stated gives a member that is a text.
func stated(m vc.Doc, name string) string { s, _ := m[name].(string); return s }

// sameAddress compares addresses as they are asked: http is tried as https.
func sameAddress(a, b string) bool {
	if a == b {
		return true
	}
	x, errX := fetch.Address(a)
	y, errY := fetch.Address(b)
	return errX == nil && errY == nil && x.String() == y.String()
}
