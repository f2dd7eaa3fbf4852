package widget

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Ring is a circle that is filled up to a fraction, with words in it.
type Ring struct {
	base
	side     float32
	fraction float32 // what is drawn now
	text     string
	track    *canvas.Arc
	done     *canvas.Arc
	words    *canvas.Text
	moving   *fyne.Animation
}

// NewRing makes a ring of a size; no text shows the percentage.
func NewRing(side, fraction float32, text string) *Ring {
	r := &Ring{side: side, fraction: within(fraction), text: text}
	r.track, r.done = &canvas.Arc{EndAngle: 360}, &canvas.Arc{}
	r.words = &canvas.Text{Alignment: fyne.TextAlignCenter, TextStyle: fyne.TextStyle{Bold: true}}
	r.ExtendBaseWidget(r)
	return r
}

// Set fills it up to a fraction, moving there in 600 ms.
func (r *Ring) Set(fraction float32, text string) {
	from, to := r.fraction, within(fraction)
	r.text = text
	if r.moving != nil {
		r.moving.Stop()
	}
	if from == to || look.Of(r.Theme()).Still {
		r.fraction = to
		r.Refresh()
		return
	}
	r.moving = fyne.NewAnimation(600*time.Millisecond, func(done float32) {
		r.fraction = from + (to-from)*done
		r.Refresh()
	})
	r.moving.Curve = fyne.AnimationEaseOut
	r.moving.Start()
}

func percent(f float32) string { return strconv.Itoa(int(f*100+0.5)) + "%" }

// AccessibilityLabel is the words in it.
func (r *Ring) AccessibilityLabel() string { return r.said() }

func (r *Ring) said() string {
	if r.text == "" {
		return percent(r.fraction)
	}
	return r.text
}

// AccessibilityRole says there is nothing to press.
func (r *Ring) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize is the size of the ring.
func (r *Ring) MinSize() fyne.Size { return fyne.NewSquareSize(r.side) }

// CreateRenderer is called by Fyne.
func (r *Ring) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(r.track, r.done, Center(r.words)), r.paint)
}

func (r *Ring) paint() {
	r.track.FillColor, r.done.FillColor = r.ink(look.Track), r.ink(look.Progress)
	if r.fraction >= 1 {
		r.done.FillColor = r.ink(look.OK)
	}
	r.track.CutoutRatio, r.done.CutoutRatio = 0.76, 0.76
	r.done.EndAngle, r.done.CornerRadius = 360*r.fraction, r.side
	setShown(r.done, r.fraction > 0)
	r.words.Text, r.words.TextSize, r.words.Color = r.said(), r.side*0.2, r.ink(look.Text)
}
