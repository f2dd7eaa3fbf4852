package screen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func TestCheckSaysWhatWasShown(t *testing.T) {
	h := checked(t, look.Variant{}, large)
	h.wants("Check a proof", "Made for Hotel Bellevue", "Food Safety Level 2", "Nothing is added to your wallet.")
	h.wantsNot("2003-03-04", "AC-20417", "You can share it.")
	h.files.save = filepath.Join(t.TempDir(), "report.txt")
	h.press("Save a report")
	h.until("the report", func() bool {
		b, _ := os.ReadFile(h.files.save)
		return strings.Contains(string(b), "Hotel Bellevue")
	})
	h.press("Close")
	if _, over := h.session.Way().Over(); over {
		t.Error("it is still there")
	}
}

func TestCheckOfSomethingElse(t *testing.T) {
	h := own(t, look.Variant{}, small)
	page := h.check(model.TextInput([]byte("a letter to my aunt")))
	if page.m.Fault == nil {
		t.Fatal("no fault")
	}
	h.wants(page.m.Fault.Title)
	h.look("check-fault")
}

// TestCheckOfABadge demands that a badge that is no proof can be added instead.
func TestCheckOfABadge(t *testing.T) {
	h := own(t, look.Variant{}, small)
	page := h.check(model.TextInput(sample(t, h, samples.Changed)))
	h.wants(page.m.IsBadge)
	h.press("Add it to my wallet")
	if r, over := h.session.Way().Over(); !over || r.Place != model.AtAdd {
		t.Error("it does not lead to where badges are added")
	}
}

// TestCheckOfARecord demands that what a record carries is shown, and opens.
func TestCheckOfARecord(t *testing.T) {
	h := own(t, look.Variant{}, large)
	page := h.checkRecord()
	h.wants("What it carries (4)", "Menu Planning", "comes before Menu Planning")
	before := len(page.m.Shown[0].Inside.Rows[0].Checks.Rows)
	h.press("Menu Planning, No signature to check")
	if row := page.m.Shown[0].Inside.Rows[0]; before != 0 || !row.Open || len(row.Checks.Rows) == 0 {
		t.Errorf("%+v", row)
	}
	h.look("check-record")
}

// checkRecord checks a record of several badges.
func (h *house) checkRecord() *check {
	h.t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "model", "testdata", "record.json"))
	if err != nil {
		h.t.Fatal(err)
	}
	return h.check(model.TextInput(raw))
}

func (h *house) check(in ...model.Input) *check {
	h.visit(model.Route{Place: model.AtCheck, In: in})
	page := h.root.frame.over.page.(*check)
	h.until("the check", func() bool { return !page.m.Progress.On })
	return page
}
