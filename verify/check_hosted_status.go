package verify

import (
	"context"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// badgeStatus says whether an Open Badge of version 1 or 2 was taken back; nil for
// every other credential.
func (j *job) badgeStatus(ctx context.Context) []check.Check {
	if j.home == nil || len(j.c.Proofs) == 0 {
		return nil
	}
	switch j.c.Proofs[0].Suite {
	case envelope.Hosted:
		return one(j.hostedStatus(j.c.Proofs[0].Method))
	case envelope.BadgeJWS:
		return j.signedStatus(ctx)
	}
	return nil
}

// hostedStatus: the award's own address says it, with 410 Gone or in what it
// answers (Open Badges 2.0, Revoking Hosted Assertions).
func (j *job) hostedStatus(at string) check.Check {
	var r check.Check
	switch {
	case j.home.revoked:
		r = statusRow(check.Fail, check.ReasonRevoked, "message", j.home.why, "where", host(at))
	case j.is(check.Signature, check.Pass):
		r = statusRow(check.Pass, "status.hosted", "where", host(at))
	case j.is(check.Signature, check.Fail):
		r = statusRow(check.NotRun, "status.not-run")
	default:
		r = statusRow(check.Unknown, "status.hosted-unread", "where", host(at))
	}
	r.AsOf = j.home.page.AsOf
	return r
}

// signedStatus asks the revocation lists that the issuer's profile names. Without
// the profile nobody knows whether there is one.
func (j *job) signedStatus(ctx context.Context) []check.Check {
	if !j.is(check.Signature, check.Pass) {
		return one(statusRow(check.NotRun, "status.not-run"))
	}
	profile, page, err := gatherer{j.get, maxBadgePage}.profile(ctx, j.c.Issuer.ID)
	if err != nil {
		return one(statusRow(check.Unknown, "status.profile-unread", "where", host(j.c.Issuer.ID)))
	}
	return j.publishedLists(ctx, profile, page)
}

// publishedLists asks every revocation list that an issuer's profile names.
func (j *job) publishedLists(ctx context.Context, profile vc.Doc, page fetch.Page) []check.Check {
	if refs := vocab.RevocationLists(profile); len(refs) > 0 {
		return j.statusEntries(ctx, refs)
	}
	r := row(check.Status, check.Absent, "status.none")
	r.AsOf = page.AsOf
	return one(r)
}

// badgeList is an issuer's own list. It has no signature: the profile, read at the
// issuer's address, is what vouches for it.
func (j *job) badgeList(page fetch.Page) statusList {
	list, err := status.ParseBadgeList(page.Body)
	out := statusList{issuer: list.Issuer}
	if sameAddress(out.issuer, j.c.Issuer.ID) {
		out.issuer = j.c.Issuer.ID // however it is written
	}
	out.look = func(status.Entry) (status.Answer, error) {
		if err != nil {
			return status.Answer{}, err
		}
		revoked, why, err := list.Revoked(stated(j.c.Doc, "id"), stated(j.c.Doc, "uid"))
		a := status.Answer{Message: why}
		if revoked {
			a.Value = 1
		}
		return a, err
	}
	return out
}
