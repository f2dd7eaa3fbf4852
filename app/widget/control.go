package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// control is what every widget embeds that can be pressed with the keyboard too. Its owner
// calls begin, and puts veil and ring into its drawing, behind and before its words.
type control struct {
	press
	ring *canvas.Rectangle
	keys func(*fyne.KeyEvent) bool // what the owner does with other keys; true if it did

	focused, quiet bool // quiet: the focus came with the mouse, so no ring
}

// begin makes a control of self: its parts, its name, and what pressing does.
func (c *control) begin(self fyne.Widget, radius float32, label func() string, act func()) {
	c.self, c.act, c.label = self, act, label
	c.ring, c.veil = plate(radius), plate(radius)
	c.ExtendBaseWidget(self)
}

// halo is the ring drawn just outside the control, with a gap, so that it shows round any
// ground.
func (c *control) halo() *fyne.Container {
	c.ring.CornerRadius += ringRoom
	return &fyne.Container{Layout: outside{}, Objects: []fyne.CanvasObject{c.ring}}
}

// dress gives ring and veil the colours of the moment.
func (c *control) dress() {
	c.tint()
	c.ring.FillColor, c.ring.StrokeColor = c.ink(look.Clear), c.ink(look.Clear)
	c.ring.StrokeWidth = look.FocusRing
	if c.ringed() {
		c.ring.StrokeColor = c.ink(look.Focus)
	}
}

// ringed says whether the ring shows.
func (c *control) ringed() bool { return c.focused && !c.quiet }

// Tapped acts and takes the focus, without a ring: whoever uses a mouse knows where it is.
func (c *control) Tapped(*fyne.PointEvent) {
	if !c.disabled {
		c.take()
		c.do()
	}
}

// take moves the focus here because of the mouse.
func (c *control) take() {
	if cv := canvasOf(c.self); cv != nil && !c.focused {
		c.quiet = true
		cv.Focus(c.self.(fyne.Focusable))
	}
}

// FocusGained shows the ring.
func (c *control) FocusGained() { c.focused = true; c.self.Refresh() }

// FocusLost hides it.
func (c *control) FocusLost() { c.focused, c.quiet = false, false; c.self.Refresh() }

// TypedRune does nothing: Space comes as a key.
func (c *control) TypedRune(rune) {}

// TypedKey acts on Space and Enter and hands keys it has no use for to the window.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	c.loud()
	switch {
	case c.keys != nil && c.keys(e):
	case isPress(e):
		c.do()
	default:
		passOn(c.self, e)
	}
}

// loud shows the ring once the keyboard is used.
func (c *control) loud() {
	if c.quiet {
		c.quiet = false
		c.self.Refresh()
	}
}

// isPress tells the keys that press.
func isPress(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
}

// passOn hands a key to the window the widget is in, so that Escape and the function keys
// work wherever the focus is.
func passOn(w fyne.CanvasObject, e *fyne.KeyEvent) {
	if cv := canvasOf(w); cv != nil {
		if f := cv.OnTypedKey(); f != nil {
			f(e)
		}
	}
}

func canvasOf(w fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(w)
}
