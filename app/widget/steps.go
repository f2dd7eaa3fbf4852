package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Steps shows how far one is on a way of a few steps.
type Steps struct {
	base
	names   []string
	current int
	parts   []step
	body    *fyne.Container
}

type step struct {
	ball   *canvas.Rectangle
	number *Text
	tick   *Icon
	name   *Text
}

// NewSteps makes a way of named steps; the first has the number 0.
func NewSteps(names []string, current int) *Steps {
	s := &Steps{names: names, current: current, body: Flow(look.Gap24)}
	for i, n := range names {
		p := step{ball: plate(100), number: NewText(strconv.Itoa(i+1), look.Label.Max(look.Whole))}
		p.tick, p.name = NewIcon("check", look.OK, 16), NewText(n, look.Body.Max(look.Whole))
		s.parts = append(s.parts, p)
		ball := Sized(Over(p.ball, Center(p.number), Center(p.tick)), 28, 28)
		s.body.Add(Row(look.Gap8, ball, p.name))
	}
	s.ExtendBaseWidget(s)
	return s
}

// SetCurrent moves to a step.
func (s *Steps) SetCurrent(i int) { s.current = i; s.Refresh() }

// AccessibilityLabel is the number and name of the step one is at.
func (s *Steps) AccessibilityLabel() string {
	if s.current < 0 || s.current >= len(s.names) {
		return ""
	}
	return strconv.Itoa(s.current+1) + " / " + strconv.Itoa(len(s.names)) + ", " + s.names[s.current]
}

// AccessibilityRole says there is nothing to press.
func (s *Steps) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer { return show(s.body, s.paint) }

func (s *Steps) paint() {
	for i, p := range s.parts {
		ball, number, name := look.Track, look.Muted, look.Second
		switch {
		case i == s.current:
			ball, number, name = look.Primary, look.OnPrimary, look.Strong
		case i < s.current:
			ball, name = look.OKTint, look.Body
		}
		p.ball.FillColor = s.ink(ball)
		p.number.SetStyle(look.Label.Max(look.Whole).In(number))
		p.name.SetStyle(name.Max(look.Whole))
		setShown(p.number, i >= s.current)
		setShown(p.tick, i < s.current)
	}
}
