package screen

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// welcome is S0: what the program is, and two ways to begin.
func (g *gate) welcome() fyne.CanvasObject {
	v := g.session.Welcome()
	claim, vow := cutClaim(v.Title)
	words := widget.Column(look.Gap4, widget.NewText(claim, look.Welcome), widget.NewText(vow, look.Welcome.In(look.Primary)))
	buttons := widget.Flow(look.Gap12,
		widget.NewButton(v.Samples, "play", widget.Primary, g.session.OpenSample),
		widget.NewButton(v.First, "plus", widget.Secondary, g.session.AddFirst))
	promise := widget.TopRow(look.Gap8, widget.NewIcon("shield", look.OK, 0), widget.NewText(v.Promise, look.Second))
	left := widget.Column(look.Gap24,
		widget.Row(look.Gap12, mark(44), widget.NewText("Cairn", look.Section.Max(1))),
		words, widget.NewText(v.Body, look.Body), widget.Pad(buttons, look.Gap8, 0, look.Gap8, 0), promise)
	return &fyne.Container{Layout: hall{}, Objects: []fyne.CanvasObject{left, g.fan()}}
}

// cutClaim parts the title after its first sentence; the rest is set in the strong colour.
func cutClaim(title string) (claim, vow string) {
	claim, vow, found := strings.Cut(title, ". ")
	if !found {
		return title, ""
	}
	return claim + ".", vow
}

// fan is three cards of made-up badges, one on top of the other.
func (g *gate) fan() fyne.CanvasObject {
	k := g.kit
	out := &fyne.Container{Layout: fanned{}}
	for _, code := range []string{"third", "second", "first"} {
		name := k.t("welcome." + code)
		v := model.CardView{
			Name: name, Issuer: k.t("welcome.issuer"), Emblem: model.EmblemView{Initials: look.Initials(name), Hash: look.Hash(name)},
			Pill: model.Pill{Tone: model.Good, Icon: "check", Text: k.Words.Text("verdict.verified.title", nil)},
		}
		out.Objects = append(out.Objects, widget.NewPicture(k.card(v, false)))
	}
	return out
}

// hall puts words and picture beside each other in the middle of the window.
type hall struct{}

const (
	hallWords float32 = 500
	hallGap   float32 = 72
)

func (hall) MinSize(objs []fyne.CanvasObject) fyne.Size { return objs[0].MinSize() }

func (hall) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	words, picture := objs[0], objs[1]
	fan := picture.MinSize()
	room := size.Width - 2*look.Gap32
	width := min(hallWords, room)
	left := (size.Width - width) / 2
	if room >= hallWords+hallGap+fan.Width {
		left = (size.Width - hallWords - hallGap - fan.Width) / 2
		picture.Show()
	} else {
		picture.Hide()
	}
	words.Resize(fyne.NewSize(width, words.MinSize().Height))
	high := words.MinSize().Height
	words.Resize(fyne.NewSize(width, high))
	words.Move(fyne.NewPos(left, max(look.Gap32, (size.Height-high)/2)))
	picture.Resize(fan)
	picture.Move(fyne.NewPos(left+hallWords+hallGap, (size.Height-fan.Height)/2))
}

// fanned lays cards on top of each other, each a step further down and to the right.
type fanned struct{}

const (
	fanAcross float32 = 60
	fanDown   float32 = 76
)

func (fanned) MinSize(objs []fyne.CanvasObject) fyne.Size {
	m, n := objs[0].MinSize(), float32(len(objs)-1)
	return fyne.NewSize(m.Width+n*fanAcross, m.Height+n*fanDown)
}

func (fanned) Layout(objs []fyne.CanvasObject, _ fyne.Size) {
	for i, o := range objs {
		o.Resize(o.MinSize())
		o.Move(fyne.NewPos(float32(i)*fanAcross, float32(i)*fanDown))
	}
}
