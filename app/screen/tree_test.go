package screen

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// each goes through everything that is drawn in an object.
func each(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	f(o)
	switch v := o.(type) {
	case *fyne.Container:
		for _, c := range v.Objects {
			each(c, f)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(v).Objects() {
			each(c, f)
		}
	}
}

// ground is what is in front: a dialog, else the window.
func (h *house) ground() fyne.CanvasObject {
	c := h.window.Canvas()
	if o := c.Overlays().Top(); o != nil {
		return o
	}
	return c.Content()
}

// controls lists what the keyboard can reach.
func (h *house) controls() []spoken {
	var out []spoken
	each(h.ground(), func(o fyne.CanvasObject) {
		s, ok := o.(spoken)
		if d, can := o.(fyne.Disableable); !ok || can && d.Disabled() {
			return
		}
		out = append(out, s)
	})
	return out
}

// control waits for a control and finds it by the beginning of its name.
func (h *house) control(name string) spoken {
	h.t.Helper()
	var c spoken
	if !h.loop.Until(func() bool { c = h.find(name); return c != nil }) {
		h.t.Fatalf("no control %q among %q", name, h.names())
	}
	return c
}

// has says whether there is a control whose name begins so.
func (h *house) has(name string) bool { return h.find(name) != nil }

func (h *house) find(name string) spoken {
	for _, c := range h.controls() {
		if strings.HasPrefix(c.AccessibilityLabel(), name) {
			return c
		}
	}
	return nil
}

func (h *house) names() []string {
	var out []string
	for _, c := range h.controls() {
		out = append(out, c.AccessibilityLabel())
	}
	return out
}

// press puts the keyboard on a control and presses Space.
func (h *house) press(name string) {
	h.t.Helper()
	c := h.control(name)
	h.window.Canvas().Focus(c)
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
}

// typed types into the control that has the keyboard.
func (h *house) typed(text string) {
	h.t.Helper()
	f := h.window.Canvas().Focused()
	if f == nil {
		h.t.Fatal("nothing has the keyboard")
	}
	for _, r := range text {
		f.TypedRune(r)
	}
}

// said is all text of what is in front.
func (h *house) said() string {
	var out []string
	each(h.ground(), func(o fyne.CanvasObject) {
		if t, ok := o.(interface{ Text() string }); ok {
			out = append(out, t.Text())
		}
	})
	return strings.Join(out, "\n")
}
