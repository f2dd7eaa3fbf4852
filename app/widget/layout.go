package widget

import (
	"fyne.io/fyne/v2"
)

// Column puts objects below each other, all as wide as the column. The heights of texts
// that wrap are right after one layout.
func Column(gap float32, objs ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &column{gap: gap}, Objects: objs}
}

// Row puts objects beside each other, centred in the height. Spare width goes to those made
// with Grow and to texts that wrap or are cut; without any it stays at the right.
func Row(gap float32, objs ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &row{gap: gap}, Objects: objs}
}

// TopRow is a Row whose objects hang from the top.
func TopRow(gap float32, objs ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &row{gap: gap, top: true}, Objects: objs}
}

// Flow puts objects beside each other and starts a new line when one is full.
func Flow(gap float32, objs ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &flow{gap: gap}, Objects: objs}
}

// Split puts objects beside each other, equally wide and all as high as the highest; below
// each other when one would be narrower than least.
func Split(gap, least float32, objs ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &split{gap: gap, least: least}, Objects: objs}
}

// Grow marks an object that takes the spare width of a Row or the spare height of a Column.
func Grow(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: grow{}, Objects: []fyne.CanvasObject{o}}
}

// Spring is empty and takes what is left of a Row or a Column.
func Spring() *fyne.Container { return &fyne.Container{Layout: grow{}} }

// Pad leaves room round an object.
func Pad(o fyne.CanvasObject, top, right, bottom, left float32) *fyne.Container {
	return &fyne.Container{Layout: pad{top, right, bottom, left}, Objects: []fyne.CanvasObject{o}}
}

// Around leaves the same room on all sides.
func Around(o fyne.CanvasObject, room float32) *fyne.Container { return Pad(o, room, room, room, room) }

// Over lays objects on top of each other, the last in front.
func Over(objs ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: over{}, Objects: objs}
}

// Sized gives an object a least size; nought leaves that side to the object.
func Sized(o fyne.CanvasObject, width, height float32) *fyne.Container {
	return &fyne.Container{Layout: sized{fyne.NewSize(width, height)}, Objects: []fyne.CanvasObject{o}}
}

// AtMost keeps an object from growing wider than width; it stays at the left.
func AtMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atMost{width: width}, Objects: []fyne.CanvasObject{o}}
}

// Middle keeps an object from growing wider than width, in the middle of the room there is.
func Middle(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atMost{width: width, middle: true}, Objects: []fyne.CanvasObject{o}}
}

// Center keeps an object at its least size in the middle of the room.
func Center(o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: center{}, Objects: []fyne.CanvasObject{o}}
}

// grows says whether an object wants the spare room of a line.
func grows(o fyne.CanvasObject, wide bool) bool {
	if c, ok := o.(*fyne.Container); ok {
		_, is := c.Layout.(grow)
		return is
	}
	t, ok := o.(*Text)
	return ok && wide && !t.whole()
}

// shown lists the objects that take part.
func shown(objs []fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(objs))
	for _, o := range objs {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// high gives the height an object needs at a width.
func high(o fyne.CanvasObject, width float32) float32 {
	if o.Size().Width != width {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	return o.MinSize().Height
}

// gaps is the room between n objects.
func gaps(gap float32, n int) float32 { return gap * float32(max(n-1, 0)) }
