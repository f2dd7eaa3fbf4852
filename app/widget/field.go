package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/cairnwallet/cairn/app/look"
)

// Field is a place to type with its name above it and, below it, a hint or what is wrong.
type Field struct {
	base
	// OnChanged and OnSubmitted hear what was typed; each may be nil.
	OnChanged   func(text string)
	OnSubmitted func(text string)
	// OnKey hears of keys first and says whether it used one; it may be nil.
	OnKey func(key fyne.KeyName) bool

	entry *entry
	label *Text
	hint  *Text
	fault string
	about string
	icon  *Icon
	lead  *fyne.Container // the icon and the room before it
	sign  *Icon
	glyph string
	frame *canvas.Rectangle
	ring  *canvas.Rectangle
}

// NewField makes a field for one line. A name that is "" is not shown, but give one: a
// screen reader says it.
func NewField(name, placeholder string) *Field { return newField(name, placeholder, &entry{}) }

// NewPassword makes a field whose letters are hidden.
func NewPassword(name, placeholder string) *Field {
	e := &entry{}
	e.Password = true
	return newField(name, placeholder, e)
}

// NewArea makes a field for several lines.
func NewArea(name, placeholder string, lines int) *Field {
	e := &entry{}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.SetMinRowsVisible(lines)
	return newField(name, placeholder, e)
}

// NewSearch makes a field with a glass, without a name above it; changed hears each letter.
func NewSearch(placeholder string, changed func(text string)) *Field {
	f := newField("", placeholder, &entry{})
	f.glyph, f.OnChanged = "search", changed
	return f
}

func newField(name, placeholder string, e *entry) *Field {
	f := &Field{entry: e, label: NewText(name, look.Label), hint: NewText("", look.Caption)}
	f.icon, f.sign = NewIcon("search", look.Muted, 18), NewIcon("warning", look.Error, 15)
	f.lead = Pad(f.icon, 0, 0, 0, look.Gap8)
	f.frame, f.ring = plate(look.RadiusControl), plate(look.RadiusControl)
	e.field = f
	e.PlaceHolder = placeholder
	e.OnChanged = func(s string) { f.tell(f.OnChanged, s) }
	e.OnSubmitted = func(s string) { f.tell(f.OnSubmitted, s) }
	e.ExtendBaseWidget(e)
	f.ExtendBaseWidget(f)
	return f
}

func (f *Field) tell(hear func(string), text string) {
	if hear != nil {
		hear(text)
	}
}

// Text gives what was typed.
func (f *Field) Text() string { return f.entry.Text }

// SetText changes it; OnChanged hears of it.
func (f *Field) SetText(text string) { f.entry.SetText(text) }

// SetHint says something helpful below the field.
func (f *Field) SetHint(hint string) { f.about = hint; f.Refresh() }

// SetError says what is wrong, in place of the hint; "" takes it back.
func (f *Field) SetError(wrong string) { f.fault = wrong; f.Refresh() }

// Focus puts the cursor into the field.
func (f *Field) Focus() {
	if c := canvasOf(f.entry); c != nil {
		c.Focus(f.entry)
	}
}

// Focused says whether the cursor is in it.
func (f *Field) Focused() bool { return f.entry.in }

// Enable lets one type.
func (f *Field) Enable() { f.entry.Enable(); f.Refresh() }

// Disable greys it out.
func (f *Field) Disable() { f.entry.Disable(); f.Refresh() }

// Disabled says which of the two it is.
func (f *Field) Disabled() bool { return f.entry.Disabled() }

// AccessibilityLabel is the name, and what is wrong.
func (f *Field) AccessibilityLabel() string {
	name := f.label.Text()
	if name == "" {
		name = f.entry.PlaceHolder
	}
	return speak(name, f.fault, f.about)
}

// AccessibilityRole says it is text.
func (f *Field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	line := Row(0, f.lead, Grow(f.entry))
	box := Over(f.frame, Pad(line, 0, 0, 0, look.Gap4), f.ring)
	return show(Column(look.Gap4, f.label, box, TopRow(look.Gap4, f.sign, f.hint)), f.paint)
}

func (f *Field) paint() {
	edge, width := look.Border, look.Outline
	switch {
	case f.fault != "":
		edge, width = look.Error, look.Outline+look.Hairline/2
	case f.Disabled():
		edge = look.Line
	}
	clear := f.ink(look.Clear)
	f.frame.FillColor, f.frame.StrokeColor, f.frame.StrokeWidth = f.ink(look.InputSurface), f.ink(edge), width
	f.ring.FillColor, f.ring.StrokeColor, f.ring.StrokeWidth = clear, clear, look.FocusRing
	if f.entry.in {
		f.ring.StrokeColor = f.ink(look.Focus)
	}
	setShown(f.label, f.label.Text() != "")
	setShown(f.lead, f.glyph != "")
	setShown(f.sign, f.fault != "")
	if f.fault != "" {
		f.hint.SetText(f.fault)
		f.hint.SetStyle(look.Caption.In(look.Error))
	} else {
		f.hint.SetText(f.about)
		f.hint.SetStyle(look.Caption)
	}
	setShown(f.hint, f.hint.Text() != "")
}

// entry is Fyne's entry without its own frame: the field draws one, with the ring.
type entry struct {
	widget.Entry
	field *Field
	in    bool
}

// CreateRenderer is called by Fyne.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	r := e.Entry.CreateRenderer()
	bare(r.Objects())
	return &bareEntry{WidgetRenderer: r}
}

// bareEntry takes the frame away again whenever Fyne has drawn it.
type bareEntry struct{ fyne.WidgetRenderer }

// Refresh draws the entry anew.
func (b *bareEntry) Refresh() {
	b.WidgetRenderer.Refresh()
	bare(b.Objects())
}

func bare(objs []fyne.CanvasObject) {
	for _, o := range objs {
		if r, ok := o.(*canvas.Rectangle); ok {
			r.Hide()
		}
	}
}

// FocusGained shows the ring.
func (e *entry) FocusGained() { e.in = true; e.Entry.FocusGained(); e.field.Refresh() }

// FocusLost hides it.
func (e *entry) FocusLost() { e.in = false; e.Entry.FocusLost(); e.field.Refresh() }

// TypedKey types; Escape and the function keys go to the window.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if f := e.field.OnKey; f != nil && f(k.Name) {
		return
	}
	if k.Name == fyne.KeyEscape || len(k.Name) > 1 && k.Name[0] == 'F' {
		passOn(e, k)
		return
	}
	e.Entry.TypedKey(k)
}

// TypedShortcut edits; what is no editing goes to the window, as if nobody typed.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	_, custom := s.(*desktop.CustomShortcut)
	if window, ok := canvasOf(e).(fyne.Shortcutable); custom && ok {
		window.TypedShortcut(s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// AccessibilityLabel is that of the field.
func (e *entry) AccessibilityLabel() string { return e.field.AccessibilityLabel() }

// AccessibilityRole says it is text.
func (e *entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// FocusOn puts the cursor into the field on a canvas on which it was not drawn yet.
func (f *Field) FocusOn(c fyne.Canvas) { c.Focus(f.entry) }
