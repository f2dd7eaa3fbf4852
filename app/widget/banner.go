package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// BannerView is what a banner says.
type BannerView struct {
	Tone  look.Tone
	Icon  string // "" is the icon of the tone
	Title string
	Body  string
	Note  string // a small last line, such as when it was checked
}

// Banner is a message on a tinted ground: the verdict, what went wrong, a hint.
type Banner struct {
	base
	view    BannerView
	back    *canvas.Rectangle
	icon    *Icon
	title   *Text
	body    *Text
	note    *Text
	actions *fyne.Container
	foot    *fyne.Container
}

// NewBanner makes a banner with buttons or links under its words.
func NewBanner(view BannerView, actions ...fyne.CanvasObject) *Banner {
	b := &Banner{view: view, back: plate(look.RadiusLayer), actions: Flow(look.Gap8, actions...)}
	b.icon = NewIcon("", look.Text, 24)
	b.title, b.body, b.note = NewText("", look.Strong), NewText("", look.Body), NewText("", look.Caption)
	b.foot = Pad(b.actions, look.Gap8, 0, 0, 0)
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what it says.
func (b *Banner) Set(view BannerView) {
	if view == b.view {
		return
	}
	b.view = view
	b.Refresh()
}

// SetActions changes its buttons.
func (b *Banner) SetActions(actions ...fyne.CanvasObject) {
	b.actions.Objects = actions
	b.Refresh()
}

// AccessibilityLabel is all it says.
func (b *Banner) AccessibilityLabel() string { return speak(b.view.Title, b.view.Body, b.view.Note) }

// AccessibilityRole says it is text; its buttons speak for themselves.
func (b *Banner) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	words := Column(look.Gap4, b.title, b.body, b.note, b.foot)
	line := TopRow(look.Gap12, b.icon, Grow(Pad(words, 1, 0, 0, 0)))
	return show(Over(b.back, Around(line, look.Gap16)), b.paint)
}

func (b *Banner) paint() {
	v := b.view
	icon := v.Icon
	if icon == "" {
		icon = v.Tone.Icon()
	}
	b.back.FillColor = b.ink(v.Tone.Tint())
	b.icon.Set(icon, v.Tone.Ink())
	b.title.SetStyle(look.Section.In(v.Tone.Ink()))
	for text, words := range map[*Text]string{b.title: v.Title, b.body: v.Body, b.note: v.Note} {
		text.SetText(words)
		setShown(text, words != "")
	}
	setShown(b.foot, len(b.actions.Objects) > 0)
}
