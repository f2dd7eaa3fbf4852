package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// NavItem is one place of the sidebar: icon, name, and how many things are there.
type NavItem struct {
	control
	glyph    string
	count    int
	selected bool
	back     *canvas.Rectangle
	icon     *Icon
	text     *Text
	number   *Text
}

// NewNavItem makes a place.
func NewNavItem(icon, text string, act func()) *NavItem {
	n := &NavItem{glyph: icon, back: plate(look.RadiusControl)}
	n.icon = NewIcon(icon, look.Text, 0)
	n.text = NewText(text, look.Body.Max(1))
	n.number = NewText("", look.Caption.Max(look.Whole))
	n.begin(n, look.RadiusControl, n.said, act)
	return n
}

func (n *NavItem) said() string { return speak(n.text.Text(), n.number.Text()) }

// SetCount says how many things are there; none is not shown.
func (n *NavItem) SetCount(count int) {
	if count == n.count {
		return
	}
	n.count = count
	n.Refresh()
}

// SetSelected says whether this is the place one is at.
func (n *NavItem) SetSelected(on bool) {
	if on == n.selected {
		return
	}
	n.selected = on
	n.Refresh()
}

// SetText changes the name.
func (n *NavItem) SetText(text string) { n.text.SetText(text); n.Refresh() }

// MinSize is a comfortable target.
func (n *NavItem) MinSize() fyne.Size {
	m := n.base.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, n.scaled(40)))
}

// CreateRenderer is called by Fyne.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	words := Row(look.Gap12, n.icon, n.text, n.number)
	return show(Over(n.back, n.veil, Pad(words, look.Gap8, look.Gap12, look.Gap8, look.Gap12), n.ring), n.paint)
}

func (n *NavItem) paint() {
	n.dress()
	ground, words, number := look.Clear, look.Body, look.Caption
	if n.selected {
		ground, words, number = look.Primary, look.Strong.In(look.OnPrimary), look.Caption.In(look.OnPrimary)
	}
	n.back.FillColor = n.ink(ground)
	n.icon.Set(n.glyph, words.Color)
	n.text.SetStyle(words.Max(1))
	n.number.SetStyle(number.Max(look.Whole))
	setShown(n.number, n.count > 0)
	n.number.SetText("")
	if n.count > 0 {
		n.number.SetText(strconv.Itoa(n.count))
	}
}
