package wallet

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Refreshed says what asking for a newer version came to.
type Refreshed struct {
	ID      string // of the item that is listed now
	Same    bool   // there was nothing newer
	Verdict check.Verdict
}

// Refresh asks the issuer for a newer version of an item and puts it in its place,
// with its tags and note; the older one goes to the bin, and Undo changes them back.
// The answer counts only if its proof holds, its issuer is recognised as much as an
// issuer can be without the learner, it is of the same issuer and has the same id,
// and it is not older (Open Badges 3.0, section 9.2: refresh after the proof).
//
// Faults wallet.no-item; wallet.refresh-none and wallet.refresh-unproven, for which
// nobody is asked; wallet.refresh-other, wallet.refresh-older and
// wallet.refresh-doubtful for what came; those of package fetch and of reading.
func (w *Wallet) Refresh(ctx context.Context, id string) (Refreshed, error) {
	old, err := w.Item(id)
	if err != nil {
		return Refreshed{}, err
	}
	address := verify.RefreshAt(old.Credential)
	switch {
	case address == "":
		return Refreshed{}, fault.New("wallet.refresh-none")
	case !old.Report.Sealed():
		return Refreshed{}, fault.New("wallet.refresh-unproven")
	}
	fresh, err := w.newer(ctx, old, address)
	if err != nil || fresh.ID == id {
		return Refreshed{ID: id, Same: err == nil, Verdict: old.Verdict}, err
	}
	return Refreshed{ID: fresh.ID, Verdict: fresh.Report.Verdict()}, w.replace(old, fresh)
}

// newer fetches and judges the newer version of an item. Where there is none it is
// the item itself.
func (w *Wallet) newer(ctx context.Context, old Item, address string) (Draft, error) {
	page, err := w.ask(fetch.Because(ctx, "refresh"), address, "application/json")
	if err != nil {
		return Draft{}, fetch.Fault(err, address)
	}
	if bytes.Equal(bytes.TrimSpace(page.Body), bytes.TrimSpace(old.Credential.Sealed)) {
		return Draft{ID: old.ID}, nil
	}
	found, err := w.Review(ctx, page.Body, old.Source, nil)
	if err != nil {
		return Draft{}, err
	}
	if len(found) != 1 {
		return Draft{}, fault.New("wallet.refresh-other")
	}
	return found[0], acceptable(old.Credential, found[0])
}

// acceptable says why a newer version is not taken; nil where it is.
func acceptable(old *vc.Credential, fresh Draft) error {
	c, verdict := fresh.Credential, fresh.Report.Verdict()
	switch {
	case c.ID == "" || c.ID != old.ID || c.Issuer.ID != old.Issuer.ID:
		return fault.New("wallet.refresh-other")
	case !slices.Contains([]check.Verdict{check.Verified, check.UnrecognisedIssuer}, verdict):
		return fault.New("wallet.refresh-doubtful")
	case c.From.Before(old.From) || !c.Badge.Awarded.IsZero() && c.Badge.Awarded.Before(old.Badge.Awarded):
		return fault.New("wallet.refresh-older")
	}
	return nil
}

// replace puts a draft in the place of an item, in one act.
func (w *Wallet) replace(old Item, fresh Draft) error {
	return w.act(func(tx *vault.Tx, done changes) error {
		if _, err := w.keepOne(tx, fresh, done); err != nil {
			return err
		}
		it, err := listed(tx, fresh.ID)
		if err != nil {
			return err
		}
		it.Tags, it.Note = old.Tags, old.Row.Note
		if err := w.rewrite(tx, fresh.ID, it, done); err != nil {
			return err
		}
		if _, err := w.toBin(tx, old.ID, done); err != nil {
			return err
		}
		e := &entry{Event: Event{What: Replaced, Items: []string{fresh.ID}}, Old: old.ID}
		e.describe(done)
		return w.write(tx, e)
	})
}

// putBack undoes a replacing.
func (w *Wallet) putBack(tx *vault.Tx, fresh, old string, done changes) error {
	_, err := w.toBin(tx, fresh, done)
	_, back := w.fromBin(tx, old, done)
	return errors.Join(err, back)
}
