package model

import (
	"errors"
	"strings"
	"testing"
)

func TestActivityStates(t *testing.T) {
	d, l := fakeDesk(&fake{})
	a := NewActivity(d)
	defer a.Close()
	l.until(t, "nothing", func() bool { return !a.Loading })
	if !a.Empty || a.NoMatch {
		t.Errorf("%+v", a)
	}
	d, l = fakeDesk(&fake{err: errors.New("x")})
	a = NewActivity(d)
	defer a.Close()
	if l.until(t, "a fault", func() bool { return !a.Loading }); a.Fault == nil || a.Empty {
		t.Errorf("%+v", a)
	}
}

func TestSettings(t *testing.T) {
	b := ownBench(t)
	s := NewSettings(b.desk)
	defer s.Close()
	b.until(t, "the settings", func() bool { return !s.Loading })
	looks := 0
	s.OnLook = func() { looks++ }
	s.SetLook("dark")
	s.SetSize("XL")
	s.SetContrast(true)
	if look, size, contrast := Look(b.desk.Prefs); look != "dark" || size != "XL" || !contrast || looks != 3 || !s.Contrast {
		t.Error(look, size, contrast, looks)
	}
	if s.SetOnline(false); s.Online || b.online.Load() || b.desk.Prefs.Get("online") != "off" {
		t.Error("still online")
	}
	for _, bad := range []string{"", "maya", "maya@", "@x.org", "a b@x.org"} {
		if s.AddEmail(bad); s.EmailError == "" {
			t.Errorf("%q is taken", bad)
		}
	}
	s.AddEmail(" maya@example.org ")
	b.until(t, "the address", func() bool { return len(s.Emails) == 1 && s.EmailError == "" })
	s.RemoveEmail("maya@example.org")
	b.until(t, "no address", func() bool { return len(s.Emails) == 0 })
	s.MakeKey(s.KeyKinds[1].ID, "Alpine College")
	b.until(t, "the key", func() bool { return s.NewKey != nil && len(s.Keys) > 0 })
	if k := s.NewKey; !strings.HasPrefix(k.DID, "did:") || k.Name != "Alpine College" || k.Kind != "P-256" || k.Created != "22 November 2026" || k.JWK == "" {
		t.Errorf("%+v", k)
	}
	s.MakeKey("rot13", "")
	b.until(t, "a refusal", func() bool { return len(b.toasts) == 1 })
}

func TestSettingsOfThePracticeWallet(t *testing.T) {
	b := sampleBench(t)
	s := NewSettings(b.desk)
	defer s.Close()
	b.until(t, "the settings", func() bool { return !s.Loading && len(s.Trusted) > 0 })
	if s.CanOnline || s.Online {
		t.Error("it can go online")
	}
	noGaps(t, s.Trusted[0].Since, s.OnlineNote)
	n := len(s.Trusted)
	s.Distrust(s.Trusted[0].ID)
	b.until(t, "one less", func() bool { return len(s.Trusted) == n-1 && !s.Progress.On })
	id := b.row("Guest").ID
	if err := b.desk.Wallet.Remove(id); err != nil {
		t.Fatal(err)
	}
	b.until(t, "the bin", func() bool { return len(s.Bin) == 1 })
	noGaps(t, s.Bin[0].Gone)
	s.Restore(id)
	b.until(t, "an empty bin", func() bool { return len(s.Bin) == 0 })
}

func TestFind(t *testing.T) {
	b := sampleBench(t)
	f := NewFind(b.desk)
	defer f.Close()
	b.until(t, "all", func() bool { return !f.Loading })
	if len(f.Results) == 0 || f.Results[0].Kind != "action" {
		t.Errorf("%+v", f.Results)
	}
	for text, want := range map[string]string{"barista": "badge", "professional": "pathway", "alpine": "badge", "settings": "action"} {
		if f.Search(text); len(f.Results) == 0 || f.Results[0].Kind != want {
			t.Errorf("%q: %+v", text, f.Results)
		}
	}
	f.Search("alpine")
	f.Move(100)
	issuer := f.Results[f.Chosen]
	f.Open(f.Chosen)
	if here := b.Way().Here(); issuer.Kind != "issuer" || here.Place != AtBadges || !strings.HasPrefix(here.Filter, findPrefix) {
		t.Error(issuer, here)
	}
	f.Move(-1000)
	f.Open(-1)
	if f.Search("zzzz"); !f.NoMatch || f.Chosen != 0 {
		t.Error("nothing is found")
	}
}
