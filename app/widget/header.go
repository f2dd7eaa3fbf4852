package widget

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

// Header is the top of a page: what it is, one line about it, and its actions at the right.
type Header struct {
	base
	title    *Text
	subtitle *Text
	actions  *fyne.Container
}

// NewHeader makes it; a subtitle of "" takes no room.
func NewHeader(title, subtitle string, actions ...fyne.CanvasObject) *Header {
	h := &Header{title: NewText(title, look.Page.Max(2)), subtitle: NewText(subtitle, look.Second.Max(2))}
	h.actions = Row(look.Gap8, actions...)
	h.ExtendBaseWidget(h)
	return h
}

// SetTitle changes the title.
func (h *Header) SetTitle(title string) { h.title.SetText(title); h.Refresh() }

// SetSubtitle changes the line below it.
func (h *Header) SetSubtitle(subtitle string) { h.subtitle.SetText(subtitle); h.Refresh() }

// SetActions changes the actions.
func (h *Header) SetActions(actions ...fyne.CanvasObject) {
	h.actions.Objects = actions
	h.Refresh()
}

// AccessibilityLabel is title and subtitle.
func (h *Header) AccessibilityLabel() string { return speak(h.title.Text(), h.subtitle.Text()) }

// AccessibilityRole says it is text; its actions speak for themselves.
func (h *Header) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (h *Header) CreateRenderer() fyne.WidgetRenderer {
	words := Column(2, h.title, h.subtitle)
	return show(TopRow(look.Gap16, Grow(words), h.actions), func() {
		setShown(h.subtitle, h.subtitle.Text() != "")
		setShown(h.actions, len(h.actions.Objects) > 0)
	})
}
