package screen

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// detail is S3: one badge, as a pane beside the grid or as a page of its own.
type detail struct {
	kit   *Kit
	m     *model.Detail
	desk  *model.Desk
	whole bool // a page of its own
	body  *part
	outer fyne.CanvasObject
	folds map[string]bool // which sections the learner opened
	more  *widget.Button
	noted string // the badge that the two fields are about
	tags  *widget.Field
	note  *widget.Field
	dayOf string // the badge that the day is about
	day   *widget.Field
}

func newDetail(k *Kit, d *model.Desk, id string, whole bool) *detail {
	v := &detail{kit: k, desk: d, whole: whole, body: k.part(), folds: map[string]bool{}}
	v.m = model.NewDetail(d, id)
	v.m.OnChange = v.draw
	v.draw()
	return v
}

// newDetailPage is the page form.
func newDetailPage(k *Kit, d *model.Desk, id string) *detail { return newDetail(k, d, id, true) }

func (d *detail) close() { d.m.Close() }

func (d *detail) content() fyne.CanvasObject {
	if d.outer == nil {
		d.outer = d.body.box
		if !d.whole {
			d.outer = widget.NewGround(look.Surface, d.body.box)
		}
	}
	return d.outer
}

// detailView is what the badge shows.
type detailView struct {
	ID        string
	Loading   bool
	Fault     *model.FaultView
	Title     string
	Byline    string
	Emblem    model.EmblemView
	Verdict   model.VerdictView
	Checked   string
	Checks    model.ChecksView
	Sections  []model.Section
	Inside    model.InsideView
	Tells     model.TellView
	Counts    []model.CountView
	Technical []model.LineView
	Tags      []string
	Note      string
	Trusted   bool
	CanTrust  bool
	Explain   string
	Progress  bool
	Past      *model.PastView
	PastError string
}

func (d *detail) draw() {
	m := d.m
	v := detailView{
		m.ID, m.Loading, m.Fault, m.Title, m.Byline, m.Emblem, m.Verdict, m.Checked, m.Checks, m.Sections, m.Inside, m.Tells, m.Counts, m.Technical,
		m.Tags, m.Note, m.Trusted, m.CanTrust, "", m.Progress.On, m.Past, m.PastError,
	}
	if m.Explained {
		v.Explain = m.Explain
	}
	d.body.showAt(v.ID, v, func() fyne.CanvasObject { return d.page(v) })
}

func (d *detail) page(v detailView) fyne.CanvasObject {
	k := d.kit
	switch {
	case v.ID == "":
		return widget.NewEmpty("grid", k.t("detail.choose.title"), k.t("detail.choose.body"))
	case v.Fault != nil:
		again := func() { d.m.Show(d.m.ID) }
		return d.frame(widget.Column(look.Gap16, fault(*v.Fault, k.t("again"), again),
			widget.Row(0, widget.NewButton(k.t("remove"), "trash", widget.Secondary, d.m.Remove))))
	case v.Loading && v.Title == "":
		return k.loading()
	}
	body := widget.Column(look.Gap16, d.head(v), d.actions(v.Verdict.Act), d.verdict(v))
	if v.Explain != "" {
		body.Add(widget.NewWell(widget.NewText(v.Explain, look.Body)))
	}
	body.Add(section(k.t("detail.checks"), k.checks(v.Checks, d.m.Do)))
	for _, s := range v.Sections {
		body.Add(d.section(s))
	}
	if len(v.Inside.Rows) > 0 {
		body.Add(d.kit.inside(v.Inside, d.m.OpenInside))
	}
	if len(v.Counts) > 0 {
		body.Add(d.counts(v.Counts))
	}
	if len(v.Tells.Groups) > 0 {
		body.Add(d.tells(v.Tells))
	}
	body.Add(widget.NewDivider())
	body.Add(d.own(v))
	body.Add(d.asOf(v))
	body.Add(d.technical(v))
	return d.frame(body)
}

func (d *detail) frame(body fyne.CanvasObject) fyne.CanvasObject {
	if !d.whole {
		return widget.Scroll(widget.Pad(body, look.Gap16, look.Gap12, look.Gap24, look.Gap12))
	}
	return sheet(d.kit.back(d.desk.Way), widget.AtMost(readingWidth, widget.NewPanel(body)))
}

// back is the way to where one was before.
func (k *Kit) back(w *model.Way) fyne.CanvasObject {
	return widget.Row(0, widget.NewButton(k.t("back"), "back", widget.Quiet, w.Back))
}

func (d *detail) head(v detailView) fyne.CanvasObject {
	side, style := float32(72), look.Section
	if d.whole {
		side, style = 96, look.Page
	}
	words := widget.Column(look.Gap4, widget.NewText(v.Title, style.Max(4)), widget.NewText(v.Byline, look.Second))
	return widget.TopRow(look.Gap16, widget.NewEmblem(emblem(v.Emblem), side), widget.Grow(middle(words)))
}

func (d *detail) verdict(v detailView) fyne.CanvasObject {
	k := d.kit
	if v.Progress {
		return widget.NewWell(k.progress(d.m.Progress, d.m.Stop))
	}
	return k.verdict(v.Verdict, v.Checked, d.m.Do)
}

// actions are what can always be done; what the verdict offers already is not said
// twice.
func (d *detail) actions(offered model.Act) fyne.CanvasObject {
	k := d.kit
	d.more = widget.NewIconButton("dots", k.t("more"), d.menu)
	out := widget.Row(look.Gap8, widget.NewButton(k.t("share"), "share", widget.Primary, d.m.Share))
	if offered != model.ActAgain {
		out.Add(widget.NewButton(k.t("detail.again"), "refresh", widget.Secondary, d.m.Recheck))
	}
	out.Add(d.more)
	return out
}

func (d *detail) menu() {
	k, m := d.kit, d.m
	var items []widget.Item
	if !d.whole {
		items = append(items, widget.Item{Title: k.t("detail.page"), Icon: "eye", Do: func() { d.desk.Way.Go(model.Route{Place: model.AtDetail, ID: m.ID}) }})
	}
	items = append(items, widget.Item{Title: k.t("detail.save"), Icon: "save", Do: func() { k.saveAs(m.FileName, m.Save) }})
	if m.CanRefresh {
		items = append(items, widget.Item{Title: k.t("refresh"), Icon: "refresh", Do: m.Refresh})
	}
	if m.CanTrust {
		items = append(items, widget.Item{Title: k.t("detail.trust"), Icon: "shield", Do: m.Trust})
	}
	if m.Trusted {
		items = append(items, widget.Item{Title: k.t("detail.distrust"), Icon: "close", Do: m.Distrust})
	}
	widget.MenuAt(d.more, append(items, widget.Item{}, widget.Item{Title: k.t("remove"), Icon: "trash", Do: m.Remove}))
}

func (d *detail) section(s model.Section) fyne.CanvasObject {
	if s.Fold {
		return d.fold("section-"+s.ID, s.Title, d.kit.lines(s.Lines))
	}
	return section(s.Title, d.kit.lines(s.Lines))
}

// fold is folded until the learner opens it, and stays open when the page is drawn anew.
func (d *detail) fold(id, title string, content fyne.CanvasObject) fyne.CanvasObject {
	f := widget.NewFold(title, content, func(open bool) { d.folds[id] = open })
	f.SetOpen(d.folds[id])
	return f
}

func (d *detail) counts(counts []model.CountView) fyne.CanvasObject {
	list := widget.Column(look.Gap12)
	for _, c := range counts {
		ink, name := look.OK, "check"
		if !c.Counts {
			ink, name = look.Muted, "minus"
		}
		words := widget.Column(0, link(c.Text, "chevron", func() { d.m.Open(c.Route) }))
		if c.Note != "" {
			words.Add(widget.NewText(c.Note, look.Caption))
		}
		list.Add(widget.TopRow(look.Gap12, widget.Pad(widget.NewIcon(name, ink, 0), look.Gap8, 0, 0, 0), widget.Grow(words)))
	}
	return section(d.kit.t("detail.counts"), list)
}

// own is what the learner wrote about the badge. The fields stay as they are while the rest
// is drawn anew, so that nothing that is being typed gets lost.
func (d *detail) own(v detailView) fyne.CanvasObject {
	k := d.kit
	if d.noted != v.ID {
		d.noted = v.ID
		d.tags = widget.NewField(k.t("detail.tags"), k.t("detail.tags-hint"))
		d.tags.SetText(strings.Join(v.Tags, ", "))
		d.note = widget.NewField(k.t("detail.note"), "")
		d.note.SetText(v.Note)
		d.tags.OnSubmitted = func(string) { d.keep() }
		d.note.OnSubmitted = func(string) { d.keep() }
	}
	save := widget.NewButton(k.t("detail.keep"), "", widget.Secondary, d.keep)
	return d.fold("own", k.t("detail.own"), widget.Column(look.Gap12, d.tags, d.note, widget.Row(0, save)))
}

func (d *detail) keep() {
	d.m.SetTags(splitTags(d.tags.Text()))
	d.m.SetNote(d.note.Text())
}

func splitTags(text string) []string {
	var out []string
	for _, t := range strings.Split(text, ",") {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return out
}

func (d *detail) technical(v detailView) fyne.CanvasObject {
	k := d.kit
	raw := d.m.Raw
	body := widget.Column(look.Gap12, k.lines(v.Technical),
		widget.Row(0, widget.NewButton(k.t("detail.copy"), "copy", widget.Secondary, func() { k.copy(raw) })),
		widget.Code(cut(raw)))
	return d.fold("technical", k.t("detail.technical"), body)
}

// maxRaw bounds the letters of the raw text that are set; all of it can be copied.
const maxRaw = 4000

func cut(text string) string {
	if r := []rune(text); len(r) > maxRaw {
		return string(r[:maxRaw]) + " …"
	}
	return text
}

func (d *detail) share()  { d.m.Share() }
func (d *detail) remove() { d.m.Remove() }
