package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// drawStep shows the brick that is open: what it is, who offers it, what counts and why.
func (s *stack) drawStep() {
	s.shut()
	if s.m.Step == nil {
		return
	}
	v := *s.m.Step
	s.step = widget.NewModal(v.Name, s.kit.t("close"), stepWidth, fit(s.about(v)))
	s.step.OnClosed = func() {
		s.step = nil
		s.m.OpenStep("")
	}
	s.step.Open(s.kit.canvas())
}

// stepWidth is how wide a brick's dialog is.
const stepWidth float32 = 560

// shut takes the dialog away without telling the model.
func (s *stack) shut() {
	if d := s.step; d != nil {
		s.step, d.OnClosed = nil, nil
		d.Close()
	}
}

func (s *stack) about(v model.StepView) fyne.CanvasObject {
	k := s.kit
	pill := widget.NewPill(widget.PillView{Icon: toneIcon(v.Tone), Word: v.StateWord, Tone: tones[v.Tone]})
	body := widget.Column(look.Gap16, widget.Row(look.Gap12, pill, widget.NewText(join(" · ", v.Layer, v.Credits), look.Second)))
	for _, text := range []string{v.About, v.Same, v.WaitsFor} {
		if text != "" {
			body.Add(widget.NewText(text, look.Body))
		}
	}
	if v.OfferURL != "" {
		body.Add(widget.Row(0, widget.NewButton(v.OfferedBy, "external", widget.Secondary, func() { k.Open(v.OfferURL) })))
	} else if v.OfferedBy != "" {
		body.Add(widget.NewText(v.OfferedBy, look.Body))
	}
	if len(v.Accepts) > 0 {
		list := widget.Column(look.Gap8)
		for _, a := range v.Accepts {
			list.Add(widget.TopRow(look.Gap8, widget.NewIcon("check", look.Muted, 0), widget.Grow(widget.NewText(a, look.Body))))
		}
		body.Add(section(k.t("stack.accepts"), list))
	}
	body.Add(section(k.t("stack.yours"), s.matches(v)))
	return body
}

func (s *stack) matches(v model.StepView) fyne.CanvasObject {
	if len(v.Matches) == 0 {
		return widget.NewText(v.None, look.Second)
	}
	rows := widget.Column(look.Gap12)
	for _, m := range v.Matches {
		tone, icon := look.Good, "check"
		if !m.Counts {
			tone, icon = look.Note, "minus"
		}
		words := widget.Column(2, widget.NewText(m.Name, look.Strong))
		for _, text := range []string{m.Why, m.Note} {
			if text != "" {
				words.Add(widget.NewText(text, look.Second))
			}
		}
		open := widget.NewButton(s.kit.t("open"), "", widget.Secondary, func() { s.m.OpenBadge(m.ID) })
		rows.Add(widget.TopRow(look.Gap12, widget.NewIcon(icon, tone.Ink(), 0), widget.Grow(words), open))
	}
	return rows
}
