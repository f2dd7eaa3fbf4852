package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// sole is the offer that the whole dialog is about, if it is: then its button stands
// where the dialog's stand.
func (a *add) sole() (model.OfferView, bool) {
	m := a.m
	if len(m.Offers) != 1 || len(m.Drafts)+len(m.Pathways)+len(m.Keys) > 0 {
		return model.OfferView{}, false
	}
	return m.Offers[0], true
}

// offer is who offers what, the field for a code where one is asked for, and the
// button that takes it.
func (a *add) offer(i int, o model.OfferView) fyne.CanvasObject {
	k, m := a.kit, a.m
	body := widget.Column(look.Gap12, widget.TopRow(look.Gap12, widget.NewIcon("star", look.Primary, 0), widget.Grow(widget.NewText(o.Title, look.Section))))
	list := widget.Column(look.Gap8)
	for _, name := range o.Badges {
		list.Add(widget.TopRow(look.Gap8, widget.NewIcon("file", look.Muted, 0), widget.Grow(widget.NewText(name, look.Body))))
	}
	for _, text := range o.Left {
		list.Add(widget.TopRow(look.Gap8, widget.NewIcon("minus", look.Muted, 0), widget.Grow(widget.NewText(text, look.Second))))
	}
	body.Add(list)
	if o.Ask != "" {
		code := widget.NewField(k.t("add.offer-code"), "")
		code.SetText(o.Code)
		code.SetHint(o.Ask)
		code.OnChanged = func(text string) { m.SetCode(i, text) }
		code.OnSubmitted = func(string) { m.Collect(i) }
		body.Add(code)
		a.code = code
	}
	if o.Fault != nil {
		body.Add(fault(*o.Fault, "", nil))
	}
	body.Add(widget.NewText(k.t("add.offer-not-yet"), look.Caption))
	if _, ok := a.sole(); !ok {
		body.Add(widget.Row(0, widget.NewButton(o.Action, "plus", widget.Primary, func() { m.Collect(i) })))
	}
	return widget.NewWell(body)
}
