package screen

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func TestAddFromFile(t *testing.T) {
	h := at(own(t, look.Variant{}, small), model.AtAdd, "")
	h.wants("Drop a file here")
	h.files.open = filepath.Join(t.TempDir(), "badge.json")
	if err := os.WriteFile(h.files.open, sample(t, h, samples.Shared), 0o600); err != nil {
		t.Fatal(err)
	}
	h.press("Choose a file")
	page := h.root.frame.over.page.(*add)
	h.until("the review", func() bool { return page.m.Stage == model.Reviewing })
	h.wants("We found 1 badge", "Food Safety Level 2", "for Maya Keller")
	if f, ok := h.window.Canvas().Focused().(spoken); !ok || f.AccessibilityLabel() != "Save to my wallet" {
		t.Error("Enter does not save")
	}
	h.press("Save to my wallet")
	h.until("the badge", func() bool { return h.session.Way().Here().Place == model.AtDetail })
	h.badge("Food Safety")
}

func TestAddFromClipboard(t *testing.T) {
	h := at(own(t, look.Variant{}, small), model.AtAdd, "")
	h.root.kit.App.Clipboard().SetContent(string(sample(t, h, samples.Shared)))
	h.press("Paste from clipboard")
	page := h.root.frame.over.page.(*add)
	h.until("the review", func() bool { return page.m.Stage == model.Reviewing })
	h.press("Don't save")
	h.wants("Add a badge")
	if rows, err := h.session.Desk().Wallet.Rows(); err != nil || len(rows) != 0 {
		t.Errorf("%d badges were kept, %v", len(rows), err)
	}
}

func TestAddOfSomethingElse(t *testing.T) {
	h := own(t, look.Variant{}, small)
	h.add(model.TextInput([]byte("a letter to my aunt")))
	page := h.root.frame.over.page.(*add)
	if len(page.m.Refused) != 1 {
		t.Fatalf("%d refused", len(page.m.Refused))
	}
	f := page.m.Refused[0].Fault
	h.wants(f.Title, f.Why, f.Do)
	if h.has("Save to my wallet") {
		t.Error("there is nothing to save")
	}
	h.look("refused")
}

// TestAddManyBadges demands that a file full of badges is shown bit by bit.
func TestAddManyBadges(t *testing.T) {
	h := own(t, look.Variant{}, small)
	h.add(model.TextInput(sample(t, h, samples.Shared)))
	page := h.root.frame.over.page.(*add)
	one := page.m.Drafts[0]
	for len(page.m.Drafts) < 3*step {
		page.m.Drafts = append(page.m.Drafts, one)
	}
	page.draw()
	count := func() (n int) {
		for _, name := range h.names() {
			if name == "What we checked" {
				n++
			}
		}
		return n
	}
	if n := count(); n != step {
		t.Errorf("%d of %d are shown", n, 3*step)
	}
	h.press("Show more")
	if n := count(); n != 2*step {
		t.Errorf("then %d are shown", n)
	}
}
