package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/app/look"
)

// pressable is a control and how to hear that it acted.
type pressable struct {
	make  func(act func()) fyne.Focusable
	label string
}

// pressables are all controls that act on Space and Enter.
var pressables = map[string]pressable{
	"button": {func(act func()) fyne.Focusable { return NewButton("Save", "save", Primary, act) }, "Save"},
	"icon":   {func(act func()) fyne.Focusable { return NewIconButton("dots", "More", act) }, "More"},
	"link":   {func(act func()) fyne.Focusable { return NewLink("Why", act) }, "Why"},
	"nav":    {func(act func()) fyne.Focusable { return navWithCount(act) }, "Badges, 24"},
	"chip":   {func(act func()) fyne.Focusable { return NewChip("All", 24, true, func(bool) { act() }) }, "All 24"},
	"card":   {func(act func()) fyne.Focusable { return NewCard(cards()[0], act) }, "Food Safety Level 2, Alpine College, Verified"},
	"tick":   {func(act func()) fyne.Focusable { return NewTick(TickView{Label: "Grade"}, func(bool) { act() }) }, "☐ Grade"},
	"choice": {func(act func()) fyne.Focusable {
		return NewChoice("Good for", []string{"1 day"}, -1, func(int) { act() })
	}, "Good for"},
	"fold":  {func(act func()) fyne.Focusable { return NewFold("Details", NewDivider(), func(bool) { act() }).head }, "Details"},
	"brick": {func(act func()) fyne.Focusable { return newBrick(BrickView{"Pastry", Missing, "missing"}, act) }, "Pastry, missing"},
	"grid":  {func(act func()) fyne.Focusable { g := grid(); g.OnOpen, g.OnSelect = hear(act), hear(act); return g }, "Food Safety Level 2, Alpine College, Verified"},
	"table": {func(act func()) fyne.Focusable { g := oneLine(); g.OnOpen, g.OnSelect = hear(act), hear(act); return g }, "Food Safety"},
	"selector": {func(act func()) fyne.Focusable {
		s := NewSelect("Order", []string{"Name"}, 0, nil)
		s.act = act
		return s
	}, "Order, Name"},
}

func hear(act func()) func(int) { return func(int) { act() } }

func navWithCount(act func()) *NavItem {
	n := NewNavItem("grid", "Badges", act)
	n.SetCount(24)
	test.WidgetRenderer(n)
	return n
}

func oneLine() *Table {
	t := NewTable([]TableColumn{{"Step", 1}})
	t.SetRows(1, func(int) TableRow { return TableRow{Cells: []string{"Food Safety"}} })
	return t
}

// TestPress demands of every control that Space and Enter act, that it keeps the focus, that
// its target is high enough, and that it says its name.
func TestPress(t *testing.T) {
	for name, p := range pressables {
		t.Run(name, func(t *testing.T) {
			acted := 0
			var f fyne.Focusable
			w := stage(t, look.Variant{}, fyne.NewSize(600, 400), func() fyne.CanvasObject {
				f = p.make(func() { acted++ })
				return f.(fyne.CanvasObject)
			})
			w.Canvas().Focus(f)
			if got := f.(fyne.Accessible).AccessibilityLabel(); got != p.label {
				t.Errorf("it says %q, want %q", got, p.label)
			}
			if h := f.(fyne.CanvasObject).MinSize().Height; h < look.Target {
				t.Errorf("it is %v high", h)
			}
			for i, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
				if name == "choice" && i > 0 {
					break // what is chosen stays chosen
				}
				f.TypedKey(&fyne.KeyEvent{Name: key})
				if acted != i+1 {
					t.Errorf("%s did nothing", key)
				}
				if w.Canvas().Focused() != f {
					t.Errorf("the focus is lost after %s", key)
				}
			}
		})
	}
}

// TestRing demands that the keyboard shows where it is and the mouse shows no ring.
func TestRing(t *testing.T) {
	b := NewButton("Save", "", Primary, nothing)
	w := stage(t, look.Variant{}, fyne.NewSize(300, 200), func() fyne.CanvasObject { return b })
	seen := func() bool { _, _, _, a := b.ring.StrokeColor.RGBA(); return a > 0 }
	if seen() {
		t.Error("a ring without focus")
	}
	test.Tap(b)
	if w.Canvas().Focused() != fyne.Focusable(b) || seen() {
		t.Error("a click must give the focus and no ring")
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !seen() || b.ring.StrokeWidth != look.FocusRing {
		t.Error("a key must show the ring")
	}
	w.Canvas().Unfocus()
	if seen() {
		t.Error("a ring after the focus went")
	}
}

// TestDisabled demands that nothing happens and that Tab passes by.
func TestDisabled(t *testing.T) {
	acted := false
	var off, on *Button
	w := stage(t, look.Variant{}, fyne.NewSize(300, 200), func() fyne.CanvasObject {
		off, on = NewButton("Off", "", Primary, func() { acted = true }), NewButton("On", "", Primary, nothing)
		off.Disable()
		return Column(8, off, on)
	})
	test.Tap(off)
	off.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	w.Canvas().FocusNext()
	if acted || w.Canvas().Focused() != fyne.Focusable(on) {
		t.Error("a disabled button acted, or took the focus")
	}
	if off.Cursor() != desktop.DefaultCursor || on.Cursor() != desktop.PointerCursor {
		t.Error("the pointer does not tell what can be pressed")
	}
}

// TestPassOn demands that keys nobody has a use for reach the window.
func TestPassOn(t *testing.T) {
	var field *Field
	var b *Button
	w := stage(t, look.Variant{}, fyne.NewSize(400, 300), func() fyne.CanvasObject {
		field, b = NewField("Name", ""), NewButton("Save", "", Primary, nothing)
		return Column(8, field, b)
	})
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, e.Name) })
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	field.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF6})
	field.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if len(got) != 3 {
		t.Errorf("the window heard %v", got)
	}
}
