package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/cairnwallet/cairn/app/look"
)

// Text is set words: it wraps, or ends in an ellipsis after as many lines as its style
// allows. It has no room round it.
type Text struct {
	base
	text  string
	style look.Style
	lines *fyne.Container
	wrote string // what the lines were made of, and how
	width float32
}

// NewText sets a text in a style.
func NewText(text string, style look.Style) *Text {
	t := &Text{text: text, style: style, lines: &fyne.Container{}}
	t.ExtendBaseWidget(t)
	return t
}

// Text gives the words.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(text string) {
	if text == t.text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetStyle changes how they are set.
func (t *Text) SetStyle(style look.Style) {
	if style == t.style {
		return
	}
	t.style = style
	t.Refresh()
}

// whole says that the text is one line that is never cut.
func (t *Text) whole() bool { return t.style.Lines == look.Whole }

// AccessibilityLabel is the text.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole says it is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return &typesetter{t: t} }

// face is how the words are drawn.
func (t *Text) face() (float32, fyne.TextStyle) {
	return t.Theme().Size(t.style.Size), fyne.TextStyle{Bold: t.style.Bold, Monospace: t.style.Mono}
}

// measure gives the size of words in the face of the text.
func (t *Text) measure(s string) fyne.Size {
	size, style := t.face()
	return fyne.MeasureText(s, size, style)
}

// leading is the height of one line.
func (t *Text) leading() float32 { return t.measure("Ag").Height + look.Scaled(t.Theme(), 2) }

// least is the narrowest a text that wraps may become.
func (t *Text) least() float32 {
	return min(t.measure(t.text).Width, look.Scaled(t.Theme(), look.Gap32))
}

// set makes the lines for a width, unless they are made already.
func (t *Text) set(width float32) (changed bool) {
	size, style := t.face()
	key := t.text + "\x00" + styleKey(size, t.style)
	if key == t.wrote && width == t.width {
		return false
	}
	t.wrote, t.width = key, width
	lines := t.broken(width)
	for len(t.lines.Objects) < len(lines) {
		t.lines.Objects = append(t.lines.Objects, &canvas.Text{})
	}
	t.lines.Objects = t.lines.Objects[:len(lines)]
	for i, s := range lines {
		l := t.lines.Objects[i].(*canvas.Text)
		l.Text, l.TextSize, l.TextStyle, l.Alignment = s, size, style, t.style.Align
	}
	return true
}

func styleKey(size float32, s look.Style) string {
	return string(s.Color) + string(rune(int(size*8))) + string(rune(s.Lines+2)) + string(rune('0'+int(s.Align)))
}

// broken gives the lines for a width; no width yet means one line.
func (t *Text) broken(width float32) []string {
	if t.whole() {
		return []string{t.text}
	}
	if width <= 0 {
		return []string{firstLine(t.text)}
	}
	fits := func(s string) bool { return t.measure(s).Width <= width }
	lines := wrap(t.text, fits)
	if n := t.style.Lines; n > 0 && len(lines) > n {
		rest := strings.Join(lines[n-1:], " ")
		lines = append(lines[:n-1:n-1], shorten(rest, fits))
	}
	return lines
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// typesetter draws a Text.
type typesetter struct{ t *Text }

func (r *typesetter) Destroy() {}

func (r *typesetter) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.lines} }

func (r *typesetter) MinSize() fyne.Size {
	t := r.t
	if t.whole() {
		return fyne.NewSize(t.measure(t.text).Width, t.leading())
	}
	t.set(t.Size().Width)
	return fyne.NewSize(t.least(), t.leading()*float32(max(1, len(t.lines.Objects))))
}

func (r *typesetter) Layout(size fyne.Size) {
	changed := r.t.set(size.Width)
	h, line := r.t.leading(), r.t.measure("Ag").Height
	r.t.lines.Resize(size)
	for i, o := range r.t.lines.Objects {
		o.Move(fyne.NewPos(0, float32(i)*h+(h-line)/2))
		o.Resize(fyne.NewSize(size.Width, line))
		o.(*canvas.Text).Color = r.t.ink(r.t.style.Color)
		if changed {
			o.Refresh()
		}
	}
}

func (r *typesetter) Refresh() {
	r.Layout(r.t.Size())
	r.t.lines.Refresh()
}
