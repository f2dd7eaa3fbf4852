package wallet

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// binDays is how long a removed item can come back.
const binDays = 30 * 24 * time.Hour

// binned is a record of the bin. Item and report stay where they are.
type binned struct {
	Removed time.Time `json:"removed"`
	Head    []byte    `json:"head"`
}

// Remove moves items to the bin, from which they can come back for thirty days.
// Fault wallet.no-item when one of them is not listed; then none is moved.
func (w *Wallet) Remove(ids ...string) error {
	ids = unique(ids)
	if len(ids) == 0 {
		return nil
	}
	return w.act(func(tx *vault.Tx, done changes) error {
		e := &entry{Event: Event{What: Removed, Items: ids}}
		was := changes{}
		for _, id := range ids {
			h, err := w.toBin(tx, id, done)
			if err != nil {
				return err
			}
			was[id] = &h
		}
		e.describe(was)
		return w.write(tx, e)
	})
}

// toBin moves one item to the bin and gives its head. A damaged one goes too.
func (w *Wallet) toBin(tx *vault.Tx, id string, done changes) (head, error) {
	if _, err := tx.Get(bucketHeads, id); errors.Is(err, vault.ErrNone) {
		return head{}, fault.Wrap(err, "wallet.no-item", "id", id)
	}
	h, err := w.getHead(tx, id)
	if err != nil {
		h = head{damaged: true, found: check.NotFullyChecked}
	}
	done[id] = nil
	return h, errors.Join(
		tx.Delete(bucketHeads, id),
		putJSON(tx, bucketBin, id, binned{Removed: w.o.Now().UTC(), Head: encodeHead(h)}),
	)
}

// fromBin moves one item back to the list; one that is gone for good, or back
// already, is skipped.
func (w *Wallet) fromBin(tx *vault.Tx, id string, done changes) (bool, error) {
	var b binned
	err := getJSON(tx, bucketBin, id, &b)
	if errors.Is(err, vault.ErrNone) {
		return false, nil
	}
	h, err := remake(tx, id, w.Languages()) // which may be others by now
	if err != nil {
		if h, err = decodeHead(b.Head); err != nil {
			return false, err
		}
	}
	return true, errors.Join(tx.Delete(bucketBin, id), putHead(tx, id, h, done))
}

// Restore brings items back from the bin. Fault wallet.no-item when one of them
// is not there; then none comes back.
func (w *Wallet) Restore(ids ...string) error {
	ids = unique(ids)
	if len(ids) == 0 {
		return nil
	}
	return w.act(func(tx *vault.Tx, done changes) error {
		for _, id := range ids {
			back, err := w.fromBin(tx, id, done)
			if err != nil {
				return err
			}
			if !back {
				return fault.New("wallet.no-item", "id", id)
			}
		}
		e := &entry{Event: Event{What: Restored, Items: ids}}
		e.describe(done)
		return w.write(tx, e)
	})
}

// Bin lists what was removed and can still come back, last removed first.
func (w *Wallet) Bin() ([]Binned, error) {
	now := w.o.Now()
	var out []Binned
	err := w.eachBinned(func(id string, b binned, h head) {
		out = append(out, Binned{Row: h.row(id, now), Removed: b.Removed, Gone: b.Removed.Add(binDays)})
	})
	slices.SortFunc(out, func(a, b Binned) int { return b.Removed.Compare(a.Removed) })
	return out, err
}

func (w *Wallet) eachBinned(f func(id string, b binned, h head)) error {
	return w.vault.View(func(tx *vault.Tx) error {
		return tx.Each(bucketBin, func(id string, text []byte, err error) error {
			var b binned
			h := head{damaged: true, found: check.NotFullyChecked}
			if err == nil && json.Unmarshal(text, &b) == nil {
				if read, err := decodeHead(b.Head); err == nil {
					h = read
				}
			}
			f(id, b, h)
			return nil
		})
	})
}

// purge lets go of what has been in the bin for longer than it may come back. It
// writes nothing when there is nothing to let go of.
func (w *Wallet) purge() error {
	var old []string
	now := w.o.Now()
	err := w.eachBinned(func(id string, b binned, _ head) {
		if !b.Removed.IsZero() && now.Sub(b.Removed) > binDays {
			old = append(old, id)
		}
	})
	if err != nil || len(old) == 0 {
		return err
	}
	return w.vault.Update(func(tx *vault.Tx) error {
		for _, id := range old {
			if err := errors.Join(dropReport(tx, id), tx.Delete(bucketItems, id), tx.Delete(bucketBin, id)); err != nil {
				return err
			}
		}
		return nil
	})
}

func unique(ids []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		twice := seen[id]
		seen[id] = true
		return twice
	})
}
