package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
)

// TestVerdictsOnCards demands that the narrowest card shows every verdict whole, under a
// short name and a long one, and that nothing lies on anything else.
func TestVerdictsOnCards(t *testing.T) {
	for _, v := range []look.Variant{{}, {Size: look.XL}} {
		test.NewTempApp(t).Settings().SetTheme(look.Theme(v))
		for _, verdict := range check.Verdicts {
			for _, name := range []string{"Barista", "Customer Care in Restaurants, Hotels and Mountain Huts"} {
				word := assets.English().Text("verdict."+string(verdict)+".title", nil)
				f := newFace()
				f.set(CardView{Name: name, Issuer: "Alpine College", Pill: PillView{Word: word, Tone: look.Plain}}, false)
				w := test.NewTempWindow(t, f)
				w.SetPadded(false)
				w.Resize(cardSize(&f.base))
				f.Refresh()
				var lines []string
				for _, o := range f.pill.word.lines.Objects {
					lines = append(lines, o.(*canvas.Text).Text)
				}
				if got := strings.Join(lines, " "); got != word {
					t.Errorf("%s: %q", word, got)
				}
				if top, bottom := place(f.pill), place(f.issuer)+f.issuer.Size().Height; bottom > top {
					t.Errorf("%s: the issuer ends at %v, the pill begins at %v", word, bottom, top)
				}
			}
		}
	}
}

// place is where an object begins, from the top of the window.
func place(o fyne.CanvasObject) float32 {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
}
