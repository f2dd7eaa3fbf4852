package widget

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/app/look"
)

const many = 10000

// crowd is a grid of ten thousand badges in a window, and how often one was asked for.
func crowd(t testing.TB) (*Grid, fyne.Window, *int) {
	t.Helper()
	asked := 0
	g := NewGrid()
	w := stage(t, look.Variant{}, fyne.NewSize(960, 700), func() fyne.CanvasObject { return g })
	g.SetItems(many, func(i int) CardView {
		asked++
		return CardView{ID: fmt.Sprint(i), Name: fmt.Sprintf("%c badge %d", 'A'+i%26, i), Pill: good}
	})
	return g, w, &asked
}

// TestCrowd demands that ten thousand badges cost what fits on the screen.
func TestCrowd(t *testing.T) {
	g, w, asked := crowd(t)
	if g.roll.made > 40 || *asked > 200 {
		t.Errorf("%d cells made, %d badges asked for", g.roll.made, *asked)
	}
	for _, y := range []float32{500, 100000, 1, 400000} {
		g.SetOffset(y)
	}
	hit(g, fyne.KeyEnd)
	hit(g, fyne.KeyHome)
	w.Resize(fyne.NewSize(1900, 1000))
	if g.roll.made > 120 {
		t.Errorf("%d cells made after scrolling", g.roll.made)
	}
	if n := len(g.roll.canvas.Objects); n == 0 || n > 80 {
		t.Errorf("%d cells drawn", n)
	}
}

// TestStretch demands that the cards fill the line at every width.
func TestStretch(t *testing.T) {
	g, w, _ := crowd(t)
	for _, width := range []float32{400, 641, 960, 1280, 1920} {
		w.Resize(fyne.NewSize(width, 700))
		columns, cell := g.roll.grid()
		filled := float32(columns)*cell.Width + gaps(look.Gap16, columns)
		if d := filled - g.Size().Width; d > 1 || d < -1 {
			t.Errorf("width %v: %d cards of %v leave %v free", width, columns, cell.Width, -d)
		}
		if cell.Width < look.CardWidth && columns > 1 {
			t.Errorf("width %v: cards are only %v wide", width, cell.Width)
		}
	}
}

func hit(f fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestMoves(t *testing.T) {
	g, _, _ := crowd(t)
	columns, _ := g.roll.grid()
	last := many - 1
	for name, c := range map[string]struct {
		from int
		keys []fyne.KeyName
		want int
	}{
		"right":              {0, []fyne.KeyName{fyne.KeyRight}, 1},
		"left at the start":  {0, []fyne.KeyName{fyne.KeyLeft}, 0},
		"down":               {1, []fyne.KeyName{fyne.KeyDown}, 1 + columns},
		"up":                 {columns + 1, []fyne.KeyName{fyne.KeyUp}, 1},
		"up in the first":    {1, []fyne.KeyName{fyne.KeyUp}, 1},
		"end":                {5, []fyne.KeyName{fyne.KeyEnd}, last},
		"home":               {5000, []fyne.KeyName{fyne.KeyHome}, 0},
		"down in the last":   {last, []fyne.KeyName{fyne.KeyDown}, last},
		"page down and back": {7, []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp}, 7},
	} {
		t.Run(name, func(t *testing.T) {
			g.Go(c.from)
			hit(g, c.keys...)
			if g.Current() != c.want {
				t.Errorf("it is on %d, want %d", g.Current(), c.want)
			}
			if g.roll.cells[g.Current()] == nil {
				t.Error("what the keyboard is on is not in sight")
			}
		})
	}
}

// TestFind demands that letters move on, that more letters narrow down, and that a pause
// starts anew.
func TestFind(t *testing.T) {
	g, _, _ := crowd(t)
	var pause func()
	g.After = func(_ time.Duration, do func()) func() { pause = do; return nothing }
	typed := func(s string) {
		for _, r := range s {
			g.TypedRune(r)
		}
	}
	typed("c")
	if g.Current() != 2 {
		t.Errorf("c goes to %d", g.Current())
	}
	typed(" badge 54")
	if g.Current() != 54 {
		t.Errorf("more letters go to %d", g.Current())
	}
	pause()
	typed("c")
	if g.Current() != 54+26 {
		t.Errorf("c again goes to %d", g.Current())
	}
	pause()
	typed("zzz")
	if g.Current() != 103 {
		t.Errorf("a name that is not there goes to %d", g.Current())
	}
}

// TestActs demands what keys and clicks tell the owner.
func TestActs(t *testing.T) {
	g, w, _ := crowd(t)
	var heard []string
	g.OnSelect = func(i int) { heard = append(heard, fmt.Sprint("select ", i)) }
	g.OnOpen = func(i int) { heard = append(heard, fmt.Sprint("open ", i)) }
	g.OnMenu = func(i int, at fyne.Position) { heard = append(heard, fmt.Sprint("menu ", i, at.X > 0)) }
	hit(g, fyne.KeyRight, fyne.KeySpace, fyne.KeyReturn, desktop.KeyMenu, fyne.KeyF10)
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	hit(g, fyne.KeyF10)
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	third := g.roll.cells[2].(*gridCell)
	third.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	third.Tapped(nil)
	third.DoubleTapped(nil)
	if w.Canvas().Focused() != fyne.Focusable(g) {
		t.Error("a click does not give the grid the focus")
	}
	test.TapSecondary(third)
	want := "[select 1 open 1 menu 1 true menu 1 true select 2 open 2 menu 2 true]"
	if got := fmt.Sprint(heard); got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

// TestShrink demands that fewer badges leave the keyboard on one that exists.
func TestShrink(t *testing.T) {
	g, _, _ := crowd(t)
	hit(g, fyne.KeyEnd)
	g.SetItems(3, func(i int) CardView { return CardView{Name: fmt.Sprint(i)} })
	if g.Current() != 2 || g.Offset() != 0 || len(g.roll.canvas.Objects) != 3 {
		t.Errorf("on %d, scrolled %v, %d cells", g.Current(), g.Offset(), len(g.roll.canvas.Objects))
	}
	g.SetItems(0, nil)
	hit(g, fyne.KeyReturn, fyne.KeyDown)
	g.TypedRune('a')
	if g.AccessibilityLabel() != "" {
		t.Error("an empty grid speaks")
	}
}

// BenchmarkGrid opens ten thousand badges and jumps to the end.
func BenchmarkGrid(b *testing.B) {
	g, _, _ := crowd(b)
	for b.Loop() {
		g.SetItems(many, g.at)
		g.Go(many - 1)
		g.Go(0)
	}
}
