package screen

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// badges is S2: the grid, and beside it, where there is room, the badge that is selected.
type badges struct {
	kit    *Kit
	m      *model.Badges
	desk   *model.Desk
	body   *part
	head   *part
	chips  *part
	list   *part
	grid   *widget.Grid
	search *widget.Field
	sort   *widget.Select
	pane   *detail
	paned  bool
	begun  bool   // the badges have been shown
	asked  string // the search, the filter and the order of what is shown
}

func newBadges(k *Kit, d *model.Desk, filter string) *badges {
	b := &badges{kit: k, m: model.NewBadges(d, filter), desk: d, body: k.part(), head: k.part(), chips: k.part(), list: k.part()}
	b.search = widget.NewSearch(k.t("badges.search"), b.m.Search)
	names, chosen := options(b.m.Sorts)
	b.sort = widget.NewSelect(k.t("badges.sort"), names, chosen, func(i int) { b.m.Sort(b.m.Sorts[i].ID) })
	b.grid = widget.NewGrid()
	b.grid.After = k.Timer
	b.grid.OnSelect, b.grid.OnOpen, b.grid.OnMenu = b.selected, b.opened, b.menu
	b.pane = newDetail(k, d, "", false)
	b.m.OnChange, b.m.OnPicture = b.draw, b.pictured
	b.draw()
	return b
}

func (b *badges) close() {
	b.m.Close()
	b.pane.close()
}

func (b *badges) content() fyne.CanvasObject { return b.body.box }

func (b *badges) add() { b.desk.Way.Go(model.Route{Place: model.AtAdd}) }

func (b *badges) draw() {
	m := b.m
	kind := "grid"
	switch {
	case m.Loading:
		kind = "loading"
	case m.Fault != nil:
		kind = "fault"
	case m.Empty:
		kind = "empty"
	}
	b.body.show(kind, func() fyne.CanvasObject { return b.page(kind) })
	b.drawHead()
	b.chips.show(m.Chips, func() fyne.CanvasObject { return b.drawChips() })
	_, chosen := options(m.Sorts)
	b.sort.Choose(chosen)
	b.drawList()
	if kind == "grid" && !b.begun {
		b.begun = true
		b.start()
	}
	if b.paned && m.Selected != "" && m.Index(m.Selected) >= 0 && b.pane.m.ID != m.Selected {
		b.pane.m.Show(m.Selected)
	}
}

func (b *badges) page(kind string) fyne.CanvasObject {
	k := b.kit
	top := widget.Pad(b.head.box, look.Gap24, 0, look.Gap12, 0)
	bare := func(o fyne.CanvasObject) fyne.CanvasObject {
		return widget.Column(0, widget.Pad(top, 0, margin, 0, margin), widget.Grow(o))
	}
	switch kind {
	case "loading":
		return bare(k.loading())
	case "fault":
		return bare(widget.Around(fault(*b.m.Fault, "", nil), margin))
	case "empty":
		return bare(k.noBadges(b.add))
	}
	find := widget.Row(look.Gap8, widget.Grow(b.search), b.sort)
	tools := widget.Column(look.Gap8, top, find, b.chips.box)
	list := widget.Pad(b.list.box, 0, paneGap, 0, paneGap)
	left := widget.Column(0, widget.Pad(tools, 0, paneGap, 0, paneGap), widget.Grow(list))
	return &fyne.Container{Layout: &panes{b}, Objects: []fyne.CanvasObject{left, b.pane.content()}}
}

// paneGap is the room beside the grid: with it three cards fit beside sidebar and pane.
const paneGap float32 = 14

// headView is what stands on top of the badges.
type headView struct {
	Summary  string
	Progress model.ProgressView
	Empty    bool
}

func (b *badges) drawHead() {
	m, k := b.m, b.kit
	v := headView{m.Summary, m.Progress, m.Empty || m.Loading}
	b.head.show(v, func() fyne.CanvasObject {
		if v.Progress.On {
			return widget.Column(look.Gap12, heading(k.t("badges.title"), ""), k.progress(v.Progress, m.Stop))
		}
		if v.Empty {
			return heading(k.t("badges.title"), "", k.addButton(b.add))
		}
		again := widget.NewIconButton("refresh", k.t("badges.check-all"), m.CheckAll)
		return heading(k.t("badges.title"), v.Summary, again, k.addButton(b.add))
	})
}

func (b *badges) drawChips() fyne.CanvasObject {
	row := widget.Flow(look.Gap8)
	for _, c := range b.m.Chips {
		n, err := strconv.Atoi(c.Count)
		if err != nil {
			n = -1 // not shown
		}
		row.Add(widget.NewChip(c.Text, n, c.On, func(bool) { b.m.Filter(c.ID) }))
	}
	return row
}

func (b *badges) drawList() {
	m, k := b.m, b.kit
	b.list.show(m.NoMatch, func() fyne.CanvasObject {
		if m.NoMatch {
			return widget.NewEmpty("search", k.t("badges.none.title"), k.t("badges.none.body"), widget.NewButton(k.t("badges.clear"), "", widget.Secondary, b.clear))
		}
		return b.grid
	})
	b.grid.SetItems(m.Len(), func(i int) widget.CardView {
		c := m.Card(i)
		return k.card(c, b.paned && c.ID == m.Selected)
	})
	_, sort := options(m.Sorts)
	if asked := fmt.Sprint(m.Query, b.chip(), sort); asked != b.asked {
		b.asked = asked
		b.grid.Go(0) // what was asked for begins at the top
		b.grid.SetOffset(0)
	}
}

// chip gives the filter that is on.
func (b *badges) chip() string {
	for _, c := range b.m.Chips {
		if c.On {
			return c.ID
		}
	}
	return ""
}

func (b *badges) clear() {
	b.search.SetText("")
	b.m.Clear()
}

// pictured draws one card again.
func (b *badges) pictured(id string) {
	if i := b.m.Index(id); i >= 0 {
		b.grid.Update(i)
	}
}

// selected fills the pane; without one there is nothing to fill, so the badge opens.
func (b *badges) selected(i int) {
	id := b.m.Card(i).ID
	if !b.paned {
		b.m.Open(id)
		return
	}
	b.m.Select(id)
}

func (b *badges) opened(i int) { b.m.Open(b.m.Card(i).ID) }

func (b *badges) menu(i int, at fyne.Position) {
	k, c := b.kit, b.m.Card(i)
	widget.PopMenu(k.canvas(), at, []widget.Item{
		{Title: k.t("badges.open"), Icon: "eye", Do: func() { b.m.Open(c.ID) }},
		{Title: k.t("share"), Icon: "share", Off: c.Damaged, Do: func() { b.m.Share(c.ID) }},
		{},
		{Title: k.t("remove"), Icon: "trash", Do: func() { b.drop(c.ID) }},
	})
}

func (b *badges) find() { b.search.FocusOn(b.kit.canvas()) }

func (b *badges) share() {
	if b.m.Selected != "" {
		b.m.Share(b.m.Selected)
	}
}

func (b *badges) remove() {
	if b.m.Selected != "" {
		b.drop(b.m.Selected)
	}
}

// drop removes a badge, and empties the pane when it shows that one.
func (b *badges) drop(id string) {
	b.m.Remove(id)
	if id == b.m.Selected {
		b.m.Select("")
		b.pane.m.Show("")
	}
}

// start gives the keyboard to the grid, unless somebody types already.
func (b *badges) start() {
	if b.begun && b.m.Len() > 0 && b.kit.canvas().Focused() == nil {
		b.kit.canvas().Focus(b.grid)
	}
}

// panes puts the detail pane beside the badges while there is room for it.
type panes struct{ b *badges }

func (*panes) MinSize(objs []fyne.CanvasObject) fyne.Size { return objs[0].MinSize() }

func (p *panes) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	list, pane := objs[0], objs[1]
	p.b.paned = size.Width >= paneFrom-look.SidebarWidth-1
	width := size.Width
	if p.b.paned {
		width -= look.DetailWidth
		pane.Move(fyne.NewPos(width, 0))
		pane.Resize(fyne.NewSize(look.DetailWidth, size.Height))
		pane.Show()
	} else {
		pane.Hide()
	}
	list.Move(fyne.Position{})
	list.Resize(fyne.NewSize(width, size.Height))
}
