package widget

import (
	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

// CheckRow is one thing that was looked at: what came out, why, and what one can do.
type CheckRow struct {
	Tone     look.Tone
	Icon     string // "" is the icon of the tone
	Title    string
	Why      string
	Action   string // the words of the link at the right; "" is none
	OnAction func()
}

// Checklist is what was checked, row by row.
type Checklist struct {
	base
	rows []CheckRow
	body *fyne.Container
}

// NewChecklist makes a list of rows.
func NewChecklist(rows []CheckRow) *Checklist {
	c := &Checklist{body: Column(look.Gap12)}
	c.ExtendBaseWidget(c)
	c.SetRows(rows)
	return c
}

// SetRows changes the rows.
func (c *Checklist) SetRows(rows []CheckRow) {
	c.rows = rows
	c.body.Objects = nil
	for _, r := range rows {
		c.body.Objects = append(c.body.Objects, c.row(r))
	}
	c.Refresh()
}

func (c *Checklist) row(r CheckRow) fyne.CanvasObject {
	icon := r.Icon
	if icon == "" {
		icon = r.Tone.Icon()
	}
	ink := r.Tone.Ink()
	if r.Tone == look.Plain {
		ink = look.Muted
	}
	words := Column(2, NewText(r.Title, look.Strong))
	if r.Why != "" {
		words.Add(NewText(r.Why, look.Second))
	}
	if r.Action != "" {
		words.Add(Row(0, Pad(NewLink(r.Action, r.OnAction), 0, 0, 0, -look.Gap4)))
	}
	return TopRow(look.Gap12, Pad(NewIcon(icon, ink, 0), 1, 0, 0, 0), Grow(words))
}

// AccessibilityLabel is all rows.
func (c *Checklist) AccessibilityLabel() string {
	out := ""
	for _, r := range c.rows {
		out = speak(out, r.Title, r.Why)
	}
	return out
}

// AccessibilityRole says it is text; its links speak for themselves.
func (c *Checklist) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (c *Checklist) CreateRenderer() fyne.WidgetRenderer { return show(c.body, nil) }
