package screen

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// gate is what the window shows while no wallet is open: welcome (S0), waiting, the
// passphrase, and what is in the way (S13).
type gate struct {
	kit     *Kit
	session *model.Session
	body    *part
	pass    *widget.Field
	again   *widget.Field
	first   *widget.Field
}

func newGate(k *Kit, s *model.Session) *gate { return &gate{kit: k, session: s, body: k.part()} }

func (g *gate) content() fyne.CanvasObject { return g.body.box }

// gateView is what the gate shows.
type gateView struct {
	Stage   model.Stage
	Sample  bool
	Waiting string
	Fault   model.FaultView
	Ways    []model.WayOut
}

func (g *gate) draw() {
	s := g.session
	v := gateView{s.Stage, s.Sample, s.Waiting, s.Fault, s.Ways}
	g.body.show(v, func() fyne.CanvasObject {
		g.first = nil
		switch v.Stage {
		case model.Closed:
			return g.welcome()
		case model.Ask, model.Choose:
			return g.passphrase(v.Stage == model.Choose)
		case model.Offer:
			return g.offer()
		case model.Stuck:
			return g.stuck()
		}
		return g.waiting()
	})
	if g.first != nil {
		g.first.SetError(s.Wrong)
	}
}

// focus gives the keyboard to the first field, where there is one.
func (g *gate) focus() {
	if g.first != nil {
		g.first.FocusOn(g.kit.canvas())
	}
}

// slip lays what has to be said in the middle of the window.
func (g *gate) slip(parts ...fyne.CanvasObject) fyne.CanvasObject {
	panel := widget.NewPanel(widget.Around(widget.Column(look.Gap16, parts...), look.Gap8))
	return widget.Column(0, widget.Spring(), widget.Middle(520, panel), widget.Spring())
}

func (g *gate) sign(icon, title, body string) fyne.CanvasObject {
	words := widget.Column(look.Gap8, widget.NewText(title, look.Page), widget.NewText(body, look.Body))
	return widget.Column(look.Gap16, widget.Row(0, widget.NewIcon(icon, look.Primary, 40)), words)
}

func (g *gate) waiting() fyne.CanvasObject {
	return widget.Column(0, widget.Spring(), widget.Middle(420, g.kit.busy(g.session.Waiting, g.session.Stop)), widget.Spring())
}

func (g *gate) passphrase(fresh bool) fyne.CanvasObject {
	k := g.kit
	code := "ask"
	if fresh {
		code = "choose"
	}
	g.pass = widget.NewPassword(k.t("gate."+code+".label"), "")
	g.first = g.pass
	parts := []fyne.CanvasObject{g.sign("lock", k.t("gate."+code+".title"), k.t("gate."+code+".body")), g.pass}
	answer := func() { g.session.Answer(g.pass.Text(), g.pass.Text()) }
	if fresh {
		g.again = widget.NewPassword(k.t("gate.choose.again"), "")
		parts = append(parts, g.again)
		answer = func() { g.session.Answer(g.pass.Text(), g.again.Text()) }
		g.again.OnSubmitted = func(string) { answer() }
	}
	g.pass.OnSubmitted = func(string) { answer() }
	parts = append(parts, widget.Row(look.Gap8,
		widget.NewButton(k.t("gate."+code+".go"), "unlock", widget.Primary, answer),
		widget.NewButton(k.t("gate.cancel"), "", widget.Secondary, g.session.Stop)))
	return g.slip(parts...)
}

func (g *gate) offer() fyne.CanvasObject {
	k := g.kit
	return g.slip(g.sign("key", k.t("gate.offer.title"), k.t("gate.offer.body")), widget.Row(look.Gap8,
		widget.NewButton(k.t("gate.offer.go"), "", widget.Primary, g.session.Agree),
		widget.NewButton(k.t("gate.cancel"), "", widget.Secondary, g.session.Stop)))
}

// stuck is S13 when it is about the password store, and every other reason why the wallet
// did not open.
func (g *gate) stuck() fyne.CanvasObject {
	s := g.session
	sign := "warning"
	if strings.HasPrefix(s.Fault.Code, "keyring.") {
		sign = "lock"
	}
	parts := []fyne.CanvasObject{g.sign(sign, s.Fault.Title, strings.TrimSpace(s.Fault.Why+" "+s.Fault.Do))}
	ways := widget.Flow(look.Gap8)
	for i, w := range s.Ways {
		kind := widget.Secondary
		if i == 0 {
			kind = widget.Primary
		}
		ways.Add(widget.NewButton(w.Text, "", kind, func() { s.Take(w.ID) }))
	}
	return g.slip(append(parts, ways)...)
}
