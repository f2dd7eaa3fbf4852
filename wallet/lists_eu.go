package wallet

import (
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// maxEditions bounds the editions of one European list that are kept, so that a
// check can be repeated as of an earlier day.
const maxEditions = 4

// addEuropean keeps a European list: in the place of an earlier edition of the same
// territory's, which is kept too.
func (w *Wallet) addEuropean(raw []byte, address, name string) (List, error) {
	read, err := trust.ParseEU(raw)
	switch {
	case err != nil:
		return List{}, fault.Wrap(err, "wallet.list-unknown")
	case read.Seal == trust.SealBroken:
		return List{}, fault.New("wallet.list-altered")
	}
	l := savedList{ID: "eu:" + read.Territory, Kind: EuropeanList, Name: cut(name), Address: address, Added: w.o.Now().UTC(), Files: []string{digest(raw)}}
	err = w.setLists(func(tx *vault.Tx, s *listSettings) error {
		if err := tx.Put(bucketLists, l.Files[0], raw); err != nil {
			return err
		}
		if i := s.find(l.ID); i >= 0 {
			l = s.More[i].with(l)
		}
		for len(l.Files) > maxEditions {
			if err := tx.Delete(bucketLists, l.Files[maxEditions]); err != nil {
				return err
			}
			l.Files = slices.Delete(l.Files, maxEditions, maxEditions+1)
		}
		return s.save(l)
	})
	if err != nil {
		return List{}, err
	}
	return w.listRow(l.ID)
}

// with gives a list with a further edition put before those it has.
func (l savedList) with(fresh savedList) savedList {
	if fresh.Address == "" {
		fresh.Address = l.Address
	}
	if fresh.Name == "" {
		fresh.Name = l.Name
	}
	old := slices.DeleteFunc(slices.Clone(l.Files), func(f string) bool { return f == fresh.Files[0] })
	fresh.Files = append(slices.Clone(fresh.Files), old...)
	return fresh
}

// europeans keeps what was read of European lists: large files, read when a check
// first needs them.
type europeans struct {
	mu   sync.Mutex
	read map[string]trust.EUList // by digest
}

// edition reads one edition of a list.
func (w *Wallet) edition(digest string) (trust.EUList, error) {
	w.eu.mu.Lock()
	defer w.eu.mu.Unlock()
	if l, ok := w.eu.read[digest]; ok {
		return l, nil
	}
	var raw []byte
	err := w.vault.View(func(tx *vault.Tx) (err error) { raw, err = tx.Get(bucketLists, digest); return err })
	if err != nil {
		return trust.EUList{}, err
	}
	l, err := trust.ParseEU(raw)
	if err != nil {
		return l, err
	}
	if w.eu.read == nil {
		w.eu.read = map[string]trust.EUList{}
	}
	w.eu.read[digest] = l
	return l, nil
}

// european gives the European lists in use, each in the edition of a day: the
// latest that had been issued. What can't be read any more is left out; the table
// says so.
func (w *Wallet) european(s listSettings, day time.Time) trust.EU {
	var out trust.EU
	for _, l := range s.More {
		if l.Kind != EuropeanList || !s.on(l.ID) {
			continue
		}
		var best trust.EUList
		for _, file := range l.Files {
			e, err := w.edition(file)
			if err == nil && !e.Issued.After(day) && (best.Territory == "" || e.Issued.After(best.Issued)) {
				best = e
			}
		}
		if best.Territory != "" {
			out = append(out, best)
		}
	}
	return out
}

// europeanRows gives the rows of European lists, in their latest editions.
func (w *Wallet) europeanRows(s listSettings) ([]List, error) {
	now := w.o.Now()
	used := w.european(s, now)
	var out []List
	for _, l := range s.More {
		if l.Kind != EuropeanList {
			continue
		}
		row := List{ID: l.ID, Kind: EuropeanList, Name: l.Name, Address: l.Address, On: s.on(l.ID), State: ListBroken}
		e, err := w.edition(l.Files[0])
		switch {
		case err == nil:
			row.State, row.Date, row.Count = euStates[used.State(e, now)], e.Issued, len(e.Services)+len(e.Pointers)
			if row.Name == "" {
				row.Name = e.Label()
			}
		case !errors.Is(err, vault.ErrNone) && fault.Code(err) != "vault.record" && !errors.Is(err, trust.ErrBroken):
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

var euStates = map[trust.EUState]string{
	trust.EUGood: ListGood, trust.EUOld: ListOld, trust.EUUnchecked: ListUnchecked,
	trust.EUBroken: ListBroken, trust.EUOtherSigner: ListOtherSigner,
}
