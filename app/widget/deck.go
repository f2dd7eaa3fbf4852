package widget

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// deck is what Grid and Table share: many cells, one of which the keyboard is on.
// The arrows, Home, End and the page keys move; Space selects, Enter opens, the menu key and
// Shift with F10 open the menu; letters move to the next name that begins with them.
type deck struct {
	base
	// OnSelect, OnOpen and OnMenu hear of one cell; each may be nil. The position is on the
	// window's canvas.
	OnSelect func(i int)
	OnOpen   func(i int)
	OnMenu   func(i int, at fyne.Position)
	// After forgets half-typed letters; without it only moving does.
	After Timer

	self   fyne.Widget
	roll   *roll
	named  func(i int) string
	said   func(i int) string
	typed  string
	forget func()

	current                int
	shift, focused, quiet_ bool
}

// Count says how many cells there are.
func (d *deck) Count() int { return d.roll.count }

// Current is the cell the keyboard is on.
func (d *deck) Current() int { return d.current }

// Go moves the keyboard to a cell and brings it into sight.
func (d *deck) Go(i int) {
	if d.roll.count == 0 {
		return
	}
	d.current = max(0, min(i, d.roll.count-1))
	d.roll.reveal(d.current)
	d.roll.again()
}

// Offset is how far down it is scrolled.
func (d *deck) Offset() float32 { return d.roll.scroll.Offset.Y }

// SetOffset scrolls there, as far as there is something.
func (d *deck) SetOffset(y float32) {
	d.roll.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y)))
	d.roll.place()
}

// Update draws one cell again, or all for a number below nought.
func (d *deck) Update(i int) {
	if c := d.roll.cells[i]; c != nil {
		d.roll.fill(i, c)
	} else if i < 0 {
		d.roll.again()
	}
}

// ringed says whether the ring shows on a cell.
func (d *deck) ringed(i int) bool { return d.focused && !d.quiet_ && i == d.current }

// FocusGained shows the ring on the current cell.
func (d *deck) FocusGained() { d.focused = true; d.roll.again() }

// FocusLost hides it.
func (d *deck) FocusLost() { d.focused, d.quiet_ = false, false; d.roll.again() }

// KeyDown minds Shift, for Shift with F10.
func (d *deck) KeyDown(e *fyne.KeyEvent) { d.mind(e, true) }

// KeyUp forgets it.
func (d *deck) KeyUp(e *fyne.KeyEvent) { d.mind(e, false) }

func (d *deck) mind(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		d.shift = down
	}
}

// TypedKey moves, selects and opens; other keys go to the window.
func (d *deck) TypedKey(e *fyne.KeyEvent) {
	if d.quiet_ {
		d.quiet_ = false
		d.roll.again()
	}
	if d.roll.count == 0 {
		passOn(d.self, e)
		return
	}
	if to, ok := d.step(e.Name); ok {
		d.typed = ""
		d.Go(to)
		return
	}
	switch {
	case e.Name == fyne.KeySpace:
		if d.typed == "" {
			d.call(d.OnSelect, d.current)
		}
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter:
		d.call(d.OnOpen, d.current)
	case e.Name == desktop.KeyMenu, e.Name == fyne.KeyF10 && d.shift:
		d.menu(d.current)
	default:
		passOn(d.self, e)
	}
}

// step gives where a key moves to.
func (d *deck) step(key fyne.KeyName) (int, bool) {
	columns, _ := d.roll.grid()
	switch key {
	case fyne.KeyRight:
		return d.current + 1, true
	case fyne.KeyLeft:
		return d.current - 1, true
	case fyne.KeyDown:
		return d.down(columns), true
	case fyne.KeyUp:
		return d.up(columns), true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return d.roll.count - 1, true
	case fyne.KeyPageDown:
		return d.current + d.roll.page(), true
	case fyne.KeyPageUp:
		return d.current - d.roll.page(), true
	}
	return 0, false
}

// down stays in the column; from the line before a shorter last one it goes to the end.
func (d *deck) down(columns int) int {
	if d.current/columns == (d.roll.count-1)/columns {
		return d.current
	}
	return d.current + columns
}

func (d *deck) up(columns int) int {
	if d.current < columns {
		return d.current
	}
	return d.current - columns
}

// TypedRune moves to the next name that begins with the letters typed in a row.
func (d *deck) TypedRune(r rune) {
	if r == ' ' && d.typed == "" {
		return
	}
	from := d.current
	if d.typed == "" {
		from++
	}
	d.typed += strings.ToLower(string(r))
	if d.forget != nil {
		d.forget()
	}
	d.forget = d.After.wait(time.Second, func() { d.typed = "" })
	if i, ok := d.find(d.typed, from); ok {
		d.Go(i)
	}
}

// find looks for a name from a cell onwards, and from the start again.
func (d *deck) find(prefix string, from int) (int, bool) {
	for n := range d.roll.count {
		i := (from + n) % d.roll.count
		if strings.HasPrefix(strings.ToLower(d.named(i)), prefix) {
			return i, true
		}
	}
	return 0, false
}

func (d *deck) call(f func(int), i int) {
	if f != nil {
		f(i)
	}
}

// menu opens the menu of a cell at its middle.
func (d *deck) menu(i int) {
	c := d.roll.cells[i]
	if d.OnMenu == nil || c == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	d.OnMenu(i, at.AddXY(c.Size().Width/2, c.Size().Height/2))
}

// pick is what a click on a cell does.
func (d *deck) pick(i int) {
	d.current = i
	if cv := canvasOf(d.self); cv != nil && !d.focused {
		d.quiet_ = true
		cv.Focus(d.self.(fyne.Focusable))
	}
	d.roll.again()
	d.call(d.OnSelect, i)
}

// AccessibilityLabel is the cell the keyboard is on.
func (d *deck) AccessibilityLabel() string {
	if d.current >= d.roll.count {
		return ""
	}
	return d.said(d.current)
}

// AccessibilityRole says it holds other things.
func (d *deck) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (d *deck) CreateRenderer() fyne.WidgetRenderer {
	body := &fyne.Container{Layout: scrolled{d.roll}, Objects: []fyne.CanvasObject{d.roll.scroll}}
	return show(body, d.roll.again)
}

// cell is what the pointer can do to one of many: a click selects, two open.
type cell struct {
	press
	deck *deck
	i    int
	down bool
}

// MouseDown selects at once, for waiting for a second click feels slow.
func (c *cell) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		c.down = true
		c.deck.pick(c.i)
	}
}

// MouseUp does nothing.
func (c *cell) MouseUp(*desktop.MouseEvent) {}

// Tapped selects where no MouseDown came before.
func (c *cell) Tapped(*fyne.PointEvent) {
	if !c.down {
		c.deck.pick(c.i)
	}
	c.down = false
}

// DoubleTapped opens.
func (c *cell) DoubleTapped(*fyne.PointEvent) { c.down = false; c.deck.call(c.deck.OnOpen, c.i) }

// TappedSecondary opens the menu.
func (c *cell) TappedSecondary(e *fyne.PointEvent) {
	c.deck.current = c.i
	if c.deck.OnMenu != nil {
		c.deck.OnMenu(c.i, e.AbsolutePosition)
	}
}
