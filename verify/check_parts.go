package verify

import (
	"context"
	"strconv"

	"github.com/cairnwallet/cairn/verify/check"
)

// checkParts judges each credential inside by itself: a good outer record says
// nothing of what it carries. The reports stand in Report.Parts; this row only
// sums them up.
func checkParts(ctx context.Context, j *job) []check.Check {
	parts := j.c.Parts
	if len(parts) == 0 {
		return one(row(check.Parts, check.Absent, "parts.none"))
	}
	if j.depth >= maxDepth {
		return one(row(check.Parts, check.Unknown, "parts.too-deep"))
	}
	good := 0
	for _, p := range parts {
		inner := j.v.job(p, j.depth+1)
		r := inner.follow(ctx, plan, func(check.Check) {})
		j.parts = append(j.parts, r)
		if v := r.Verdict(); v == check.Verified || v == check.UnrecognisedIssuer {
			good++
		}
	}
	args := []string{"good", strconv.Itoa(good), "all", strconv.Itoa(len(parts))}
	if good < len(parts) {
		return one(row(check.Parts, check.Caution, "parts.some-not", args...))
	}
	return one(row(check.Parts, check.Pass, "parts.hold", args...))
}
