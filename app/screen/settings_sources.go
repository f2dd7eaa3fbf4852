package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// sourcesPart is the part of the settings about whom the checks ask.
type sourcesPart struct {
	kit      *Kit
	m        *model.Sources
	say      *part
	lists    *part
	chains   *part
	contacts *part
	list     *widget.Field
	kind     *widget.Select
	chain    *widget.Field
}

func newSources(k *Kit, m *model.Sources) *sourcesPart {
	s := &sourcesPart{kit: k, m: m, say: k.part(), lists: k.part(), chains: k.part(), contacts: k.part()}
	s.list = widget.NewField(k.t("settings.lists.label"), k.t("settings.lists.such"))
	s.list.OnSubmitted = func(string) { s.addList() }
	words, chosen := options(m.Kinds)
	s.kind = widget.NewSelect(k.t("settings.chains.kind"), words, chosen, nil)
	s.chain = widget.NewField(k.t("settings.chains.label"), k.t("settings.chains.such"))
	s.chain.OnSubmitted = func(string) { s.addChain() }
	m.OnChange = s.draw
	s.draw()
	return s
}

func (s *sourcesPart) close() { s.m.Close() }

// blocks are the three subjects of the page.
func (s *sourcesPart) blocks() []fyne.CanvasObject {
	k := s.kit
	file := widget.NewButton(k.t("settings.lists.file"), "file", widget.Secondary, func() { k.openFile(s.m.AddFile) })
	add := widget.NewButton(k.t("settings.lists.add"), "plus", widget.Secondary, s.addList)
	name := widget.NewButton(k.t("settings.chains.add"), "plus", widget.Secondary, s.addChain)
	update := widget.NewButton(k.t("settings.lists.update"), "refresh", widget.Secondary, s.m.Update)
	lists := []fyne.CanvasObject{s.say.box, s.lists.box}
	if s.m.CanAsk {
		lists = append(lists, widget.NewFold(k.t("settings.lists.more"), widget.Column(look.Gap12, s.list, widget.Flow(look.Gap8, add, update)), nil))
	}
	lists = append(lists, widget.Row(0, file))
	return []fyne.CanvasObject{
		block(k.t("settings.lists.title"), k.t("settings.lists.body"), lists...),
		block(k.t("settings.chains.title"), k.t("settings.chains.body"), s.chains.box,
			widget.NewFold(k.t("settings.chains.more"), widget.Column(look.Gap12, s.kind, s.chain, widget.Row(0, name)), nil)),
		block(k.t("settings.contacts.title"), k.t("settings.contacts.body"), s.contacts.box),
	}
}

func (s *sourcesPart) addList() {
	s.m.Add(s.list.Text())
	s.list.SetText("")
}

func (s *sourcesPart) addChain() {
	i := s.kind.Chosen()
	if i < 0 || i >= len(s.m.Kinds) || s.chain.Text() == "" {
		return
	}
	s.m.AddChain(s.m.Kinds[i].ID, s.chain.Text())
	s.chain.SetText("")
}

func (s *sourcesPart) draw() {
	m := s.m
	type said struct {
		Fault    *model.FaultView
		Progress model.ProgressView
	}
	s.say.show(said{m.Fault, m.Progress}, func() fyne.CanvasObject {
		switch {
		case m.Progress.On:
			return s.kit.progress(m.Progress, m.Stop)
		case m.Fault != nil:
			return fault(*m.Fault, "", nil)
		}
		return nil
	})
	s.lists.show(m.Lists, s.drawLists)
	s.chains.show(m.Chains, s.drawChains)
	type asked struct {
		Contacts []model.ContactView
		More     int
	}
	s.contacts.show(asked{m.Contacts, m.More}, s.drawContacts)
}

// drawLists is the table of lists: each with a tick that switches it, and a way to
// remove what was added.
func (s *sourcesPart) drawLists() fyne.CanvasObject {
	k, m := s.kit, s.m
	out := widget.Column(look.Gap8)
	for _, l := range m.Lists {
		tick := widget.NewTick(widget.TickView{Label: l.Name, Value: l.Note, On: l.On, Fixed: !l.CanSwitch}, func(on bool) { m.Switch(l.ID, on) })
		line := widget.Row(look.Gap12, widget.Grow(tick))
		if l.CanRemove {
			line.Add(widget.NewButton(k.t("settings.lists.remove"), "", widget.Secondary, func() { m.Remove(l.ID) }))
		}
		out.Add(line)
	}
	return out
}

func (s *sourcesPart) drawChains() fyne.CanvasObject {
	k, m := s.kit, s.m
	var lines []fyne.CanvasObject
	for _, c := range m.Chains {
		lines = append(lines, listLine("layers", c.Name, c.Host,
			widget.NewButton(k.t("settings.lists.remove"), "", widget.Secondary, func() { m.RemoveChain(c.ID) })))
	}
	return listed(k.Words.Text("chains.none", nil), lines)
}

func (s *sourcesPart) drawContacts() fyne.CanvasObject {
	k, m := s.kit, s.m
	if len(m.Contacts) == 0 {
		return widget.NewText(k.Words.Text("contacts.none", nil), look.Second)
	}
	out := widget.Column(look.Gap12)
	for _, c := range m.Contacts {
		out.Add(widget.Column(1, widget.NewText(c.Host, look.Strong.Max(1)), widget.NewText(join(" · ", c.Why, c.When), look.Caption.Max(2))))
	}
	if m.More > 0 {
		out.Add(widget.NewText(k.t("settings.contacts.rest"), look.Caption))
	}
	out.Add(widget.Row(0, widget.NewButton(k.t("settings.contacts.clear"), "trash", widget.Secondary, m.ClearContacts)))
	return out
}
