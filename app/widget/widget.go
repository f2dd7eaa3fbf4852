// Package widget holds the controls Cairn is built from. They keep the promises Fyne's own
// don't: each that can be pressed takes the keyboard, acts on Space and on Enter, keeps the
// focus afterwards, shows a ring, is at least 36 high and says its name to a screen reader.
// No widget knows a wallet, holds a colour, or starts a goroutine: what takes time is handed
// in as a Timer. Everything here belongs to the UI goroutine.
//
// Start with Column, Row and Text, then Button and Panel.
package widget

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/cairnwallet/cairn/app/look"
)

// Timer calls do once on the UI goroutine after d, unless stop is called first. A widget
// that is given none never waits: what would come later does not come.
type Timer func(d time.Duration, do func()) (stop func())

// wait uses a timer that may be nil.
func (t Timer) wait(d time.Duration, do func()) (stop func()) {
	if t == nil {
		return func() {}
	}
	return t(d, do)
}

// base is what every widget of this package embeds.
type base struct{ widget.BaseWidget }

// ink looks a colour up in the theme the widget stands under.
func (b *base) ink(name fyne.ThemeColorName) color.Color { return look.Color(b.Theme(), name) }

// scaled gives a length that grows with the text.
func (b *base) scaled(length float32) float32 { return look.Scaled(b.Theme(), length) }

// view renders a widget through one object that fills it.
type view struct {
	body  fyne.CanvasObject
	paint func() // gives the objects their colours again; may be nil
}

func show(body fyne.CanvasObject, paint func()) fyne.WidgetRenderer {
	if paint != nil {
		paint()
	}
	return &view{body: body, paint: paint}
}

func (v *view) Destroy() {}

func (v *view) Layout(size fyne.Size) {
	v.body.Move(fyne.Position{})
	v.body.Resize(size)
}

func (v *view) MinSize() fyne.Size { return v.body.MinSize() }

func (v *view) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{v.body} }

func (v *view) Refresh() {
	if v.paint != nil {
		v.paint()
	}
	v.body.Refresh()
}

// plate is a rounded rectangle without colours yet.
func plate(radius float32) *canvas.Rectangle {
	return &canvas.Rectangle{CornerRadius: radius}
}

// lift puts the shadow of a card under a rectangle.
func lift(r *canvas.Rectangle, shadow color.Color) {
	r.Shadow = canvas.Shadow{Color: shadow, BlurRadius: 10, Offset: fyne.NewPos(0, 3)}
}

// speak joins what a screen reader says, without empty parts.
func speak(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p == "" {
			continue
		}
		if out != "" {
			out += ", "
		}
		out += p
	}
	return out
}
