package screen

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

// TestNothingSticksOut demands that with the largest text in the smallest window no page is
// wider than the window, and that all controls are as high as a finger or a shaky hand needs.
func TestNothingSticksOut(t *testing.T) {
	for name, page := range everywhere {
		t.Run(name, func(t *testing.T) {
			h := page(t, look.Variant{Size: look.XL, Contrast: true}, small)
			h.look("xl-" + name)
			h.lay()
			each(h.ground(), func(o fyne.CanvasObject) {
				s, ok := o.(fyne.Accessible)
				if !ok || o.Size().Width == 0 || s.AccessibilityLabel() == "" {
					return
				}
				at := h.root.kit.App.Driver().AbsolutePositionForObject(o)
				if right := at.X + o.Size().Width; at.X < 0 || right > small.Width+1 {
					t.Errorf("%T %q reaches from %v to %v", o, s.AccessibilityLabel(), at.X, right)
				}
			})
			for _, c := range h.controls() {
				if high := c.(fyne.CanvasObject).Size().Height; high < look.Target {
					t.Errorf("%T %q is %v high", c, c.AccessibilityLabel(), high)
				}
			}
		})
	}
}
