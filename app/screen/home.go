package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// home is S1: what changed, what to do next.
type home struct {
	kit  *Kit
	m    *model.Home
	desk *model.Desk
	body *part
}

func newHome(k *Kit, d *model.Desk) *home {
	h := &home{kit: k, m: model.NewHome(d), desk: d, body: k.part()}
	h.m.OnChange = h.draw
	h.draw()
	return h
}

func (h *home) close() { h.m.Close() }

func (h *home) content() fyne.CanvasObject { return h.body.box }

func (h *home) add() { h.desk.Way.Go(model.Route{Place: model.AtAdd}) }

// homeView is what Home shows.
type homeView struct {
	Loading, Empty bool
	Fault          *model.FaultView
	Greeting       string
	Next           []model.NextView
	Notices        []model.NoticeView
	Calm           string
	Recent         []model.CardView
}

func (h *home) draw() {
	m := h.m
	v := homeView{m.Loading, m.Empty, m.Fault, m.Greeting, m.Next, m.Notices, m.Calm, m.Recent}
	h.body.showAt("home", v, func() fyne.CanvasObject { return h.page(v) })
}

func (h *home) page(v homeView) fyne.CanvasObject {
	k := h.kit
	top := heading(v.Greeting, "", k.addButton(h.add))
	switch {
	case v.Loading:
		return filled(top, k.loading())
	case v.Empty && v.Fault == nil:
		return filled(top, k.noBadges(h.add))
	}
	body := widget.Column(look.Gap24)
	if v.Fault != nil {
		body.Add(fault(*v.Fault, "", nil))
	}
	if len(v.Next) > 0 {
		body.Add(section(k.t("home.next"), h.steps(v.Next)))
	}
	body.Add(section(k.t("home.attention"), h.notices(v)))
	if len(v.Recent) > 0 {
		body.Add(h.recent(v.Recent))
	}
	return sheet(top, body)
}

// addButton is the one way in that every list has.
func (k *Kit) addButton(add func()) fyne.CanvasObject {
	return widget.NewButton(k.t("add-badge"), "plus", widget.Primary, add)
}

// noBadges is what a wallet without badges shows.
func (k *Kit) noBadges(add func()) fyne.CanvasObject {
	actions := []fyne.CanvasObject{widget.NewButton(k.t("add-badge"), "plus", widget.Primary, add)}
	if k.samples != nil {
		actions = append(actions, widget.NewButton(k.t("empty.samples"), "play", widget.Secondary, k.samples))
	}
	return widget.NewEmpty("drop", k.t("empty.title"), k.t("empty.body"), actions...)
}

func (h *home) steps(next []model.NextView) fyne.CanvasObject {
	rows := widget.Column(look.Gap12)
	for _, n := range next {
		ring := widget.NewRing(64, float32(n.Fraction), strconv.Itoa(n.Percent)+"%")
		words := widget.Column(2, widget.NewText(n.Title, look.Strong), widget.NewText(n.Pathway, look.Second))
		see := widget.NewButton(n.Action, "", widget.Secondary, func() { h.m.Open(n.Route) })
		rows.Add(widget.NewPanel(widget.Row(look.Gap16, ring, widget.Grow(middle(words)), see)))
	}
	return rows
}

func (h *home) notices(v homeView) fyne.CanvasObject {
	if len(v.Notices) == 0 {
		return widget.NewBanner(widget.BannerView{Tone: look.Good, Title: v.Calm})
	}
	list := widget.Column(look.Gap12)
	for i, n := range v.Notices {
		if i > 0 {
			list.Add(widget.NewDivider())
		}
		line := widget.Row(look.Gap12, widget.NewIcon(n.Icon, tones[n.Tone].Ink(), 0), widget.NewText(n.Text, look.Body))
		if n.Action != "" {
			line.Add(widget.NewButton(n.Action, "", widget.Secondary, func() { h.m.Open(n.Route) }))
		}
		list.Add(line)
	}
	return widget.NewPanel(list)
}

func (h *home) recent(cards []model.CardView) fyne.CanvasObject {
	k := h.kit
	row := &fyne.Container{Layout: shelf{}}
	for _, c := range cards {
		row.Add(widget.NewCard(k.card(c, false), func() { h.m.Open(model.Route{Place: model.AtDetail, ID: c.ID}) }))
	}
	all := widget.NewLink(k.t("home.all"), func() { h.m.Open(model.Route{Place: model.AtBadges}) })
	head := widget.Row(look.Gap8, widget.NewText(k.t("home.recent"), look.Section), all)
	return widget.Column(look.Gap12, head, row)
}

// shelf shows as many cards as fit beside each other, and hides the rest.
type shelf struct{}

func (shelf) MinSize(objs []fyne.CanvasObject) fyne.Size { return objs[0].MinSize() }

func (shelf) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	m := objs[0].MinSize()
	n := max(1, int((size.Width+look.Gap16)/(m.Width+look.Gap16)))
	w := (size.Width - float32(n-1)*look.Gap16) / float32(n)
	for i, o := range objs {
		if i >= n {
			o.Hide()
			continue
		}
		o.Show()
		o.Move(fyne.NewPos(float32(i)*(w+look.Gap16), 0))
		o.Resize(fyne.NewSize(w, m.Height))
	}
}
