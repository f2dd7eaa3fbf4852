package screen

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
)

func TestShots(t *testing.T) {
	for _, v := range []struct {
		name string
		look look.Variant
		size fyne.Size
	}{{"light", look.Variant{}, large}, {"dark", look.Variant{Dark: true}, large}, {"small", look.Variant{}, small}, {"xl", look.Variant{Size: look.XL, Contrast: true}, large}} {
		t.Run(v.name, func(t *testing.T) {
			h, p := sharing(t, v.look, v.size)
			h.look("who-" + v.name)
			h.typed("Hotel Bellevue")
			h.press("Continue")
			h.until("the preview", func() bool { return p.m.Preview.Ready })
			h.look("what-" + v.name)
			h.press("Continue")
			h.until("the code", func() bool { return p.m.QR != nil })
			h.look("send-" + v.name)
			proof := p.m.AsText()
			h.press("Make it larger")
			h.look("larger-" + v.name)
			h.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			p.m.Cover(true)
			h.look("covered-" + v.name)
			h.press("Done")
			h.until("activity", func() bool { return !h.root.frame.page.(*activity).m.Loading })
			h.look("activity-" + v.name)
			h.visit(model.Route{Place: model.AtSettings})
			h.until("settings", func() bool { return !h.root.frame.page.(*settings).m.Loading })
			h.look("settings-" + v.name)
			h.visit(model.Route{Place: model.AtShare})
			h.until("cards", func() bool { return len(h.root.frame.page.(*sharePage).m.Cards) > 0 })
			h.look("pick-" + v.name)
			h.visit(model.Route{Place: model.AtCheck, In: []model.Input{model.TextInput([]byte(proof))}})
			c := h.root.frame.over.page.(*check)
			h.until("the check", func() bool { return !c.m.Progress.On })
			h.look("check-" + v.name)
			h.visit(model.Route{Place: model.AtAdd})
			h.look("add-" + v.name)
		})
	}
}
