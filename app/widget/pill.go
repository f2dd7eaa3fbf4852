package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// PillView is what a pill shows. No icon means the icon of the tone.
type PillView struct {
	Icon string
	Word string
	Tone look.Tone
}

// Pill is one word of state, with icon and colour.
type Pill struct {
	base
	view  PillView
	lines int // after as many the word is cut
	back  *canvas.Rectangle
	icon  *Icon
	word  *Text
}

// NewPill makes a pill.
func NewPill(view PillView) *Pill { return pillOf(view, 1) }

func pillOf(view PillView, lines int) *Pill {
	p := &Pill{view: view, lines: lines, back: plate(100)}
	p.icon = NewIcon("", look.Text, 15)
	p.word = NewText(view.Word, look.Label.Max(lines))
	p.ExtendBaseWidget(p)
	return p
}

// Set changes what it shows.
func (p *Pill) Set(view PillView) {
	if view == p.view {
		return
	}
	p.view = view
	p.Refresh()
}

// AccessibilityLabel is the word.
func (p *Pill) AccessibilityLabel() string { return p.view.Word }

// AccessibilityRole says there is nothing to press.
func (p *Pill) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize shows the whole word; who has less room gives less, and the word is cut.
func (p *Pill) MinSize() fyne.Size {
	m := p.base.MinSize()
	return fyne.NewSize(m.Width-p.word.MinSize().Width+p.word.measure(p.word.Text()).Width+1, m.Height)
}

// CreateRenderer is called by Fyne.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	words := Row(6, p.icon, p.word)
	return show(Over(p.back, Pad(words, look.Gap4, look.Gap12, look.Gap4, look.Gap8)), p.paint)
}

func (p *Pill) paint() {
	icon, ink := p.view.Icon, p.view.Tone.Ink()
	if icon == "" {
		icon = p.view.Tone.Icon()
	}
	if p.view.Tone == look.Plain {
		ink = look.Info
	}
	p.back.FillColor = p.ink(p.view.Tone.Tint())
	p.icon.Set(icon, ink)
	p.word.SetStyle(look.Label.Max(p.lines).In(ink))
	p.word.SetText(p.view.Word)
}
