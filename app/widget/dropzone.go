package widget

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Dropzone shows where things can be dropped. The whole window takes what is dropped; this
// only says so, and holds the buttons for other ways in.
type Dropzone struct {
	base
	ground  *canvas.Rectangle
	dashes  *canvas.Image
	icon    *Icon
	title   *Text
	hint    *Text
	actions []fyne.CanvasObject
}

// NewDropzone makes it.
func NewDropzone(title, hint string, actions ...fyne.CanvasObject) *Dropzone {
	d := &Dropzone{ground: plate(look.RadiusCard), dashes: &canvas.Image{}, actions: actions}
	d.icon = NewIcon("drop", look.Primary, 32)
	d.title, d.hint = NewText(title, look.Section.Centered()), NewText(hint, look.Second.Centered())
	d.ExtendBaseWidget(d)
	return d
}

// AccessibilityLabel is what it says.
func (d *Dropzone) AccessibilityLabel() string { return speak(d.title.Text(), d.hint.Text()) }

// AccessibilityRole says it is text; its buttons speak for themselves.
func (d *Dropzone) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (d *Dropzone) CreateRenderer() fyne.WidgetRenderer {
	parts := Column(look.Gap8, Center(d.icon), d.title, d.hint)
	if len(d.actions) > 0 {
		parts.Add(Pad(Center(Row(look.Gap8, d.actions...)), look.Gap8, 0, 0, 0))
	}
	upright := Column(0, Spring(), parts, Spring())
	frame := &fyne.Container{Layout: dashed{d}, Objects: []fyne.CanvasObject{d.dashes}}
	return show(Over(d.ground, frame, Around(upright, look.Gap24)), d.paint)
}

func (d *Dropzone) paint() {
	d.ground.FillColor = d.ink(look.Surface)
	d.draw(d.Size())
}

// dashes is a dashed outline that fits one size: nothing is stretched.
const dashes = `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d">` +
	`<rect x="1" y="1" width="%[3]d" height="%[4]d" rx="15" ry="15" fill="none" stroke="%[5]s" stroke-width="2" stroke-dasharray="8 6"/></svg>`

// draw makes the outline for a size.
func (d *Dropzone) draw(size fyne.Size) {
	w, h := int(size.Width), int(size.Height)
	if w < 4 || h < 4 {
		return
	}
	r, g, b, _ := d.ink(look.Border).RGBA()
	ink := fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
	name := fmt.Sprintf("dashes-%d-%d-%s.svg", w, h, ink[1:])
	if d.dashes.Resource != nil && d.dashes.Resource.Name() == name {
		return
	}
	d.dashes.Resource = fyne.NewStaticResource(name, fmt.Appendf(nil, dashes, w, h, w-2, h-2, ink))
	d.dashes.Refresh()
}

type dashed struct{ d *Dropzone }

func (dashed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l dashed) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	l.d.draw(size)
	over{}.Layout(objs, size)
}
