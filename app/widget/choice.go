package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Choice is one out of a few: all are seen, one is chosen. The arrows move the choice.
type Choice struct {
	control
	name    string
	options []string
	chosen  int
	changed func(int)
	back    *canvas.Rectangle
	items   []*option
	body    *fyne.Container
}

// NewChoice makes a choice with a name for screen readers; chosen -1 is none yet. The
// options stand beside each other and break into lines.
func NewChoice(name string, options []string, chosen int, changed func(int)) *Choice {
	c := &Choice{name: name, chosen: chosen, changed: changed, back: plate(look.RadiusControl)}
	c.body = Flow(look.Gap4)
	c.begin(c, look.RadiusControl, c.said, func() { c.pick(max(0, c.chosen)) })
	c.keys = c.arrows
	c.SetOptions(options, chosen)
	return c
}

// SetOptions changes what can be chosen, and what is.
func (c *Choice) SetOptions(options []string, chosen int) {
	c.options, c.chosen = options, chosen
	c.items, c.body.Objects = nil, nil
	for i, o := range options {
		it := newOption(o, func() { c.take(); c.pick(i) })
		c.items, c.body.Objects = append(c.items, it), append(c.body.Objects, it)
	}
	c.Refresh()
}

// Chosen gives the number of the option chosen, -1 for none.
func (c *Choice) Chosen() int { return c.chosen }

// Choose chooses without calling anybody.
func (c *Choice) Choose(i int) { c.chosen = i; c.Refresh() }

func (c *Choice) pick(i int) {
	if c.disabled || i >= len(c.options) {
		return
	}
	was := c.chosen
	c.Choose(i)
	if was != i && c.changed != nil {
		c.changed(i)
	}
}

func (c *Choice) arrows(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown:
		c.pick(min(c.chosen+1, len(c.options)-1))
	case fyne.KeyLeft, fyne.KeyUp:
		c.pick(max(c.chosen-1, 0))
	default:
		return false
	}
	return true
}

func (c *Choice) said() string {
	if c.chosen < 0 || c.chosen >= len(c.options) {
		return c.name
	}
	return speak(c.name, c.options[c.chosen])
}

// CreateRenderer is called by Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(c.body, c.halo()), c.paint)
}

func (c *Choice) paint() {
	c.dress()
	for i, it := range c.items {
		it.set(i == c.chosen, c.disabled)
	}
}

// option is one of a choice. The choice holds the focus.
type option struct {
	press
	on   bool
	text *Text
	ball *canvas.Rectangle
	dot  *canvas.Rectangle
}

func newOption(text string, act func()) *option {
	o := &option{ball: plate(100), dot: plate(100)}
	o.text = NewText(text, look.Body.Max(look.Whole))
	o.self, o.act, o.label, o.veil = o, act, func() string { return text }, plate(look.RadiusControl)
	o.ExtendBaseWidget(o)
	return o
}

func (o *option) set(on, disabled bool) {
	if o.on == on && o.disabled == disabled {
		return
	}
	o.on, o.disabled = on, disabled
	o.Refresh()
}

// MinSize is at least as high as what can be pressed must be.
func (o *option) MinSize() fyne.Size {
	m := o.base.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, o.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (o *option) CreateRenderer() fyne.WidgetRenderer {
	ball := Sized(Over(o.ball, Center(Sized(o.dot, 8, 8))), 18, 18)
	return show(Over(o.veil, Pad(Row(look.Gap8, ball, o.text), look.Gap8, look.Gap12, look.Gap8, 2)), o.paint)
}

func (o *option) paint() {
	o.tint()
	o.ball.StrokeWidth = look.Outline
	edge, fill, dot := look.Border, look.InputSurface, look.Clear
	if o.on {
		edge, fill, dot = look.Primary, look.Primary, look.OnPrimary
	}
	o.ball.FillColor, o.ball.StrokeColor, o.dot.FillColor = o.ink(fill), o.ink(edge), o.ink(dot)
	ink := look.Text
	if o.disabled {
		ink = look.Faint
	}
	o.text.SetStyle(look.Body.Max(look.Whole).In(ink))
}
