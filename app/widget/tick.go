package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// TickView is one line that can be shown or hidden.
type TickView struct {
	Label     string
	Value     string
	Note      string // such as "always shown"
	On        bool
	Fixed     bool // can't be changed, whatever On says
	Sensitive bool // the note is a caution
	Indent    int  // how deep the line lies in others
}

// Tick is a box to tick with a label and a value.
type Tick struct {
	control
	view  TickView
	back  *canvas.Rectangle
	box   *canvas.Rectangle
	mark  *Icon
	label *Text
	value *Text
	note  *Text
	warn  *Icon
}

// NewTick makes a line. changed is called with what it became.
func NewTick(view TickView, changed func(on bool)) *Tick {
	t := &Tick{view: view, back: plate(look.RadiusControl), box: plate(5)}
	t.mark = NewIcon("check", look.OnPrimary, 15)
	t.label, t.value = NewText("", look.Strong.Max(2)), NewText("", look.Second.Max(3))
	t.note, t.warn = NewText("", look.Caption.Max(look.Whole)), NewIcon("warning", look.Caution, 15)
	t.begin(t, look.RadiusControl, t.said, func() { t.flip(changed) })
	return t
}

func (t *Tick) flip(changed func(bool)) {
	if t.view.Fixed {
		return
	}
	t.view.On = !t.view.On
	t.Refresh()
	if changed != nil {
		changed(t.view.On)
	}
}

func (t *Tick) said() string {
	state := "☐"
	if t.view.On {
		state = "☑"
	}
	return speak(state+" "+t.view.Label, t.view.Value, t.view.Note)
}

// Set changes all of it, without calling anybody.
func (t *Tick) Set(view TickView) {
	if view == t.view {
		return
	}
	t.view = view
	t.Refresh()
}

// On says whether it is ticked.
func (t *Tick) On() bool { return t.view.On }

// MinSize is a comfortable target.
func (t *Tick) MinSize() fyne.Size {
	m := t.base.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, t.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	box := Sized(Over(t.box, Center(t.mark)), 20, 20)
	note := Row(look.Gap4, t.warn, t.note)
	line := Row(look.Gap12, Center(box), Grow(Column(1, t.label, t.value)), note)
	left := look.Gap8 + float32(t.view.Indent)*look.Gap24
	return show(Over(t.back, t.veil, Pad(line, 6, look.Gap12, 6, left), t.ring), t.paint)
}

func (t *Tick) paint() {
	t.dress()
	t.back.FillColor = t.ink(look.Clear)
	t.box.StrokeWidth = look.Outline
	edge, fill, mark := look.Border, look.InputSurface, look.OnPrimary
	switch {
	case t.view.On && t.view.Fixed:
		edge, fill, mark = look.Border, look.Track, look.Text
	case t.view.On:
		edge, fill = look.Primary, look.Primary
	case t.view.Fixed:
		fill = look.Track
	}
	t.box.FillColor, t.box.StrokeColor = t.ink(fill), t.ink(edge)
	t.mark.Set("check", mark)
	setShown(t.mark, t.view.On)
	t.label.SetText(t.view.Label)
	t.value.SetText(t.view.Value)
	setShown(t.value, t.view.Value != "")
	note := look.Caption
	if t.view.Sensitive {
		note = note.In(look.Caution)
	}
	t.note.SetText(t.view.Note)
	t.note.SetStyle(note.Max(look.Whole))
	setShown(t.note, t.view.Note != "")
	setShown(t.warn, t.view.Sensitive)
}
