package wallet

import (
	"context"
	"errors"
	"sync"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// checkers is how many items are checked at a time; most of the time they wait
// for somebody's server.
const checkers = 4

// batch is how many new reports one transaction writes.
const batch = 25

// maxNamed bounds the items that one recheck names in the activity.
const maxNamed = 100

// checked is one item that was checked again.
type checked struct {
	id       string
	c        *vc.Credential // nil when the item can't be read any more
	report   check.Report
	evidence []fetch.Page
}

// Recheck checks items again, or all of the list when no ids are given, and keeps
// the new reports in portions. done, which may be nil, is called from the calling
// goroutine after each item. When ctx ends, the items that were finished keep
// their new reports, the others their old ones, and its error is returned. Fault
// wallet.no-item when one of ids is not listed; then none is checked.
func (w *Wallet) Recheck(ctx context.Context, ids []string, done func(n, total int)) error {
	ids, err := w.toCheck(ids)
	if err != nil || len(ids) == 0 {
		return err
	}
	work, stop := context.WithCancel(ctx)
	defer stop()
	e := &entry{Event: Event{What: Rechecked}}
	var found []checked
	n := 0
	for r := range w.check(work, ids) {
		n++
		if r.c != nil {
			found = append(found, r)
		}
		if len(found) == batch && err == nil {
			if err = w.keepChecked(found, e, false); err != nil {
				stop() // and wait for the checkers to notice
			}
			found = nil
		}
		if done != nil {
			done(n, len(ids))
		}
	}
	if err != nil {
		return err
	}
	if err := errors.Join(w.keepChecked(found, e, true), w.noteContacts()); err != nil {
		return err
	}
	return ctx.Err()
}

func (w *Wallet) toCheck(ids []string) ([]string, error) {
	if len(ids) == 0 {
		return append([]string(nil), w.sorted()...), nil
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, id := range ids {
		if _, ok := w.heads[id]; !ok {
			return nil, fault.New("wallet.no-item", "id", id)
		}
	}
	return unique(ids), nil
}

// check checks items on a few goroutines and hands on those that were finished
// before ctx ended. The channel is closed when the last goroutine has ended; it
// must be read to its end.
func (w *Wallet) check(ctx context.Context, ids []string) <-chan checked {
	todo, out := make(chan string), make(chan checked)
	var all sync.WaitGroup
	all.Go(func() {
		defer close(todo)
		for _, id := range ids {
			select {
			case todo <- id:
			case <-ctx.Done():
				return
			}
		}
	})
	for range min(checkers, len(ids)) {
		all.Go(func() {
			for id := range todo {
				if r := w.checkOne(ctx, id); ctx.Err() == nil {
					out <- r
				}
			}
		})
	}
	go func() { all.Wait(); close(out) }()
	return out
}

func (w *Wallet) checkOne(ctx context.Context, id string) checked {
	r := checked{id: id}
	var it item
	err := w.vault.View(func(tx *vault.Tx) (err error) { it, err = getItem(tx, id); return err })
	if err != nil {
		return r
	}
	c, err := it.read(id, w.Languages()...)
	if err != nil {
		return r
	}
	report, evidence, err := w.verify(ctx, id, c, nil, nil)
	if err != nil {
		return r
	}
	r.c, r.report, r.evidence = c, report, evidence
	return r
}

// keepChecked writes reports; the last portion writes the event too.
func (w *Wallet) keepChecked(found []checked, e *entry, last bool) error {
	next := *e
	err := w.act(func(tx *vault.Tx, done changes) error {
		for _, r := range found {
			it, err := listed(tx, r.id)
			if fault.Code(err) == "wallet.no-item" {
				continue // removed meanwhile
			}
			if err != nil {
				return err
			}
			if err := w.judged(tx, r.id, r.c, it, r.report, r.evidence, done); err != nil {
				return err
			}
			next.Items = append(next.Items, r.id)
		}
		if !last || len(next.Items) == 0 {
			return nil
		}
		next.describe(done)
		next.Items = next.Items[:min(len(next.Items), maxNamed)]
		return w.write(tx, &next)
	})
	if err == nil {
		*e = next
	}
	return err
}
