package screen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/share/qr"
)

// sharing opens the practice wallet at the sharing of its badge that hides lines.
func sharing(t testing.TB, v look.Variant, size fyne.Size) (*house, *sharePage) {
	t.Helper()
	h := practice(t, v, size)
	h.visit(model.Route{Place: model.AtShare, ID: h.badge("Food Safety")})
	p := h.root.frame.page.(*sharePage)
	h.until("the badge", func() bool { return !p.m.Loading })
	return h, p
}

func TestShareByKeyboard(t *testing.T) {
	h, p := sharing(t, look.Variant{}, large)
	h.look("share-who")
	h.typed("Hotel Bellevue")
	h.press("Continue")
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	h.look("share-what")
	if !strings.Contains(h.said(), "What Hotel Bellevue will see") {
		t.Error("the preview does not say who will see it")
	}
	h.press("Continue")
	h.until("the code", func() bool { return p.m.QR != nil })
	h.look("share-send")
	found, err := qr.Read(h.shot())
	if err != nil || len(found) != 1 || found[0] != p.m.AsText() {
		t.Errorf("the code on the screen reads as %q, %v", found, err)
	}
	h.files.save = filepath.Join(t.TempDir(), "proof")
	h.press("Save as file")
	h.until("the file", func() bool { _, err := os.Stat(h.files.save); return err == nil })
	h.press("Copy text")
	if h.root.kit.App.Clipboard().Content() != p.m.AsText() {
		t.Error("the text was not copied")
	}
	h.press("Done")
	if at := h.session.Way().Here().Place; at != model.AtActivity {
		t.Errorf("Done leads to %q", at)
	}
}
