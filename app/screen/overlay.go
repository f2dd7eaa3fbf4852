package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// sheetPage is a page that lies over another one: S4 and S5, S15, the quick find.
type sheetPage interface {
	close()
	open(show func(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject))
	width() float32
}

// overlay is what lies over a place: a dialog with a page in it.
type overlay struct {
	kit   *Kit
	route *model.Route
	page  sheetPage
	modal *widget.Modal

	title   string
	content fyne.CanvasObject
}

// cover shows what lies over the place, and takes away what doesn't any more.
func (f *frame) cover() {
	r, ok := f.desk.Way.Over()
	if !ok {
		f.uncover()
		return
	}
	if f.over != nil && f.over.route.Place == r.Place && len(r.In) == 0 {
		return
	}
	f.uncover()
	o := &overlay{kit: f.kit, route: &r, page: f.openOver(r)}
	o.modal = widget.NewModal("", f.kit.t("close"), o.page.width(), widget.Over())
	o.modal.OnClosed = func() {
		if f.over == o {
			f.desk.Way.Shut()
		}
	}
	f.over = o
	o.page.open(o.show)
	o.modal.Open(f.kit.canvas())
	if s, ok := o.page.(starter); ok {
		s.start()
	}
}

func (f *frame) openOver(r model.Route) sheetPage {
	switch r.Place {
	case model.AtCheck:
		return newCheck(f.kit, f.desk, r.In)
	case model.AtFind:
		return newFind(f.kit, f.desk)
	}
	return newAdd(f.kit, f.desk, r.In)
}

func (f *frame) uncover() {
	if o := f.over; o != nil {
		f.over = nil
		o.page.close()
		o.modal.Close()
	}
}

func (o *overlay) show(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) {
	held := o.kit.heldIn(o.modal)
	if title == o.title {
		carry(o.content, content)
	}
	o.title, o.content = title, content
	o.modal.SetTitle(title)
	o.modal.SetContent(content, actions...)
	if held != nil && o.modal.Opened() {
		o.kit.refocus(held)
	}
}

// fit scrolls content only when it is higher than there is room.
func fit(content fyne.CanvasObject) fyne.CanvasObject {
	s := widget.Scroll(content)
	return &fyne.Container{Layout: fitted{s}, Objects: []fyne.CanvasObject{s}}
}

type fitted struct{ scroll *container.Scroll }

func (f fitted) MinSize([]fyne.CanvasObject) fyne.Size {
	return f.scroll.Content.MinSize()
}

func (f fitted) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f.scroll.Move(fyne.NewPos(-look.ShadowRoom, 0)) // what it leaves for shadows is no indent
	f.scroll.Resize(size.AddWidthHeight(2*look.ShadowRoom, 0))
}
