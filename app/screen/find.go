package screen

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// find is the quick find: one field, and what fits below it.
type find struct {
	kit    *Kit
	m      *model.Find
	field  *widget.Field
	list   *part
	rows   *fyne.Container
	scroll *container.Scroll
}

func newFind(k *Kit, d *model.Desk) *find {
	f := &find{kit: k, m: model.NewFind(d), list: k.part()}
	f.field = widget.NewSearch(k.t("find.hint"), f.m.Search)
	f.field.OnSubmitted = func(string) { f.m.Open(f.m.Chosen) }
	f.field.OnKey = f.arrow
	return f
}

// arrow moves the choice while the keyboard stays in the field.
func (f *find) arrow(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		f.m.Move(1)
	case fyne.KeyUp:
		f.m.Move(-1)
	default:
		return false
	}
	return true
}

func (f *find) width() float32 { return 600 }

func (f *find) close() { f.m.Close() }

func (f *find) open(show func(string, fyne.CanvasObject, ...fyne.CanvasObject)) {
	f.scroll = widget.Scroll(f.list.box)
	body := widget.Column(look.Gap8, f.field, widget.Grow(widget.Sized(f.scroll, 0, findHeight)))
	show(f.kit.t("find.title"), body)
	f.m.OnChange = f.draw
	f.draw()
}

// findHeight is how high the list of the quick find is, whatever fits.
const findHeight float32 = 380

func (f *find) start() { f.field.FocusOn(f.kit.canvas()) }

func (f *find) draw() {
	v := struct {
		Results []model.FoundView
		Chosen  int
		Query   string
	}{f.m.Results, f.m.Chosen, f.m.Query}
	f.list.show(v, func() fyne.CanvasObject {
		if len(v.Results) == 0 && v.Query != "" {
			return widget.NewEmpty("search", f.kit.t("badges.none.title"), "")
		}
		f.rows = widget.Column(2)
		for i, r := range v.Results {
			f.rows.Add(f.row(i, r, i == v.Chosen))
		}
		return f.rows
	})
	f.reveal()
}

// reveal scrolls so that the chosen line is in sight.
func (f *find) reveal() {
	if f.rows == nil || f.m.Chosen >= len(f.rows.Objects) {
		return
	}
	row, high := f.rows.Objects[f.m.Chosen], f.scroll.Size().Height
	top := row.Position().Y
	bottom := top + row.Size().Height + 2*look.ShadowRoom
	if y := min(max(f.scroll.Offset.Y, bottom-high), top); y != f.scroll.Offset.Y {
		f.scroll.ScrollToOffset(fyne.NewPos(0, y))
	}
}

// findIcons are the drawings of what is found.
var findIcons = map[string]string{"badge": "grid", "pathway": "layers", "issuer": "shield", "action": "forward"}

func (f *find) row(i int, r model.FoundView, chosen bool) fyne.CanvasObject {
	sign := fyne.CanvasObject(widget.Center(widget.NewIcon(findIcons[r.Kind], look.Primary, 22)))
	switch {
	case r.Emblem != nil:
		sign = widget.NewEmblem(emblem(*r.Emblem), 36)
	case r.Kind == "pathway":
		sign = widget.NewRing(36, float32(r.Percent)/100, strconv.Itoa(r.Percent)+"%")
	}
	words := widget.Column(0, widget.NewText(r.Text, look.Strong.Max(1)))
	if r.Note != "" {
		words.Add(widget.NewText(r.Note, look.Caption.Max(1)))
	}
	line := widget.Row(look.Gap12, widget.Sized(sign, 36, 36), widget.Grow(middle(words)), widget.NewText(r.KindText, look.Caption.Max(look.Whole)))
	return widget.NewLine(join(", ", r.Text, r.Note, r.KindText), line, chosen, func() { f.m.Open(i) })
}
