package model

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
)

func sourcesOf(b *bench) *Sources {
	s := NewSources(b.desk)
	b.t.Cleanup(s.Close)
	b.until(b.t, "the lists", func() bool { return len(s.Lists) > 0 })
	return s
}

func TestListsOfIssuers(t *testing.T) {
	b := ownBench(t)
	s := sourcesOf(b)
	own := s.Lists[0]
	if own.Name != "Your own list" || own.CanSwitch || own.CanRemove || !own.On || !strings.Contains(own.Note, "Nobody on it yet") {
		t.Errorf("%+v", own)
	}
	if len(s.Lists) < 3 {
		t.Fatalf("%d lists: those that came with the program are missing", len(s.Lists))
	}
	for _, l := range s.Lists {
		noGaps(t, l.Name, l.Note)
	}
	shipped := s.Lists[1]
	if !shipped.CanSwitch || shipped.CanRemove || !shipped.On {
		t.Errorf("%+v", shipped)
	}
	s.Switch(shipped.ID, false)
	b.until(t, "the switch", func() bool { return len(s.Lists) > 1 && !s.Lists[1].On && !s.Progress.On })
	s.Switch(shipped.ID, true)
	b.until(t, "the switch back", func() bool { return s.Lists[1].On && !s.Progress.On })
	s.Switch(own.ID, false)
	b.until(t, "a refusal", func() bool { return len(b.toasts) == 1 })
}

func TestListsThatCantBeAdded(t *testing.T) {
	b := ownBench(t)
	s := sourcesOf(b)
	noList := filepath.Join(t.TempDir(), "list.xml")
	if err := os.WriteFile(noList, []byte("<html/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, add := range map[string]func(){
		"offline":     func() { s.Add("https://registry.example/registry.json") },
		"no list":     func() { s.AddFile(noList) },
		"not a file":  func() { s.AddFile(noList + ".gone") },
		"no chain":    func() { s.AddChain("bitcoin", "http://explorer.example") },
		"not a chain": func() { s.RemoveChain("bitcoin=https://nobody.example") },
	} {
		before := len(b.toasts)
		add()
		b.until(t, name, func() bool { return len(b.toasts) == before+1 && !s.Progress.On })
		noGaps(t, b.toasts[before].Text)
	}
	s.Add("  ")
	if s.Progress.On {
		t.Error("an empty address is asked")
	}
}

func TestChains(t *testing.T) {
	b := ownBench(t)
	s := sourcesOf(b)
	if len(s.Kinds) < 5 || s.Kinds[0].Text != "Bitcoin" || slices.ContainsFunc(s.Kinds, func(o OptionView) bool { return strings.Contains(o.Text, ":") }) {
		t.Errorf("%+v", s.Kinds)
	}
	s.AddChain(s.Kinds[2].ID, " https://rpc.example/v1 ")
	b.until(t, "the place", func() bool { return len(s.Chains) == 1 })
	if c := s.Chains[0]; c.Name != "Polygon" || c.Host != "rpc.example" {
		t.Errorf("%+v", c)
	}
	s.RemoveChain(s.Chains[0].ID)
	b.until(t, "it to be gone", func() bool { return len(s.Chains) == 0 })
}

func TestContacts(t *testing.T) {
	b := ownBench(t)
	b.house.Journal.Contact(fetch.Contact{At: today, Host: "school.example", Why: "status"})
	b.house.Journal.Contact(fetch.Contact{At: today, Host: "school.example", Why: "status"})
	b.house.Journal.Contact(fetch.Contact{At: today, Host: "other.example", Why: "something new"})
	s := sourcesOf(b)
	b.until(t, "the contacts", func() bool { return len(s.Contacts) == 2 })
	for _, c := range s.Contacts {
		noGaps(t, c.Why, c.When)
		if c.Host == "school.example" && !strings.Contains(c.When, "2 times") {
			t.Errorf("%+v", c)
		}
	}
	s.ClearContacts()
	b.until(t, "an empty list", func() bool { return len(s.Contacts) == 0 })
}
