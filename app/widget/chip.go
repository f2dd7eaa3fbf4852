package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Chip is a filter that is on or off, with how many things it leaves.
type Chip struct {
	control
	name  string
	count int
	on    bool
	back  *canvas.Rectangle
	text  *Text
}

// NewChip makes a chip. A count below nought is not shown. Pressing calls act with what the
// chip would become and changes nothing itself: who filters says SetOn.
func NewChip(text string, count int, on bool, act func(on bool)) *Chip {
	c := &Chip{name: text, count: count, on: on, back: plate(100)}
	c.text = NewText("", look.Label.Max(look.Whole))
	c.begin(c, 100, c.said, func() { act(!c.on) })
	return c
}

func (c *Chip) said() string {
	if c.count < 0 {
		return c.name
	}
	return c.name + " " + strconv.Itoa(c.count)
}

// SetOn switches it.
func (c *Chip) SetOn(on bool) { c.on = on; c.Refresh() }

// On says whether it is on.
func (c *Chip) On() bool { return c.on }

// SetCount changes the number.
func (c *Chip) SetCount(n int) { c.count = n; c.Refresh() }

// MinSize is at least as high as what can be pressed must be.
func (c *Chip) MinSize() fyne.Size {
	m := c.base.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, c.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	body := Over(c.back, c.veil, Pad(Center(c.text), 6, 14, 6, 14), c.halo())
	return show(Pad(body, 2, 0, 2, 0), c.paint)
}

func (c *Chip) paint() {
	c.dress()
	ground, ink := look.Button, look.Text
	if c.on {
		ground, ink = look.Primary, look.OnPrimary
	}
	c.back.FillColor = c.ink(ground)
	c.text.SetText(c.said())
	c.text.SetStyle(look.Label.Max(look.Whole).In(ink))
}
