package screen

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// sharePick asks which badge to share.
type sharePick struct {
	kit  *Kit
	m    *model.ShareFlow
	grid *widget.Grid
	say  *part
	ids  []string
	all  fyne.CanvasObject
}

func newSharePick(k *Kit, m *model.ShareFlow) *sharePick {
	s := &sharePick{kit: k, m: m, grid: widget.NewGrid(), say: k.part()}
	s.grid.OnSelect = s.pick
	s.grid.OnOpen = s.pick
	s.all = widget.Column(look.Gap8,
		widget.Pad(widget.Column(look.Gap12, s.say.box, widget.NewText(k.t("share.pick"), look.Section)), 0, margin, 0, margin),
		widget.Grow(widget.Pad(s.grid, 0, margin, 0, margin)))
	return s
}

func (s *sharePick) pick(i int) { s.m.Pick(s.m.Cards[i].ID) }

func (s *sharePick) content() fyne.CanvasObject { return s.all }

func (s *sharePick) draw() {
	s.say.show(s.m.Fault, func() fyne.CanvasObject { return shareFault(s.m.Fault, "", nil) })
	ids := make([]string, len(s.m.Cards))
	for i, c := range s.m.Cards {
		ids[i] = c.ID
	}
	if slices.Equal(ids, s.ids) {
		s.grid.Update(-1) // pictures came in; the place one has scrolled to stays
		return
	}
	s.ids = ids
	s.grid.SetItems(len(ids), func(i int) widget.CardView { return s.kit.card(s.m.Cards[i], false) })
}

func (s *sharePick) end() {}

// shareFault says that nothing was sent, and why; no fault is nothing.
func shareFault(f *model.FaultView, again string, retry func()) fyne.CanvasObject {
	if f == nil {
		return nil
	}
	return fault(*f, again, retry)
}
