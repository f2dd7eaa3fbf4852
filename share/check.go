package share

import (
	"context"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Seen is what somebody shows, read and judged.
type Seen struct {
	*verify.Presentation
	Shown []Shown // one for each credential
}

// Shown is one credential of a presentation.
type Shown struct {
	Credential *vc.Credential
	Report     check.Report // the rows of the presentation among its own
	Lines      []Line       // what was shown, read from what was sent
}

// Check reads and judges what somebody shows, as any employer would. An error is
// a *fault.Fault that says why it can't be read; what is wrong with it is in the
// reports. seen may be nil; it is told each row as it is found.
func Check(ctx context.Context, v *verify.Verifier, raw []byte, e verify.Expect, seen func(n int, c check.Check)) (Seen, error) {
	p, err := verify.ReadPresentation(raw, v.Languages...)
	if err != nil {
		return Seen{}, err
	}
	out := Seen{Presentation: p}
	for i, r := range v.VerifyPresentation(ctx, p, e, seen) {
		c := p.Credentials[i]
		out.Shown = append(out.Shown, Shown{Credential: c, Report: r, Lines: Look(c).Lines})
	}
	return out, nil
}

// Verdict is the gravest verdict of all that was shown.
func (s Seen) Verdict() check.Verdict {
	if len(s.Shown) == 0 {
		return check.NotFullyChecked
	}
	var all []check.Verdict
	for _, one := range s.Shown {
		all = append(all, one.Report.Verdict())
	}
	return check.Gravest(all...)
}
