package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// QRView shows a code on white paper, whatever the theme: readers want dark dots on a light
// ground with a quiet edge.
type QRView struct {
	base
	said  string
	side  float32
	paper *canvas.Rectangle
	code  *canvas.Image
}

// NewQRView makes a place for a code of a size; said is what a screen reader says.
func NewQRView(side float32, said string) *QRView {
	q := &QRView{said: said, side: side, paper: plate(look.RadiusLayer)}
	q.code = &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScalePixels}
	q.ExtendBaseWidget(q)
	return q
}

// SetImage shows a code; nil takes it off the screen.
func (q *QRView) SetImage(code image.Image) { q.code.Image = code; q.Refresh() }

// MinSize is the size of the paper.
func (q *QRView) MinSize() fyne.Size { return fyne.NewSquareSize(q.side) }

// AccessibilityLabel says what the code is.
func (q *QRView) AccessibilityLabel() string { return q.said }

// AccessibilityRole says there is nothing to press.
func (q *QRView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (q *QRView) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(q.paper, &fyne.Container{Layout: dots{q}, Objects: []fyne.CanvasObject{q.code}}), q.paint)
}

func (q *QRView) paint() {
	q.paper.FillColor = q.ink(look.Paper)
	q.paper.StrokeColor, q.paper.StrokeWidth = q.ink(look.Line), look.Hairline
	setShown(q.code, q.code.Image != nil)
}

// dots lays a code out so that each of its points is a whole number of points of the screen:
// readers stumble over dots of different widths.
type dots struct{ q *QRView }

func (dots) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l dots) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	room, scale := min(size.Width, size.Height)-2*look.Gap16, float32(1)
	if c := canvasOf(l.q); c != nil {
		scale = c.Scale()
	}
	side := room
	if code := l.q.code.Image; code != nil {
		side = whole(room*scale, code.Bounds().Dx()) / scale
	}
	for _, o := range objs {
		set(o, fyne.NewPos((size.Width-side)/2, (size.Height-side)/2), side, side)
	}
}

// whole gives the largest multiple of n that fits; what is larger already stays in the room.
func whole(room float32, n int) float32 {
	if n <= 0 || room < float32(n) {
		return room
	}
	return float32(int(room+0.01)/n) * float32(n) // a length divided by the scale and back loses a little
}
