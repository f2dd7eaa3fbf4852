package screen

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// radio shows options of which one is on, under their name.
func radio(name string, of []model.OptionView, pick func(id string)) fyne.CanvasObject {
	texts, on := options(of)
	c := widget.NewChoice(name, texts, on, func(i int) { pick(of[i].ID) })
	return widget.Column(look.Gap4, widget.NewText(name, look.Label), c)
}

// chips shows options as chips, of which one is on.
func chips(of []model.OptionView, pick func(id string)) fyne.CanvasObject {
	out := widget.Flow(look.Gap8)
	for _, o := range of {
		out.Add(widget.NewChip(o.Text, -1, o.On, func(bool) { pick(o.ID) }))
	}
	return out
}

// orNil gives nothing for a column without content, so that it takes no room.
func orNil(c *fyne.Container) fyne.CanvasObject {
	if len(c.Objects) == 0 {
		return nil
	}
	return c
}

// scrolled is the body of a page that scrolls.
func scrolled(body fyne.CanvasObject) fyne.CanvasObject {
	side := margin - look.ShadowRoom
	return widget.Pad(widget.Scroll(body), 0, side, 0, side)
}

// shrinking keeps an object at its least width, at the left, and narrower where there is less
// room than that: for pills, which cut their word then.
func shrinking(o fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: narrow{}, Objects: []fyne.CanvasObject{o}}
}

type narrow struct{}

func (narrow) MinSize(objs []fyne.CanvasObject) fyne.Size {
	m := objs[0].MinSize()
	return fyne.NewSize(min(m.Width, look.EmblemSize), m.Height)
}

func (narrow) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	m := objs[0].MinSize()
	objs[0].Move(fyne.Position{})
	objs[0].Resize(fyne.NewSize(min(m.Width, size.Width), m.Height))
}

// step is how many lines of a long list are shown at a time.
const step = 50

// first gives at most n of a list.
func first[T any](list []T, n int) []T { return list[:min(max(n, 0), len(list))] }

// showMore is the button below a long list that shows some more of it.
func (k *Kit) showMore(act func()) fyne.CanvasObject {
	return widget.Row(0, widget.NewButton(k.t("show-more"), "chevron-down", widget.Secondary, act))
}

// saidFor is how long a button says that it did its work.
const saidFor = 2 * time.Second

// copyButton puts a text on the clipboard, and says so for a moment.
func (k *Kit) copyButton(label string, kind widget.Kind, text string) *widget.Button {
	b := widget.NewButton(label, "copy", kind, nil)
	b.OnTapped(func() {
		k.copy(text)
		b.SetText(k.t("copied"))
		b.SetIcon("check")
		if k.Timer != nil {
			k.Timer(saidFor, func() { b.SetText(label); b.SetIcon("copy") })
		}
	})
	return b
}
