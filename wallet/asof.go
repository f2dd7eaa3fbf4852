package wallet

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Past is a check of an item repeated as of an earlier day. It is kept nowhere, and
// says nothing about today.
type Past struct {
	ID         string
	At         time.Time // the day
	Since      time.Time // the first day of which something was kept; zero where nothing was
	Credential *vc.Credential
	Report     check.Report
}

// AsOf repeats the check of an item, listed or in the bin, by the clock of an
// earlier day. Nobody is asked: each document is taken as the wallet last had it on
// that day, and what it did not have then can't be found out. Issuers that the
// learner came to trust later are not counted. The item's own check stays as it is.
// Faults wallet.no-item, wallet.day-to-come.
func (w *Wallet) AsOf(ctx context.Context, id string, at time.Time) (Past, error) {
	if at.After(w.o.Now()) {
		return Past{}, fault.New("wallet.day-to-come", "day", at.Format(time.DateOnly))
	}
	out := Past{ID: id, At: at}
	var kept *fetch.Archive
	err := w.vault.View(func(tx *vault.Tx) error {
		it, err := getItem(tx, id)
		if err != nil {
			return err
		}
		if out.Credential, err = it.read(id, w.Languages()...); err != nil {
			return err
		}
		r, err := getReport(tx, id)
		if errors.Is(err, vault.ErrNone) {
			return nil
		}
		kept, out.Since = r.archive(tx, at), r.since()
		return err
	})
	if err != nil {
		return Past{}, err
	}
	out.Report = w.judgeOf(at, kept).Verify(ctx, out.Credential, nil)
	return out, ctx.Err()
}

// judgeOf gives the verifier of an earlier day.
func (w *Wallet) judgeOf(at time.Time, kept *fetch.Archive) *verify.Verifier {
	v := w.judge(at)
	v.Now = func() time.Time { return at }
	v.Get = kept.At(at)
	v.History = func() *fetch.Archive { return kept }
	v.Issuers = slices.DeleteFunc(slices.Clone(v.Issuers), func(t verify.Trusted) bool { return t.At.After(at) })
	return v
}

// since is the first day of which a document was kept.
func (r report) since() (first time.Time) {
	for _, p := range slices.Concat(r.Past, r.Pages) {
		if p.Digest != "" && (first.IsZero() || p.AsOf.Before(first)) {
			first = p.AsOf
		}
	}
	return first
}
