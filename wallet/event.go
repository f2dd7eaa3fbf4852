package wallet

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// entry is an event with what is needed to take it back.
type entry struct {
	Event
	Before map[string]prior `json:"before,omitempty"` // by item, for tags and notes
	Old    string           `json:"old,omitempty"`    // the item that was replaced
}

// prior is what an item said before.
type prior struct {
	Tags []string `json:"tags,omitempty"`
	Note string   `json:"note,omitempty"`
}

// undoable lists the acts that Undo takes back.
var undoable = []string{Added, Removed, Restored, Tagged, Noted, Replaced}

// write adds an event, or replaces it when it has its id already. Events are
// never deleted, so their count gives the next number.
func (w *Wallet) write(tx *vault.Tx, e *entry) error {
	if e.ID != "" {
		return putJSON(tx, bucketEvents, e.ID, e)
	}
	e.ID = number(tx.Count(bucketEvents) + 1)
	e.At = w.o.Now().UTC()
	if slices.Contains(undoable, e.What) {
		if err := pushUndo(tx, e.ID); err != nil {
			return err
		}
	}
	return putJSON(tx, bucketEvents, e.ID, e)
}

// number makes an id whose order as text is that of the numbers.
func number(n int) string { return fmt.Sprintf("%012d", n) }

// Activity lists what was done, newest first.
func (w *Wallet) Activity() ([]Event, error) {
	var out []Event
	err := w.vault.View(func(tx *vault.Tx) error {
		return tx.Each(bucketEvents, func(id string, b []byte, err error) error {
			if fault.Code(err) == "vault.record" {
				return nil // one line of the diary is lost, the others are not
			}
			var e entry
			if err := json.Unmarshal(b, &e); err != nil {
				return fmt.Errorf("event %s: %w", id, err)
			}
			out = append(out, e.Event)
			return nil
		})
	})
	slices.Reverse(out)
	return out, err
}

// Record adds a line to the activity, as share does for what was handed out. ID
// and At are filled in here.
func (w *Wallet) Record(e Event) error {
	e.ID, e.Taken = "", false
	return w.act(func(tx *vault.Tx, _ changes) error {
		n := &entry{Event: e}
		n.Args = maps.Clone(e.Args)
		return w.write(tx, n)
	})
}

// Listen calls f after each change until stop is called: on the goroutine that
// made the change, with no lock held. f should only note that it has to read
// again. A call that is under way when stop is called may still come.
func (w *Wallet) Listen(f func(Changed)) (stop func()) {
	w.hearMu.Lock()
	defer w.hearMu.Unlock()
	id := w.nextHear
	w.nextHear++
	w.listeners[id] = f
	return func() {
		w.hearMu.Lock()
		defer w.hearMu.Unlock()
		delete(w.listeners, id)
	}
}

// tell calls the listeners in the order in which they came.
func (w *Wallet) tell(done changes) {
	w.hearMu.Lock()
	var all []func(Changed)
	for _, id := range slices.Sorted(maps.Keys(w.listeners)) {
		all = append(all, w.listeners[id])
	}
	w.hearMu.Unlock()
	c := Changed{IDs: slices.Sorted(maps.Keys(done))}
	for _, f := range all {
		f(c)
	}
}
