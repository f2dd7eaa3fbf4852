package widget

import (
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// LayerState is how far a layer of a pathway is.
type LayerState int

// The states of layers.
const (
	Later LayerState = iota
	Open
	Complete
)

// LayerView is what a layer shows. The words are whole: "2 of 4", "all 4".
type LayerView struct {
	Name      string
	Rule      string
	State     LayerState
	StateWord string
	Done      int
	Total     int
	Fraction  float32
	Bricks    []BrickView
}

// Stack shows the layers of a pathway as a pile: the first layer lies at the bottom and is
// the widest, the goal at the top is the narrowest.
type Stack struct {
	base
	// OnBrick hears which brick was pressed; it may be nil.
	OnBrick func(layer, brick int)

	layers []LayerView
	views  []*layer
	body   *fyne.Container
}

// NewStack makes a pile of layers, the first at the bottom.
func NewStack(layers []LayerView) *Stack {
	s := &Stack{body: &fyne.Container{Layout: pile{}}}
	s.ExtendBaseWidget(s)
	s.SetLayers(layers)
	return s
}

// SetLayers changes what is shown. A pile with the same layers and bricks keeps them, and
// with them the focus.
func (s *Stack) SetLayers(layers []LayerView) {
	s.layers = layers
	if s.sameShape(layers) {
		for i, v := range s.views {
			v.set(layers[i])
		}
		return
	}
	s.views, s.body.Objects = nil, nil
	for i, l := range layers {
		v := newLayer(l, func(brick int) {
			if s.OnBrick != nil {
				s.OnBrick(i, brick)
			}
		})
		s.views = append(s.views, v)
		s.body.Objects = append([]fyne.CanvasObject{v}, s.body.Objects...)
	}
	s.Refresh()
}

func (s *Stack) sameShape(layers []LayerView) bool {
	if len(layers) != len(s.views) || len(layers) == 0 {
		return false
	}
	for i, v := range s.views {
		if len(v.bricks) != len(layers[i].Bricks) {
			return false
		}
	}
	return true
}

// AccessibilityLabel is all layers from the bottom up.
func (s *Stack) AccessibilityLabel() string {
	out := ""
	for _, l := range s.layers {
		out = speak(out, l.Name, l.Rule, l.StateWord)
	}
	return out
}

// AccessibilityRole says it holds other things.
func (s *Stack) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (s *Stack) CreateRenderer() fyne.WidgetRenderer { return show(s.body, nil) }

// pile puts layers on each other, each one narrower than the one below.
type pile struct{}

// pile measures: the widest layer, how much each is narrower, the room between.
const (
	pileWidth float32 = 860
	pileStep  float32 = 48
	pileLeast float32 = 360
	pileGap   float32 = 6
)

func (pile) MinSize(objs []fyne.CanvasObject) fyne.Size { return (&column{pileGap}).MinSize(objs) }

func (pile) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	widest := min(size.Width, pileWidth)
	step := min(pileStep, max(0, (widest-pileLeast)/float32(max(1, len(objs)-1))))
	y := float32(0)
	for i, o := range objs {
		w := widest - step*float32(len(objs)-1-i)
		w = max(w, min(o.MinSize().Width, size.Width))
		h := high(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, y))
		o.Resize(fyne.NewSize(w, h))
		y += h + pileGap
	}
}

// layer is one layer with its bricks.
type layer struct {
	base
	view   LayerView
	back   *canvas.Rectangle
	name   *Text
	rule   *Text
	count  *Text
	pill   *Pill
	bar    *Bar
	bricks []*brick
	lines  *fyne.Container
}

func newLayer(view LayerView, act func(i int)) *layer {
	l := &layer{view: view, back: plate(look.RadiusLayer), lines: Flow(look.Gap8), bar: NewBar(view.Fraction)}
	l.name, l.rule = NewText(view.Name, look.Strong.Max(2)), NewText(view.Rule, look.Caption.Max(2))
	l.pill, l.count = NewPill(PillView{}), NewText("", look.Label.Max(look.Whole).In(look.Muted))
	for i, b := range view.Bricks {
		v := newBrick(b, func() { act(i) })
		l.bricks = append(l.bricks, v)
		l.lines.Add(v)
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *layer) set(view LayerView) {
	done := l.view.State != Complete && view.State == Complete
	l.view = view
	for i, b := range l.bricks {
		b.set(view.Bricks[i])
	}
	l.Refresh()
	if done && !look.Of(l.Theme()).Still {
		l.cheer()
	}
}

// cheer lets the outline turn green slowly, once, when a layer becomes complete.
func (l *layer) cheer() {
	canvas.NewColorRGBAAnimation(l.ink(look.Progress), l.ink(look.OK), 700*time.Millisecond, func(c color.Color) {
		l.back.StrokeColor = c
		canvas.Refresh(l.back)
	}).Start()
}

// AccessibilityLabel is the layer in words; its bricks speak for themselves.
func (l *layer) AccessibilityLabel() string {
	return speak(l.view.Name, l.view.Rule, l.view.StateWord)
}

// AccessibilityRole says it holds other things.
func (l *layer) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer is called by Fyne.
func (l *layer) CreateRenderer() fyne.WidgetRenderer {
	head := Row(look.Gap12, Grow(Column(1, l.name, l.rule)), l.count, l.pill)
	body := Column(look.Gap8, head, l.bar, l.lines)
	return show(Over(l.back, Pad(body, look.Gap12, look.Gap16, 14, look.Gap16)), l.paint)
}

func (l *layer) paint() {
	ground, edge, pill := look.Surface, look.Line, PillView{Icon: "lock", Tone: look.Plain}
	switch l.view.State {
	case Open:
		edge, pill = look.Progress, PillView{Icon: "forward", Tone: look.Care}
	case Complete:
		ground, edge, pill = look.OKTint, look.OK, PillView{Icon: "check", Tone: look.Good}
	}
	pill.Word = l.view.StateWord
	l.back.FillColor, l.back.StrokeColor, l.back.StrokeWidth = l.ink(ground), l.ink(edge), look.Outline
	l.name.SetText(l.view.Name)
	l.rule.SetText(l.view.Rule)
	l.pill.Set(pill)
	l.count.SetText(strconv.Itoa(l.view.Done) + "/" + strconv.Itoa(l.view.Total))
	setShown(l.count, l.view.Total > 0)
	setShown(l.pill, pill.Word != "")
	l.bar.Set(l.view.Fraction)
	setShown(l.bar, len(l.bricks) > 0 || l.view.Fraction > 0)
	setShown(l.lines, len(l.bricks) > 0)
}
