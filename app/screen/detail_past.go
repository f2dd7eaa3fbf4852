package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// asOf is the check of an earlier day, folded until the learner wants it. The field
// stays as it is while the rest is drawn anew.
func (d *detail) asOf(v detailView) fyne.CanvasObject {
	k := d.kit
	if d.dayOf != v.ID {
		d.dayOf = v.ID
		d.day = widget.NewField(k.t("asof.label"), k.t("asof.such"))
		d.day.OnSubmitted = func(string) { d.m.CheckAsOf(d.day.Text()) }
	}
	d.day.SetError(v.PastError)
	ask := widget.NewButton(k.t("asof.check"), "clock", widget.Secondary, func() { d.m.CheckAsOf(d.day.Text()) })
	body := widget.Column(look.Gap12, widget.NewText(k.t("asof.body"), look.Second), d.day, widget.Row(0, ask))
	if v.Past != nil {
		body.Add(k.past(*v.Past))
	}
	return d.fold("as-of", k.t("asof.title"), body)
}

// past is a check of an earlier day, in a well of its own: it is not what holds today.
func (k *Kit) past(p model.PastView) fyne.CanvasObject {
	return widget.NewWell(widget.Column(look.Gap12,
		widget.NewText(p.Title, look.Strong), widget.NewText(p.Note, look.Caption),
		k.verdict(p.Verdict, "", nil), k.checks(p.Checks, nil)))
}
