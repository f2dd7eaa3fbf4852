package screen

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

// TestEveryPage demands of every page, with the largest text in the smallest window, that
// nothing on it is wider than the window, that all controls are as high as a finger or a shaky
// hand needs, and that whoever has only a keyboard gets everywhere.
func TestEveryPage(t *testing.T) {
	for name, page := range everywhere {
		t.Run(name, func(t *testing.T) {
			h := page(t, look.Variant{Size: look.XL, Contrast: true}, small)
			h.look("xl-" + name)
			h.lay()
			h.fits(small)
			h.reaches()
		})
	}
}

// fits demands that everything is in a window of a size, and large enough to be hit.
func (h *house) fits(size fyne.Size) {
	h.t.Helper()
	each(h.ground(), func(o fyne.CanvasObject) {
		s, ok := o.(fyne.Accessible)
		if !ok || o.Size().Width == 0 || s.AccessibilityLabel() == "" {
			return
		}
		at := h.root.kit.App.Driver().AbsolutePositionForObject(o)
		if right := at.X + o.Size().Width; at.X < 0 || right > size.Width+1 {
			h.t.Errorf("%T %q reaches from %v to %v", o, s.AccessibilityLabel(), at.X, right)
		}
	})
	for _, c := range h.controls() {
		if high := c.(fyne.CanvasObject).Size().Height; high < look.Target {
			h.t.Errorf("%T %q is %v high", c, c.AccessibilityLabel(), high)
		}
	}
}
