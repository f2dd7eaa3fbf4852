package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// block is an object of a least size.
func block(w, h float32) fyne.CanvasObject { return Sized(&canvas.Line{}, w, h) }

// TestLayouts demands where the last of a few objects ends up, and how large.
func TestLayouts(t *testing.T) {
	stage(t, look.Variant{}, fyne.NewSize(100, 100), func() fyne.CanvasObject { return Column(0) })
	grown := func(w, h float32) *fyne.Container { return Grow(block(w, h)) }
	for name, c := range map[string]struct {
		box  *fyne.Container
		at   fyne.Position
		size fyne.Size
	}{
		"column":            {Column(10, block(50, 20), block(30, 40)), fyne.NewPos(0, 30), fyne.NewSize(300, 40)},
		"column grows":      {Column(10, block(50, 20), grown(30, 40)), fyne.NewPos(0, 30), fyne.NewSize(300, 170)},
		"column with foot":  {Column(0, block(50, 20), Spring(), block(30, 40)), fyne.NewPos(0, 160), fyne.NewSize(300, 40)},
		"row":               {Row(10, block(50, 20), block(30, 40)), fyne.NewPos(60, 80), fyne.NewSize(30, 40)},
		"row at the top":    {TopRow(10, block(50, 20), block(30, 40)), fyne.NewPos(60, 0), fyne.NewSize(30, 40)},
		"row grows":         {Row(10, grown(50, 20), block(30, 40)), fyne.NewPos(270, 80), fyne.NewSize(30, 40)},
		"flow in one line":  {Flow(10, block(50, 20), block(30, 40)), fyne.NewPos(60, 0), fyne.NewSize(30, 40)},
		"flow breaks":       {Flow(10, block(200, 20), block(100, 40)), fyne.NewPos(0, 30), fyne.NewSize(100, 40)},
		"split":             {Split(20, 100, block(10, 20), block(10, 40)), fyne.NewPos(160, 0), fyne.NewSize(140, 200)},
		"split too narrow":  {Split(20, 200, block(10, 20), block(10, 40)), fyne.NewPos(0, 40), fyne.NewSize(300, 40)},
		"padded":            {Pad(block(10, 20), 1, 2, 3, 4), fyne.NewPos(4, 1), fyne.NewSize(294, 196)},
		"at most":           {AtMost(100, block(10, 20)), fyne.NewPos(0, 0), fyne.NewSize(100, 200)},
		"at most, too wide": {AtMost(100, block(120, 20)), fyne.NewPos(0, 0), fyne.NewSize(120, 200)},
		"in the middle":     {Middle(100, block(10, 20)), fyne.NewPos(100, 0), fyne.NewSize(100, 200)},
		"centred":           {Center(block(10, 20)), fyne.NewPos(145, 90), fyne.NewSize(10, 20)},
	} {
		t.Run(name, func(t *testing.T) {
			c.box.Resize(fyne.NewSize(300, 200))
			last := c.box.Objects[len(c.box.Objects)-1]
			if last.Position() != c.at || last.Size() != c.size {
				t.Errorf("it is at %v and %v large, want %v and %v", last.Position(), last.Size(), c.at, c.size)
			}
		})
	}
}

// TestLeast demands how much room a few objects ask for; hidden ones ask for none.
func TestLeast(t *testing.T) {
	stage(t, look.Variant{}, fyne.NewSize(100, 100), func() fyne.CanvasObject { return Column(0) })
	hidden := block(500, 500)
	hidden.Hide()
	broken := Flow(10, block(60, 20), block(60, 20), block(60, 20))
	broken.Resize(fyne.NewSize(140, 100))
	narrow := Split(10, 100, block(50, 20), block(50, 30))
	narrow.Resize(fyne.NewSize(120, 100))
	for name, c := range map[string]struct {
		box  *fyne.Container
		want fyne.Size
	}{
		"column":   {Column(10, block(50, 20), hidden, block(30, 40)), fyne.NewSize(50, 70)},
		"row":      {Row(10, block(50, 20), hidden, block(30, 40)), fyne.NewSize(90, 40)},
		"flow":     {broken, fyne.NewSize(60, 50)},
		"split":    {Split(10, 100, block(50, 20), hidden, block(30, 40)), fyne.NewSize(50, 40)},
		"stacked":  {narrow, fyne.NewSize(50, 60)},
		"over":     {Over(block(50, 20), block(30, 40)), fyne.NewSize(50, 40)},
		"nothing":  {Column(10), fyne.Size{}},
		"a spring": {Row(10, Spring()), fyne.Size{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.box.MinSize(); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
