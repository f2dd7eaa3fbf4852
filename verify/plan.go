package verify

import (
	"context"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
)

// job is one credential on its way through the plan.
type job struct {
	v     *Verifier
	c     *vc.Credential
	now   time.Time
	get   fetch.Getter
	depth int           // how many credentials stand around this one
	rows  []check.Check // what was found so far
	found []sealKey     // for each proof: the key and how far the issuer confirms it
}

// step is one check of the plan. It returns its rows; it never panics through
// the plan, which turns a panic into a row.
type step struct {
	id  string
	run func(ctx context.Context, j *job) []check.Check
}
