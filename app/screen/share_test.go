package screen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/share/qr"
)

// sharing opens the practice wallet at the sharing of its badge that hides lines.
func sharing(t testing.TB, v look.Variant, size fyne.Size) (*house, *sharePage) {
	t.Helper()
	return sharingOf(t, v, size, "Food Safety")
}

func sharingOf(t testing.TB, v look.Variant, size fyne.Size, name string) (*house, *sharePage) {
	t.Helper()
	h := practice(t, v, size)
	h.visit(model.Route{Place: model.AtShare, ID: h.badge(name)})
	p := h.root.frame.page.(*sharePage)
	h.until("the badge", func() bool { return !p.m.Loading })
	return h, p
}

// wants waits until words are on the screen.
func (h *house) wants(words ...string) {
	h.t.Helper()
	for _, w := range words {
		if !h.loop.Until(func() bool { return strings.Contains(h.said(), w) }) {
			h.t.Errorf("%q is not on the screen", w)
		}
	}
}

// wantsNot waits until words are on the screen no more.
func (h *house) wantsNot(words ...string) {
	h.t.Helper()
	for _, w := range words {
		if !h.loop.Until(func() bool { return !strings.Contains(h.said(), w) }) {
			h.t.Errorf("%q is on the screen", w)
		}
	}
}

func TestShareByKeyboard(t *testing.T) {
	h, p := sharing(t, look.Variant{}, large)
	h.wants("Who will get it?", "Who and why", "Good for")
	h.typed("Hotel Bellevue")
	h.press("Continue")
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	h.wants("Choose what to show", "What Hotel Bellevue will see", "Hidden lines are removed, not blurred.")
	h.press("☐ Full name")
	h.until("the preview", func() bool { return !p.m.Making.On })
	h.press("Continue")
	h.until("the code", func() bool { return p.m.QR != nil })
	found, err := qr.Read(h.shot())
	if err != nil || len(found) != 1 || found[0] != p.m.AsText() {
		t.Errorf("the code on the screen reads as %q, %v", found, err)
	}
	h.files.save = filepath.Join(t.TempDir(), "proof")
	h.press("Save as file")
	h.until("the file", func() bool { b, _ := os.ReadFile(h.files.save); return string(b) == p.m.AsText() })
	h.press("Copy text")
	if h.root.kit.App.Clipboard().Content() != p.m.AsText() {
		t.Error("the text was not copied")
	}
	h.press("Done")
	if at := h.session.Way().Here().Place; at != model.AtActivity {
		t.Errorf("Done leads to %q", at)
	}
}

func TestShareNeedsSomebody(t *testing.T) {
	h, p := sharing(t, look.Variant{}, small)
	h.press("Continue")
	if p.m.Step != model.StepWho || p.m.WhoError == "" {
		t.Fatalf("step %v, error %q", p.m.Step, p.m.WhoError)
	}
	h.wants(p.m.WhoError)
	h.control("Who will get it?") // its name says what is wrong
}

func TestShareOfOnePiece(t *testing.T) {
	h, p := sharingOf(t, look.Variant{}, small, "Barista")
	h.typed("Hotel Bellevue")
	h.press("Continue")
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	h.wants(p.m.Whole)
	if p.m.Whole == "" || h.has("Only the minimum") {
		t.Error("it can't hide lines, yet it offers to")
	}
	h.look("whole")
}

func TestShareOfAProblem(t *testing.T) {
	h, p := sharingOf(t, look.Variant{}, small, "First Aid")
	if p.m.Warning == "" {
		t.Fatal("no warning before an expired badge is shared")
	}
	h.wants("Expired 23 October 2026.", "you can still share it")
}

func TestShareTooBig(t *testing.T) {
	h, p := sharing(t, look.Variant{}, small)
	h.typed("Hotel " + strings.Repeat("Bellevue ", 120))
	h.press("Continue")
	h.until("the preview", func() bool { return !p.m.Making.On })
	if p.m.Fault != nil { // a name may have a limit of its own
		h.wants(p.m.Fault.Title)
		p.m.Back()
		p.m.SetAudience("Hotel Bellevue")
		p.m.Next()
		h.until("the preview", func() bool { return !p.m.Making.On })
	}
	h.press("All")
	h.until("the preview", func() bool { return !p.m.Making.On })
	h.press("Continue")
	h.until("the proof", func() bool { return !p.m.Making.On })
	if !p.m.TooBig {
		t.Skip("this proof fits a code")
	}
	h.wants("Too big for one comfortable code", p.m.QRNote)
	if h.has("Make it larger") {
		t.Error("there is no code to make larger")
	}
	h.look("toobig")
}

// TestCodeIsCovered demands that a code does not stay on the screen.
func TestCodeIsCovered(t *testing.T) {
	h, p := sharing(t, look.Variant{}, small)
	h.typed("Hotel Bellevue")
	p.m.Next()
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	p.m.Next()
	h.until("the code", func() bool { return p.m.QR != nil })
	h.press("Make it larger")
	h.wants("QR code of the proof")
	h.pass(119 * time.Second)
	if p.m.Covered {
		t.Fatal("covered too early")
	}
	h.pass(time.Second)
	if !p.m.Covered || h.window.Canvas().Overlays().Top() != nil {
		t.Fatal("the code is still there")
	}
	h.wants("The code is covered")
	if _, err := qr.Read(h.shot()); err == nil {
		t.Error("a code can still be read off the screen")
	}
	h.press("Show the code again")
	if p.m.Covered {
		t.Error("it can't be shown again")
	}
}

func TestShareBackKeepsWhatWasTyped(t *testing.T) {
	h, p := sharing(t, look.Variant{}, small)
	h.typed("Hotel Bellevue")
	h.press("Continue")
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	h.press("Back")
	if p.m.Step != model.StepWho || p.m.Audience != "Hotel Bellevue" {
		t.Fatalf("step %v, audience %q", p.m.Step, p.m.Audience)
	}
	h.press("Continue")
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	h.wants("What Hotel Bellevue will see")
}

func TestSharePick(t *testing.T) {
	h := at(practice(t, look.Variant{}, small), model.AtShare, "")
	p := h.root.frame.page.(*sharePage)
	h.wants("Which badge do you want to share?")
	p.step.(*sharePick).pick(0)
	h.until("the badge", func() bool { return p.m.Step == model.StepWho && !p.m.Loading })
	h.wants(p.m.Badge.Name)
}

func TestShareWithNothing(t *testing.T) {
	h := at(own(t, look.Variant{}, small), model.AtShare, "")
	h.wants("Add a badge first")
	h.press("Add a badge")
	if r, over := h.session.Way().Over(); !over || r.Place != model.AtAdd {
		t.Error("the button does not lead to where badges are added")
	}
}
