package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Link is words that lead somewhere, underlined while the pointer or the keyboard is on them.
type Link struct {
	control
	text *Text
	rule *canvas.Rectangle
}

// NewLink makes a link.
func NewLink(text string, act func()) *Link {
	l := &Link{rule: plate(0)}
	l.begin(l, look.Gap4, func() string { return l.text.Text() }, act)
	l.text = NewText(text, look.Body.In(look.Primary).Max(look.Whole))
	return l
}

// SetText changes the words.
func (l *Link) SetText(text string) { l.text.SetText(text); l.Refresh() }

// AccessibilityRole says it leads somewhere.
func (l *Link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// MinSize is at least as high as what can be pressed must be.
func (l *Link) MinSize() fyne.Size {
	m := l.base.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, l.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	words := Column(0, l.text, Sized(l.rule, 0, look.Outline))
	return show(Over(Pad(Row(0, words), 0, look.Gap4, 0, look.Gap4), l.halo()), l.paint)
}

func (l *Link) paint() {
	l.dress()
	l.rule.FillColor = l.ink(look.Clear)
	if l.hovered || l.focused {
		l.rule.FillColor = l.ink(look.Primary)
	}
	ink := look.Primary
	if l.disabled {
		ink = look.Faint
	}
	l.text.SetStyle(look.Body.In(ink).Max(look.Whole))
}
