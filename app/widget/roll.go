package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/cairnwallet/cairn/app/look"
)

// roll is a scrolled area of equal cells of which only those in sight exist, so that ten
// thousand cost no more than what fits on the screen.
type roll struct {
	scroll *container.Scroll
	canvas *fyne.Container
	count  int
	gap    float32
	room   float32          // kept free on all sides, for shadows and rings
	least  func() fyne.Size // the least size of a cell
	single bool             // one cell a line, as wide as there is room
	bleed  bool             // the room at the sides lies outside of the widget
	make   func() fyne.CanvasObject
	fill   func(i int, cell fyne.CanvasObject)

	cells map[int]fyne.CanvasObject
	spare []fyne.CanvasObject
	made  int
}

func newRoll(gap, room float32, least func() fyne.Size, make_ func() fyne.CanvasObject, fill func(int, fyne.CanvasObject)) *roll {
	r := &roll{gap: gap, room: room, least: least, make: make_, fill: fill, cells: map[int]fyne.CanvasObject{}}
	r.canvas = &fyne.Container{Layout: rolled{r}}
	r.scroll = container.NewVScroll(r.canvas)
	r.scroll.OnScrolled = func(fyne.Position) { r.place() }
	return r
}

// grid gives the number of columns and the size of a cell for the width there is.
func (r *roll) grid() (int, fyne.Size) {
	least, width := r.least(), r.scroll.Size().Width-2*r.room
	columns := 1
	if !r.single {
		columns = max(1, int((width+r.gap)/(least.Width+r.gap)))
	}
	each := (width - gaps(r.gap, columns)) / float32(columns)
	return columns, fyne.NewSize(max(each, 1), least.Height)
}

// height is what all lines take.
func (r *roll) height() float32 {
	columns, cell := r.grid()
	lines := (r.count + columns - 1) / columns
	return float32(lines)*cell.Height + gaps(r.gap, lines) + 2*r.room
}

// at gives the place of a cell.
func (r *roll) at(i int) (fyne.Position, fyne.Size) {
	columns, cell := r.grid()
	x := r.room + float32(i%columns)*(cell.Width+r.gap)
	y := r.room + float32(i/columns)*(cell.Height+r.gap)
	return fyne.NewPos(x, y), cell
}

// sight gives the first cell in sight and the one after the last.
func (r *roll) sight() (int, int) {
	columns, cell := r.grid()
	line, top := cell.Height+r.gap, r.scroll.Offset.Y-r.room
	first := max(0, int(top/line)) * columns
	last := (int((top+r.scroll.Size().Height)/line) + 1) * columns
	return min(first, r.count), max(0, min(last, r.count))
}

// place gives every cell in sight an object and lets go of the others.
func (r *roll) place() {
	first, last := r.sight()
	for i, c := range r.cells {
		if i < first || i >= last {
			delete(r.cells, i)
			r.spare = append(r.spare, c)
		}
	}
	r.canvas.Objects = r.canvas.Objects[:0]
	for i := first; i < last; i++ {
		cell, fresh := r.cells[i], false
		if cell == nil {
			cell, fresh = r.take(), true
			r.cells[i] = cell
		}
		at, size := r.at(i)
		cell.Move(at)
		cell.Resize(size)
		if fresh {
			r.fill(i, cell)
		}
		r.canvas.Objects = append(r.canvas.Objects, cell)
	}
	canvas.Refresh(r.canvas)
}

func (r *roll) take() fyne.CanvasObject {
	if n := len(r.spare); n > 0 {
		c := r.spare[n-1]
		r.spare = r.spare[:n-1]
		return c
	}
	r.made++
	return r.make()
}

// again fills all cells in sight again.
func (r *roll) again() {
	for i, c := range r.cells {
		if i < r.count {
			r.fill(i, c)
		}
	}
}

// reset is for new contents.
func (r *roll) reset(count int) {
	r.count = count
	r.scroll.Offset.Y = max(0, min(r.scroll.Offset.Y, r.height()-r.scroll.Size().Height))
	r.again()
	r.scroll.Refresh()
	r.place()
}

// reveal scrolls so that a cell is whole in sight.
func (r *roll) reveal(i int) {
	at, size := r.at(i)
	top, bottom := at.Y-r.room, at.Y+size.Height+r.room
	y := r.scroll.Offset.Y
	if bottom > y+r.scroll.Size().Height {
		y = bottom - r.scroll.Size().Height
	}
	y = max(0, min(y, top))
	if y != r.scroll.Offset.Y {
		r.scroll.ScrollToOffset(fyne.NewPos(0, y))
		r.place()
	}
}

// page is how many cells fit on the screen.
func (r *roll) page() int {
	columns, cell := r.grid()
	return max(1, int(r.scroll.Size().Height/(cell.Height+r.gap))) * columns
}

// rolled lays the cells out, whose place is known.
type rolled struct{ r *roll }

func (l rolled) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.r.least().Width+2*l.r.room, l.r.height())
}

func (l rolled) Layout([]fyne.CanvasObject, fyne.Size) { l.r.place() }

// scrolled gives the scrolled area the whole room and places the cells anew.
type scrolled struct{ r *roll }

func (l scrolled) MinSize([]fyne.CanvasObject) fyne.Size {
	least := l.r.least()
	return fyne.NewSize(least.Width+2*l.r.room, min(least.Height, look.CardHeight)+2*l.r.room)
}

func (l scrolled) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	over{}.Layout(objs, size)
	if l.r.bleed {
		set(l.r.scroll, fyne.NewPos(-l.r.room, 0), size.Width+2*l.r.room, size.Height)
	}
	l.r.scroll.Refresh()
	l.r.place()
}
