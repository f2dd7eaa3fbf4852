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
var delisted = []string{"key.not-listed", "key.not-listed-elsewhere", "key.not-for-claims"}

// formerly looks, where the issuer does not list a key today, at the documents
// that earlier checks of this credential relied on. One that listed the key shows
// that it was the issuer's when the credential was already there, so that a change
// of keys is not taken for a forgery: a caution, with the last day it was listed.
func (j *job) formerly(ctx context.Context, i int, today seal) seal {
	if j.v.History == nil || !slices.Contains(delisted, today.row.Reason) {
		return today
	}
	get := j.get
	defer func() { j.get = get }()
	dates := j.v.History.Dates()
	for _, at := range dates[:min(len(dates), maxMoments)] {
		j.get = j.v.History.At(at)
		then := familyOf(j.c.Proofs[i]).key(ctx, j, i)
		if !then.confirmed() {
			continue
		}
		asOf := then.row.AsOf
		then.row = blame(row(check.Key, check.Caution, keyRotated, "where", then.row.Args["where"], "date", asOf.Format("2 January 2006")))
		then.row.AsOf = asOf
		return then
	}
	return today
}
