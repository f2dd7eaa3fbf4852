package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// TableColumn is the head of a column and its share of the width.
type TableColumn struct {
	Title string
	Share float32
}

// TableRow is one line: a text for each column, before the first an icon in a tone.
type TableRow struct {
	Cells    []string
	Icon     string // "" is none
	Tone     look.Tone
	Selected bool
}

func (r TableRow) said() string { return speak(r.Cells...) }

// Table shows many lines under heads. Only the lines in sight exist. See deck for what the
// keyboard does.
type Table struct {
	deck
	columns []TableColumn
	at      func(i int) TableRow
	head    *tableLine
	// Height is how much room it asks for, in lines; 0 leaves that to whoever holds it.
	Height int
}

// NewTable makes an empty table.
func NewTable(columns []TableColumn) *Table {
	t := &Table{columns: columns, at: func(int) TableRow { return TableRow{} }}
	t.self = t
	t.named = func(i int) string { return first(t.at(i).Cells) }
	t.said = func(i int) string { return t.at(i).said() }
	t.roll = newRoll(0, look.FocusRing+1, t.least, t.line, t.fill)
	t.roll.single, t.roll.bleed = true, true
	t.head = newTableLine(t, look.Caption)
	t.ExtendBaseWidget(t)
	return t
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// SetRows says how many lines there are and what each shows.
func (t *Table) SetRows(count int, at func(i int) TableRow) {
	t.at = at
	t.current = max(0, min(t.current, count-1))
	t.roll.reset(count)
	t.Refresh()
}

func (t *Table) least() fyne.Size { return fyne.NewSize(240, t.scaled(44)) }

func (t *Table) line() fyne.CanvasObject {
	c := &tableCell{line: newTableLine(t, look.Body)}
	c.deck, c.self, c.veil = &t.deck, c, plate(look.RadiusControl)
	c.label = func() string { return c.line.row.said() }
	c.ExtendBaseWidget(c)
	return c
}

func (t *Table) fill(i int, o fyne.CanvasObject) {
	c := o.(*tableCell)
	c.i = i
	c.line.set(t.at(i), t.ringed(i))
}

// CreateRenderer is called by Fyne.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	body := &fyne.Container{Layout: scrolled{t.roll}, Objects: []fyne.CanvasObject{t.roll.scroll}}
	return show(Column(0, t.head, Grow(body)), t.paint)
}

// MinSize is the head and as many lines as were asked for.
func (t *Table) MinSize() fyne.Size {
	m := t.base.MinSize()
	lines := float32(max(t.Height, 1))
	return fyne.NewSize(m.Width, t.head.MinSize().Height+lines*t.least().Height+2*look.Gap4)
}

func (t *Table) paint() {
	titles := TableRow{}
	for _, c := range t.columns {
		titles.Cells = append(titles.Cells, c.Title)
	}
	t.head.set(titles, false)
	t.roll.again()
}

// tableCell is a line that can be pressed.
type tableCell struct {
	cell
	line *tableLine
}

// CreateRenderer is called by Fyne.
func (c *tableCell) CreateRenderer() fyne.WidgetRenderer { return show(Over(c.line, c.veil), c.tint) }

// tableLine draws one line of a table.
type tableLine struct {
	base
	table *Table
	row   TableRow
	ring  bool
	style look.Style
	back  *canvas.Rectangle
	edge  *canvas.Rectangle
	icon  *Icon
	texts []*Text
}

func newTableLine(t *Table, style look.Style) *tableLine {
	l := &tableLine{table: t, style: style, back: plate(look.RadiusControl), edge: plate(0), icon: NewIcon("", look.Text, 0)}
	for range t.columns {
		l.texts = append(l.texts, NewText("", style.Max(1)))
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *tableLine) set(row TableRow, ring bool) {
	l.row, l.ring = row, ring
	l.Refresh()
}

// AccessibilityLabel is all the line says.
func (l *tableLine) AccessibilityLabel() string { return l.row.said() }

// AccessibilityRole says it is text.
func (l *tableLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (l *tableLine) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{l.back, l.edge, l.icon}
	for _, t := range l.texts {
		objs = append(objs, t)
	}
	return show(&fyne.Container{Layout: tableLayout{l}, Objects: objs}, l.paint)
}

func (l *tableLine) paint() {
	ground := look.Clear
	if l.row.Selected {
		ground = look.PrimaryTint
	}
	l.back.FillColor, l.back.StrokeColor, l.back.StrokeWidth = l.ink(ground), l.ink(look.Clear), look.FocusRing
	if l.ring {
		l.back.StrokeColor = l.ink(look.Focus)
	}
	l.edge.FillColor = l.ink(look.Line)
	setShown(l.icon, l.row.Icon != "")
	l.icon.Set(l.row.Icon, l.row.Tone.Ink())
	for i, t := range l.texts {
		text := ""
		if i < len(l.row.Cells) {
			text = l.row.Cells[i]
		}
		t.SetText(text)
	}
}

type tableLayout struct{ l *tableLine }

func (t tableLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, t.l.texts[0].leading()+look.Gap16)
}

func (t tableLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l := t.l
	l.back.Resize(size)
	l.edge.Move(fyne.NewPos(0, size.Height-look.Hairline))
	l.edge.Resize(fyne.NewSize(size.Width, look.Hairline))
	side, x := l.icon.MinSize().Width, look.Gap12
	l.icon.Move(fyne.NewPos(x, (size.Height-side)/2))
	l.icon.Resize(fyne.NewSquareSize(side))
	x += side + look.Gap8
	width, sum := size.Width-x-look.Gap12, float32(0)
	for _, c := range l.table.columns {
		sum += c.Share
	}
	for i, text := range l.texts {
		w := width * l.table.columns[i].Share / sum
		text.Move(fyne.NewPos(x, (size.Height-text.leading())/2))
		text.Resize(fyne.NewSize(max(1, w-look.Gap12), text.leading()))
		x += w
	}
}
