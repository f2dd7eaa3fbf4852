package verify

import (
	"context"
	"slices"

	"github.com/cairnwallet/cairn/verify/check"
)

// keyRotated: the issuer lists the key no longer, and did when this very
// credential was checked before.
const keyRotated = "key.rotated"

// maxMoments bounds how many earlier days are looked at for a key.
const maxMoments = 16

// delisted are the reasons that say: the document was read, and the key is not
// among those it lists for making claims. A key that it lists as revoked is none
// of them: that is the issuer's word against it.
var delisted = []string{"key.not-listed", "key.not-listed-elsewhere", "key.not-for-claims", keyFormer}

// formerly looks, where the issuer does not list the key today, at the documents
// that earlier checks of this credential relied on. One that listed a key under
// which the proof holds shows that it was the issuer's when the credential was
// already there, so that a change of keys is not taken for a forgery: a caution,
// with the last day it was listed.
func (j *job) formerly(ctx context.Context, i int, today seal) seal {
	if j.v.History == nil || !j.replaced(ctx, i, &today) {
		return today
	}
	past, get := j.v.History(), j.get
	defer func() { j.get = get }()
	dates := past.Dates()
	for _, at := range dates[:min(len(dates), maxMoments)] {
		j.get = past.At(at)
		then := familyOf(j.c.Proofs[i]).key(ctx, j, i)
		if then.confirmed() && j.tries(ctx, i, &then) == check.Pass {
			asOf := then.row.AsOf
			then.row = blame(row(check.Key, check.Caution, keyRotated, "where", then.row.Args["where"], "date", asOf.Format("2 January 2006")))
			then.row.AsOf = asOf
			return then
		}
	}
	return today
}

// replaced says whether the issuer may have changed its key: it lists none of this
// name, or has put another in its place.
func (j *job) replaced(ctx context.Context, i int, today *seal) bool {
	if today.row.Reason == "key.confirmed" {
		return j.tries(ctx, i, today) == check.Fail
	}
	return slices.Contains(delisted, today.row.Reason)
}

// tries says whether the i-th proof holds under a seal's key, and remembers it for
// the signature row.
func (j *job) tries(ctx context.Context, i int, s *seal) check.Outcome {
	r := familyOf(j.c.Proofs[i]).try(ctx, j, i, s.key)
	s.tried = &r
	return r.Outcome
}
