package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// page is one screen: what it shows, and the model it ends with.
type page interface {
	content() fyne.CanvasObject
	close()
}

// What a page may be able to do besides.
type (
	finder   interface{ find() }              // has a search field
	starter  interface{ start() }             // wants the keyboard at its beginning
	sharer   interface{ share() }             // has a badge to share
	remover  interface{ remove() }            // has something to remove
	receiver interface{ take([]model.Input) } // takes in what is dropped while it is shown
	escaper  interface{ escape() bool }       // has something to shut before it is left
)

// frame is an open wallet: the sidebar, the place one is at, and what lies over it.
type frame struct {
	kit     *Kit
	session *model.Session
	desk    *model.Desk
	shell   *model.Shell
	hints   *hints
	nav     map[model.Place]*widget.NavItem
	status  *part
	place   *part
	content fyne.CanvasObject

	here  model.Route
	page  page
	over  *overlay
	shown bool
}

func newFrame(k *Kit, s *model.Session, d *model.Desk, toast func(model.Toast)) *frame {
	f := &frame{kit: k, session: s, desk: d, nav: map[model.Place]*widget.NavItem{}, status: k.part(), place: k.part()}
	f.shell = model.NewShell(d, toast)
	f.hints = newHints(k, s, d)
	f.content = &fyne.Container{Layout: beside{}, Objects: []fyne.CanvasObject{f.sidebar(), widget.Column(0, f.hints.content(), widget.Grow(f.place.box))}}
	f.shell.OnChange = f.draw
	f.draw()
	return f
}

func (f *frame) sidebar() fyne.CanvasObject {
	head := widget.Row(look.Gap12, mark(34), widget.NewText("Cairn", look.Section.Max(1)))
	places := widget.Column(look.Gap4, widget.Pad(head, look.Gap8, 0, look.Gap16, look.Gap8))
	for _, n := range f.shell.Nav {
		places.Add(f.item(n))
	}
	places.Add(widget.Spring())
	places.Add(f.item(f.shell.Foot))
	places.Add(widget.Pad(f.status.box, look.Gap8, 0, look.Gap4, look.Gap4))
	return widget.NewGround(look.Sidebar, widget.Around(places, look.Gap12))
}

func (f *frame) item(n model.NavView) fyne.CanvasObject {
	place := n.Place
	it := widget.NewNavItem(n.Icon, n.Text, func() { f.desk.Way.Go(model.Route{Place: place}) })
	f.nav[place] = it
	return it
}

// statusView is what the foot of the sidebar shows.
type statusView struct{ Ribbon, Leave, Status, Offline string }

func (f *frame) draw() {
	for _, n := range append(f.shell.Nav[:len(f.shell.Nav):len(f.shell.Nav)], f.shell.Foot) {
		it := f.nav[n.Place]
		count, _ := strconv.Atoi(n.Count) // nothing is none
		it.SetCount(count)
		it.SetSelected(n.Selected)
	}
	v := statusView{f.shell.Ribbon, f.shell.Leave, f.shell.Status, f.shell.Offline}
	f.status.show(v, func() fyne.CanvasObject { return f.drawStatus(v) })
}

func (f *frame) drawStatus(v statusView) fyne.CanvasObject {
	out := widget.Column(look.Gap8)
	if v.Ribbon != "" {
		out.Add(widget.Row(0, widget.NewPill(widget.PillView{Icon: "star", Word: v.Ribbon, Tone: look.Care})))
		out.Add(widget.NewButton(v.Leave, "", widget.Secondary, f.session.EndSample))
	}
	if v.Offline != "" {
		out.Add(widget.TopRow(look.Gap8, widget.NewIcon("info", look.Muted, 16), widget.NewText(v.Offline, look.Caption)))
	}
	out.Add(widget.TopRow(look.Gap8, widget.NewIcon("computer", look.Muted, 16), widget.NewText(v.Status, look.Caption)))
	return out
}

// moved shows the place one is at, and what lies over it.
func (f *frame) moved() {
	here := f.desk.Way.Here()
	if !f.shown || !sameRoute(here, f.here) {
		f.enter(here)
	}
	f.shell.Moved()
	f.cover()
}

func sameRoute(a, b model.Route) bool {
	return a.Place == b.Place && a.ID == b.ID && a.Filter == b.Filter
}

func (f *frame) enter(r model.Route) {
	if f.page != nil {
		f.page.close()
	}
	f.kit.canvas().Unfocus()
	f.here, f.shown, f.page = r, true, f.open(r)
	p := f.page
	f.place.show(p, func() fyne.CanvasObject { return p.content() })
	if s, ok := p.(starter); ok {
		s.start()
	}
}

// open makes the page of a route.
func (f *frame) open(r model.Route) page {
	switch r.Place {
	case model.AtBadges:
		return newBadges(f.kit, f.desk, r.Filter)
	case model.AtDetail:
		return newDetailPage(f.kit, f.desk, r.ID)
	case model.AtPathways:
		return newPathways(f.kit, f.desk)
	case model.AtStack:
		return newStack(f.kit, f.desk, r.ID)
	case model.AtShare:
		return newShare(f.kit, f.desk, r.ID)
	case model.AtAnswer:
		return newAnswer(f.kit, f.desk, r.ID)
	case model.AtActivity:
		return newActivity(f.kit, f.desk)
	case model.AtSettings:
		return newSettings(f.kit, f.desk)
	}
	return newHome(f.kit, f.desk)
}

// receive takes in what was dropped, pasted or opened.
func (f *frame) receive(in []model.Input) {
	if f.over != nil {
		if t, ok := f.over.page.(receiver); ok {
			t.take(in)
			return
		}
	}
	f.shell.Receive(in...)
}

func (f *frame) close() {
	f.uncover()
	if f.page != nil {
		f.page.close()
	}
	f.hints.close()
	f.shell.Close()
}

// beside puts the sidebar at the left, as wide as it must be, and the rest beside it.
type beside struct{}

func (beside) MinSize(objs []fyne.CanvasObject) fyne.Size {
	a, b := objs[0].MinSize(), objs[1].MinSize()
	return fyne.NewSize(max(look.SidebarWidth, a.Width)+b.Width, max(a.Height, b.Height))
}

func (beside) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	w := max(look.SidebarWidth, objs[0].MinSize().Width)
	objs[0].Move(fyne.Position{})
	objs[0].Resize(fyne.NewSize(w, size.Height))
	objs[1].Move(fyne.NewPos(w, 0))
	objs[1].Resize(fyne.NewSize(size.Width-w, size.Height))
}
