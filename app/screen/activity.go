package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// activity is S11: what was done, day by day.
type activity struct {
	kit    *Kit
	m      *model.Activity
	body   *part
	kinds  *part
	search *widget.Field
	most   int // how many lines are shown
}

func newActivity(k *Kit, d *model.Desk) *activity {
	a := &activity{kit: k, m: model.NewActivity(d), body: k.part(), kinds: k.part(), most: step}
	a.search = widget.NewSearch(k.t("activity.search"), a.m.Search)
	a.m.OnChange = a.draw
	a.draw()
	return a
}

func (a *activity) close() { a.m.Close() }

func (a *activity) find() { a.search.FocusOn(a.kit.canvas()) }

func (a *activity) content() fyne.CanvasObject {
	k := a.kit
	top := widget.Column(look.Gap12, heading(k.t("activity.title"), k.t("activity.below")), widget.AtMost(formWidth, a.search), a.kinds.box)
	return sheet(top, widget.AtMost(readingWidth, a.body.box))
}

func (a *activity) draw() {
	m := a.m
	a.kinds.show(m.Kinds, func() fyne.CanvasObject {
		row := widget.Flow(look.Gap8)
		for _, o := range m.Kinds {
			row.Add(widget.NewChip(o.Text, -1, o.On, func(bool) { m.Filter(o.ID) }))
		}
		return row
	})
	v := struct {
		Loading, Empty, NoMatch bool
		Fault                   *model.FaultView
		Days                    []model.DayView
		most                    int
	}{m.Loading, m.Empty, m.NoMatch, m.Fault, m.Days, a.most}
	a.body.show(v, a.page)
}

func (a *activity) page() fyne.CanvasObject {
	k, m := a.kit, a.m
	switch {
	case m.Loading:
		return k.loading()
	case m.Fault != nil:
		return fault(*m.Fault, "", nil)
	case m.Empty:
		return widget.NewEmpty("list", k.t("activity.empty.title"), k.t("activity.empty.body"))
	case m.NoMatch:
		return widget.NewEmpty("search", k.t("badges.none.title"), k.t("badges.none.body"))
	}
	return a.days()
}

func (a *activity) days() fyne.CanvasObject {
	out, left := widget.Column(look.Gap24), a.most
	for i, d := range a.m.Days {
		shown := first(d.Events, left)
		left -= len(d.Events)
		list := widget.Column(look.Gap16)
		for i, e := range shown {
			if i > 0 {
				list.Add(widget.NewDivider())
			}
			list.Add(a.event(e))
		}
		out.Add(section(d.Title, widget.NewPanel(list)))
		if left < 0 || left == 0 && i+1 < len(a.m.Days) {
			out.Add(a.kit.showMore(a.more))
			break
		}
	}
	return out
}

func (a *activity) more() {
	a.most += step
	a.draw()
}

func (a *activity) event(e model.EventView) fyne.CanvasObject {
	head := widget.Row(look.Gap12, widget.Grow(middle(widget.NewText(e.Title, look.Strong))))
	if e.Taken != "" {
		head.Add(widget.NewPill(widget.PillView{Icon: "undo", Word: e.Taken}))
	}
	if e.Badge != "" {
		head.Add(widget.NewLink(a.kit.t("open"), func() { a.m.OpenBadge(e.Badge) }))
	}
	head.Add(widget.NewText(e.Time, look.Caption.Max(look.Whole)))
	words := widget.Column(look.Gap4, widget.Sized(head, 0, look.Target))
	for _, l := range e.Detail {
		words.Add(widget.NewText(join(": ", l.Label, l.Value), look.Second))
	}
	if e.Note != "" {
		words.Add(widget.NewText(e.Note, look.Caption))
	}
	sign := widget.Sized(widget.Center(widget.NewIcon(e.Icon, look.Muted, 0)), 0, look.Target)
	return widget.TopRow(look.Gap12, sign, widget.Grow(words))
}
