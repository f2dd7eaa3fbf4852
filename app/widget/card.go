package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// CardView is what a badge's card shows.
type CardView struct {
	ID       string
	Name     string
	Issuer   string
	Pill     PillView
	Emblem   EmblemView
	Selected bool
	Sample   string // the word of the ribbon on a sample badge; "" is none
}

// said is what a screen reader says for a card.
func (v CardView) said() string { return speak(v.Name, v.Issuer, v.Pill.Word, v.Sample) }

// Card is one badge as a card that can be pressed by itself. Inside a Grid the grid holds
// the focus and draws the same card.
type Card struct {
	control
	view CardView
	face *face
}

// NewCard makes a card.
func NewCard(view CardView, act func()) *Card {
	c := &Card{view: view, face: newFace()}
	c.begin(c, look.RadiusCard, func() string { return c.view.said() }, act)
	return c
}

// Set changes what it shows.
func (c *Card) Set(view CardView) { c.view = view; c.Refresh() }

// CreateRenderer is called by Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(c.face, c.veil, c.halo()), func() { c.dress(); c.face.set(c.view, false) })
}

// face draws a card and nothing else.
type face struct {
	base
	view    CardView
	focused bool
	back    *canvas.Rectangle
	band    *canvas.Rectangle
	edge    *canvas.Rectangle // selected
	ring    *canvas.Rectangle // where the keyboard is
	emblem  *Emblem
	name    *Text
	issuer  *Text
	pill    *Pill
	ribbon  *Pill
}

func newFace() *face {
	f := &face{back: plate(look.RadiusCard), band: plate(0), edge: plate(look.RadiusCard), ring: plate(look.RadiusCard + ringRoom)}
	f.band.TopLeftCornerRadius, f.band.TopRightCornerRadius = look.RadiusCard, look.RadiusCard
	f.emblem = NewEmblem(EmblemView{}, look.EmblemSize)
	f.name = NewText("", look.Strong.Max(2))
	f.issuer = NewText("", look.Caption.Max(1))
	f.pill, f.ribbon = pillOf(PillView{}, 2), NewPill(PillView{})
	f.ExtendBaseWidget(f)
	return f
}

func (f *face) set(view CardView, focused bool) {
	if view == f.view && focused == f.focused {
		return
	}
	f.view, f.focused = view, focused
	f.Refresh()
}

// AccessibilityLabel is all the card says.
func (f *face) AccessibilityLabel() string { return f.view.said() }

// AccessibilityRole says it is text; who holds it can be pressed.
func (f *face) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (f *face) CreateRenderer() fyne.WidgetRenderer {
	words := Column(2, f.name, f.issuer)
	foot := Pad(words, look.Gap12, 14, 0, 14)
	layout := &cardLayout{f: f, foot: foot}
	objs := []fyne.CanvasObject{f.back, f.band, f.emblem, foot, f.pill, f.ribbon, f.edge, f.ring}
	return show(&fyne.Container{Layout: layout, Objects: objs}, f.paint)
}

func (f *face) paint() {
	f.back.FillColor = f.ink(look.Surface)
	lift(f.back, f.ink(look.Shadow))
	f.band.FillColor = look.EmblemBand(f.Theme(), f.view.Emblem.Hash)
	f.edge.FillColor, f.edge.StrokeColor, f.edge.StrokeWidth = f.ink(look.Clear), f.ink(look.Edge), look.Hairline
	if f.view.Selected {
		f.edge.StrokeColor, f.edge.StrokeWidth = f.ink(look.Primary), look.FocusRing
	}
	f.ring.FillColor, f.ring.StrokeColor, f.ring.StrokeWidth = f.ink(look.Clear), f.ink(look.Clear), look.FocusRing
	if f.focused {
		f.ring.StrokeColor = f.ink(look.Focus)
	}
	f.emblem.Set(f.view.Emblem)
	f.name.SetText(f.view.Name)
	f.issuer.SetText(f.view.Issuer)
	f.pill.Set(f.view.Pill)
	setShown(f.pill, f.view.Pill.Word != "")
	f.ribbon.Set(PillView{Icon: "star", Word: f.view.Sample, Tone: look.Plain})
	setShown(f.ribbon, f.view.Sample != "")
}

// cardLayout places the parts of a card: the band takes what the words leave. A pill of two
// lines takes the room that a short name leaves, else some of the band's.
type cardLayout struct {
	f    *face
	foot fyne.CanvasObject
}

func (l *cardLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return cardSize(&l.f.base)
}

func (l *cardLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f, edge := l.f, float32(14)
	pill, line := f.pill.MinSize(), f.ribbon.MinSize().Height
	words := l.foot.MinSize().Height
	if size.Width > 0 {
		words = high(l.foot, size.Width)
		pill.Width = min(pill.Width, size.Width-2*edge+4)
		pill.Height = high(f.pill, pill.Width)
	}
	band := min(size.Height-l.words()-line-edge, size.Height-words-look.Gap8-pill.Height-edge)
	f.back.Resize(size)
	f.edge.Resize(size)
	outside{}.Layout([]fyne.CanvasObject{f.ring}, size)
	f.band.Resize(fyne.NewSize(size.Width, band))
	side := min(look.EmblemSize, band-look.Gap16)
	f.emblem.side = side
	f.emblem.Resize(fyne.NewSquareSize(side))
	f.emblem.Move(fyne.NewPos((size.Width-side)/2, (band-side)/2))
	l.foot.Move(fyne.NewPos(0, band))
	l.foot.Resize(fyne.NewSize(size.Width, words))
	f.pill.Move(fyne.NewPos(edge-2, size.Height-pill.Height-look.Gap12))
	f.pill.Resize(pill)
	ribbon := f.ribbon.MinSize()
	f.ribbon.Move(fyne.NewPos(size.Width-ribbon.Width-look.Gap8, look.Gap8))
	f.ribbon.Resize(ribbon)
}

// cardSize is the least size of a card: the emblem keeps its size, the words grow.
func cardSize(b *base) fyne.Size {
	band := look.EmblemSize + look.Gap24
	return fyne.NewSize(b.scaled(look.CardWidth), band+b.scaled(look.CardHeight-band))
}

// words is the height the words of any card are given: two lines and the issuer.
func (l *cardLayout) words() float32 {
	return 2*l.f.name.leading() + l.f.issuer.leading() + look.Gap24
}

// NewPicture draws a card that only shows: it can't be pressed.
func NewPicture(view CardView) fyne.CanvasObject {
	f := newFace()
	f.set(view, false)
	return f
}
