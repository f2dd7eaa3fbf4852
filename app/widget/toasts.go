package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/cairnwallet/cairn/app/look"
)

// ToastView is a slip of paper that says what was just done, perhaps with a way back.
type ToastView struct {
	Icon   string // "" is a tick
	Text   string
	Action string // the words of its button; "" is none
	Do     func()
}

// Toasts is a layer over a window that shows slips at the bottom, one after the other: each
// stays 8 seconds, and as long as the pointer is on it. What it says must stand elsewhere too.
type Toasts struct {
	base
	after Timer
	queue []ToastView
	slip  *slip
	stop  func()
	body  *fyne.Container
}

// toastTime is how long a slip stays.
const toastTime = 8 * time.Second

// NewToasts makes the layer; lay it over the whole window.
func NewToasts(after Timer) *Toasts {
	t := &Toasts{after: after, body: &fyne.Container{Layout: atFoot{}}}
	t.ExtendBaseWidget(t)
	return t
}

// Say puts a slip at the end of the queue. One with a way back is shown at once: its time is
// short, and the one before it has been seen.
func (t *Toasts) Say(view ToastView) {
	t.queue = append(t.queue, view)
	if t.slip == nil || view.Action != "" {
		t.next()
	}
}

// Close takes the slip away that shows, and shows the next.
func (t *Toasts) Close() { t.next() }

// Current gives the slip that shows.
func (t *Toasts) Current() (ToastView, bool) {
	if t.slip == nil {
		return ToastView{}, false
	}
	return t.slip.view, true
}

func (t *Toasts) next() {
	t.rest()
	t.slip, t.body.Objects = nil, nil
	if len(t.queue) > 0 {
		t.slip = newSlip(t, t.queue[0])
		t.queue = t.queue[1:]
		t.body.Objects = []fyne.CanvasObject{t.slip}
		t.count()
	}
	t.Refresh()
}

// count lets the time of the slip run.
func (t *Toasts) count() {
	t.rest()
	t.stop = t.after.wait(toastTime, t.next)
}

// rest stops it.
func (t *Toasts) rest() {
	if t.stop != nil {
		t.stop()
	}
	t.stop = nil
}

// AccessibilityLabel is what the slip says.
func (t *Toasts) AccessibilityLabel() string {
	if t.slip == nil {
		return ""
	}
	return t.slip.view.Text
}

// AccessibilityRole says it is text; its button speaks for itself.
func (t *Toasts) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize is nothing: it lies over other things.
func (t *Toasts) MinSize() fyne.Size { return fyne.Size{} }

// CreateRenderer is called by Fyne.
func (t *Toasts) CreateRenderer() fyne.WidgetRenderer { return show(t.body, nil) }

// slip is one toast.
type slip struct {
	base
	owner *Toasts
	view  ToastView
	back  *canvas.Rectangle
	body  *fyne.Container
}

func newSlip(owner *Toasts, view ToastView) *slip {
	s := &slip{owner: owner, view: view, back: plate(look.RadiusControl)}
	icon := view.Icon
	if icon == "" {
		icon = "check"
	}
	line := Row(look.Gap12, NewIcon(icon, look.OnToast, 0), NewText(view.Text, look.Body.In(look.OnToast).Max(2)))
	if view.Action != "" {
		line.Add(newToastButton(view.Action, "", func() { owner.next(); view.Do() }))
	}
	line.Add(newToastButton("", "close", owner.next))
	s.body = Pad(line, look.Gap8, look.Gap8, look.Gap8, look.Gap16)
	s.ExtendBaseWidget(s)
	return s
}

// newToastButton is a quiet button that can be read on a slip.
func newToastButton(text, icon string, act func()) *Button {
	b := NewButton(text, icon, onToast, act)
	if text == "" {
		b.name = "×"
	}
	return b
}

// MouseIn lets the slip stay.
func (s *slip) MouseIn(*desktop.MouseEvent) { s.owner.rest() }

// MouseMoved does nothing.
func (s *slip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets its time run anew.
func (s *slip) MouseOut() { s.owner.count() }

// AccessibilityLabel is what it says.
func (s *slip) AccessibilityLabel() string { return s.view.Text }

// AccessibilityRole says it is text.
func (s *slip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (s *slip) CreateRenderer() fyne.WidgetRenderer {
	return show(Over(s.back, s.body), func() {
		s.back.FillColor = s.ink(look.Toast)
		lift(s.back, s.ink(look.Shadow))
	})
}

// atFoot lays a slip at the bottom, in the middle.
type atFoot struct{}

func (atFoot) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (atFoot) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objs {
		w := min(toastWidth, size.Width-look.Gap32)
		h := high(o, w)
		o.Move(fyne.NewPos((size.Width-w)/2, size.Height-h-look.Gap24))
		o.Resize(fyne.NewSize(w, h))
	}
}

const toastWidth float32 = 480
