package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// inside draws what a record carries: a line each, moved to the right as deep as it
// stands, with its own verdict; one that is opened shows its own checks.
func (k *Kit) inside(v model.InsideView, open func(key int)) fyne.CanvasObject {
	list := widget.Column(look.Gap4)
	if v.Note != "" {
		list.Add(widget.NewText(v.Note, look.Second))
	}
	for _, r := range v.Rows {
		list.Add(widget.Pad(k.insideRow(r, open), 0, 0, 0, float32(r.Depth)*look.Gap24))
	}
	return section(v.Title, list)
}

func (k *Kit) insideRow(r model.InsideRow, open func(key int)) fyne.CanvasObject {
	words := widget.Column(0, widget.NewText(r.Name, look.Body))
	for _, s := range []string{r.Issuer, r.Note} {
		if s != "" {
			words.Add(widget.NewText(s, look.Caption))
		}
	}
	line := widget.Row(look.Gap12, widget.Grow(middle(words)), widget.NewPill(pill(r.Pill)))
	if !r.Can {
		return widget.Pad(line, look.Gap8, look.Gap8, look.Gap8, look.Gap8)
	}
	out := widget.Column(look.Gap8, widget.NewLine(r.Name+", "+r.Pill.Text, line, r.Open, func() { open(r.Key) }))
	if r.Open {
		out.Add(widget.NewWell(k.checks(r.Checks, nil)))
	}
	return out
}

// tells draws what the badge tells an employer: three groups, a line for each thing
// that was looked for. What is not stated has a dash.
func (d *detail) tells(v model.TellView) fyne.CanvasObject {
	body := widget.Column(look.Gap16, widget.NewText(v.About, look.Second))
	for _, g := range v.Groups {
		head := widget.Column(0, widget.NewText(g.Title, look.Strong), widget.NewText(g.Tally, look.Caption))
		lines := widget.Column(look.Gap8, head)
		for _, l := range g.Lines {
			lines.Add(tellLine(l))
		}
		body.Add(lines)
	}
	return d.fold("tells", v.Title, body)
}

func tellLine(l model.TellLine) fyne.CanvasObject {
	icon := "info" // no tick: it is written there, which proves nothing
	if !l.Found {
		icon = "minus"
	}
	words := widget.Column(0, widget.NewText(l.Title, look.Caption))
	if l.Text != "" {
		words.Add(widget.NewText(l.Text, look.Body.Max(3)))
	}
	if l.Where != "" {
		words.Add(widget.NewText(l.Where, look.Caption))
	}
	return widget.TopRow(look.Gap12, widget.Pad(widget.NewIcon(icon, look.Muted, 0), look.Gap4, 0, 0, 0), widget.Grow(words))
}
