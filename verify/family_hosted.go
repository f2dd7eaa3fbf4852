package verify

import (
	"context"
	"errors"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
)

// hosted is an Open Badge that its issuer keeps at an address. The address takes
// the place of a key, and what it answers the place of a signature.
var _ = registerFamily(family{
	name: "hosted",
	owns: func(p vc.Proof) bool { return p.Suite == envelope.Hosted },
	key:  func(ctx context.Context, j *job, i int) seal { return j.hostedKey(ctx, j.c.Proofs[i].Method) },
	try: func(_ context.Context, j *job, i int, _ jose.Key) check.Check {
		return j.hostedHolds(j.c.Proofs[i].Method)
	},
	whole:   (*job).hostedTerms,
	keyless: true,
})

// hostedKey asks the issuer's profile whether badges kept at this address are its
// own.
func (j *job) hostedKey(ctx context.Context, at string) seal {
	if s, ok := j.unknownIssuer(); ok {
		return s
	}
	issuer := j.c.Issuer.ID
	profile, page := originOf(j.c), fetch.Page{}
	if profile == nil {
		var err error
		if profile, page, err = (gatherer{j.get, maxBadgePage}).profile(ctx, issuer); err != nil {
			return j.noProfile(ctx, err)
		}
	} else if j.home.lost != "" && !j.home.earlier { // only the copy in hand names the origin
		return unknownKey("key.issuer-unread")
	}
	s := seal{found: true, row: row(check.Key, check.Pass, "key.hosted", "where", host(at))}
	if !inScope(at, j.c.Badge.AchievementID, profile) {
		s = seal{row: blame(row(check.Key, check.Fail, "key.hosted-outside", "where", host(at), "issuer", host(issuer)))}
	}
	s.row.AsOf = page.AsOf
	return s
}

// unknownIssuer: there is no web address at which an issuer could say anything.
func (j *job) unknownIssuer() (seal, bool) {
	switch issuer := j.c.Issuer.ID; {
	case j.home == nil:
		return unknownKey("check.stopped"), true
	case j.home.noClass, issuer == "" && j.home.lost != "": // the issuer may be named where nothing was read
		return unknownKey("key.issuer-unread"), true
	case issuer == "":
		return unknownKey("key.no-issuer"), true
	case !strings.HasPrefix(issuer, "https://") && !strings.HasPrefix(issuer, "http://"):
		return unknownKey("key.profile-nowhere"), true
	}
	return seal{}, false
}

// noProfile says why an issuer's profile could not be had.
func (j *job) noProfile(ctx context.Context, err error) seal {
	_, reason := silence(ctx, err)
	s := unknownKey(reason, "where", host(j.c.Issuer.ID))
	if errors.Is(err, fetch.ErrOffline) {
		s.row.Who = "you"
	}
	return s
}

// originOf gives the profile of an issuer of version 0.5, who has no address but
// the origin its badges must be kept at.
func originOf(c *vc.Credential) vc.Doc {
	class, _ := c.Doc["badge"].(map[string]any)
	issuer, _ := class["issuer"].(map[string]any)
	if issuer == nil || issuer["id"] != nil || issuer["origin"] == nil {
		return nil
	}
	return vc.Doc{"id": issuer["origin"]}
}

// hostedTerms: what is shown is the issuer's word where the award could be read,
// and else no more than the file's.
func (j *job) hostedTerms() check.Check {
	h := j.home
	switch {
	case h == nil, h.lost != "" && !h.earlier:
		return row(check.Terms, check.Unknown, "terms.hosted-unread")
	case h.earlier:
		r := row(check.Terms, check.Unknown, "terms.hosted-earlier", "date", h.page.AsOf.UTC().Format(day))
		r.AsOf = h.page.AsOf
		return r
	}
	return row(check.Terms, check.Pass, "terms.hosted")
}

// hostedHolds says whether the address answers with this very award.
func (j *job) hostedHolds(at string) check.Check {
	h := j.home
	if h == nil {
		return row(check.Signature, check.Unknown, "check.stopped")
	}
	args := []string{"where", host(at)}
	var r check.Check
	switch {
	case h.lost != "":
		r = blame(row(check.Signature, check.Unknown, h.lost, args...))
	case h.differ.other:
		r = blame(row(check.Signature, check.Fail, "signature.hosted-differs", append(args, "members", some(h.differ.of))...))
	default:
		r = row(check.Signature, check.Pass, "signature.hosted", args...)
	}
	if h.lost == "signature.hosted-offline" {
		r.Who = "you"
	}
	r.AsOf = h.page.AsOf
	return r
}
