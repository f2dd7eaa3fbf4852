package model

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
)

// ListView is one list of issuers.
type ListView struct {
	ID        string
	Name      string
	Note      string // what kind of list it is, and what is known of it
	On        bool
	CanSwitch bool
	CanRemove bool
}

// ChainView is somebody who may be asked about a block chain.
type ChainView struct {
	ID   string // for RemoveChain
	Name string // of the chain
	Host string
}

// ContactView is a server that was asked on the internet.
type ContactView struct {
	Host string
	Why  string
	When string // "today, 09:14 · 3 times"
}

// Sources is the part of the settings about whom the checks ask: the lists of
// issuers, the places for block chains, and who was asked.
type Sources struct {
	base
	Fault    *FaultView
	Lists    []ListView
	Chains   []ChainView
	Kinds    []OptionView // chains that can be named
	Contacts []ContactView
	More     int // contacts that are not listed
	CanAsk   bool
	Progress ProgressView // of adding a list, or fetching lists anew

	work *task.Task
}

// maxContacts is how many are listed; the command line lists all.
const maxContacts = 40

// chainKinds are the chains a person can choose from. The command line takes any.
var chainKinds = []anchor.Chain{
	anchor.Bitcoin, anchor.EVM(1), anchor.EVM(137), anchor.EVM(43114), anchor.EVM(250), anchor.EVM(8453), anchor.Testnet, anchor.EVM(11155111),
}

// gathered is what Sources reads.
type gathered struct {
	lists    []wallet.List
	chains   []anchor.Provider
	contacts []fetch.Tally
}

// NewSources reads whom the checks ask, and again whenever the wallet changes.
func NewSources(d *Desk) *Sources {
	s := &Sources{base: newBase(d), CanAsk: !d.Sample && d.online != nil}
	for i, c := range chainKinds {
		s.Kinds = append(s.Kinds, OptionView{ID: string(c), Text: c.Title(), On: i == 0})
	}
	s.follow(s.read)
	s.read()
	return s
}

func (s *Sources) read() {
	reload(&s.base, func() (g gathered, err error) {
		if g.lists, err = s.desk.Wallet.Lists(); err != nil {
			return g, err
		}
		if g.chains, err = s.desk.Wallet.Chains(); err != nil {
			return g, err
		}
		g.contacts, err = s.desk.Wallet.Contacts()
		return g, err
	}, func(g gathered, err error) {
		s.Fault, s.Lists, s.Chains, s.Contacts = s.faultView(err), nil, nil, nil
		for _, l := range g.lists {
			s.Lists = append(s.Lists, s.list(l))
		}
		for _, p := range g.chains {
			s.Chains = append(s.Chains, ChainView{ID: p.String(), Name: p.Chain.Title(), Host: p.Host()})
		}
		for _, c := range g.contacts[:min(len(g.contacts), maxContacts)] {
			s.Contacts = append(s.Contacts, s.contact(c))
		}
		s.More = len(g.contacts) - len(s.Contacts)
		s.changed()
	})
}

func (s *Sources) list(l wallet.List) ListView {
	kind := s.Text("list.kind."+l.Kind, nil)
	state := l.State
	if l.Kind == wallet.OwnList && l.Date.IsZero() {
		state = "empty"
	}
	note := []string{s.Text("list.state."+state, map[string]string{"date": s.date(l.Date)})}
	if l.Name != "" {
		note = slices.Insert(note, 0, kind)
	}
	if l.Testing {
		note = append(note, s.Text("list.testing", nil))
	}
	own := l.Kind == wallet.OwnList
	return ListView{
		ID: l.ID, Name: orElse(l.Name, kind), Note: strings.Join(note, s.t("between")), On: l.On,
		CanSwitch: !own, CanRemove: !own && !l.Shipped,
	}
}

func (s *Sources) contact(c fetch.Tally) ContactView {
	why := "contact." + c.Why
	if !s.Has(why) {
		why = "contact.other"
	}
	times := s.Text("contacts.once", nil)
	if c.Count > 1 {
		times = s.Text("contacts.times", map[string]string{"n": strconv.Itoa(c.Count)})
	}
	return ContactView{Host: c.Host, Why: s.Text(why, nil), When: s.moment(c.Last) + s.t("between") + times}
}

// Switch has checks use a list, or not; the badges are checked again.
func (s *Sources) Switch(id string, on bool) {
	s.act(func() error { return s.desk.Wallet.SwitchList(id, on) }, s.recheckAll)
}

// Remove forgets a list that was added; the badges are checked again without it.
func (s *Sources) Remove(id string) {
	s.act(func() error { return s.desk.Wallet.RemoveList(id) }, s.recheckAll)
}

func (s *Sources) recheckAll() {
	s.read()
	s.recheck(s.desk.runner(), nil, s.progress, nil)
}

func (s *Sources) progress(p ProgressView) {
	s.Progress = p
	s.changed()
}

// Add adds the list at an address, which is asked for it.
func (s *Sources) Add(address string) {
	address = strings.TrimSpace(address)
	if address == "" {
		return
	}
	s.adding(func(ctx context.Context) (string, error) {
		l, err := s.desk.Wallet.AddList(ctx, address, "")
		return l.Name, err
	})
}

// AddFile adds a European trusted list from a file.
func (s *Sources) AddFile(path string) {
	s.adding(func(context.Context) (string, error) {
		raw, err := FileInput(path).read(maxInput)
		if err != nil {
			return "", err
		}
		l, err := s.desk.Wallet.AddListFile(raw)
		return l.Name, err
	})
}

// Update fetches the European lists that have an address anew.
func (s *Sources) Update() {
	s.adding(func(ctx context.Context) (string, error) { return "", s.desk.Wallet.UpdateLists(ctx) })
}

// adding does what takes a while and changes the lists, then checks the badges
// again. The work gives the name of a list that was added.
func (s *Sources) adding(work func(context.Context) (string, error)) {
	if s.Progress.On {
		return
	}
	s.progress(ProgressView{On: true, Text: s.t("sources.reading"), Stop: s.t("stop")})
	s.work = task.Run(s.run, work, func(name string, err error) {
		s.progress(ProgressView{})
		switch {
		case stopped(err):
		case err != nil:
			s.toast(Toast{Text: s.fault(err).Line()})
		case name != "":
			s.toast(Toast{Text: s.t("sources.added", "name", name)})
		}
		if err == nil {
			s.recheckAll()
		}
	})
}

// Stop stops adding or updating.
func (s *Sources) Stop() { s.work.Stop() }

// AddChain names somebody for one of Kinds; certificates of that chain are looked up
// there from their next check on.
func (s *Sources) AddChain(kind, address string) {
	s.act(func() error { return s.desk.Wallet.AddChain(kind + "=" + strings.TrimSpace(address)) }, s.read)
}

// RemoveChain forgets somebody.
func (s *Sources) RemoveChain(id string) {
	s.act(func() error { return s.desk.Wallet.RemoveChain(id) }, s.read)
}

// ClearContacts forgets who was asked.
func (s *Sources) ClearContacts() { s.act(s.desk.Wallet.ClearContacts, s.read) }
