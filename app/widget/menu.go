package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/cairnwallet/cairn/app/look"
)

// Item is one line of a menu; a Title of "" is a divider.
type Item struct {
	Title string
	Icon  string
	Off   bool // can't be chosen now
	Do    func()
}

// PopMenu opens a menu at a place of a canvas. Escape and a click elsewhere close it.
func PopMenu(c fyne.Canvas, at fyne.Position, items []Item) {
	var lines []*fyne.MenuItem
	for _, i := range items {
		if i.Title == "" {
			lines = append(lines, fyne.NewMenuItemSeparator())
			continue
		}
		m := fyne.NewMenuItem(i.Title, i.Do)
		m.Disabled = i.Off
		if i.Icon != "" && !i.Off { // Fyne would fill the outlines of one that is off
			m.Icon = look.Icon(i.Icon)
		}
		lines = append(lines, m)
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", lines...), c, at)
}

// MenuAt opens a menu just under an object.
func MenuAt(o fyne.CanvasObject, items []Item) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	PopMenu(canvasOf(o), at.AddXY(0, o.Size().Height+look.Gap4), items)
}

// Select is one out of several of which only the chosen one is seen until it is pressed.
type Select struct {
	control
	name    string
	options []string
	chosen  int
	changed func(int)
	back    *canvas.Rectangle
	text    *Text
	arrow   *Icon
}

// NewSelect makes it, with a name for screen readers.
func NewSelect(name string, options []string, chosen int, changed func(int)) *Select {
	s := &Select{name: name, options: options, chosen: chosen, changed: changed, back: plate(look.RadiusControl)}
	s.text, s.arrow = NewText("", look.Body.Max(1)), NewIcon("chevron-down", look.Muted, 16)
	s.begin(s, look.RadiusControl, func() string { return speak(s.name, s.said()) }, s.open)
	s.keys = s.arrows
	return s
}

// Choose chooses without telling anybody.
func (s *Select) Choose(i int) { s.chosen = i; s.Refresh() }

// Chosen gives the number of what is chosen.
func (s *Select) Chosen() int { return s.chosen }

func (s *Select) said() string {
	if s.chosen < 0 || s.chosen >= len(s.options) {
		return ""
	}
	return s.options[s.chosen]
}

func (s *Select) pick(i int) {
	if i == s.chosen || i < 0 || i >= len(s.options) {
		return
	}
	s.Choose(i)
	if s.changed != nil {
		s.changed(i)
	}
}

func (s *Select) open() {
	var items []Item
	for i, o := range s.options {
		item := Item{Title: o, Do: func() { s.pick(i) }}
		if i == s.chosen {
			item.Icon = "check"
		}
		items = append(items, item)
	}
	MenuAt(s, items)
}

func (s *Select) arrows(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		s.pick(s.chosen + 1)
	case fyne.KeyUp:
		s.pick(s.chosen - 1)
	default:
		return false
	}
	return true
}

// MinSize has room for the longest.
func (s *Select) MinSize() fyne.Size {
	m := s.base.MinSize()
	widest := float32(0)
	for _, o := range s.options {
		widest = max(widest, s.text.measure(o).Width)
	}
	return fyne.NewSize(widest+m.Width-s.text.MinSize().Width+1, max(m.Height, s.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	line := Row(look.Gap8, s.text, s.arrow)
	return show(Over(s.back, s.veil, Pad(line, look.Gap8, look.Gap12, look.Gap8, look.Gap12), s.halo()), s.paint)
}

func (s *Select) paint() {
	s.dress()
	s.back.FillColor, s.back.StrokeColor, s.back.StrokeWidth = s.ink(look.InputSurface), s.ink(look.Border), look.Outline
	s.text.SetText(s.said())
}
