package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Panel is a surface that carries things: a card without being one.
type Panel struct {
	base
	content fyne.CanvasObject
	room    float32
	ground  fyne.ThemeColorName
	edge    fyne.ThemeColorName
	raised  bool
	radius  float32
	back    *canvas.Rectangle
}

// NewPanel lays content on a raised surface, with room round it.
func NewPanel(content fyne.CanvasObject) *Panel {
	return newPanel(&Panel{content: content, room: look.Gap24, ground: look.Surface, edge: look.Edge, raised: true, radius: look.RadiusCard})
}

// NewWell lays content in a flat area with an outline.
func NewWell(content fyne.CanvasObject) *Panel {
	return newPanel(&Panel{content: content, room: look.Gap16, ground: look.Background, edge: look.Line, radius: look.RadiusLayer})
}

// NewGround lays content on a plain colour without corners or room, such as the sidebar.
func NewGround(color fyne.ThemeColorName, content fyne.CanvasObject) *Panel {
	return newPanel(&Panel{content: content, ground: color, edge: look.Clear})
}

func newPanel(p *Panel) *Panel {
	p.back = plate(p.radius)
	p.ExtendBaseWidget(p)
	return p
}

// AccessibilityLabel is empty: what it carries speaks for itself.
func (p *Panel) AccessibilityLabel() string { return "" }

// AccessibilityRole says it holds other things.
func (p *Panel) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(p.back, Around(p.content, p.room)), p.paint)
}

func (p *Panel) paint() {
	p.back.FillColor, p.back.StrokeColor, p.back.StrokeWidth = p.ink(p.ground), p.ink(p.edge), look.Hairline
	if p.raised {
		lift(p.back, p.ink(look.Shadow))
	}
}

// Divider is a thin line between things below each other.
type Divider struct {
	base
	rule *canvas.Rectangle
}

// NewDivider makes a line.
func NewDivider() *Divider {
	d := &Divider{rule: plate(0)}
	d.ExtendBaseWidget(d)
	return d
}

// AccessibilityLabel is empty: a line says nothing.
func (d *Divider) AccessibilityLabel() string { return "" }

// AccessibilityRole says there is nothing to press.
func (d *Divider) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (d *Divider) CreateRenderer() fyne.WidgetRenderer {
	return show(Sized(d.rule, 0, look.Hairline), func() { d.rule.FillColor = d.ink(look.Line) })
}
