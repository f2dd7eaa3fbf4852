package model

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
)

// TrustedView is an issuer on the learner's list.
type TrustedView struct {
	ID, Name, Since string
}

// KeyView is one of the learner's keys.
type KeyView struct {
	Name    string // what it is for
	Kind    string
	Created string
	DID     string
	JWK     string
}

// BinView is a removed badge that can still come back.
type BinView struct {
	ID, Name, Gone string
}

// Settings is S12.
type Settings struct {
	base
	OnLook func() // look, size or contrast are others

	Loading    bool
	Fault      *FaultView
	Looks      []OptionView
	Sizes      []OptionView
	Contrast   bool
	Languages  []OptionView // to read texts of badges in
	Online     bool
	CanOnline  bool   // false in the practice wallet, which never asks anybody
	OnlineNote string // what is asked, and what is not
	Emails     []string
	EmailError string
	Trusted    []TrustedView
	Keys       []KeyView
	KeyKinds   []OptionView // kinds of keys that can be made
	NewKey     *KeyView     // the key that was just made, to be copied
	Bin        []BinView
	Path       string       // where the wallet's file is
	Progress   ProgressView // of checking badges by what was changed here
}

// Names of preferences of the look.
const (
	prefLook     = "look"
	prefSize     = "size"
	prefContrast = "contrast"
)

var (
	looks    = []string{"auto", "light", "dark"}
	sizes    = []string{"S", "M", "L", "XL"}
	keyKinds = []string{key.EdDSA, key.ES256}
)

// Look is the look that the learner chose: one of auto, light and dark; one of S,
// M, L and XL; and whether contrast is high.
func Look(p Prefs) (look, size string, contrast bool) {
	look, size = p.Get(prefLook), p.Get(prefSize)
	if !slices.Contains(looks, look) {
		look = "auto"
	}
	if !slices.Contains(sizes, size) {
		size = "M"
	}
	return look, size, p.Get(prefContrast) == "on"
}

// setup is what Settings reads.
type setup struct {
	emails  []string
	trusted []verify.Trusted
	keys    []wallet.KeyInfo
	bin     []wallet.Binned
}

// NewSettings reads the settings, and again whenever the wallet changes.
func NewSettings(d *Desk) *Settings {
	s := &Settings{base: newBase(d), Loading: true, Path: d.Wallet.Path()}
	s.KeyKinds = s.options("settings.kind", keyKinds[0], keyKinds...)
	s.look()
	s.follow(s.read)
	s.read()
	return s
}

func (s *Settings) look() {
	look, size, contrast := Look(s.desk.Prefs)
	s.Looks, s.Sizes, s.Contrast = s.options("settings.look", look, looks...), s.options("settings.size", size, sizes...), contrast
	s.Languages = s.options("settings.language", orElse(s.desk.Prefs.Get(prefLanguage), asComputer), tongues...)
	s.CanOnline = !s.desk.Sample && s.desk.online != nil
	s.Online = s.CanOnline && s.desk.online.Load()
	s.OnlineNote = s.t("settings.online")
	if s.desk.Sample {
		s.OnlineNote = s.t("settings.online-sample")
	}
}

func (s *Settings) read() {
	reload(&s.base, func() (g setup, err error) {
		if g.emails, err = s.desk.Wallet.Emails(); err != nil {
			return g, err
		}
		if g.trusted, err = s.desk.Wallet.Trusted(); err != nil {
			return g, err
		}
		if g.keys, err = s.desk.Wallet.Keys(); err != nil {
			return g, err
		}
		g.bin, err = s.desk.Wallet.Bin()
		return g, err
	}, func(g setup, err error) {
		s.Loading, s.Fault, s.Emails = false, s.faultView(err), g.emails
		s.Trusted, s.Keys, s.Bin = nil, nil, nil
		for _, t := range g.trusted {
			s.Trusted = append(s.Trusted, TrustedView{ID: t.ID, Name: orElse(t.Name, t.ID), Since: s.t("settings.since", "date", s.date(t.At))})
		}
		for _, k := range g.keys {
			s.Keys = append(s.Keys, s.key(k))
		}
		for _, b := range g.bin {
			s.Bin = append(s.Bin, BinView{ID: b.ID, Name: orElse(b.Name, s.t("card.unnamed")), Gone: s.t("settings.gone", "date", s.date(b.Gone))})
		}
		s.changed()
	})
}

func (s *Settings) key(k wallet.KeyInfo) KeyView {
	v := KeyView{Name: orElse(k.Note, s.t("settings.key")), Kind: s.t("settings.kind." + k.Alg()), Created: s.date(k.Created), DID: k.DID()}
	if k.Profile {
		v.Name = s.t("settings.profile")
	}
	if b, err := json.MarshalIndent(k.JWK(), "", "  "); err == nil {
		v.JWK = string(b)
	}
	return v
}

// SetLook chooses one of Looks.
func (s *Settings) SetLook(id string) { s.prefer(prefLook, id) }

// SetSize chooses one of Sizes.
func (s *Settings) SetSize(id string) { s.prefer(prefSize, id) }

// SetContrast turns high contrast on or off.
func (s *Settings) SetContrast(on bool) { s.prefer(prefContrast, onOff(on)) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func (s *Settings) prefer(name, value string) {
	s.desk.Prefs.Set(name, value)
	s.look()
	if s.OnLook != nil {
		s.OnLook()
	}
	s.changed()
}

// SetOnline turns online checks on or off.
func (s *Settings) SetOnline(on bool) {
	if s.CanOnline {
		s.desk.online.Store(on)
		s.prefer(prefOnline, onOff(on))
	}
}

// AddEmail adds an address the learner owns; the badges are checked again by it.
func (s *Settings) AddEmail(address string) {
	address = strings.TrimSpace(address)
	name, host, ok := strings.Cut(address, "@")
	if !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(address, " ,;<>") {
		s.EmailError = s.t("settings.no-address")
		s.changed()
		return
	}
	s.EmailError = ""
	s.setEmails(append(slices.Clone(s.Emails), address))
}

// RemoveEmail takes an address away; the badges are checked again without it.
func (s *Settings) RemoveEmail(address string) {
	s.setEmails(slices.DeleteFunc(slices.Clone(s.Emails), func(a string) bool { return a == address }))
}

func (s *Settings) setEmails(all []string) {
	s.act(func() error { return s.desk.Wallet.SetEmails(all) }, func() {
		s.recheck(s.desk.runner(), nil, s.progress, nil)
		s.read()
	})
}

func (s *Settings) progress(p ProgressView) {
	s.Progress = p
	s.changed()
}

// Distrust takes an issuer off the list and checks its badges again.
func (s *Settings) Distrust(id string) {
	s.act(func() error { return s.desk.Wallet.Distrust(id) }, func() {
		s.recheckIssuer(id, s.progress)
		s.read()
	})
}

// MakeKey makes a key for an issuer, which is then shown as NewKey.
func (s *Settings) MakeKey(kind, note string) {
	load(&s.base, func() (key.Holder, error) { return s.desk.Wallet.NewKey(kind, strings.TrimSpace(note)) }, func(h key.Holder, err error) {
		if err != nil {
			s.toast(Toast{Text: s.fault(err).Line()})
			return
		}
		v := s.key(wallet.KeyInfo{Holder: h, Created: s.now(), Note: strings.TrimSpace(note)})
		s.NewKey = &v
		s.changed()
		s.read()
	})
}

// Restore brings a badge back from the bin.
func (s *Settings) Restore(id string) {
	s.act(func() error { return s.desk.Wallet.Restore(id) }, nil)
}
