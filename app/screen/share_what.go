package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// panelLeast is the narrowest the two panels of S9 stand beside each other.
const panelLeast float32 = 300

// shareWhat is S9: the lines to tick, and beside them what the receiver will see.
type shareWhat struct {
	kit     *Kit
	m       *model.ShareFlow
	say     *part
	presets *part
	lines   *fyne.Container
	ticks   []*widget.Tick
	was     []model.TickView
	title   *widget.Text
	seen    *part
	inside  *fyne.Container
	all     fyne.CanvasObject // the same, where it scrolls by itself
}

func newShareWhat(k *Kit, m *model.ShareFlow) *shareWhat {
	s := &shareWhat{kit: k, m: m, say: k.part(), presets: k.part(), seen: k.part(), lines: widget.Column(0)}
	s.title = widget.NewText("", look.Section)
	left := widget.NewPanel(widget.Column(look.Gap12,
		widget.NewText(k.t("share.what.title"), look.Section),
		widget.NewText(k.t("share.what.body"), look.Caption),
		s.presets.box, s.lines))
	right := widget.NewPanel(widget.Column(look.Gap12, s.title, s.seen.box))
	least := look.Scaled(k.App.Settings().Theme(), panelLeast)
	s.inside = widget.Column(look.Gap16, s.say.box, widget.Split(look.Gap16, least, left, right))
	s.all = scrolled(s.inside)
	return s
}

func (s *shareWhat) content() fyne.CanvasObject { return s.all }

func (s *shareWhat) end() {}

func (s *shareWhat) draw() {
	m := s.m
	s.drawSay()
	type choice struct {
		Whole   string
		Presets []model.OptionView
	}
	s.presets.show(choice{m.Whole, m.Presets}, func() fyne.CanvasObject {
		if m.Whole != "" {
			return widget.NewBanner(widget.BannerView{Tone: look.Note, Body: m.Whole})
		}
		return chips(m.Presets, m.Preset)
	})
	s.drawTicks()
	s.title.SetText(m.Preview.Title)
	s.drawSeen()
}

// drawSeen keeps what was seen last while the next proof is being made, which takes no
// longer than a blink.
func (s *shareWhat) drawSeen() {
	m := s.m
	if !m.Preview.Ready && m.Making.On && s.seen.done {
		return
	}
	type seen struct {
		Preview model.PreviewView
		Emblem  model.EmblemView
		Making  bool
		Fault   bool
	}
	s.seen.show(seen{m.Preview, m.Badge.Emblem, m.Making.On, m.Fault != nil}, s.drawPreview)
}

// drawSay says what has to be known first.
func (s *shareWhat) drawSay() {
	type said struct {
		Fault *model.FaultView
		Notes []model.FaultView
	}
	m := s.m
	s.say.show(said{m.Fault, m.Notes}, func() fyne.CanvasObject {
		out := widget.Column(look.Gap12)
		if m.Fault != nil {
			out.Add(fault(*m.Fault, s.kit.t("again"), m.Retry))
		}
		for _, n := range m.Notes {
			out.Add(widget.NewBanner(widget.BannerView{Tone: look.Care, Title: n.Title, Body: n.Why + " " + n.Do}))
		}
		return orNil(out)
	})
}

// drawTicks changes the ticks in place, so that the keyboard stays on the one just ticked.
func (s *shareWhat) drawTicks() {
	now := s.m.Ticks
	if !sameLines(now, s.was) {
		s.ticks = make([]*widget.Tick, len(now))
		for i, t := range now {
			s.ticks[i] = widget.NewTick(tickView(t), func(on bool) { s.m.Tick(i, on) })
		}
		s.lines.Objects = s.order(now)
		s.lines.Refresh()
	}
	for i, t := range now {
		s.ticks[i].Set(tickView(t))
	}
	s.was = append([]model.TickView(nil), now...)
}

// order puts the lines that can be chosen before those that can't, each with what stands
// inside of it.
func (s *shareWhat) order(lines []model.TickView) []fyne.CanvasObject {
	var free, fixed []fyne.CanvasObject
	for from := 0; from < len(lines); {
		to, all := from+1, lines[from].Fixed
		for ; to < len(lines) && lines[to].Level > lines[from].Level; to++ {
			all = all && lines[to].Fixed
		}
		into := &free
		if all {
			into = &fixed
		}
		for _, t := range s.ticks[from:to] {
			*into = append(*into, t)
		}
		from = to
	}
	return append(free, fixed...)
}

func tickView(t model.TickView) widget.TickView {
	return widget.TickView{Label: t.Label, Value: t.Value, Note: t.Note, On: t.On, Fixed: t.Fixed, Sensitive: t.Sensitive, Indent: t.Level}
}

// sameLines says whether two lists are about the same lines.
func sameLines(a, b []model.TickView) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Path != b[i].Path || a[i].Level != b[i].Level {
			return false
		}
	}
	return true
}

// drawPreview shows what checking the actual proof found.
func (s *shareWhat) drawPreview() fyne.CanvasObject {
	k, m := s.kit, s.m
	p := m.Preview
	if !p.Ready {
		if m.Fault != nil || m.Making.On {
			return nil
		}
		return widget.Row(0, widget.NewButton(k.t("again"), "refresh", widget.Secondary, m.Retry)) // it was stopped
	}
	name := widget.Column(look.Gap4, widget.NewText(p.Badge, look.Section.Max(3)))
	card := widget.Column(look.Gap12, widget.Row(look.Gap16, widget.NewEmblem(emblem(m.Badge.Emblem), badgeSide), widget.Grow(middle(name))))
	if word := shrinking(widget.NewPill(pill(p.Verdict.Pill))); k.wide() {
		name.Add(word)
	} else {
		card.Add(word)
	}
	card.Add(widget.NewDivider())
	card.Add(seenRows(p.Rows))
	out := widget.Column(look.Gap12, widget.NewWell(card))
	if p.Foot != "" {
		out.Add(widget.NewText(p.Foot, look.Caption))
	}
	out.Add(widget.NewFold(k.t("share.preview.checks"), k.checks(p.Checks, nil), nil))
	return out
}

// seenRows lists what is shown, and what is kept back as such.
func seenRows(rows []model.SeenRow) fyne.CanvasObject {
	facts := make([]widget.Fact, len(rows))
	for i, r := range rows {
		facts[i] = widget.Fact{Label: r.Label, Value: r.Value, Hidden: r.Hidden}
	}
	return widget.NewFacts(facts)
}
