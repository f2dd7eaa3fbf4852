package wallet

import (
	"context"
	"errors"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// settingContacts holds who was asked on the internet, and why.
const settingContacts = "contacts"

// Contacts lists who was asked on the internet, latest first: one line for each
// host, reason and day, as far as the program hears of them (Options.Journal).
func (w *Wallet) Contacts() ([]fetch.Tally, error) {
	if err := w.noteContacts(); err != nil {
		return nil, err
	}
	var out []fetch.Tally
	err := w.vault.View(func(tx *vault.Tx) (err error) { out, err = contacts(tx); return err })
	return out, err
}

// ClearContacts forgets who was asked.
func (w *Wallet) ClearContacts() error {
	w.o.Journal.Take()
	err := w.vault.Update(func(tx *vault.Tx) error { return tx.Delete(bucketSettings, settingContacts) })
	if err == nil {
		w.tell(nil)
	}
	return err
}

// ask asks an address on the internet, as the checks do.
func (w *Wallet) ask(ctx context.Context, address, accept string) (fetch.Page, error) {
	if w.o.Verifier.Get == nil {
		return fetch.Page{}, fetch.ErrOffline
	}
	return w.o.Verifier.Get.Get(ctx, address, accept)
}

// noteContacts keeps what the journal has heard. Where that fails the journal has it
// still, and it is kept the next time.
func (w *Wallet) noteContacts() error {
	fresh := w.o.Journal.Take()
	if len(fresh) == 0 {
		return nil
	}
	err := w.vault.Update(func(tx *vault.Tx) error {
		old, err := contacts(tx)
		if err != nil {
			return err
		}
		return putJSON(tx, bucketSettings, settingContacts, fetch.Merge(old, fresh))
	})
	if err != nil {
		w.o.Journal.Give(fresh)
	}
	return err
}

func contacts(tx *vault.Tx) (all []fetch.Tally, err error) {
	err = getJSON(tx, bucketSettings, settingContacts, &all)
	if errors.Is(err, vault.ErrNone) || fault.Code(err) == "vault.record" {
		return nil, nil
	}
	return all, err
}
