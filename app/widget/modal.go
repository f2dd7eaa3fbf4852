package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/cairnwallet/cairn/app/look"
)

// Modal is a dialog over a window: a title, anything below it, and buttons at the foot.
// Escape closes it. Showing takes the focus into it, closing gives it back.
type Modal struct {
	base
	// OnClosed hears that it was closed, however that was done; it may be nil.
	OnClosed func()

	title   *Text
	close   *Button
	content fyne.CanvasObject
	foot    *fyne.Container
	width   float32
	scrim   *canvas.Rectangle
	sheet   *canvas.Rectangle

	canvas fyne.Canvas
	keys   func(*fyne.KeyEvent)
}

// NewModal makes a dialog of a width. closing is the name of the button in the corner.
func NewModal(title, closing string, width float32, content fyne.CanvasObject, actions ...fyne.CanvasObject) *Modal {
	m := &Modal{title: NewText(title, look.Section.Max(2)), content: content, width: width}
	m.scrim, m.sheet = plate(0), plate(look.RadiusCard)
	m.close = NewIconButton("close", closing, m.Close)
	m.foot = Row(look.Gap8, append([]fyne.CanvasObject{Spring()}, actions...)...)
	m.ExtendBaseWidget(m)
	return m
}

// SetTitle changes the title.
func (m *Modal) SetTitle(title string) { m.title.SetText(title) }

// SetContent changes what lies between title and buttons.
func (m *Modal) SetContent(content fyne.CanvasObject, actions ...fyne.CanvasObject) {
	m.content = content
	m.foot.Objects = append([]fyne.CanvasObject{Spring()}, actions...)
	m.Refresh()
}

// Open puts the dialog over a window and the focus on the first thing in it.
func (m *Modal) Open(c fyne.Canvas) {
	if m.canvas != nil {
		return
	}
	m.canvas, m.keys = c, c.OnTypedKey()
	c.SetOnTypedKey(m.typed)
	c.Overlays().Add(m)
	m.Resize(c.Size())
	c.FocusNext()
}

// Close takes it away; the window has the focus again where it was.
func (m *Modal) Close() {
	if m.canvas == nil {
		return
	}
	c := m.canvas
	m.canvas = nil
	c.SetOnTypedKey(m.keys)
	c.Overlays().Remove(m)
	if m.OnClosed != nil {
		m.OnClosed()
	}
}

// Opened says whether it is over a window.
func (m *Modal) Opened() bool { return m.canvas != nil }

func (m *Modal) typed(e *fyne.KeyEvent) {
	switch {
	case m.canvas == nil || m.canvas.Overlays().Top() != m: // something lies over it
	case e.Name == fyne.KeyEscape:
		m.Close()
	case m.keys != nil && e.Name == fyne.KeyF1:
		m.keys(e)
	}
}

// Tapped swallows clicks beside the sheet: a dialog is left with a button or Escape.
func (m *Modal) Tapped(*fyne.PointEvent) {}

// MouseDown swallows them too.
func (m *Modal) MouseDown(*desktop.MouseEvent) {}

// MouseUp swallows them too.
func (m *Modal) MouseUp(*desktop.MouseEvent) {}

// AccessibilityLabel is the title.
func (m *Modal) AccessibilityLabel() string { return m.title.Text() }

// AccessibilityRole says it holds other things.
func (m *Modal) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (m *Modal) CreateRenderer() fyne.WidgetRenderer {
	v := &modalView{m: m, head: Row(look.Gap12, Grow(m.title), m.close)}
	v.paint()
	return v
}

// modalView draws a dialog: the sheet is as high as what is on it, up to the window.
type modalView struct {
	m    *Modal
	head *fyne.Container
}

func (v *modalView) Destroy() {}

// Objects are in the order in which Tab goes through them: the way out comes last.
func (v *modalView) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.m.scrim, v.m.sheet, v.m.content, v.m.foot, v.head}
}

func (v *modalView) MinSize() fyne.Size { return fyne.Size{} }

func (v *modalView) Layout(size fyne.Size) {
	m, room := v.m, look.Gap24
	m.scrim.Resize(size)
	w := min(m.width, size.Width-2*look.Gap24) - 2*room
	head, foot := high(v.head, w), float32(0)
	if len(m.foot.Objects) > 1 {
		foot = high(m.foot, w) + look.Gap16
	}
	most := size.Height - 2*look.Gap24 - 2*room - head - look.Gap12 - foot
	body := min(high(m.content, w), most)
	all := fyne.NewSize(w+2*room, body+head+look.Gap12+foot+2*room)
	at := fyne.NewPos((size.Width-all.Width)/2, (size.Height-all.Height)/2)
	m.sheet.Move(at)
	m.sheet.Resize(all)
	at = at.AddXY(room, room)
	set(v.head, at, w, head)
	set(m.content, at.AddXY(0, head+look.Gap12), w, body)
	set(m.foot, at.AddXY(0, head+look.Gap12+body+look.Gap16), w, max(0, foot-look.Gap16))
}

func set(o fyne.CanvasObject, at fyne.Position, width, height float32) {
	o.Move(at)
	o.Resize(fyne.NewSize(width, height))
}

func (v *modalView) paint() {
	m := v.m
	m.scrim.FillColor, m.sheet.FillColor = m.ink(look.Scrim), m.ink(look.Surface)
	m.sheet.StrokeColor, m.sheet.StrokeWidth = m.ink(look.Line), look.Hairline
	lift(m.sheet, m.ink(look.Shadow))
}

func (v *modalView) Refresh() {
	v.paint()
	v.Layout(v.m.Size())
	for _, o := range v.Objects() {
		o.Refresh()
	}
}
