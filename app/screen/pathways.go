package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// pathways is S6: how far one is on every way.
type pathways struct {
	kit  *Kit
	m    *model.Pathways
	desk *model.Desk
	body *part
}

func newPathways(k *Kit, d *model.Desk) *pathways {
	p := &pathways{kit: k, m: model.NewPathways(d), desk: d, body: k.part()}
	p.m.OnChange = p.draw
	p.draw()
	return p
}

func (p *pathways) close() { p.m.Close() }

func (p *pathways) content() fyne.CanvasObject { return p.body.box }

// pathwaysView is what the list shows.
type pathwaysView struct {
	Loading, Empty bool
	Fault, Refused *model.FaultView
	List           []model.PathwayView
	Ready          []model.OptionView
}

func (p *pathways) draw() {
	m := p.m
	v := pathwaysView{m.Loading, m.Empty, m.Fault, m.Refused, m.List, m.Ready}
	p.body.showAt("pathways", v, func() fyne.CanvasObject { return p.page(v) })
}

func (p *pathways) add() {
	p.kit.openFile(func(path string) { p.m.Receive(model.FileInput(path)) })
}

func (p *pathways) page(v pathwaysView) fyne.CanvasObject {
	k := p.kit
	top := heading(k.t("pathways.title"), k.t("pathways.below"), widget.NewButton(k.t("pathways.add"), "plus", widget.Primary, p.add))
	body := widget.Column(look.Gap16)
	if v.Refused != nil {
		body.Add(fault(*v.Refused, "", nil))
	}
	switch {
	case v.Loading:
		return filled(top, k.loading())
	case v.Fault != nil:
		body.Add(fault(*v.Fault, "", nil))
	case v.Empty:
		body.Add(widget.NewEmpty("layers", k.t("pathways.empty.title"), k.t("pathways.empty.body")))
	}
	for _, w := range v.List {
		body.Add(p.row(w))
	}
	if len(v.Ready) > 0 {
		body.Add(p.ready(v.Ready))
	}
	return sheet(top, body)
}

func (p *pathways) row(w model.PathwayView) fyne.CanvasObject {
	k := p.kit
	if w.Fault != nil {
		return widget.NewBanner(widget.BannerView{Tone: look.Bad, Title: w.Name + ": " + w.Fault.Title, Body: w.Fault.Why + " " + w.Fault.Do},
			widget.NewButton(k.t("remove"), "trash", widget.Secondary, func() { p.m.Remove(w.ID) }))
	}
	open := func() { p.m.Open(w.ID) }
	ring := widget.NewRing(76, float32(w.Fraction), strconv.Itoa(w.Percent)+"%")
	words := widget.Column(2, widget.NewText(w.Name, look.Section.Max(2)))
	for _, text := range []string{join(" · ", w.By, w.Done), w.Next} {
		if text != "" {
			words.Add(widget.NewText(text, look.Second.Max(2)))
		}
	}
	line := widget.Row(look.Gap16, ring, widget.Grow(middle(words)))
	if w.Complete {
		line.Add(widget.NewPill(widget.PillView{Icon: "check", Word: k.t("pathways.complete"), Tone: look.Good}))
	}
	return widget.NewTile(join(", ", w.Name, w.Done, w.Next), widget.Row(look.Gap8, widget.Grow(line), widget.NewIcon("chevron", look.Muted, 0)), open)
}

func (p *pathways) ready(list []model.OptionView) fyne.CanvasObject {
	k := p.kit
	rows := widget.Column(look.Gap12)
	for i, o := range list {
		if i > 0 {
			rows.Add(widget.NewDivider())
		}
		follow := widget.NewButton(k.t("pathways.follow"), "plus", widget.Secondary, func() { p.m.Follow(o.ID) })
		rows.Add(widget.Row(look.Gap12, widget.NewIcon("layers", look.Primary, 0), widget.Grow(middle(widget.NewText(o.Text, look.Strong))), follow))
	}
	return widget.Pad(section(k.t("pathways.ready"), widget.NewPanel(rows)), look.Gap16, 0, 0, 0)
}

func join(between string, parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" && out != "" {
			out += between
		}
		out += p
	}
	return out
}
