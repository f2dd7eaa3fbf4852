package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// answerPage is somebody's request: who asks, and for each thing they ask for the lines to
// tick and what they will see.
type answerPage struct {
	kit   *Kit
	m     *model.Answer
	who   *part
	body  *part
	foot  *part
	slots []*answerSlot
	send  *widget.Button
	all   fyne.CanvasObject
}

// answerSlot is one thing they ask for.
type answerSlot struct {
	head *part
	what *shareWhat
	note *part
}

func newAnswer(k *Kit, d *model.Desk, link string) page {
	p := &answerPage{kit: k, m: model.NewAnswer(d, link), who: k.part(), body: k.part(), foot: k.part()}
	p.all = widget.Column(0,
		widget.Pad(heading(k.t("answer.title"), k.t("share.below")), look.Gap24, margin, look.Gap8, margin),
		widget.Grow(scrolled(widget.Column(look.Gap16, p.who.box, p.body.box))),
		widget.Pad(p.foot.box, look.Gap8, margin, look.Gap16, margin))
	p.m.OnChange = p.draw
	p.draw()
	return p
}

func (p *answerPage) content() fyne.CanvasObject { return p.all }

func (p *answerPage) close() { p.m.Close() }

func (p *answerPage) draw() {
	m := p.m
	type who struct {
		Title, Who, Says string
		Proven           bool
	}
	p.who.show(who{m.Title, m.Who, m.Says, m.Proven}, p.drawWho)
	type body struct {
		Stage    model.AnswerStage
		Progress model.ProgressView
		Fault    *model.FaultView
		Slots    int
	}
	p.body.show(body{m.Stage, m.Progress, m.Fault, len(m.Slots)}, p.drawBody)
	p.foot.show(m.Stage, p.drawFoot)
	for i, s := range p.slots {
		p.drawSlot(i, s)
	}
	if p.send != nil {
		if m.CanSend {
			p.send.Enable()
		} else {
			p.send.Disable()
		}
	}
}

func (p *answerPage) drawWho() fyne.CanvasObject {
	m := p.m
	if m.Title == "" {
		return nil
	}
	tone := look.Care
	if m.Proven {
		tone = look.Good
	}
	return widget.NewBanner(widget.BannerView{Tone: tone, Title: m.Title, Body: m.Who, Note: m.Says})
}

func (p *answerPage) drawBody() fyne.CanvasObject {
	k, m := p.kit, p.m
	out := widget.Column(look.Gap16)
	p.slots = nil
	if m.Fault != nil {
		out.Add(fault(*m.Fault, "", nil))
	}
	switch m.Stage {
	case model.Invited:
		out.Add(widget.NewBanner(widget.BannerView{Tone: look.Note, Icon: "link", Title: m.Host, Body: k.t("answer.invited")},
			widget.NewButton(k.t("answer.open"), "external", widget.Primary, m.Open)))
	case model.Fetching, model.Sending:
		out.Add(k.progress(m.Progress, m.Stop))
	case model.Refusing:
		for _, text := range m.Lacks {
			out.Add(widget.TopRow(look.Gap8, widget.NewIcon("info", look.Muted, 16), widget.Grow(widget.NewText(text, look.Body))))
		}
	case model.Answering:
		for i := range m.Slots {
			out.Add(p.newSlot(i))
		}
	case model.Answered:
		out.Add(p.drawSent())
	}
	return orNil(out)
}

func (p *answerPage) drawSent() fyne.CanvasObject {
	k, m := p.kit, p.m
	b := widget.BannerView{Tone: look.Good, Title: m.Sent, Body: k.t("answer.recorded")}
	if m.Next == "" {
		return widget.NewBanner(b)
	}
	b.Note = m.Next
	return widget.NewBanner(b, widget.NewButton(k.t("answer.next"), "external", widget.Secondary, func() { k.Open(m.Next) }))
}

func (p *answerPage) newSlot(i int) fyne.CanvasObject {
	s := &answerSlot{head: p.kit.part(), note: p.kit.part(), what: newShareWhat(p.kit, p.m.Slots[i].Flow)}
	p.slots = append(p.slots, s)
	return widget.Column(look.Gap12, s.head.box, s.what.inside, s.note.box)
}

func (p *answerPage) drawSlot(i int, s *answerSlot) {
	v := p.m.Slots[i]
	type head struct {
		Title   string
		On      bool
		Options []model.OptionView
	}
	s.head.show(head{v.Title, v.On, v.Options}, func() fyne.CanvasObject {
		out := widget.Column(look.Gap8)
		if v.May {
			out.Add(widget.NewTick(widget.TickView{Label: v.Title, On: v.On}, func(on bool) { p.m.Take(i, on) }))
		}
		if len(v.Options) > 0 {
			out.Add(widget.NewText(p.kit.t("answer.which"), look.Label))
			out.Add(chips(v.Options, func(id string) { p.m.Choose(i, id) }))
		}
		return orNil(out)
	})
	s.note.show(v.Short, func() fyne.CanvasObject {
		if v.Short == "" {
			return nil
		}
		return widget.NewBanner(widget.BannerView{Tone: look.Care, Body: v.Short})
	})
	s.what.inside.Hidden = !v.On
	s.what.draw()
}

func (p *answerPage) drawFoot() fyne.CanvasObject {
	k, m := p.kit, p.m
	p.send = nil
	line := widget.Row(look.Gap12, widget.Spring())
	switch m.Stage {
	case model.Answering:
		p.send = widget.NewButton(k.t("answer.send"), "share", widget.Primary, m.Send)
		line.Add(widget.NewButton(k.t("answer.leave"), "", widget.Secondary, m.Leave))
		line.Add(p.send)
	case model.Answered:
		line.Add(widget.NewButton(k.t("done"), "check", widget.Primary, m.Done))
	case model.Invited:
		line.Add(widget.NewButton(k.t("answer.leave"), "back", widget.Secondary, m.Leave))
	case model.Refusing: // there is nothing to send
		line.Add(widget.NewButton(k.t("back"), "back", widget.Secondary, m.Leave))
	default:
		return nil
	}
	return line
}
