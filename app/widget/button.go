package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Kind is the rank of a button. A page has at most one Primary.
type Kind int

// The ranks of buttons.
const (
	Primary Kind = iota
	Secondary
	Quiet
	Danger
	onToast // on a slip that says what was done
)

// Button is words, with an icon before them, that do something.
type Button struct {
	control
	kind  Kind
	text  *Text
	icon  *Icon
	back  *canvas.Rectangle
	name  string
	glyph string
}

// NewButton makes a button. No icon is "".
func NewButton(text, icon string, kind Kind, act func()) *Button {
	b := &Button{kind: kind, name: text, glyph: icon, back: plate(look.RadiusControl)}
	b.begin(b, look.RadiusControl, func() string { return b.name }, act)
	b.text = NewText(text, look.Strong.Max(look.Whole))
	b.icon = NewIcon(icon, look.Text, 18)
	return b
}

// NewIconButton makes a square button that shows only an icon; label is what a screen
// reader says.
func NewIconButton(icon, label string, act func()) *Button {
	b := NewButton("", icon, Quiet, act)
	b.name = label
	return b
}

// SetText changes the words.
func (b *Button) SetText(text string) {
	b.name = text
	b.text.SetText(text)
	b.Refresh()
}

// SetIcon changes the icon; "" takes it away.
func (b *Button) SetIcon(icon string) { b.glyph = icon; b.Refresh() }

// SetKind changes the rank.
func (b *Button) SetKind(kind Kind) { b.kind = kind; b.Refresh() }

// OnTapped changes what the button does.
func (b *Button) OnTapped(act func()) { b.act = act }

// CreateRenderer is called by Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	side := look.Gap16
	if b.text.Text() == "" {
		side = look.Gap8
	}
	words := Center(Row(look.Gap8, b.icon, b.text))
	return show(Over(b.back, b.veil, Pad(words, look.Gap8, side, look.Gap8, side), b.halo()), b.paint)
}

// MinSize is at least as high as what can be pressed must be.
func (b *Button) MinSize() fyne.Size {
	m := b.base.MinSize()
	return m.Max(fyne.NewSquareSize(b.scaled(look.Target)))
}

func (b *Button) paint() {
	b.dress()
	ground, ink := b.colors()
	b.back.FillColor = b.ink(ground)
	b.text.SetStyle(look.Strong.Max(look.Whole).In(ink))
	setShown(b.text, b.text.Text() != "")
	setShown(b.icon, b.glyph != "")
	if b.glyph != "" {
		b.icon.Set(b.glyph, ink)
	}
}

func (b *Button) colors() (ground, ink fyne.ThemeColorName) {
	switch {
	case b.disabled && b.kind == Quiet:
		return look.Clear, look.Faint
	case b.disabled:
		return look.Track, look.Faint
	}
	switch b.kind {
	case Primary:
		return look.Primary, look.OnPrimary
	case Danger:
		return look.Error, look.OnError
	case onToast:
		return look.Clear, look.ToastAction
	case Secondary:
		return look.Button, look.Text
	}
	return look.Clear, look.Text
}

// setShown shows or hides an object.
func setShown(o fyne.CanvasObject, on bool) {
	if on == o.Visible() {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
