package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// settings is S12: look, checking, whose badges they are, keys and the bin.
type settings struct {
	kit     *Kit
	m       *model.Settings
	say     *part
	looks   *part
	tongues *widget.Select
	online  *part
	trusted *part
	emails  *part
	email   *widget.Field
	keys    *part
	fresh   *part
	note    *widget.Field
	kind    *widget.Choice
	bin     *part
	sources *sourcesPart
	whole   fyne.CanvasObject
}

func newSettings(k *Kit, d *model.Desk) *settings {
	m := model.NewSettings(d)
	s := &settings{
		kit: k, m: m, sources: newSources(k, model.NewSources(d)), say: k.part(), looks: k.part(), online: k.part(), trusted: k.part(),
		emails: k.part(), keys: k.part(), fresh: k.part(), bin: k.part(),
	}
	m.OnLook = k.Look
	s.fields()
	s.whole = s.lay()
	m.OnChange = s.draw
	s.draw()
	return s
}

func (s *settings) content() fyne.CanvasObject { return s.whole }

func (s *settings) close() {
	s.m.Close()
	s.sources.close()
}

// fields makes what is typed into, once: it must not be lost when the page is drawn anew.
func (s *settings) fields() {
	k := s.kit
	s.email = widget.NewField(k.t("settings.email.label"), k.t("settings.email.such"))
	s.email.OnSubmitted = func(string) { s.addEmail() }
	s.note = widget.NewField(k.t("settings.key.label"), k.t("settings.key.such"))
	s.note.OnSubmitted = func(string) { s.makeKey() }
	words, _ := options(s.m.KeyKinds)
	tongues, chosen := options(s.m.Languages)
	s.tongues = widget.NewSelect(k.t("settings.language.label"), tongues, chosen, func(i int) { s.m.SetLanguage(s.m.Languages[i].ID) })
	s.kind = widget.NewChoice(k.t("settings.key.kind"), words, 0, nil)
}

func (s *settings) addEmail() {
	s.m.AddEmail(s.email.Text())
	if s.m.EmailError == "" {
		s.email.SetText("")
	}
}

func (s *settings) makeKey() {
	i := s.kind.Chosen()
	if i < 0 || i >= len(s.m.KeyKinds) {
		return
	}
	s.m.MakeKey(s.m.KeyKinds[i].ID, s.note.Text())
	s.note.SetText("")
}

// lay puts the page together; what changes stands in parts.
func (s *settings) lay() fyne.CanvasObject {
	k := s.kit
	add := widget.NewButton(k.t("settings.email.add"), "plus", widget.Secondary, s.addEmail)
	fresh := widget.NewButton(k.t("settings.key.make"), "key", widget.Secondary, s.makeKey)
	body := widget.Column(look.Gap16, s.say.box,
		block(k.t("settings.look.title"), "", s.looks.box),
		block(k.t("settings.language.title"), k.t("settings.language.body"),
			widget.Column(look.Gap4, widget.NewText(k.t("settings.language.label"), look.Label), widget.Row(0, s.tongues))),
		block(k.t("settings.check.title"), "", s.online.box),
		block(k.t("settings.trusted.title"), k.t("settings.trusted.body"), s.trusted.box),
		widget.Column(look.Gap16, s.sources.blocks()...),
		block(k.t("settings.email.title"), k.t("settings.email.body"), s.emails.box, s.email, widget.Row(0, add)),
		block(k.t("settings.key.title"), k.t("settings.key.body"), s.keys.box, s.fresh.box,
			widget.NewFold(k.t("settings.key.new"), widget.Column(look.Gap12, s.note, s.kind, widget.Row(0, fresh)), nil)),
		block(k.t("settings.bin.title"), k.t("settings.bin.body"), s.bin.box),
		block(k.t("settings.path.title"), k.t("settings.path.body"), widget.Code(s.m.Path)))
	return sheet(heading(k.t("settings.title"), ""), widget.AtMost(readingWidth, body))
}

// block is one subject of a page on a surface of its own.
func block(title, body string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	words := widget.Column(look.Gap4, widget.NewText(title, look.Section))
	if body != "" {
		words.Add(widget.NewText(body, look.Second))
	}
	return widget.NewPanel(widget.Column(look.Gap16, append([]fyne.CanvasObject{words}, parts...)...))
}

func (s *settings) draw() {
	m := s.m
	s.email.SetError(m.EmailError)
	type said struct {
		Fault    *model.FaultView
		Progress model.ProgressView
		Loading  bool
	}
	s.say.show(said{m.Fault, m.Progress, m.Loading}, s.drawSay)
	type looks struct {
		Looks, Sizes []model.OptionView
		Contrast     bool
	}
	s.looks.show(looks{m.Looks, m.Sizes, m.Contrast}, s.drawLooks)
	type online struct {
		On, Can bool
		Note    string
	}
	s.online.show(online{m.Online, m.CanOnline, m.OnlineNote}, s.drawOnline)
	s.trusted.show(m.Trusted, s.drawTrusted)
	s.emails.show(m.Emails, s.drawEmails)
	s.keys.show(m.Keys, s.drawKeys)
	s.fresh.show(m.NewKey, s.drawFresh)
	s.bin.show(m.Bin, s.drawBin)
}

func (s *settings) drawSay() fyne.CanvasObject {
	m := s.m
	switch {
	case m.Loading:
		return s.kit.loading()
	case m.Fault != nil:
		return fault(*m.Fault, "", nil)
	case m.Progress.On:
		return s.kit.progress(m.Progress, nil)
	}
	return nil
}

func (s *settings) drawLooks() fyne.CanvasObject {
	k, m := s.kit, s.m
	return widget.Column(look.Gap12,
		radio(k.t("settings.look.label"), m.Looks, m.SetLook),
		radio(k.t("settings.size.label"), m.Sizes, m.SetSize),
		widget.NewTick(widget.TickView{Label: k.t("settings.contrast.label"), Value: k.t("settings.contrast.body"), On: m.Contrast}, m.SetContrast))
}

func (s *settings) drawOnline() fyne.CanvasObject {
	m := s.m
	return widget.NewTick(widget.TickView{Label: s.kit.t("settings.online.label"), Value: m.OnlineNote, On: m.Online, Fixed: !m.CanOnline}, m.SetOnline)
}
