package screen

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

// everywhere lists all pages.
var everywhere = map[string]func(t testing.TB, v look.Variant, size fyne.Size) *house{
	"welcome": func(t testing.TB, v look.Variant, size fyne.Size) *house { return open(t, v, size, nil) },
	"locked":  locked,
	"home": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtHome, "")
	},
	"empty": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(own(t, v, size), model.AtBadges, "")
	},
	"badges": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtBadges, "")
	},
	"detail": problem,
	"pathways": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtPathways, "")
	},
	"stack": stacked,
	"pick": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtShare, "")
	},
	"who":  func(t testing.TB, v look.Variant, size fyne.Size) *house { return shared(t, v, size, model.StepWho) },
	"what": func(t testing.TB, v look.Variant, size fyne.Size) *house { return shared(t, v, size, model.StepWhat) },
	"send": func(t testing.TB, v look.Variant, size fyne.Size) *house { return shared(t, v, size, model.StepSend) },
	"activity": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtActivity, "")
	},
	"settings": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtSettings, "")
	},
	"add":    func(t testing.TB, v look.Variant, size fyne.Size) *house { return at(own(t, v, size), model.AtAdd, "") },
	"review": review,
	"check":  checked,
	"check record": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		h := own(t, v, size)
		h.checkRecord()
		return h
	},
	"unchecked": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(own(t, v, size), model.AtCheck, "")
	},
	"find": func(t testing.TB, v look.Variant, size fyne.Size) *house {
		return at(practice(t, v, size), model.AtFind, "")
	},
}

// TestTabReachesThePane demands that a keyboard gets into the badge beside the grid too.
func TestTabReachesThePane(t *testing.T) {
	h := at(practice(t, look.Variant{}, large), model.AtBadges, "")
	h.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	h.loop.Settle()
	h.wants("What we checked")
	h.reaches()
}

// reaches demands that Tab gets to every control, and that each has a name.
func (h *house) reaches() {
	h.t.Helper()
	reached := h.walk()
	for _, c := range h.controls() {
		if !reached[c] {
			h.t.Errorf("Tab does not reach %q", c.AccessibilityLabel())
		}
		if c.AccessibilityLabel() == "" {
			h.t.Errorf("a %T has no name", c)
		}
	}
	if len(reached) == 0 {
		h.t.Error("nothing to reach")
	}
}

// walk presses Tab until it comes back to where it began.
func (h *house) walk() map[spoken]bool {
	c, reached := h.window.Canvas(), map[spoken]bool{}
	c.Unfocus()
	for range maxControls {
		c.FocusNext()
		f, ok := c.Focused().(spoken)
		if !ok || reached[f] {
			break
		}
		reached[f] = true
	}
	return reached
}

// TestFocusStays demands that what was pressed still has the keyboard when the page was drawn
// anew because of it.
func TestFocusStays(t *testing.T) {
	h, p := sharing(t, look.Variant{}, small)
	h.typed("Hotel Bellevue")
	h.press("Continue")
	h.until("the preview", func() bool { return p.m.Preview.Ready })
	for _, name := range []string{"Usual for a job", "Only the minimum", "☐ Grade", "☑ Grade", "Continue"} {
		h.press(name)
		h.until("the preview", func() bool { return !p.m.Making.On })
		if _, ok := h.window.Canvas().Focused().(spoken); !ok && name != "Continue" {
			t.Errorf("after %q nothing has the keyboard", name)
		}
	}
}

// TestEscapeShutsDialogs demands that a dialog goes away on Escape and the page has the
// keyboard again.
func TestEscapeShutsDialogs(t *testing.T) {
	for _, name := range []string{"add", "review", "check", "find"} {
		t.Run(name, func(t *testing.T) {
			h := everywhere[name](t, look.Variant{}, small)
			c := h.window.Canvas()
			if f := c.Focused(); f != nil {
				f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			} else {
				c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
			}
			if c.Overlays().Top() != nil {
				t.Error("it is still there")
			}
			if _, over := h.session.Way().Over(); over {
				t.Error("the way still says it is there")
			}
		})
	}
}
