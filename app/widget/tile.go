package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Tile is a raised surface that can be pressed as a whole. What lies on it only shows:
// controls have no place there.
type Tile struct {
	control
	content fyne.CanvasObject
	back    *canvas.Rectangle
	room    float32
	ground  fyne.ThemeColorName
	raised  bool
}

// NewTile lays content on a surface; label is what a screen reader says.
func NewTile(label string, content fyne.CanvasObject, act func()) *Tile {
	t := &Tile{content: content, back: plate(look.RadiusCard), room: look.Gap16, ground: look.Surface, raised: true}
	t.begin(t, look.RadiusCard, func() string { return label }, act)
	return t
}

// NewLine lays content on a flat line of a list; chosen lays it on a tint.
func NewLine(label string, content fyne.CanvasObject, chosen bool, act func()) *Tile {
	t := &Tile{content: content, back: plate(look.RadiusControl), room: look.Gap8, ground: look.Clear}
	if chosen {
		t.ground = look.PrimaryTint
	}
	t.begin(t, look.RadiusControl, func() string { return label }, act)
	return t
}

// CreateRenderer is called by Fyne.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(t.back, Around(t.content, t.room), t.veil, t.halo()), t.paint)
}

func (t *Tile) paint() {
	t.dress()
	t.back.FillColor = t.ink(t.ground)
	if t.raised {
		lift(t.back, t.ink(look.Shadow))
	}
}
