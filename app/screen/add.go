package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// add is S4 and S5: taking badges in, and reviewing them before they are kept.
type add struct {
	kit   *Kit
	m     *model.Add
	show  func(string, fyne.CanvasObject, ...fyne.CanvasObject)
	folds map[string]bool // the drafts whose checks are open
	most  int             // how many drafts are shown
	was   model.AddStage
	code  *widget.Field // asks for an offer's code; nil where none does
}

func newAdd(k *Kit, d *model.Desk, in []model.Input) *add {
	return &add{kit: k, m: model.NewAdd(d, in), folds: map[string]bool{}, most: step}
}

func (a *add) width() float32 { return 620 }

func (a *add) close() { a.m.Close() }

func (a *add) open(show func(string, fyne.CanvasObject, ...fyne.CanvasObject)) {
	a.show = show
	a.m.OnChange = a.draw
	a.draw()
}

// take takes in more of what is dropped while the dialog is open.
func (a *add) take(in []model.Input) { a.m.Receive(in...) }

func (a *add) draw() {
	k, m := a.kit, a.m
	switch m.Stage {
	case model.Asking:
		a.show(k.t("add.title"), a.ask())
	case model.Reading, model.Saving:
		a.show(k.t("add.title"), widget.Pad(k.progress(m.Progress, m.Stop), look.Gap24, 0, look.Gap24, 0))
	case model.Reviewing:
		some := len(m.Drafts)+len(m.Pathways)+len(m.Keys) > 0
		leave := k.t("add.discard")
		if !some {
			leave = k.t("add.other")
		}
		actions := []fyne.CanvasObject{widget.NewButton(leave, "", widget.Secondary, m.Discard)}
		if some {
			save := widget.NewButton(m.SaveText, "check", widget.Primary, m.Save)
			if !m.CanSave {
				save.Disable()
			}
			actions = append(actions, save)
		} else if o, ok := a.sole(); ok {
			actions = append(actions, widget.NewButton(o.Action, "plus", widget.Primary, func() { m.Collect(0) }))
		}
		a.code = nil
		a.show(m.Title, fit(a.review()), actions...)
		b, ok := actions[len(actions)-1].(*widget.Button)
		switch {
		case a.was == m.Stage:
		case a.code != nil:
			a.code.FocusOn(k.canvas())
		case ok && !b.Disabled():
			k.canvas().Focus(b)
		}
	}
	a.was = m.Stage
}

func (a *add) choose() {
	a.kit.openFile(func(path string) { a.m.Receive(model.FileInput(path)) })
}

func (a *add) paste() {
	if text := a.kit.App.Clipboard().Content(); text != "" {
		a.m.Receive(model.TextInput([]byte(text)))
	}
}

func (a *add) ask() fyne.CanvasObject {
	k := a.kit
	zone := widget.NewDropzone(k.t("add.drop"), k.t("add.kinds"),
		widget.NewButton(k.t("add.choose"), "folder", widget.Primary, a.choose),
		widget.NewButton(k.t("add.paste"), "paste", widget.Secondary, a.paste))
	return widget.Column(look.Gap16, widget.Sized(zone, 0, 240),
		widget.NewText(k.t("add.nothing-sent"), look.Caption),
		widget.NewFold(k.t("add.what.title"), widget.NewText(k.t("add.what.body"), look.Second), nil))
}

func (a *add) review() fyne.CanvasObject {
	k, m := a.kit, a.m
	out := widget.Column(look.Gap16)
	if m.Fault != nil {
		out.Add(fault(*m.Fault, "", nil))
	}
	for i, o := range m.Offers {
		out.Add(a.offer(i, o))
	}
	for i, d := range first(m.Drafts, a.most) {
		out.Add(a.draft(i, d))
	}
	if len(m.Drafts) > a.most {
		out.Add(k.showMore(func() { a.most += step; a.draw() }))
	}
	for _, p := range m.Pathways {
		out.Add(widget.NewWell(widget.Row(look.Gap12, widget.NewIcon("layers", look.Primary, 0), widget.NewText(k.t("add.pathway", "name", p), look.Strong))))
	}
	for i, keys := range m.Keys {
		out.Add(widget.NewWell(widget.Column(look.Gap12,
			widget.TopRow(look.Gap12, widget.NewIcon("key", look.Primary, 0), widget.Grow(widget.NewText(keys.Text, look.Body))),
			widget.NewTick(widget.TickView{Label: k.t("add.take-keys"), On: keys.Take}, func(on bool) { m.TakeKeys(i, on) }))))
	}
	for i, w := range m.Webs {
		out.Add(widget.NewBanner(widget.BannerView{Tone: look.Note, Icon: "link", Title: w.Host, Body: w.Text},
			widget.NewButton(k.t("add.fetch"), "external", widget.Secondary, func() { m.Fetch(i) })))
	}
	for _, r := range m.Refused {
		f := r.Fault
		if r.Name != "" {
			f.Title = r.Name + ": " + f.Title
		}
		out.Add(fault(f, "", nil))
	}
	return out
}

func (a *add) draft(i int, d model.DraftView) fyne.CanvasObject {
	k := a.kit
	words := widget.Column(2, widget.NewText(d.Card.Name, look.Section.Max(3)), widget.NewText(join(" · ", d.Card.Issuer, d.For), look.Second.Max(2)))
	head := widget.Row(look.Gap16, widget.NewEmblem(emblem(d.Card.Emblem), 64), widget.Grow(middle(words)))
	body := widget.Column(look.Gap12, head, k.verdict(d.Verdict, "", nil))
	for _, text := range []string{d.Known, d.Fits} {
		if text != "" {
			body.Add(widget.TopRow(look.Gap8, widget.NewIcon("info", look.Muted, 0), widget.Grow(widget.NewText(text, look.Body))))
		}
	}
	fold := widget.NewFold(k.t("detail.checks"), k.checks(d.Checks, nil), func(open bool) {
		a.folds[d.Card.ID] = open
		a.draw()
	})
	fold.SetOpen(a.folds[d.Card.ID])
	body.Add(fold)
	if len(a.m.Drafts) > 1 || d.Known != "" {
		body.Add(widget.NewTick(widget.TickView{Label: k.t("add.keep"), On: d.Ticked}, func(on bool) { a.m.Tick(i, on) }))
	}
	return widget.NewWell(body)
}
