package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// BrickState is what is known of one step of a pathway.
type BrickState int

// The states of bricks.
const (
	Missing BrickState = iota
	Earned
	Problem
	Optional
	ByHand
	Untold // no badge can tell
)

// BrickView is what a brick shows.
type BrickView struct {
	Name      string
	State     BrickState
	StateWord string
}

// brick is one step: shape and icon tell its state, never the colour alone.
type brick struct {
	control
	view BrickView
	back *canvas.Rectangle
	icon *Icon
	name *Text
}

// brickFace is how a state is drawn.
type brickFace struct {
	icon               string
	ground, edge, text fyne.ThemeColorName
}

var brickFaces = map[BrickState]brickFace{
	Missing:  {"plus", look.Surface, look.Border, look.Muted},
	Earned:   {"check", look.OKTint, look.OK, look.OK},
	Problem:  {"warning", look.ErrorTint, look.Error, look.Error},
	Optional: {"star", look.Surface, look.Border, look.Muted},
	ByHand:   {"pencil", look.InfoTint, look.Info, look.Info},
	Untold:   {"info", look.Surface, look.Border, look.Muted},
}

func newBrick(view BrickView, act func()) *brick {
	b := &brick{view: view, back: plate(8), icon: NewIcon("", look.Text, 15)}
	b.name = NewText(view.Name, look.Label.Max(1))
	b.begin(b, 8, func() string { return speak(b.view.Name, b.view.StateWord) }, act)
	return b
}

func (b *brick) set(view BrickView) {
	if view == b.view {
		return
	}
	b.view = view
	b.Refresh()
}

// MinSize shows the whole name, up to a width where it is cut.
func (b *brick) MinSize() fyne.Size {
	m := b.base.MinSize()
	name := min(b.name.measure(b.view.Name).Width+1, b.scaled(220))
	return fyne.NewSize(m.Width-b.name.MinSize().Width+name, max(m.Height, b.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (b *brick) CreateRenderer() fyne.WidgetRenderer {
	line := Row(6, b.icon, b.name)
	return show(Over(b.back, b.veil, Pad(line, look.Gap8, look.Gap12, look.Gap8, look.Gap8), b.halo()), b.paint)
}

func (b *brick) paint() {
	b.dress()
	f := brickFaces[b.view.State]
	b.back.FillColor, b.back.StrokeColor, b.back.StrokeWidth = b.ink(f.ground), b.ink(f.edge), look.Outline
	b.icon.Set(f.icon, f.text)
	b.name.SetText(b.view.Name)
	b.name.SetStyle(look.Label.Max(1).In(f.text))
}
