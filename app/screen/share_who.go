package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// badgeSide is how large the emblem of one badge is beside its name.
const badgeSide float32 = 56

// formWidth keeps forms from growing wider than what is typed into them.
const formWidth float32 = 640

// shareWho is S8: who will get it, for what, and for how long.
type shareWho struct {
	kit      *Kit
	m        *model.ShareFlow
	audience *widget.Field
	badge    *part
	days     *part
	say      *part
	all      fyne.CanvasObject
}

func newShareWho(k *Kit, m *model.ShareFlow) *shareWho {
	s := &shareWho{kit: k, m: m, badge: k.part(), days: k.part(), say: k.part()}
	s.audience = widget.NewField(k.t("share.who.label"), k.t("share.who.such"))
	s.audience.SetText(m.Audience)
	s.audience.SetHint(k.t("share.who.hint"))
	s.audience.OnChanged = m.SetAudience
	s.audience.OnSubmitted = func(string) { s.next() }
	purpose := widget.NewField(k.t("share.purpose.label"), k.t("share.purpose.such"))
	purpose.SetText(m.Purpose)
	purpose.OnChanged = m.SetPurpose
	purpose.OnSubmitted = func(string) { s.next() }
	form := widget.NewPanel(widget.Column(look.Gap24, s.badge.box, s.audience, purpose, s.days.box))
	s.all = scrolled(widget.AtMost(formWidth, widget.Column(look.Gap16, s.say.box, form)))
	return s
}

// next is Continue by the Enter key.
func (s *shareWho) next() {
	if s.m.CanNext {
		s.m.Next()
	}
}

func (s *shareWho) start() { s.audience.FocusOn(s.kit.canvas()) }

func (s *shareWho) content() fyne.CanvasObject { return s.all }

func (s *shareWho) draw() {
	m := s.m
	s.audience.SetError(m.WhoError)
	s.badge.show(m.Badge, func() fyne.CanvasObject { return s.kit.badgeLine(m.Badge) })
	days := m.Days
	s.days.show(days, func() fyne.CanvasObject { return radio(s.kit.t("share.days"), days, m.SetDays) })
	type said struct {
		Fault   *model.FaultView
		Warning string
	}
	s.say.show(said{m.Fault, m.Warning}, func() fyne.CanvasObject {
		out := widget.Column(look.Gap12)
		if m.Fault != nil {
			out.Add(fault(*m.Fault, "", nil))
		}
		if m.Warning != "" {
			title, body := cutClaim(m.Warning)
			out.Add(widget.NewBanner(widget.BannerView{Tone: tones[m.Badge.Pill.Tone], Icon: m.Badge.Pill.Icon, Title: title, Body: body}))
		}
		return orNil(out)
	})
}

func (s *shareWho) end() {}

// badgeLine is one badge in a line: emblem, name, issuer and verdict.
func (k *Kit) badgeLine(c model.CardView) fyne.CanvasObject {
	words := widget.Column(2, widget.NewText(c.Name, look.Section.Max(2)), widget.NewText(c.Issuer, look.Second.Max(1)))
	return widget.Row(look.Gap16, widget.NewEmblem(emblem(c.Emblem), badgeSide), widget.Grow(words), widget.NewPill(pill(c.Pill)))
}
