package wallet

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// maxLists bounds the lists a learner adds: a check asks each of them.
const maxLists = 40

// AddList adds the list at an address: the file of a registry, the trust anchor of a
// federation (for which its site is enough), or a European trusted list, of which a
// copy is kept. It asks the address. name, which may be empty, is what the learner
// calls it. Faults wallet.list-unknown, wallet.list-altered, wallet.too-many-lists,
// and those of package fetch.
func (w *Wallet) AddList(ctx context.Context, address, name string) (List, error) {
	u, err := fetch.Address(address)
	if err != nil {
		return List{}, fetch.Fault(err, address)
	}
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" {
		u.Path = trust.FederationPath
	}
	page, err := w.ask(fetch.Because(ctx, "list"), u.String(), "")
	if err := errors.Join(fetch.Fault(err, address), w.noteContacts()); err != nil {
		return List{}, err
	}
	r, err := trust.ParseRegistryAt(u.String(), page.Body)
	if err != nil {
		return w.addEuropean(page.Body, u.String(), name)
	}
	l := savedList{ID: r.Address(), Kind: RegistryList, Name: cut(cmp.Or(name, r.Name)), Address: r.Address(), Added: w.o.Now().UTC()}
	if r.Anchor != "" {
		l.Kind = FederationList
	}
	return w.saveList(l)
}

// AddListFile adds a European trusted list from its file. Faults wallet.list-unknown,
// wallet.list-altered and wallet.too-many-lists.
func (w *Wallet) AddListFile(raw []byte) (List, error) { return w.addEuropean(raw, "", "") }

// UpdateLists fetches the European lists that have an address anew; those that could
// not be had stay as they are, and the error tells of them.
func (w *Wallet) UpdateLists(ctx context.Context) error {
	var failed []error
	for _, l := range w.owned().lists.More {
		if l.Kind == EuropeanList && l.Address != "" && ctx.Err() == nil {
			_, err := w.AddList(ctx, l.Address, l.Name)
			failed = append(failed, err)
		}
	}
	return errors.Join(append(failed, ctx.Err())...)
}

// saveList writes a list that was added, or again, and gives its row.
func (w *Wallet) saveList(l savedList) (List, error) {
	err := w.setLists(func(_ *vault.Tx, s *listSettings) error { return s.save(l) })
	if err != nil {
		return List{}, err
	}
	return w.listRow(l.ID)
}

func (s *listSettings) save(l savedList) error {
	s.Off = slices.DeleteFunc(s.Off, func(off string) bool { return off == l.ID })
	if i := s.find(l.ID); i >= 0 {
		s.More[i] = l
		return nil
	}
	if len(s.More) >= maxLists {
		return fault.New("wallet.too-many-lists")
	}
	s.More = append(s.More, l)
	return nil
}

// listRow gives the row of a list.
func (w *Wallet) listRow(id string) (List, error) {
	all, err := w.Lists()
	if err != nil {
		return List{}, err
	}
	i := slices.IndexFunc(all, func(l List) bool { return l.ID == id })
	if i < 0 {
		return List{}, fault.New("wallet.no-list", "id", id)
	}
	return all[i], nil
}
