package widget

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

type column struct{ gap float32 }

func (l *column) MinSize(objs []fyne.CanvasObject) fyne.Size {
	objs = shown(objs)
	out := fyne.NewSize(0, gaps(l.gap, len(objs)))
	for _, o := range objs {
		m := o.MinSize()
		out = fyne.NewSize(max(out.Width, m.Width), out.Height+m.Height)
	}
	return out
}

func (l *column) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	objs = shown(objs)
	heights, spare, growing := make([]float32, len(objs)), size.Height-gaps(l.gap, len(objs)), 0
	for i, o := range objs {
		heights[i] = high(o, size.Width)
		spare -= heights[i]
		if grows(o, false) {
			growing++
		}
	}
	y := float32(0)
	for i, o := range objs {
		if spare > 0 && grows(o, false) {
			heights[i] += spare / float32(growing)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		y += heights[i] + l.gap
	}
}

type row struct {
	gap float32
	top bool
}

func (l *row) MinSize(objs []fyne.CanvasObject) fyne.Size {
	objs = shown(objs)
	out := fyne.NewSize(gaps(l.gap, len(objs)), 0)
	for _, o := range objs {
		m := o.MinSize()
		out = fyne.NewSize(out.Width+m.Width, max(out.Height, m.Height))
	}
	return out
}

func (l *row) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	objs = shown(objs)
	spare, growing := size.Width-gaps(l.gap, len(objs)), 0
	for _, o := range objs {
		spare -= o.MinSize().Width
		if grows(o, true) {
			growing++
		}
	}
	x := float32(0)
	for _, o := range objs {
		w := o.MinSize().Width
		if spare > 0 && grows(o, true) {
			w += spare / float32(growing)
		}
		h, y := high(o, w), float32(0)
		if c, ok := o.(*fyne.Container); ok && !l.top {
			if _, is := c.Layout.(grow); is {
				h = max(h, size.Height)
			}
		}
		if !l.top {
			y = max(0, (size.Height-h)/2)
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		x += w + l.gap
	}
}

// flow remembers the width it was last laid out in, for its height depends on it.
type flow struct{ gap, width float32 }

func (l *flow) MinSize(objs []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range shown(objs) {
		widest = max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(widest, l.each(objs, max(l.width, widest), nil))
}

func (l *flow) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objs, size.Width, func(o fyne.CanvasObject, at fyne.Position) {
		o.Move(at)
		o.Resize(o.MinSize())
	})
}

// each goes through the lines and gives the height of all.
func (l *flow) each(objs []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position)) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range shown(objs) {
		m := o.MinSize()
		if x > 0 && x+m.Width > width {
			x, y, line = 0, y+line+l.gap, 0
		}
		if put != nil {
			put(o, fyne.NewPos(x, y))
		}
		x, line = x+m.Width+l.gap, max(line, m.Height)
	}
	return y + line
}

// split remembers whether its objects stand below each other.
type split struct {
	gap, least float32
	stacked    bool
}

func (l *split) MinSize(objs []fyne.CanvasObject) fyne.Size {
	objs = shown(objs)
	width, high, sum := float32(0), float32(0), gaps(l.gap, len(objs))
	for _, o := range objs {
		m := o.MinSize()
		width, high, sum = max(width, m.Width), max(high, m.Height), sum+m.Height
	}
	if l.stacked {
		return fyne.NewSize(width, sum)
	}
	return fyne.NewSize(width, high)
}

func (l *split) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	objs = shown(objs)
	n := float32(len(objs))
	each := (size.Width - gaps(l.gap, len(objs))) / max(n, 1)
	l.stacked = each < l.least
	if l.stacked {
		(&column{l.gap}).Layout(objs, size)
		return
	}
	tall := size.Height
	for _, o := range objs {
		tall = max(tall, high(o, each))
	}
	for i, o := range objs {
		o.Move(fyne.NewPos(float32(i)*(each+l.gap), 0))
		o.Resize(fyne.NewSize(each, tall))
	}
}

type grow struct{}

func (grow) MinSize(objs []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objs) }

func (grow) Layout(objs []fyne.CanvasObject, size fyne.Size) { over{}.Layout(objs, size) }

type over struct{}

func (over) MinSize(objs []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, o := range shown(objs) {
		out = out.Max(o.MinSize())
	}
	return out
}

func (over) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objs {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

type pad [4]float32

func (p pad) room() fyne.Size { return fyne.NewSize(p[1]+p[3], p[0]+p[2]) }

func (p pad) MinSize(objs []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objs).Add(p.room()) }

func (p pad) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	over{}.Layout(objs, size.Subtract(p.room()))
	for _, o := range objs {
		o.Move(fyne.NewPos(p[3], p[0]))
	}
}

type sized struct{ least fyne.Size }

func (s sized) MinSize(objs []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objs).Max(s.least) }

func (s sized) Layout(objs []fyne.CanvasObject, size fyne.Size) { over{}.Layout(objs, size) }

type atMost struct {
	width  float32
	middle bool
}

func (a atMost) MinSize(objs []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objs) }

func (a atMost) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, max(a.width, a.MinSize(objs).Width))
	over{}.Layout(objs, fyne.NewSize(w, size.Height))
	for _, o := range objs {
		if a.middle {
			o.Move(fyne.NewPos((size.Width-w)/2, 0))
		}
	}
}

type center struct{}

func (center) MinSize(objs []fyne.CanvasObject) fyne.Size { return over{}.MinSize(objs) }

func (center) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	for _, o := range shown(objs) {
		m := o.MinSize()
		o.Move(fyne.NewPos((size.Width-m.Width)/2, (size.Height-m.Height)/2))
		o.Resize(m)
	}
}

// ringRoom is how far outside of a control its ring is drawn.
const ringRoom = look.FocusRing + 1

type outside struct{}

func (outside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (outside) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objs {
		o.Move(fyne.NewPos(-ringRoom, -ringRoom))
		o.Resize(size.Add(fyne.NewSquareSize(2 * ringRoom)))
	}
}
