package screen

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// hints is the line above the places that leads through the practice wallet.
type hints struct {
	kit     *Kit
	m       *model.Hints
	session *model.Session
	body    *part
}

func newHints(k *Kit, s *model.Session, d *model.Desk) *hints {
	h := &hints{kit: k, m: model.NewHints(d), session: s, body: k.part()}
	h.m.OnChange = h.draw
	h.draw()
	return h
}

func (h *hints) close() { h.m.Close() }

func (h *hints) content() fyne.CanvasObject { return h.body.box }

// escape ends the hints and says whether there was one.
func (h *hints) escape() bool {
	_, on := h.m.Now()
	if on {
		h.m.End()
	}
	return on
}

func (h *hints) draw() {
	v, on := h.m.Now()
	if !on {
		h.body.show(nil, func() fyne.CanvasObject { return nil })
		return
	}
	h.body.show(v, func() fyne.CanvasObject {
		next := h.m.Next
		if v.Last {
			next = func() {
				h.m.Next()
				h.session.EndSample()
			}
		}
		line := widget.Row(look.Gap12, widget.NewIcon("star", look.Caution, 0), widget.Grow(middle(widget.NewText(v.Text, look.Body))),
			widget.NewButton(v.Button, "", widget.Secondary, next), widget.NewButton(v.End, "", widget.Quiet, h.m.End))
		return widget.NewGround(look.CautionTint, widget.Pad(line, look.Gap8, margin, look.Gap8, margin))
	})
}
