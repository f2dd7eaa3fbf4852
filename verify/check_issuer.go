package verify

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/trust"
)

// asksAtOnce is how many registries are asked at the same time.
const asksAtOnce = 4

// checkIssuer: does the person, or a list the person uses, vouch for the issuer?
// Each list that was asked is a row of its own. It means something only where the
// signature holds under a key the issuer confirms: else the name on the
// credential may be anybody's.
func checkIssuer(ctx context.Context, j *job) []check.Check {
	switch {
	case !j.proven():
		return one(issuerRow(check.NotRun, "issuer.not-run"))
	case j.c.Issuer.ID == "":
		return one(issuerRow(check.Caution, "issuer.no-id"))
	}
	rows := append(j.personally(), j.european()...)
	rows = append(rows, j.registries(ctx)...)
	if !slices.ContainsFunc(rows, func(c check.Check) bool { return c.Outcome == check.Pass }) {
		first := issuerRow(check.Caution, "issuer.unrecognised", "issuer", j.issuerName())
		first.Who = "you"
		rows = slices.Insert(rows, 0, first)
	}
	return rows
}

func issuerRow(o check.Outcome, reason string, args ...string) check.Check {
	r := row(check.Issuer, o, reason, args...)
	r.On = []string{check.Signature, check.Key}
	return r
}

// personally gives the rows of what the person vouches for: the issuer, or the
// key the credential was signed with.
func (j *job) personally() []check.Check {
	var rows []check.Check
	for _, t := range j.v.Issuers {
		if t.ID == j.c.Issuer.ID && !strings.HasPrefix(t.ID, "urn:epass:") { // which many documents have for different issuers
			r := issuerRow(check.Pass, "issuer.trusted-by-you", "issuer", cmp.Or(t.Name, j.issuerName()))
			r.AsOf = t.At
			rows = append(rows, r)
			break
		}
	}
	if slices.ContainsFunc(j.seals, func(s seal) bool { return s.holds && s.vouched }) {
		rows = append(rows, issuerRow(check.Pass, "issuer.vouched-key", "issuer", j.issuerName()))
	}
	return rows
}

// registries asks the registries that the person uses.
func (j *job) registries(ctx context.Context) []check.Check {
	rows := once(j.shared, [...]string{"issuer", j.c.Issuer.ID, j.c.Issuer.Name}, func() []check.Check { return j.askRegistries(ctx) })
	return slices.Clone(rows)
}

func (j *job) askRegistries(ctx context.Context) []check.Check {
	known := j.v.Lists.All(ctx, j.get)
	if len(known.List)+len(known.Skipped) == 0 {
		return nil
	}
	rows := make([]check.Check, len(known.List))
	fetch.All(ctx, len(rows), asksAtOnce, func(ctx context.Context, i int) { rows[i] = j.ask(ctx, known.List[i]) })
	for i := range rows {
		if rows[i].ID == "" { // left out, because ctx ended
			rows[i] = issuerRow(check.Unknown, "check.stopped")
		}
		rows[i].About = known.Label(i)
	}
	for _, silent := range []string{"issuer.offline", "issuer.not-stored"} {
		if !slices.ContainsFunc(rows, func(c check.Check) bool { return c.Reason != silent }) {
			r := issuerRow(check.Unknown, silent) // one row says it for all
			r.Who = "you"
			return one(r)
		}
	}
	for _, name := range known.Skipped {
		r := issuerRow(check.Unknown, "issuer.list-unsupported", "list", name)
		r.About = name
		rows = append(rows, r)
	}
	return rows
}

// ask asks one registry. One that is for trying things out vouches for nobody,
// so being in it is no more than a remark.
func (j *job) ask(ctx context.Context, registry trust.Registry) check.Check {
	found, err := registry.Find(ctx, j.get, j.c.Issuer.ID, j.now)
	args := []string{"list", registry.Label(), "name", cmp.Or(found.Name, j.issuerName()), "address", registry.Address()}
	var r check.Check
	switch {
	case err == nil && registry.Testing():
		r = issuerRow(check.Caution, "issuer.listed-for-testing", args...)
	case err == nil:
		r = issuerRow(check.Pass, "issuer.listed", args...)
	case errors.Is(err, trust.ErrNotListed):
		r = issuerRow(check.Absent, "issuer.not-listed", args...)
	case errors.Is(err, trust.ErrExpired):
		r = issuerRow(check.Unknown, "issuer.list-expired", args...)
	case errors.Is(err, trust.ErrBroken):
		r = issuerRow(check.Unknown, "issuer.list-broken", args...)
	case errors.Is(err, fetch.ErrNotStored):
		r = issuerRow(check.Unknown, "issuer.not-stored", args...)
	case errors.Is(err, fetch.ErrOffline):
		r = issuerRow(check.Unknown, "issuer.offline", args...)
	default:
		r = issuerRow(check.Unknown, "issuer.list-unreachable", args...)
	}
	r.AsOf = found.AsOf
	return r
}

func (j *job) issuerName() string { return cmp.Or(j.c.Issuer.Name, host(j.c.Issuer.ID)) }
