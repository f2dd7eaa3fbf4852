package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// shareStep is what one step of sharing shows.
type shareStep interface {
	content() fyne.CanvasObject
	draw()
	end()
}

// sharePage is S8 to S10: sharing one badge, step by step.
type sharePage struct {
	kit   *Kit
	m     *model.ShareFlow
	add   func() // goes to where badges are added
	top   *part
	body  *part
	foot  *part
	step  shareStep // nil while there is none
	fresh bool      // it was just opened
	next  *widget.Button
	busy  *widget.Busy
	whole fyne.CanvasObject
}

func newShare(k *Kit, d *model.Desk, id string) page {
	return shareOf(k, model.NewShareFlow(d, id), func() { d.Way.Go(model.Route{Place: model.AtAdd}) })
}

func shareOf(k *Kit, m *model.ShareFlow, add func()) *sharePage {
	p := &sharePage{kit: k, m: m, add: add, top: k.part(), body: k.part(), foot: k.part()}
	p.whole = widget.Column(0,
		widget.Pad(p.top.box, look.Gap24, margin, look.Gap8, margin),
		widget.Grow(p.body.box),
		widget.Pad(p.foot.box, look.Gap8, margin, look.Gap16, margin))
	m.OnChange = p.draw
	p.draw()
	return p
}

func (p *sharePage) content() fyne.CanvasObject { return p.whole }

func (p *sharePage) close() {
	p.end()
	p.m.Close()
}

func (p *sharePage) end() {
	if p.step != nil {
		p.step.end()
		p.step = nil
	}
}

// shareFrame is what tells one page of the flow from another.
type shareFrame struct {
	Step           model.ShareStep
	Loading, Empty bool
	TooBig         bool
}

// picking says whether the frame is before the three steps.
func (f shareFrame) picking() bool { return f.Loading || f.Empty || f.Step == model.StepPick }

func (p *sharePage) draw() {
	f := shareFrame{p.m.Step, p.m.Loading, p.m.Empty, p.m.TooBig}
	p.top.show(f, func() fyne.CanvasObject { return p.drawTop(f) })
	p.body.show(f, func() fyne.CanvasObject { return p.drawBody(f) })
	p.foot.show(f, func() fyne.CanvasObject { return p.drawFoot(f) })
	if p.step != nil {
		p.step.draw()
	}
	p.update(f)
	if p.fresh {
		p.fresh = false
		p.start()
	}
}

// start gives the keyboard to the field a step begins with, where it has one.
func (p *sharePage) start() {
	if s, ok := p.step.(starter); ok {
		s.start()
	}
}

func (p *sharePage) drawTop(f shareFrame) fyne.CanvasObject {
	head := heading(p.kit.t("share.title"), p.kit.t("share.below"))
	if f.picking() {
		return head
	}
	return widget.Column(look.Gap16, head, widget.NewSteps(p.m.Steps, int(f.Step-model.StepWho)))
}

func (p *sharePage) drawBody(f shareFrame) fyne.CanvasObject {
	p.end()
	k := p.kit
	switch {
	case f.Loading:
		return k.loading()
	case f.Empty:
		return widget.NewEmpty("share", k.t("share.empty.title"), k.t("share.empty.body"),
			widget.NewButton(k.t("share.empty.add"), "plus", widget.Primary, p.add))
	}
	p.step, p.fresh = p.open(f.Step), true
	return p.step.content()
}

func (p *sharePage) open(step model.ShareStep) shareStep {
	switch step {
	case model.StepWho:
		return newShareWho(p.kit, p.m)
	case model.StepWhat:
		return newShareWhat(p.kit, p.m)
	case model.StepSend:
		return newShareSend(p.kit, p.m)
	}
	return newSharePick(p.kit, p.m)
}

func (p *sharePage) drawFoot(f shareFrame) fyne.CanvasObject {
	p.next, p.busy = nil, nil
	if f.picking() {
		return nil
	}
	k := p.kit
	p.busy = widget.NewBusy(k.Timer, p.m.Making.Stop)
	line := widget.Row(look.Gap12, widget.NewButton(k.t("back"), "back", widget.Secondary, p.m.Back), widget.Grow(p.busy))
	if f.Step == model.StepSend {
		for _, b := range p.sendButtons(f.TooBig) {
			line.Add(b)
		}
		return line
	}
	p.next = widget.NewButton(k.t("continue"), "", widget.Primary, p.m.Next)
	line.Add(p.next)
	return line
}

// sendButtons puts the file first when the code is too big to be read well.
func (p *sharePage) sendButtons(tooBig bool) []fyne.CanvasObject {
	k, m := p.kit, p.m
	file, done := widget.Secondary, widget.Primary
	if tooBig {
		file, done = done, file
	}
	return []fyne.CanvasObject{
		widget.NewButton(k.t("share.copy"), "copy", widget.Secondary, func() {
			k.copy(m.AsText())
			m.Copied()
		}),
		widget.NewButton(k.t("share.save"), "save", file, func() { k.saveAs(m.FileName, m.Save) }),
		widget.NewButton(k.t("done"), "check", done, m.Done),
	}
}

// update follows the making of the proof. Continue stays as it is meanwhile: it would only
// flicker.
func (p *sharePage) update(f shareFrame) {
	m := p.m
	if p.busy != nil {
		if m.Making.On {
			p.busy.Start(m.Making.Text, m.Stop)
		} else {
			p.busy.Done()
		}
	}
	if p.next != nil && !m.Making.On {
		if m.CanNext || f.Step == model.StepWho {
			p.next.Enable()
		} else {
			p.next.Disable()
		}
	}
}
