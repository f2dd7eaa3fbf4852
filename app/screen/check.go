package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// check is S15: what somebody else shows. Nothing of it is kept.
type check struct {
	kit  *Kit
	m    *model.Check
	desk *model.Desk
	show func(string, fyne.CanvasObject, ...fyne.CanvasObject)
}

func newCheck(k *Kit, d *model.Desk, in []model.Input) *check {
	return &check{kit: k, m: model.NewCheck(d, in), desk: d}
}

func (c *check) width() float32 { return 680 }

func (c *check) close() { c.m.Close() }

func (c *check) open(show func(string, fyne.CanvasObject, ...fyne.CanvasObject)) {
	c.show = show
	c.m.OnChange = c.draw
	c.draw()
}

func (c *check) take(in []model.Input) { c.m.Receive(in...) }

func (c *check) choose() {
	c.kit.openFile(func(path string) { c.m.Receive(model.FileInput(path)) })
}

func (c *check) paste() {
	if text := c.kit.App.Clipboard().Content(); text != "" {
		c.m.Receive(model.TextInput([]byte(text)))
	}
}

func (c *check) draw() {
	k, m := c.kit, c.m
	title := k.t("check.title")
	switch {
	case m.Progress.On:
		c.show(title, widget.Pad(k.progress(m.Progress, m.Stop), look.Gap24, 0, look.Gap24, 0))
	case m.Fault != nil:
		c.show(title, fit(fault(*m.Fault, k.t("again"), m.Again)))
	case m.Empty:
		zone := widget.NewDropzone(k.t("check.drop"), k.t("check.kinds"),
			widget.NewButton(k.t("add.choose"), "folder", widget.Primary, c.choose),
			widget.NewButton(k.t("add.paste"), "paste", widget.Secondary, c.paste))
		c.show(title, widget.Sized(zone, 0, 240))
	default:
		c.show(title, fit(c.found()),
			widget.NewButton(k.t("check.report"), "save", widget.Secondary, func() { k.saveAs(k.t("check.file"), m.SaveReport) }),
			widget.NewButton(k.t("close"), "", widget.Primary, c.desk.Way.Shut))
	}
}

func (c *check) found() fyne.CanvasObject {
	k, m := c.kit, c.m
	out, facts := widget.Column(look.Gap16), widget.Column(look.Gap4)
	for _, text := range []string{m.From, c.madeFor(), m.Made} {
		if text != "" {
			facts.Add(widget.NewText(text, look.Second))
		}
	}
	if len(facts.Objects) > 0 {
		out.Add(facts)
	}
	v := m.Verdict
	if v.Tone == model.Good {
		v.Hint = "" // it tells the owner what can be done
	}
	out.Add(k.verdict(v, "", nil))
	if m.IsBadge != "" {
		out.Add(widget.NewBanner(widget.BannerView{Tone: look.Note, Body: m.IsBadge},
			widget.NewButton(k.t("check.add"), "plus", widget.Secondary, m.AddIt)))
	}
	for i, s := range m.Shown {
		out.Add(c.shown(i, s))
	}
	if m.Foot != "" {
		out.Add(widget.TopRow(look.Gap8, widget.NewIcon("info", look.Muted, 16), widget.Grow(widget.NewText(m.Foot, look.Caption))))
	}
	return out
}

// madeFor says for whom and for what it was made, as far as it says so.
func (c *check) madeFor() string {
	if c.m.For == "" {
		return ""
	}
	return join(", ", c.kit.t("check.made-for", "audience", c.m.For), c.m.Purpose)
}

func (c *check) shown(i int, s model.ShownView) fyne.CanvasObject {
	k := c.kit
	words := widget.Column(2, widget.NewText(s.Card.Name, look.Section.Max(3)), widget.NewText(s.Card.Issuer, look.Second.Max(2)))
	line := widget.Row(look.Gap16, widget.NewEmblem(emblem(s.Card.Emblem), 64), widget.Grow(middle(words)))
	if len(c.m.Shown) > 1 {
		line.Add(widget.NewPill(pill(s.Verdict.Pill)))
	}
	facts := make([]widget.Fact, 0, len(s.Lines))
	for _, l := range s.Lines {
		facts = append(facts, widget.Fact{Label: l.Label, Value: l.Value})
	}
	body := widget.Column(look.Gap16, line, widget.NewDivider(), widget.NewFacts(facts), widget.NewDivider(), section(k.t("detail.checks"), k.checks(s.Checks, nil)))
	if len(s.Inside.Rows) > 0 {
		body.Add(k.inside(s.Inside, func(key int) { c.m.OpenInside(i, key) }))
	}
	return widget.NewWell(body)
}
