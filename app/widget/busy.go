package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/cairnwallet/cairn/app/look"
)

// Busy says that something takes its time, with a button to stop it. It shows itself only
// after 300 ms: what is done sooner needs no spinner.
type Busy struct {
	base
	after  Timer
	text   *Text
	stop   *Button
	wheel  *widget.Activity
	cancel func()
	halt   func()
	body   *fyne.Container
}

// busyAfter is how long nothing is shown.
const busyAfter = 300 * time.Millisecond

// NewBusy makes it, hidden; stop is the words of its button.
func NewBusy(after Timer, stop string) *Busy {
	b := &Busy{after: after, text: NewText("", look.Body.Max(2)), wheel: widget.NewActivity()}
	b.stop = NewButton(stop, "", Secondary, func() {
		if b.halt != nil {
			b.halt()
		}
	})
	b.body = Row(look.Gap12, Center(Sized(b.wheel, 24, 24)), b.text, b.stop)
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Start says what takes its time; halt stops it, nil means it can't be stopped. Called again
// it only changes the words.
func (b *Busy) Start(text string, halt func()) {
	b.text.SetText(text)
	b.halt = halt
	setShown(b.stop, halt != nil)
	if b.cancel == nil {
		b.cancel = b.after.wait(busyAfter, b.appear)
	}
}

func (b *Busy) appear() { b.wheel.Start(); b.Show() }

// Done hides it.
func (b *Busy) Done() {
	if b.cancel != nil {
		b.cancel()
	}
	b.cancel = nil
	b.wheel.Stop()
	b.Hide()
}

// AccessibilityLabel is what takes its time.
func (b *Busy) AccessibilityLabel() string { return b.text.Text() }

// AccessibilityRole says it is text; its button speaks for itself.
func (b *Busy) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (b *Busy) CreateRenderer() fyne.WidgetRenderer { return show(b.body, nil) }
