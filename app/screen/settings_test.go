package screen

import (
	"testing"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

func preferences(t testing.TB) (*house, *settings) {
	t.Helper()
	h := at(practice(t, look.Variant{}, large), model.AtSettings, "")
	return h, h.root.frame.page.(*settings)
}

func TestSettingsLook(t *testing.T) {
	h, s := preferences(t)
	dressed := 0
	s.m.OnLook = func() { dressed++ }
	s.m.SetLook("dark")
	s.m.SetSize("XL")
	h.press("☐ High contrast")
	if dressed != 3 || h.prefs["look"] != "dark" || h.prefs["size"] != "XL" || h.prefs["contrast"] != "on" {
		t.Errorf("dressed %d times, %v", dressed, h.prefs)
	}
	if !h.has("☑ High contrast") {
		t.Error("the tick does not show")
	}
}

func TestSettingsEmails(t *testing.T) {
	h, s := preferences(t)
	h.window.Canvas().Focus(h.control("An address of yours"))
	h.typed("maya")
	h.press("Add this address")
	h.wants(s.m.EmailError)
	if s.m.EmailError == "" {
		t.Fatal("half an address was taken")
	}
	h.window.Canvas().Focus(h.control("An address of yours"))
	h.typed("@example.org")
	h.press("Add this address")
	h.until("the address", func() bool { return len(s.m.Emails) == 1 })
	h.wants("maya@example.org")
	if s.email.Text() != "" {
		t.Error("the field is not empty again")
	}
	h.press("Remove")
	h.until("no address", func() bool { return len(s.m.Emails) == 0 })
	h.wants("No address yet.")
}

func TestSettingsTrust(t *testing.T) {
	h, s := preferences(t)
	n := len(s.m.Trusted)
	if n == 0 {
		t.Fatal("the practice wallet trusts nobody")
	}
	gone := s.m.Trusted[0].Name
	h.wants(gone)
	h.press("Take off the list")
	h.until("one issuer less", func() bool { return len(s.m.Trusted) == n-1 })
	h.loop.Settle()
	h.wantsNot(gone)
}

func TestSettingsKeys(t *testing.T) {
	h, s := preferences(t)
	n := len(s.m.Keys)
	h.press("Make a key for an issuer")
	h.window.Canvas().Focus(h.control("For which issuer?"))
	h.typed("Alpine College")
	h.press("Make the key")
	h.until("the key", func() bool { return s.m.NewKey != nil && len(s.m.Keys) == n+1 })
	h.wants("The key is made", "Alpine College")
	h.press("Copy as JWK")
	if got := h.root.kit.App.Clipboard().Content(); got != s.m.NewKey.JWK {
		t.Errorf("copied %q", got)
	}
	h.wants("Copied")
	h.pass(saidFor)
	h.wantsNot("Copied")
	if s.note.Text() != "" {
		t.Error("the field is not empty again")
	}
}

func TestSettingsBin(t *testing.T) {
	h, s := preferences(t)
	h.wants("Nothing was removed.")
	if err := h.session.Desk().Wallet.Remove(h.badge("Barista")); err != nil {
		t.Fatal(err)
	}
	h.until("the bin", func() bool { return len(s.m.Bin) == 1 })
	h.wants("Barista Basics")
	h.press("Bring back")
	h.until("an empty bin", func() bool { return len(s.m.Bin) == 0 })
	h.badge("Barista")
}
