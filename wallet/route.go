package wallet

import (
	"errors"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/pathway"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// AddPathway keeps a pathway file of any form, as it was received; adding it twice
// is one pathway. source is where it came from, to be shown.
func (w *Wallet) AddPathway(raw []byte, source string) (Route, error) {
	read, err := pathway.Read(raw)
	if err != nil {
		return Route{}, err
	}
	r := Route{ID: digest(raw), Raw: raw, Added: w.o.Now().UTC(), Source: source, Reading: read}
	err = w.act(func(tx *vault.Tx, _ changes) error {
		old, err := getRoute(tx, r.ID)
		if err == nil {
			r.Added, r.Source = old.Added, old.Source
			return nil
		}
		if fault.Code(err) != "wallet.no-pathway" {
			return err
		}
		b, err := item{Source: source, Added: r.Added, Raw: raw}.bytes()
		if err != nil {
			return err
		}
		return tx.Put(bucketPathways, r.ID, b)
	})
	return r, err
}

func getRoute(tx *vault.Tx, id string) (Route, error) {
	b, err := tx.Get(bucketPathways, id)
	if errors.Is(err, vault.ErrNone) {
		return Route{}, fault.Wrap(err, "wallet.no-pathway", "id", id)
	}
	if err != nil {
		return Route{}, err
	}
	return readRoute(id, b)
}

func readRoute(id string, b []byte) (Route, error) {
	it, err := parseItem(b)
	if err != nil {
		return Route{}, err
	}
	read, err := pathway.Read(it.Raw)
	return Route{ID: id, Raw: it.Raw, Added: it.Added, Source: it.Source, Reading: read}, err
}

// Pathways lists the pathways kept, in the order in which they were added. One
// that can't be read any more is left out.
func (w *Wallet) Pathways() ([]Route, error) {
	var out []Route
	err := w.vault.View(func(tx *vault.Tx) error {
		return tx.Each(bucketPathways, func(id string, b []byte, err error) error {
			if err != nil {
				return nil
			}
			if r, err := readRoute(id, b); err == nil {
				out = append(out, r)
			}
			return nil
		})
	})
	slices.SortStableFunc(out, func(a, b Route) int { return a.Added.Compare(b.Added) })
	return out, err
}

// RemovePathway forgets a pathway; the badges stay. Fault wallet.no-pathway.
func (w *Wallet) RemovePathway(id string) error {
	return w.act(func(tx *vault.Tx, _ changes) error {
		if _, err := tx.Get(bucketPathways, id); errors.Is(err, vault.ErrNone) {
			return fault.Wrap(err, "wallet.no-pathway", "id", id)
		}
		return tx.Delete(bucketPathways, id)
	})
}

// Measure says how far the items of the list go on a pathway today. Fault
// wallet.no-pathway.
func (w *Wallet) Measure(id string) (Route, pathway.Progress, error) {
	var r Route
	err := w.vault.View(func(tx *vault.Tx) (err error) { r, err = getRoute(tx, id); return err })
	if err != nil {
		return Route{}, pathway.Progress{}, err
	}
	now := w.o.Now()
	var held []pathway.Held
	order := w.sorted()
	w.mu.RLock()
	for _, id := range order {
		if h, ok := w.heads[id]; ok && !h.damaged {
			held = append(held, h.all(id, now)...)
		}
	}
	w.mu.RUnlock()
	return r, pathway.Measure(r.Pathway, held, now), nil
}

// Held gives what measuring a pathway needs to know of a draft: the badge, and those
// inside it.
func (d Draft) Held(now time.Time) []pathway.Held {
	h := headOf(d.Credential, item{}, report{Report: d.Report})
	return h.all(d.ID, now)
}
