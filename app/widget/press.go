package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/cairnwallet/cairn/app/look"
)

// press is what the pointer can press. It never has the focus; control does.
type press struct {
	base
	self  fyne.Widget
	act   func()
	veil  *canvas.Rectangle // hover and press
	label func() string

	hovered, held, disabled bool
}

// tint gives the veil the colour of the moment.
func (p *press) tint() {
	name := look.Clear
	switch {
	case p.disabled:
	case p.held:
		name = look.Pressed
	case p.hovered:
		name = look.Hover
	}
	p.veil.FillColor = p.ink(name)
}

// do acts, unless the control is disabled.
func (p *press) do() {
	if !p.disabled && p.act != nil {
		p.act()
	}
}

// Tapped acts.
func (p *press) Tapped(*fyne.PointEvent) { p.do() }

// MouseIn shows that it can be pressed.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.self.Refresh() }

// MouseMoved does nothing.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes it back.
func (p *press) MouseOut() { p.hovered, p.held = false, false; p.self.Refresh() }

// MouseDown shows the press.
func (p *press) MouseDown(*desktop.MouseEvent) { p.held = true; p.self.Refresh() }

// MouseUp takes it back.
func (p *press) MouseUp(*desktop.MouseEvent) { p.held = false; p.self.Refresh() }

// Cursor is a hand over what can be pressed.
func (p *press) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Enable lets it be pressed.
func (p *press) Enable() { p.able(true) }

// Disable greys it out; the keyboard passes it by.
func (p *press) Disable() { p.able(false) }

func (p *press) able(on bool) {
	if p.disabled == on {
		p.disabled = !on
		p.self.Refresh()
	}
}

// Disabled says which of the two it is.
func (p *press) Disabled() bool { return p.disabled }

// AccessibilityLabel is the name a screen reader says.
func (p *press) AccessibilityLabel() string { return p.label() }

// AccessibilityRole says it can be pressed.
func (p *press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
