package widget

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

// Fold is a title that opens and closes what lies under it.
type Fold struct {
	base
	head    *foldHead
	content fyne.CanvasObject
	changed func(open bool)
}

// NewFold makes a closed fold; changed, which may be nil, hears of opening and closing.
func NewFold(title string, content fyne.CanvasObject, changed func(open bool)) *Fold {
	f := &Fold{content: content, changed: changed}
	f.head = newFoldHead(title, f.flip)
	content.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// SetOpen opens or closes it without telling anybody.
func (f *Fold) SetOpen(open bool) {
	f.head.open = open
	setShown(f.content, open)
	f.Refresh()
}

// Open says whether it is open.
func (f *Fold) Open() bool { return f.head.open }

func (f *Fold) flip() {
	f.SetOpen(!f.head.open)
	if f.changed != nil {
		f.changed(f.head.open)
	}
}

// AccessibilityLabel is empty: title and content speak for themselves.
func (f *Fold) AccessibilityLabel() string { return "" }

// AccessibilityRole says it holds other things.
func (f *Fold) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (f *Fold) CreateRenderer() fyne.WidgetRenderer {
	return show(Column(look.Gap8, f.head, Pad(f.content, 0, 0, 0, look.Gap32)), nil)
}

// foldHead is the title of a fold.
type foldHead struct {
	control
	open bool
	icon *Icon
	text *Text
}

func newFoldHead(title string, act func()) *foldHead {
	h := &foldHead{icon: NewIcon("chevron", look.Muted, 0), text: NewText(title, look.Strong.Max(1))}
	h.begin(h, look.RadiusControl, h.said, act)
	return h
}

func (h *foldHead) said() string { return h.text.Text() }

// MinSize is at least as high as what can be pressed must be.
func (h *foldHead) MinSize() fyne.Size {
	m := h.base.MinSize()
	return fyne.NewSize(m.Width, max(m.Height, h.scaled(look.Target)))
}

// CreateRenderer is called by Fyne.
func (h *foldHead) CreateRenderer() fyne.WidgetRenderer {
	line := Row(look.Gap12, h.icon, h.text)
	return show(Over(h.veil, Pad(line, look.Gap8, look.Gap8, look.Gap8, 0), h.ring), h.paint)
}

func (h *foldHead) paint() {
	h.dress()
	icon := "chevron"
	if h.open {
		icon = "chevron-down"
	}
	h.icon.Set(icon, look.Muted)
}
