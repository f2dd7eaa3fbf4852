package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/cairnwallet/cairn/app/look"
)

// Scroll shows content that may be higher than there is room. It leaves room on all sides
// for shadows and focus rings, which it would cut otherwise.
func Scroll(content fyne.CanvasObject) *container.Scroll {
	inner := &fyne.Container{Layout: long{}, Objects: []fyne.CanvasObject{content}}
	return container.NewVScroll(inner)
}

// long is as wide as the scrolled area and as high as the content is at that width.
type long struct{}

func (long) MinSize(objs []fyne.CanvasObject) fyne.Size {
	m := over{}.MinSize(objs)
	return m.Add(fyne.NewSquareSize(2 * look.ShadowRoom))
}

func (long) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objs {
		w := size.Width - 2*look.ShadowRoom
		set(o, fyne.NewPos(look.ShadowRoom, look.ShadowRoom), w, max(high(o, w), size.Height-2*look.ShadowRoom))
	}
}
