package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Icon is one of our icons in one colour. It is decoration: what it means is always said in
// words beside it, so a screen reader passes it by.
type Icon struct {
	base
	name  string
	color fyne.ThemeColorName
	size  float32
	image *canvas.Image
}

// NewIcon gives the icon with a name; size 0 is the size beside a line of text.
func NewIcon(name string, color fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{name: name, color: color, size: size, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes icon and colour.
func (i *Icon) Set(name string, color fyne.ThemeColorName) {
	if i.name == name && i.color == color {
		return
	}
	i.name, i.color = name, color
	i.Refresh()
}

// AccessibilityLabel is empty: the words beside it say it.
func (i *Icon) AccessibilityLabel() string { return "" }

// AccessibilityRole says there is nothing to press.
func (i *Icon) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize is the size of the icon, which grows with the text.
func (i *Icon) MinSize() fyne.Size {
	i.ExtendBaseWidget(i)
	side := i.Theme().Size(look.SizeIcon)
	if i.size > 0 {
		side = i.scaled(i.size)
	}
	return fyne.NewSquareSize(side)
}

// CreateRenderer is called by Fyne.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer { return show(i.image, i.paint) }

func (i *Icon) paint() {
	scale := float32(1)
	if c := canvasOf(i); c != nil {
		scale = c.Scale()
	}
	drawn := look.Drawn(i.name, i.ink(i.color), i.MinSize().Width*scale)
	if i.image.Resource == nil || i.image.Resource.Name() != drawn.Name() {
		i.image.Resource = drawn
	}
}
