package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// EmblemView is what an emblem shows: the issuer's picture whole, or else a hexagon with
// initials in the colour of the hash.
type EmblemView struct {
	Initials string
	Hash     uint32
	Picture  image.Image
}

// Emblem is the face of a badge. It is decoration: the name stands beside it.
type Emblem struct {
	base
	view    EmblemView
	side    float32
	ground  *canvas.Image
	letters *canvas.Text
}

// NewEmblem makes an emblem of a size.
func NewEmblem(view EmblemView, side float32) *Emblem {
	e := &Emblem{view: view, side: side}
	e.ground = &canvas.Image{FillMode: canvas.ImageFillContain}
	e.letters = &canvas.Text{Alignment: fyne.TextAlignCenter, TextStyle: fyne.TextStyle{Bold: true}}
	e.ExtendBaseWidget(e)
	return e
}

// Set changes what it shows.
func (e *Emblem) Set(view EmblemView) {
	if view == e.view {
		return
	}
	e.view = view
	e.Refresh()
}

// MinSize is the size of the emblem.
func (e *Emblem) MinSize() fyne.Size { return fyne.NewSquareSize(e.side) }

// AccessibilityLabel is empty: the name stands beside it.
func (e *Emblem) AccessibilityLabel() string { return "" }

// AccessibilityRole says there is nothing to press.
func (e *Emblem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (e *Emblem) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(e.ground, Center(e.letters)), e.paint)
}

func (e *Emblem) paint() {
	e.letters.Text, e.letters.TextSize = e.view.Initials, e.side*letterShare
	e.letters.Color = e.ink(look.Letters)
	setShown(e.letters, e.view.Picture == nil)
	e.ground.Image, e.ground.Resource = e.view.Picture, nil
	if e.view.Picture == nil {
		e.ground.Resource = look.Hexagon(look.EmblemColor(e.view.Hash))
	}
}

// letterShare is the share of the side that the letters' size takes.
const letterShare = 0.33
