package wallet

import (
	"errors"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// The kinds of lists of issuers.
const (
	OwnList        = "own"        // whom the learner vouches for
	RegistryList   = "registry"   // a published file of issuers
	FederationList = "federation" // the trust anchor of an OpenID Federation
	EuropeanList   = "eu"         // a European trusted list
)

// What is known of a list. Words: list.state.<state>.
const (
	ListUnasked     = "unasked"      // no check has asked it yet
	ListAnswers     = "answers"      // it answered the last check that asked
	ListSilent      = "silent"       // it could not be asked
	ListOld         = "old"          // its answer, or the list, has ended
	ListBroken      = "broken"       // its answer, or the list's signature, does not hold
	ListUnchecked   = "unchecked"    // the list's signature can't be checked here
	ListOtherSigner = "other-signer" // the list of lists names another signer
	ListGood        = "good"         // a list that is kept here, and holds
)

// List is one list of issuers as the learner's table shows it. Lists that are off
// are asked by no check.
type List struct {
	ID      string // what SwitchList and RemoveList take
	Kind    string
	Name    string
	Address string // where it is asked or was fetched; empty for one that came as a file
	On      bool
	Shipped bool      // it came with the program, or is on the public list: it can be switched off, not removed
	Testing bool      // being on it vouches for nobody
	Count   int       // issuers, or services, it names; 0 where that is not known
	Date    time.Time // of what is known of it; zero for nothing
	State   string
}

// ownListID is the id of the learner's own list. It is always used.
const ownListID = "own"

// listSettings is what the learner decided about lists.
type listSettings struct {
	Off  []string    `json:"off,omitempty"` // ids
	More []savedList `json:"more,omitempty"`
}

// savedList is a list the learner added.
type savedList struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind"`
	Name    string    `json:"name,omitempty"`
	Address string    `json:"address,omitempty"`
	Added   time.Time `json:"added"`
	Files   []string  `json:"files,omitempty"` // of a European list: digests of its editions, latest first
}

// registries gives what a verifier needs to know, beside what it has already.
func (s listSettings) registries(have trust.Lists) trust.Lists {
	out := trust.Lists{Public: have.Public, Off: slices.Concat(have.Off, s.Off), More: slices.Clone(have.More)}
	for _, l := range s.More {
		switch l.Kind {
		case RegistryList:
			out.More = append(out.More, trust.Registry{Name: l.Name, File: l.Address})
		case FederationList:
			out.More = append(out.More, trust.Registry{Name: l.Name, Anchor: l.Address})
		}
	}
	return out
}

func (s listSettings) on(id string) bool { return !slices.Contains(s.Off, id) }

func (s listSettings) find(id string) int {
	return slices.IndexFunc(s.More, func(l savedList) bool { return l.ID == id })
}

// Lists gives the table of the lists that checks use or could use: the learner's
// own, the registries that came with the program, and those that were added.
func (w *Wallet) Lists() ([]List, error) {
	o := w.owned()
	seen, err := w.sightings()
	if err != nil {
		return nil, err
	}
	out := []List{ownList(o)}
	shipped := trust.Lists{Public: w.o.Verifier.Lists.Public}.Shipped()
	for i, r := range shipped.List {
		l := registryRow(r, seen, o.lists)
		l.Name, l.Shipped = shipped.Label(i), true
		out = append(out, l)
	}
	for _, r := range o.lists.registries(trust.Lists{}).More {
		out = append(out, registryRow(r, seen, o.lists))
	}
	out = append(out, newcomers(out, seen, o.lists)...)
	european, err := w.europeanRows(o.lists)
	return append(out, european...), err
}

func ownList(o own) List {
	l := List{ID: ownListID, Kind: OwnList, On: true, Count: len(o.trusted), State: ListGood}
	for _, t := range o.trusted {
		if t.At.After(l.Date) {
			l.Date = t.At
		}
	}
	return l
}

func registryRow(r trust.Registry, seen map[string]sighting, s listSettings) List {
	l := List{ID: r.Address(), Kind: RegistryList, Name: r.Label(), Address: r.Address(), On: s.on(r.Address()), Testing: r.Testing(), State: ListUnasked}
	if r.Anchor != "" {
		l.Kind = FederationList
	}
	if last, ok := seen[l.ID]; ok {
		l.State, l.Date = last.State, last.At
	}
	return l
}

// SwitchList has checks use a list, or not. Items are judged by it from their next
// check on. Faults wallet.no-list, and wallet.list-fixed for the learner's own list.
func (w *Wallet) SwitchList(id string, on bool) error {
	if err := w.switchable(id); err != nil {
		return err
	}
	return w.setLists(func(_ *vault.Tx, s *listSettings) error {
		s.Off = slices.DeleteFunc(s.Off, func(off string) bool { return off == id })
		if !on {
			s.Off = append(s.Off, id)
		}
		return nil
	})
}

func (w *Wallet) switchable(id string) error {
	if id == ownListID {
		return fault.New("wallet.list-fixed")
	}
	all, err := w.Lists()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(l List) bool { return l.ID == id }) {
		return fault.New("wallet.no-list", "id", id)
	}
	return nil
}

// RemoveList forgets a list that was added. Faults wallet.no-list, and
// wallet.list-fixed for a list that came with the program.
func (w *Wallet) RemoveList(id string) error {
	if err := w.switchable(id); err != nil {
		return err
	}
	return w.setLists(func(tx *vault.Tx, s *listSettings) error {
		i := s.find(id)
		if i < 0 {
			return fault.New("wallet.list-fixed")
		}
		for _, digest := range s.More[i].Files {
			if err := tx.Delete(bucketLists, digest); err != nil {
				return err
			}
		}
		s.More = slices.Delete(s.More, i, i+1)
		s.Off = slices.DeleteFunc(s.Off, func(off string) bool { return off == id })
		return forget(tx, id)
	})
}

func (w *Wallet) setLists(change func(*vault.Tx, *listSettings) error) error {
	return w.settle(func(tx *vault.Tx) error {
		var s listSettings
		if err := getJSON(tx, bucketSettings, settingLists, &s); err != nil && !errors.Is(err, vault.ErrNone) {
			return err
		}
		if err := change(tx, &s); err != nil {
			return err
		}
		return putJSON(tx, bucketSettings, settingLists, s)
	})
}
