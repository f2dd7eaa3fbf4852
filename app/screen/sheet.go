package screen

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// margin is the room between the edge of a page and what it shows.
const margin float32 = 28

// readingWidth keeps long pages readable in wide windows.
const readingWidth float32 = 920

// heading is the top of a page: its name, a line below, and buttons at the right.
func heading(title, below string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	words := widget.Column(2, widget.NewText(title, look.Page.Max(2)))
	if below != "" {
		words.Add(widget.NewText(below, look.Second))
	}
	return widget.Row(look.Gap8, append([]fyne.CanvasObject{widget.Grow(words)}, actions...)...)
}

// sheet is a page: what stays on top, and what scrolls below it.
func sheet(top, body fyne.CanvasObject) fyne.CanvasObject {
	return widget.Column(0,
		widget.Pad(top, look.Gap24, margin, look.Gap12, margin),
		widget.Grow(widget.Scroll(widget.Pad(body, 0, margin-look.ShadowRoom, look.Gap24, margin-look.ShadowRoom))))
}

// filled is a page whose body fills what is left, such as one with nothing in it.
func filled(top, body fyne.CanvasObject) fyne.CanvasObject {
	return widget.Column(0, widget.Pad(top, look.Gap24, margin, look.Gap12, margin), widget.Grow(body))
}

// section is a heading within a page, and what it is about.
func section(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Column(look.Gap12, append([]fyne.CanvasObject{widget.NewText(title, look.Section)}, parts...)...)
}

// fault shows an error with its way out; no action is "".
func fault(f model.FaultView, action string, act func()) fyne.CanvasObject {
	b := widget.BannerView{Tone: look.Bad, Title: f.Title, Body: strings.TrimSpace(f.Why + " " + f.Do)}
	if action == "" {
		return widget.NewBanner(b)
	}
	return widget.NewBanner(b, widget.NewButton(action, "refresh", widget.Secondary, act))
}

// progress is work that takes time, and the button that stops it.
func (k *Kit) progress(p model.ProgressView, stop func()) fyne.CanvasObject {
	line := widget.Row(look.Gap12, widget.Grow(widget.Column(look.Gap8, widget.NewText(p.Text, look.Second), widget.NewBar(float32(p.Fraction)))))
	if p.Stop != "" {
		line.Add(widget.NewButton(p.Stop, "stop", widget.Secondary, stop))
	}
	return line
}

// loading is what a page shows until there is something to show.
func (k *Kit) loading() fyne.CanvasObject {
	return widget.Around(widget.Column(0, k.busy(k.t("loading"), nil)), margin)
}

// busy is a spinner with words, and a button that stops what it is about, where that can be.
func (k *Kit) busy(text string, stop func()) fyne.CanvasObject {
	b := widget.NewBusy(k.Timer, k.t("stop"))
	b.Start(text, stop)
	return b
}

// verdict is a badge's verdict in its colour, with its one button.
func (k *Kit) verdict(v model.VerdictView, note string, act func(model.Act), more ...fyne.CanvasObject) fyne.CanvasObject {
	var actions []fyne.CanvasObject
	if v.Act != "" && v.Act != model.ActShare && act != nil {
		actions = append(actions, widget.NewButton(v.Action, "", widget.Secondary, func() { act(v.Act) }))
	}
	body := strings.TrimSpace(v.Body + " " + v.Hint)
	return widget.NewBanner(widget.BannerView{Tone: tones[v.Tone], Icon: v.Icon, Title: v.Headline, Body: body, Note: note}, append(actions, more...)...)
}

// checks lists what was checked; the rows about what a badge does not have are folded.
func (k *Kit) checks(c model.ChecksView, act func(model.Act)) fyne.CanvasObject {
	out := widget.Column(look.Gap12, widget.NewChecklist(checkRows(c.Rows, act)))
	if c.Hidden != "" {
		out.Add(widget.NewText(c.Hidden, look.Caption))
	}
	if len(c.Minor) > 0 {
		out.Add(widget.NewFold(k.t("checks.minor"), widget.NewChecklist(checkRows(c.Minor, act)), nil))
	}
	return out
}

func checkRows(rows []model.CheckRow, act func(model.Act)) []widget.CheckRow {
	out := make([]widget.CheckRow, 0, len(rows))
	for _, r := range rows {
		why := r.Why
		if r.Tone != model.Good { // what holds needs no remedy
			why = strings.TrimSpace(why + " " + r.Remedy)
		}
		row := widget.CheckRow{Tone: tones[r.Tone], Icon: r.Icon, Title: r.Title, Why: strings.TrimSpace(why + "\n" + r.When)}
		if r.Act != "" && act != nil {
			row.Action, row.OnAction = r.Action, func() { act(r.Act) }
		}
		out = append(out, row)
	}
	return out
}

// lines are labels with their values, and texts of their own.
func (k *Kit) lines(lines []model.LineView) fyne.CanvasObject {
	out := widget.Column(look.Gap12)
	for _, l := range lines {
		one := widget.Column(2)
		if l.Label != "" {
			one.Add(widget.NewText(l.Label, look.Caption))
		}
		if l.Link != "" {
			one.Add(link(l.Value, "external", func() { k.Open(l.Link) }))
		} else {
			one.Add(widget.NewText(l.Value, look.Body))
		}
		out.Add(one)
	}
	return out
}

// middle keeps an object in the middle of the height it is given.
func middle(o fyne.CanvasObject) fyne.CanvasObject {
	return widget.Column(0, widget.Spring(), o, widget.Spring())
}

// mark is the app mark.
func mark(side float32) fyne.CanvasObject {
	img := canvas.NewImageFromResource(look.Mark())
	img.FillMode = canvas.ImageFillContain
	return widget.Sized(img, side, side)
}

// link is a text that leads somewhere and may take several lines.
func link(text, icon string, act func()) fyne.CanvasObject {
	line := widget.Row(look.Gap8, widget.NewText(text, look.Body.In(look.Primary)), widget.NewIcon(icon, look.Primary, 16))
	return widget.Pad(widget.NewLine(text, line, false, act), 0, 0, 0, -look.Gap8)
}
