package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Bar is a flat bar that is filled up to a fraction.
type Bar struct {
	base
	fraction float32
	done     *canvas.Rectangle
	track    *canvas.Rectangle
}

// NewBar makes a bar.
func NewBar(fraction float32) *Bar {
	b := &Bar{fraction: within(fraction), done: plate(barHeight / 2), track: plate(barHeight / 2)}
	b.ExtendBaseWidget(b)
	return b
}

const barHeight float32 = 8

// Set fills it up to a fraction between 0 and 1.
func (b *Bar) Set(fraction float32) { b.fraction = within(fraction); b.Refresh() }

func within(f float32) float32 { return max(0, min(1, f)) }

// AccessibilityLabel is the fraction in percent.
func (b *Bar) AccessibilityLabel() string { return percent(b.fraction) }

// AccessibilityRole says there is nothing to press.
func (b *Bar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	return show(&fyne.Container{Layout: filled{b}, Objects: []fyne.CanvasObject{b.track, b.done}}, b.paint)
}

func (b *Bar) paint() {
	b.track.FillColor, b.done.FillColor = b.ink(look.Track), b.ink(look.Progress)
	if b.fraction >= 1 {
		b.done.FillColor = b.ink(look.OK)
	}
	setShown(b.done, b.fraction > 0)
}

type filled struct{ b *Bar }

func (filled) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(look.Gap32, barHeight) }

func (l filled) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	y := (size.Height - barHeight) / 2
	l.b.track.Move(fyne.NewPos(0, y))
	l.b.track.Resize(fyne.NewSize(size.Width, barHeight))
	l.b.done.Move(fyne.NewPos(0, y))
	l.b.done.Resize(fyne.NewSize(max(barHeight, size.Width*l.b.fraction), barHeight))
}
