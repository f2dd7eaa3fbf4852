package screen

import (
	"image"
	"math"
	"time"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

const (
	// coverAfter is how long a code stays on the screen.
	coverAfter = 2 * time.Minute
	// noCode is how wide what stands in place of a code is.
	noCode float32 = 340
	// codeMost is the most room a code takes on the page, aroundCode what the page needs
	// above and below it, and aroundLarge what a dialog needs around it.
	codeMost    float32 = 500
	aroundCode  float32 = 300
	aroundLarge float32 = 176
	// leastDots is how many dots of the screen a module has at least.
	leastDots = 2
)

// shareSend is S10: the proof is made; the code and the ways to hand it over.
type shareSend struct {
	kit   *Kit
	m     *model.ShareFlow
	code  *part
	words *part
	shown bool
	stop  func() // of the timer that covers the code
	large *widget.Modal
	all   fyne.CanvasObject
}

func newShareSend(k *Kit, m *model.ShareFlow) *shareSend {
	s := &shareSend{kit: k, m: m, code: k.part(), words: k.part()}
	s.all = scrolled(widget.NewPanel(widget.TopRow(look.Gap24, s.code.box, widget.Grow(s.words.box))))
	return s
}

func (s *shareSend) content() fyne.CanvasObject { return s.all }

// end takes the code off the screen.
func (s *shareSend) end() {
	if s.large != nil {
		s.large.Close()
	}
	s.still()
}

// still stops the clock.
func (s *shareSend) still() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

func (s *shareSend) draw() {
	m := s.m
	s.watch(m.QR != nil && !m.Covered)
	type code struct {
		Drawn, Covered, TooBig bool
		Note                   string
	}
	if m.QR == nil && s.large != nil {
		s.large.Close()
	}
	s.code.show(code{m.QR != nil, m.Covered, m.TooBig, m.QRNote}, s.drawCode)
	type words struct {
		Drawn                    bool
		Ready, Foot, Until, Note string
		Fault                    *model.FaultView
		Notes                    []model.FaultView
	}
	s.words.show(words{m.QR != nil, m.Ready, m.Foot, m.Until, m.QRNote, m.Fault, m.Notes}, s.drawWords)
}

// watch covers the code some time after it came up.
func (s *shareSend) watch(shown bool) {
	if shown == s.shown {
		return
	}
	s.shown = shown
	s.still()
	if shown && s.kit.Timer != nil {
		s.stop = s.kit.Timer(coverAfter, func() { s.m.Cover(true) })
	}
}

func (s *shareSend) drawCode() fyne.CanvasObject {
	k, m := s.kit, s.m
	room := min(codeMost, k.canvas().Size().Height-aroundCode)
	switch {
	case m.Covered:
		again := widget.NewButton(k.t("share.uncover"), "eye", widget.Secondary, func() { m.Cover(false) })
		return widget.Sized(widget.NewEmpty("eye-off", k.t("share.covered"), k.t("share.covered-why"), again), noCode, room)
	case m.TooBig:
		return widget.Sized(widget.NewEmpty("file", k.t("share.big"), m.QRNote), noCode, room)
	case m.QR == nil:
		return widget.Sized(widget.Over(), noCode, room)
	}
	return k.code(m.QR, room)
}

// enlarge shows the code as large as the window can.
func (s *shareSend) enlarge() {
	k, size := s.kit, s.kit.canvas().Size()
	code := k.code(s.m.QR, min(size.Height-aroundLarge, size.Width-aroundLarge))
	s.large = widget.NewModal(k.t("share.code"), k.t("close"), size.Width, widget.Center(code))
	s.large.Open(k.canvas())
}

// code is a code on paper that fits some room and on which each module is a whole number of
// dots of the screen: readers stumble over others.
func (k *Kit) code(img image.Image, room float32) fyne.CanvasObject {
	modules, scale := float32(img.Bounds().Dx()/module(img)), k.canvas().Scale()
	edge := 2 * look.Gap16
	dots := max(leastDots, float32(math.Floor(float64((room-edge)*scale/modules))))
	q := widget.NewQRView(dots*modules/scale+edge, k.t("share.code"))
	q.SetImage(img)
	return q
}

// quiet is how many modules of light there are around a code (ISO/IEC 18004, 6.3.8).
const quiet = 4

// module gives how many pixels wide a module of a picture of a code is: the corner begins
// right after the quiet zone, and is dark.
func module(code image.Image) int {
	b := code.Bounds()
	for i := range b.Dx() {
		if l, _, _, _ := code.At(b.Min.X+i, b.Min.Y+i).RGBA(); l < 1<<15 {
			return max(1, i/quiet)
		}
	}
	return 1
}

func (s *shareSend) drawWords() fyne.CanvasObject {
	k, m := s.kit, s.m
	out := widget.Column(look.Gap16)
	if m.Fault != nil {
		out.Add(fault(*m.Fault, k.t("again"), m.Retry))
		return out
	}
	title, body := cutClaim(m.Ready)
	out.Add(widget.NewBanner(widget.BannerView{Tone: look.Good, Title: title, Body: body, Note: m.Foot}))
	if m.QR != nil {
		out.Add(widget.NewText(m.QRNote, look.Strong))
		out.Add(widget.Row(0, widget.NewButton(k.t("share.larger"), "qr", widget.Secondary, s.enlarge)))
	}
	for _, n := range m.Notes {
		out.Add(widget.NewBanner(widget.BannerView{Tone: look.Care, Title: n.Title, Body: n.Why + " " + n.Do}))
	}
	if m.Until != "" {
		out.Add(widget.NewText(m.Until, look.Body))
	}
	out.Add(widget.NewText(k.t("share.hand"), look.Second))
	return out
}
