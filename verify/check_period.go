package verify

import (
	"context"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// leeway is how far two honest clocks may differ; it lets a badge in on the minute
// it was made (RFC 7519, section 4.1.5), and never keeps one in past its end.
const leeway = 5 * time.Minute

const day = "2 January 2006"

// checkPeriod: is now within the dates, and are the dates in order? Proofs have
// dates of their own (Data Integrity 1.0, section 2.1: created, expires).
func checkPeriod(_ context.Context, j *job) []check.Check {
	rows := one(j.credentialPeriod())
	for i, p := range j.c.Proofs {
		var r check.Check
		switch {
		case !p.Expires.IsZero() && !j.now.IsZero() && !j.now.Before(p.Expires):
			r = row(check.Period, check.Fail, check.ReasonProofExpired, "until", p.Expires.UTC().Format(day))
		case !p.Created.IsZero() && !j.now.IsZero() && p.Created.After(j.now.Add(leeway)):
			r = row(check.Period, check.Caution, "period.proof-from-future", "created", p.Created.UTC().Format(day))
		default:
			continue
		}
		r.About, r.Who = j.about(i), "issuer"
		rows = append(rows, r)
	}
	return rows
}

// Period judges the dates of c alone, by the clock now: what an earlier report
// says of them was true when it was made.
func Period(c *vc.Credential, now time.Time) []check.Check {
	return checkPeriod(context.Background(), &job{c: c, now: now})
}

func (j *job) credentialPeriod() check.Check {
	from, until := j.c.From, j.c.Until
	args := []string{"from", from.UTC().Format(day), "until", until.UTC().Format(day)}
	var r check.Check
	switch {
	case !from.IsZero() && !until.IsZero() && until.Before(from):
		r = row(check.Period, check.Fail, "period.order", args...)
		r.Who = "issuer"
	case from.IsZero() && until.IsZero():
		r = row(check.Period, check.Absent, "period.none")
	case j.now.IsZero():
		r = row(check.Period, check.Unknown, "period.no-clock")
	case !until.IsZero() && !j.now.Before(until):
		r = row(check.Period, check.Fail, check.ReasonExpired, args...)
		r.Who = "issuer"
	case !from.IsZero() && j.now.Add(leeway).Before(from):
		r = row(check.Period, check.Fail, check.ReasonNotYet, args...)
		r.Who = "you"
	case until.IsZero():
		r = row(check.Period, check.Pass, "period.no-end", args...)
	case from.IsZero():
		r = row(check.Period, check.Pass, "period.no-start", args...)
	default:
		r = row(check.Period, check.Pass, "period.within", args...)
	}
	return r
}
