package widget

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/app/look"
)

// letters fit when they are at most n.
func letters(n int) func(string) bool {
	return func(s string) bool { return len([]rune(s)) <= n }
}

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		n    int
		want string
	}{
		"fits":        {"a few words", 20, "a few words"},
		"words":       {"a few words", 6, "a few|words"},
		"long word":   {"Donaudampfschiff fahrt", 6, "Donaud|ampfsc|hiff|fahrt"},
		"line breaks": {"one\n\ntwo", 9, "one||two"},
		"nothing":     {"", 9, ""},
		"no room":     {"ab", 0, "a|b"},
		"no spaces":   {"食品安全第二级", 3, "食品安|全第二|级"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(wrap(c.in, letters(c.n)), "|"); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	if got := shorten("Customer Care", letters(9)); got != "Customer…" {
		t.Errorf("shortened to %q", got)
	}
}

// TestHeights demands that a column knows how high its texts are after one layout.
func TestHeights(t *testing.T) {
	var long, after *Text
	stage(t, look.Variant{Size: look.XL}, fyne.NewSize(300, 600), func() fyne.CanvasObject {
		long, after = NewText(strings.Repeat("many words ", 12), look.Body), NewText("after", look.Body)
		return Column(look.Gap8, Row(look.Gap8, NewIcon("info", look.Text, 0), Column(0, long)), after)
	})
	lines := len(long.lines.Objects)
	if lines < 4 {
		t.Fatalf("it wraps into %d lines", lines)
	}
	if end := long.leading() * float32(lines); after.Position().Y < end {
		t.Errorf("what follows is at %v, the text ends at %v", after.Position().Y, end)
	}
}

// TestLines demands that no more lines are drawn than asked for.
func TestLines(t *testing.T) {
	var short *Text
	stage(t, look.Variant{}, fyne.NewSize(200, 200), func() fyne.CanvasObject {
		short = NewText(strings.Repeat("many words ", 12), look.Strong.Max(2))
		return Column(0, short)
	})
	if n := len(short.lines.Objects); n != 2 {
		t.Fatalf("%d lines", n)
	}
	if last := short.broken(short.width)[1]; !strings.HasSuffix(last, "…") {
		t.Errorf("the last line is %q", last)
	}
}

// clock is a timer whose time a test lets run.
type clock struct{ waiting map[int]func() }

func newClock() (*clock, Timer) {
	c := &clock{waiting: map[int]func(){}}
	n := 0
	return c, func(_ time.Duration, do func()) func() {
		n++
		id := n
		c.waiting[id] = do
		return func() { delete(c.waiting, id) }
	}
}

// ring lets the time of everybody who waits run out.
func (c *clock) ring() {
	for id, do := range c.waiting {
		delete(c.waiting, id)
		do()
	}
}

// TestToasts demands that slips come one after the other, that one with a way back comes at
// once, and that one stays while the pointer is on it.
func TestToasts(t *testing.T) {
	c, timer := newClock()
	var toasts *Toasts
	stage(t, look.Variant{}, fyne.NewSize(600, 300), func() fyne.CanvasObject {
		toasts = NewToasts(timer)
		return toasts
	})
	shows := func() string { v, _ := toasts.Current(); return v.Text }
	toasts.Say(ToastView{Text: "one"})
	toasts.Say(ToastView{Text: "two"})
	if shows() != "one" {
		t.Errorf("first shows %q", shows())
	}
	toasts.slip.MouseIn(nil)
	c.ring()
	if shows() != "one" {
		t.Error("a slip went away under the pointer")
	}
	toasts.slip.MouseOut()
	c.ring()
	if shows() != "two" {
		t.Errorf("then shows %q", shows())
	}
	undone := false
	toasts.Say(ToastView{Text: "removed", Action: "Undo", Do: func() { undone = true }})
	if shows() != "removed" {
		t.Errorf("a way back waits behind %q", shows())
	}
	test.Tap(buttons(toasts.slip.body)[0])
	if _, shown := toasts.Current(); !undone || shown {
		t.Error("the way back does not work, or the slip stays")
	}
	if len(c.waiting) != 0 {
		t.Error("a timer runs for nothing")
	}
}

// buttons lists the buttons in a container.
func buttons(o fyne.CanvasObject) (out []*Button) {
	switch o := o.(type) {
	case *Button:
		out = append(out, o)
	case *fyne.Container:
		for _, c := range o.Objects {
			out = append(out, buttons(c)...)
		}
	}
	return out
}

// TestModal demands that a dialog takes the focus, that Escape closes it wherever the focus
// is, and that the focus goes back to where it was.
func TestModal(t *testing.T) {
	var opener *Button
	w := stage(t, look.Variant{}, fyne.NewSize(800, 600), func() fyne.CanvasObject {
		opener = NewButton("Add", "", Primary, nothing)
		return Column(0, opener)
	})
	c := w.Canvas()
	heard, closed := 0, 0
	c.SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
	c.Focus(opener)
	field := NewField("Name", "")
	m := NewModal("Add a badge", "Close", 500, field, NewButton("Save", "", Primary, nothing))
	m.OnClosed = func() { closed++ }
	m.Open(c)
	m.Open(c)
	if !m.Opened() || c.Focused() != fyne.Focusable(field.entry) {
		t.Fatalf("the focus is on %T", c.Focused())
	}
	c.FocusPrevious()
	if c.Focused() != fyne.Focusable(m.close) {
		t.Errorf("Shift with Tab goes to %T", c.Focused())
	}
	field.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF6})
	if heard != 0 {
		t.Error("a key went through the dialog")
	}
	field.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if m.Opened() || closed != 1 || c.Focused() != fyne.Focusable(opener) {
		t.Errorf("after Escape: open %t, closed %d times, focus on %T", m.Opened(), closed, c.Focused())
	}
	opener.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if heard != 1 {
		t.Error("the window does not hear keys again")
	}
	m.Close()
	if closed != 1 {
		t.Error("it was closed twice")
	}
}

// TestBusy demands that what is done soon shows no spinner.
func TestBusy(t *testing.T) {
	c, timer := newClock()
	var b *Busy
	stopped := false
	stage(t, look.Variant{}, fyne.NewSize(400, 200), func() fyne.CanvasObject {
		b = NewBusy(timer, "Stop")
		return b
	})
	b.Start("Reading", nil)
	b.Done()
	c.ring()
	if b.Visible() {
		t.Error("it shows after it was done")
	}
	b.Start("Reading 1 of 2", func() { stopped = true })
	c.ring()
	b.Start("Reading 2 of 2", func() { stopped = true })
	if !b.Visible() || b.AccessibilityLabel() != "Reading 2 of 2" {
		t.Errorf("shown %t, says %q", b.Visible(), b.AccessibilityLabel())
	}
	test.Tap(b.stop)
	b.Done()
	if !stopped || b.Visible() {
		t.Error("it can't be stopped, or does not go")
	}
}

// TestField demands that a hint gives way to what is wrong, and both are said.
func TestField(t *testing.T) {
	var f *Field
	typed := ""
	w := stage(t, look.Variant{}, fyne.NewSize(400, 300), func() fyne.CanvasObject {
		f = NewField("Who will get it?", "A name")
		return Column(0, f)
	})
	f.OnChanged = func(s string) { typed = s }
	f.SetHint("a name or an address")
	f.Focus()
	test.Type(f.entry, "Hotel")
	if typed != "Hotel" || f.Text() != "Hotel" || !f.Focused() {
		t.Errorf("typed %q, has %q, focus %t", typed, f.Text(), f.Focused())
	}
	f.SetError("too short")
	if f.hint.Text() != "too short" || !strings.Contains(f.AccessibilityLabel(), "too short") {
		t.Error("what is wrong is not said")
	}
	f.SetError("")
	w.Canvas().Unfocus()
	if f.hint.Text() != "a name or an address" || f.Focused() {
		t.Error("the hint does not come back, or the focus stays")
	}
}

// TestTick demands that what is fixed stays, and that a change is told once.
func TestTick(t *testing.T) {
	told := []bool{}
	var fixed, free *Tick
	stage(t, look.Variant{}, fyne.NewSize(400, 300), func() fyne.CanvasObject {
		hear := func(on bool) { told = append(told, on) }
		fixed, free = NewTick(TickView{Label: "Badge", On: true, Fixed: true}, hear), NewTick(TickView{Label: "Grade"}, hear)
		return Column(0, fixed, free)
	})
	test.Tap(fixed)
	test.Tap(free)
	free.Set(TickView{Label: "Grade"})
	if fmt.Sprint(told) != "[true]" || !fixed.On() || free.On() {
		t.Errorf("told %v, fixed %t, free %t", told, fixed.On(), free.On())
	}
}

// TestChoice demands that the arrows choose and stop at the ends.
func TestChoice(t *testing.T) {
	var c *Choice
	told := []int{}
	stage(t, look.Variant{}, fyne.NewSize(400, 300), func() fyne.CanvasObject {
		c = NewChoice("Good for", []string{"1 day", "7 days", "30 days"}, 1, func(i int) { told = append(told, i) })
		return c
	})
	hit(c, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	test.Tap(c.items[0])
	if fmt.Sprint(told) != "[2 1 0]" || c.Chosen() != 0 {
		t.Errorf("told %v, chosen %d", told, c.Chosen())
	}
}

// TestDots demands that a dot of a code is a whole number of points.
func TestDots(t *testing.T) {
	for name, c := range map[string]struct {
		room float32
		n    int
		want float32
	}{
		"fits exactly":  {210, 21, 210},
		"rounded down":  {300, 45, 270},
		"larger":        {200, 300, 200},
		"nothing there": {200, 0, 200},
	} {
		t.Run(name, func(t *testing.T) {
			if got := whole(c.room, c.n); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	var q *QRView
	stage(t, look.Variant{}, fyne.NewSize(400, 400), func() fyne.CanvasObject {
		q = NewQRView(300, "a code")
		return Center(q)
	})
	q.SetImage(image.NewGray(image.Rect(0, 0, 45, 45)))
	if w := q.code.Size().Width; w != 225 {
		t.Errorf("45 dots are %v wide in 300", w)
	}
	q.SetImage(nil)
	if q.code.Visible() {
		t.Error("a code that was taken away is seen")
	}
}

// TestStack demands that the first layer lies at the bottom and is the widest, that a brick
// tells its place, and that the same shape keeps its bricks, and with them the focus.
func TestStack(t *testing.T) {
	var s *Stack
	stage(t, look.Variant{}, fyne.NewSize(1000, 700), func() fyne.CanvasObject {
		s = NewStack(layers())
		return Column(0, s)
	})
	first, goal := s.views[0], s.views[3]
	if first.Position().Y <= goal.Position().Y || first.Size().Width <= goal.Size().Width {
		t.Error("the pile stands on its head")
	}
	told := ""
	s.OnBrick = func(l, b int) { told = fmt.Sprint(l, " ", b) }
	test.Tap(s.views[1].bricks[2])
	if told != "1 2" {
		t.Errorf("the brick says it is at %q", told)
	}
	next := layers()
	next[1].Bricks[2].State = Earned
	was := s.views[1].bricks[2]
	s.SetLayers(next)
	if s.views[1].bricks[2] != was || was.view.State != Earned {
		t.Error("a brick was made anew, or did not change")
	}
	s.SetLayers(next[:1])
	if len(s.views) != 1 {
		t.Error("layers are left over")
	}
}
