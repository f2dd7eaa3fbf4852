package wallet

import (
	"context"
	"crypto/ed25519"
	"errors"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// patience is how long signing with a key of another wallet waits for the password
// store, which may ask the person to unlock it.
const patience = 2 * time.Minute

// ForeignKeys says how many private keys a file of another wallet holds that this
// wallet could take, and how many of them it has not. Nothing is kept.
func (w *Wallet) ForeignKeys(raw []byte) (found, fresh int) {
	all := key.Find(raw)
	for _, f := range all {
		if !w.has(f.Public()) {
			fresh++
		}
	}
	return len(all), fresh
}

func (w *Wallet) has(public ed25519.PublicKey) bool {
	for _, k := range w.owned().keys {
		if k.Key().Equal(jose.Key{Public: public}) {
			return true
		}
	}
	return false
}

// TakeKeys takes the private keys of a file of another wallet, once the learner has
// agreed: badges bound to them can then be shown from here. Each goes into the
// password store as an item of its own; the wallet's file never has it. It gives
// those that are new. On an error those taken before it stay. The practice wallet,
// whose secrets stand in clear, takes none: fault key.practice.
func (w *Wallet) TakeKeys(ctx context.Context, raw []byte, note string) ([]key.Holder, error) {
	if _, clear := w.o.Secrets.(keyring.UnprotectedFile); clear {
		return nil, fault.New("key.practice")
	}
	var out []key.Holder
	for _, f := range key.Find(raw) {
		if w.has(f.Public()) {
			continue
		}
		h, err := w.take(ctx, f, note)
		if err != nil {
			return out, err
		}
		out = append(out, h)
	}
	return out, nil
}

func (w *Wallet) take(ctx context.Context, f key.Found, note string) (key.Holder, error) {
	item := w.foreignItem(f.Public())
	if err := w.o.Secrets.Put(ctx, item, f.Seed()); err != nil {
		return key.Holder{}, err
	}
	err := w.settle(func(tx *vault.Tx) error {
		id := number(tx.Count(bucketKeys) + 1)
		return putJSON(tx, bucketKeys, id, keyRecord{Alg: key.EdDSA, Note: cut(note), Created: w.o.Now().UTC(), Foreign: f.Public()})
	})
	if err != nil {
		return key.Holder{}, errors.Join(err, w.o.Secrets.Delete(ctx, item))
	}
	return w.foreign(f.Public())
}

// foreignItem names the item of the password store that holds a key.
func (w *Wallet) foreignItem(public ed25519.PublicKey) string {
	return w.ID() + "-" + jose.Key{Public: public}.Thumbprint()
}

// foreign gives a key that was taken. Its private half is fetched when it signs.
func (w *Wallet) foreign(public ed25519.PublicKey) (key.Holder, error) {
	return key.Foreign(public, func() ([]byte, error) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		seed, err := w.o.Secrets.Get(ctx, w.foreignItem(public))
		if errors.Is(err, keyring.ErrNone) {
			err = fault.Wrap(err, "key.not-in-store")
		}
		return seed, err
	})
}
