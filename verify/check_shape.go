package verify

import (
	"context"

	"github.com/cairnwallet/cairn/verify/check"
)

// checkShape: is it well formed for its form and kind? The readers have noted
// what is missing; here it becomes rows. A grave flaw fails, any other is a
// caution, and so is a remark of the envelope.
func checkShape(ctx context.Context, j *job) []check.Check {
	rows := j.settle(ctx)
	for _, f := range j.c.Shape {
		outcome, who := check.Caution, "issuer"
		if f.Grave {
			outcome = check.Fail
		}
		r := row(check.Shape, outcome, f.Code, "member", f.Member)
		r.Who = who
		rows = append(rows, r)
	}
	for _, n := range j.c.Notes {
		rows = append(rows, check.Check{ID: check.Shape, Outcome: check.Caution, Reason: n.Code, Args: n.Args})
	}
	if rows == nil {
		return one(row(check.Shape, check.Pass, "shape.good"))
	}
	return rows
}
