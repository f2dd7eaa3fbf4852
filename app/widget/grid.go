package widget

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

// Grid shows many badges as cards that stretch to fill the line. Only the cards in sight
// exist. See deck for what the keyboard does.
type Grid struct {
	deck
	at func(i int) CardView
}

// NewGrid makes an empty grid.
func NewGrid() *Grid {
	g := &Grid{at: func(int) CardView { return CardView{} }}
	g.self = g
	g.named = func(i int) string { return g.at(i).Name }
	g.said = func(i int) string { return g.at(i).said() }
	g.roll = newRoll(look.Gap16, look.ShadowRoom, g.least, g.cell, g.fill)
	g.roll.bleed = true
	g.ExtendBaseWidget(g)
	return g
}

// SetItems says how many badges there are and what each shows. at is asked only for those
// in sight, and again whenever they are drawn anew.
func (g *Grid) SetItems(count int, at func(i int) CardView) {
	g.at = at
	g.current = max(0, min(g.current, count-1))
	g.roll.reset(count)
}

func (g *Grid) least() fyne.Size {
	return cardSize(&g.base)
}

func (g *Grid) cell() fyne.CanvasObject {
	c := &gridCell{face: newFace()}
	c.deck, c.self, c.veil = &g.deck, c, plate(look.RadiusCard)
	c.label = func() string { return c.face.view.said() }
	c.ExtendBaseWidget(c)
	return c
}

func (g *Grid) fill(i int, o fyne.CanvasObject) {
	c := o.(*gridCell)
	c.i = i
	c.face.set(g.at(i), g.ringed(i))
}

// gridCell is one card of a grid.
type gridCell struct {
	cell
	face *face
}

// CreateRenderer is called by Fyne.
func (c *gridCell) CreateRenderer() fyne.WidgetRenderer { return show(Over(c.face, c.veil), c.tint) }
