package wallet

import (
	"errors"
	"slices"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// settingUndo names the list of acts that can be taken back, oldest first.
const settingUndo = "undo"

// maxUndo bounds how many acts can be taken back.
const maxUndo = 100

func undoList(tx *vault.Tx) (ids []string, err error) {
	err = getJSON(tx, bucketSettings, settingUndo, &ids)
	if errors.Is(err, vault.ErrNone) || fault.Code(err) == "vault.record" {
		return nil, nil
	}
	return ids, err
}

func pushUndo(tx *vault.Tx, id string) error {
	ids, err := undoList(tx)
	if err != nil {
		return err
	}
	ids = append(ids, id)
	return putJSON(tx, bucketSettings, settingUndo, ids[max(0, len(ids)-maxUndo):])
}

// Undo takes the last act back that was not taken back yet: an adding (the items
// go to the bin), a removing, a bringing back, a change of tags or of a note, a
// replacing by a newer version. It gives that act. Fault wallet.nothing-to-undo when there is none of the last thirty days.
func (w *Wallet) Undo() (Event, error) {
	var out Event
	err := w.act(func(tx *vault.Tx, done changes) error {
		ids, err := undoList(tx)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return fault.New("wallet.nothing-to-undo")
		}
		var e entry
		if err := getJSON(tx, bucketEvents, ids[len(ids)-1], &e); err != nil {
			return err
		}
		if w.o.Now().Sub(e.At) > binDays {
			return fault.New("wallet.nothing-to-undo")
		}
		if err := w.takeBack(tx, e, done); err != nil {
			return err
		}
		e.Taken = true
		out = e.Event
		note := &entry{Event: Event{What: Undone, Items: e.Items, Args: e.Args}}
		return errors.Join(
			putJSON(tx, bucketSettings, settingUndo, ids[:len(ids)-1]),
			w.write(tx, &e), w.write(tx, note),
		)
	})
	return out, err
}

// takeBack undoes one act. What has become impossible since, because an item is
// gone, back or damaged, is skipped: the rest is still undone.
func (w *Wallet) takeBack(tx *vault.Tx, e entry, done changes) error {
	for _, id := range e.Items {
		var err error
		switch e.What {
		case Added, Restored:
			_, err = w.toBin(tx, id, done)
		case Removed:
			_, err = w.fromBin(tx, id, done)
		case Tagged, Noted:
			err = w.setBack(tx, id, e, done)
		case Replaced:
			err = w.putBack(tx, id, e.Old, done)
		}
		if err != nil && !slices.Contains([]string{"wallet.no-item", "vault.record"}, fault.Code(err)) {
			return err
		}
	}
	return nil
}

func (w *Wallet) setBack(tx *vault.Tx, id string, e entry, done changes) error {
	it, err := listed(tx, id)
	if err != nil {
		return err
	}
	if e.What == Tagged {
		it.Tags = e.Before[id].Tags
	} else {
		it.Note = e.Before[id].Note
	}
	return w.rewrite(tx, id, it, done)
}
