package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Empty is what a page shows when there is nothing: why, and what to do.
type Empty struct {
	base
	ground  *canvas.Rectangle
	icon    *Icon
	title   *Text
	body    *Text
	actions *fyne.Container
}

// NewEmpty makes it, with buttons under the words.
func NewEmpty(icon, title, body string, actions ...fyne.CanvasObject) *Empty {
	e := &Empty{ground: plate(100), icon: NewIcon(icon, look.Primary, 36)}
	e.title, e.body = NewText(title, look.Section.Centered()), NewText(body, look.Second.Centered())
	e.actions = Row(look.Gap8, actions...)
	e.ExtendBaseWidget(e)
	return e
}

// Set changes the words.
func (e *Empty) Set(title, body string) { e.title.SetText(title); e.body.SetText(body); e.Refresh() }

// AccessibilityLabel is what it says.
func (e *Empty) AccessibilityLabel() string { return speak(e.title.Text(), e.body.Text()) }

// AccessibilityRole says it is text; its buttons speak for themselves.
func (e *Empty) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	sign := Center(Sized(Over(e.ground, Center(e.icon)), 88, 88))
	parts := Column(look.Gap12, Pad(sign, 0, 0, look.Gap8, 0), e.title, e.body)
	if len(e.actions.Objects) > 0 {
		parts.Add(Pad(Center(e.actions), look.Gap8, 0, 0, 0))
	}
	upright := Column(0, Spring(), Middle(460, parts), Spring())
	return show(Around(upright, look.Gap24), func() { e.ground.FillColor = e.ink(look.PrimaryTint) })
}
