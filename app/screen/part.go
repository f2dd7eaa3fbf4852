package screen

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/cairnwallet/cairn/app/widget"
)

// part is a piece of a page that is drawn anew only when what it shows is another value, so
// that the keyboard and the eye stay where they are.
type part struct {
	kit  *Kit
	box  *fyne.Container
	was  any
	done bool
	at   string // what it is about: while that stays, so does what is scrolled into sight
}

func (k *Kit) part() *part { return &part{kit: k, box: widget.Over()} }

// show draws what stands for a value; nil of an object draws nothing.
func (p *part) show(value any, draw func() fyne.CanvasObject) {
	if p.done && reflect.DeepEqual(value, p.was) {
		return
	}
	p.was, p.done = value, true
	held := p.kit.heldIn(p.box)
	o := draw()
	p.box.Objects, p.box.Hidden = nil, o == nil // hidden, it takes no gap either
	if o != nil {
		p.box.Objects = []fyne.CanvasObject{o}
	}
	p.box.Refresh()
	if held != nil {
		p.kit.refocus(held)
	}
}

// showAt is show for what scrolls: drawn anew for the same place, it stays where it was
// scrolled to.
func (p *part) showAt(place string, value any, draw func() fyne.CanvasObject) {
	same := p.done && place == p.at
	p.at = place
	p.show(value, func() fyne.CanvasObject {
		o := draw()
		if same {
			carry(p.box, o)
		}
		return o
	})
}

// carry scrolls a page as far as the one it replaces.
func carry(from, to fyne.CanvasObject) {
	if was, is := scrollIn(from), scrollIn(to); was != nil && is != nil {
		is.Offset = was.Offset
	}
}

// scrollIn finds the area of a page that scrolls.
func scrollIn(o fyne.CanvasObject) *container.Scroll {
	switch o := o.(type) {
	case *container.Scroll:
		return o
	case *fyne.Container:
		for _, c := range o.Objects {
			if s := scrollIn(c); s != nil {
				return s
			}
		}
	}
	return nil
}

// spoken is a control with a name.
type spoken interface {
	fyne.Focusable
	fyne.Accessible
}

// heldIn gives the control inside an object that has the keyboard, nil when it is elsewhere.
func (k *Kit) heldIn(o fyne.CanvasObject) spoken {
	f, ok := k.canvas().Focused().(spoken)
	if !ok {
		return nil
	}
	w, ok := f.(fyne.CanvasObject)
	if !ok {
		return nil
	}
	d := k.App.Driver()
	at, from := d.AbsolutePositionForObject(w), d.AbsolutePositionForObject(o)
	size := o.Size()
	if at.X < from.X || at.Y < from.Y || at.X >= from.X+size.Width || at.Y >= from.Y+size.Height {
		return nil
	}
	return f
}

// maxControls bounds the search for a control on a page.
const maxControls = 200

// refocus gives the keyboard to the control that has the name of one that was drawn anew.
func (k *Kit) refocus(gone spoken) {
	c := k.canvas()
	c.Unfocus()
	for range maxControls {
		c.FocusNext()
		f, ok := c.Focused().(spoken)
		if c.Focused() == nil {
			return
		}
		if ok && f.AccessibilityLabel() == gone.AccessibilityLabel() && f.AccessibilityRole() == gone.AccessibilityRole() {
			return
		}
	}
	c.Unfocus()
}
