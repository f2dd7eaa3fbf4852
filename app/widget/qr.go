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
	return show(Over(q.paper, Around(q.code, look.Gap16)), q.paint)
}

func (q *QRView) paint() {
	q.paper.FillColor = q.ink(look.Paper)
	q.paper.StrokeColor, q.paper.StrokeWidth = q.ink(look.Line), look.Hairline
	setShown(q.code, q.code.Image != nil)
}
