package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/cairnwallet/cairn/app/model"
)

// Bind makes the window listen: to what is dropped and pasted anywhere, and to the
// shortcuts.
func (r *Root) Bind() {
	c := r.kit.canvas()
	r.kit.Window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { r.dropped(uris) })
	c.AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { r.paste() })
	c.AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { r.do(func(f *frame) { f.shell.Undo() }) })
	for _, s := range r.shortcuts() {
		c.AddShortcut(&s.key, func(fyne.Shortcut) { s.do() })
	}
	c.SetOnTypedKey(r.typed)
}

// shortcut is a key with a modifier, and what it does.
type shortcut struct {
	key desktop.CustomShortcut
	do  func()
}

func (r *Root) shortcuts() []shortcut {
	main := func(key fyne.KeyName, act func(*frame)) shortcut {
		return shortcut{desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func() { r.do(act) }}
	}
	to := func(key fyne.KeyName, p model.Place) shortcut {
		return main(key, func(f *frame) { f.desk.Way.Go(model.Route{Place: p}) })
	}
	return []shortcut{
		to(fyne.Key1, model.AtHome), to(fyne.Key2, model.AtBadges), to(fyne.Key3, model.AtPathways), to(fyne.Key4, model.AtShare),
		to(fyne.Key5, model.AtActivity), to(fyne.KeyComma, model.AtSettings), to(fyne.KeyN, model.AtAdd), to(fyne.KeyK, model.AtFind),
		main(fyne.KeyF, (*frame).find),
		main(fyne.KeyEqual, func(f *frame) { f.resize(1) }), main(fyne.KeyPlus, func(f *frame) { f.resize(1) }),
		main(fyne.KeyMinus, func(f *frame) { f.resize(-1) }),
		{desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}, func() { r.do((*frame).share) }},
		{desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault}, r.kit.Window.Close},
		{desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}, func() { r.do(func(f *frame) { f.desk.Way.Back() }) }},
		{desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt}, func() { r.do(func(f *frame) { f.desk.Way.Forward() }) }},
	}
}

// do acts on the open wallet; without one the shortcut does nothing.
func (r *Root) do(act func(*frame)) {
	if r.frame != nil && r.session.Stage == model.Open {
		act(r.frame)
	}
}

func (r *Root) dropped(uris []fyne.URI) {
	paths := make([]string, 0, len(uris))
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	r.ReceiveFiles(paths)
}

// paste takes in what is on the clipboard; a field that has the keyboard gets it instead.
func (r *Root) paste() {
	if text := r.kit.App.Clipboard().Content(); text != "" && r.session.Stage == model.Open {
		r.receive([]model.Input{model.TextInput([]byte(text))})
	}
}

// typed is a key that nothing on the page has a use for.
func (r *Root) typed(e *fyne.KeyEvent) {
	r.do(func(f *frame) {
		switch e.Name {
		case fyne.KeyEscape:
			f.escape()
		case fyne.KeyDelete:
			if p, ok := f.page.(remover); ok {
				p.remove()
			}
		case fyne.KeyF6:
			f.region()
		}
	})
}

// escape shuts what is open, else goes back from a page to the list it came from.
func (f *frame) escape() {
	if f.hints.escape() {
		return
	}
	if p, ok := f.page.(escaper); ok && p.escape() {
		return
	}
	if f.here.Place == model.AtDetail || f.here.Place == model.AtStack {
		f.desk.Way.Back()
	}
}

func (f *frame) find() {
	if p, ok := f.page.(finder); ok {
		p.find()
		return
	}
	f.desk.Way.Go(model.Route{Place: model.AtFind})
}

func (f *frame) share() {
	if p, ok := f.page.(sharer); ok {
		p.share()
		return
	}
	f.desk.Way.Go(model.Route{Place: model.AtShare})
}

// resize sets all texts a step larger or smaller.
func (f *frame) resize(by int) {
	s := model.NewSettings(f.desk)
	defer s.Close()
	s.OnLook = f.kit.Look
	_, at := options(s.Sizes)
	if at += by; at >= 0 && at < len(s.Sizes) {
		s.SetSize(s.Sizes[at].ID)
	}
}

// region moves the keyboard between the sidebar and the page.
func (f *frame) region() {
	c := f.kit.canvas()
	if f.kit.heldIn(f.place.box) != nil {
		c.Focus(f.nav[model.AtHome])
		return
	}
	c.Focus(f.nav[model.AtSettings])
	c.FocusNext()
}
