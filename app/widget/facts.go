package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/cairnwallet/cairn/app/look"
)

// Fact is a label with a value. A hidden one is drawn as a bar; Value is then the word that
// says so to a screen reader.
type Fact struct {
	Label  string
	Value  string
	Hidden bool
}

// Facts is a list of labels and values.
type Facts struct {
	base
	facts []Fact
	body  *fyne.Container
	bars  []*canvas.Rectangle
}

// NewFacts makes a list.
func NewFacts(facts []Fact) *Facts {
	f := &Facts{body: Column(look.Gap12)}
	f.ExtendBaseWidget(f)
	f.SetFacts(facts)
	return f
}

// SetFacts changes the list.
func (f *Facts) SetFacts(facts []Fact) {
	f.facts, f.bars, f.body.Objects = facts, nil, nil
	for _, fact := range facts {
		f.body.Add(f.line(fact))
	}
	f.Refresh()
}

func (f *Facts) line(fact Fact) fyne.CanvasObject {
	label := NewText(fact.Label, look.Second)
	if !fact.Hidden {
		return &fyne.Container{Layout: pair{}, Objects: []fyne.CanvasObject{label, NewText(fact.Value, look.Strong.Trailing())}}
	}
	bar := plate(look.Gap4)
	f.bars = append(f.bars, bar)
	return Row(look.Gap16, label, Center(Sized(bar, 110, 12)))
}

// AccessibilityLabel is all facts.
func (f *Facts) AccessibilityLabel() string {
	out := ""
	for _, fact := range f.facts {
		out = speak(out, fact.Label, fact.Value)
	}
	return out
}

// AccessibilityRole says there is nothing to press.
func (f *Facts) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (f *Facts) CreateRenderer() fyne.WidgetRenderer {
	return show(f.body, func() {
		for _, b := range f.bars {
			b.FillColor = f.ink(look.Line)
		}
	})
}

// pair gives a label two fifths of a line and its value the rest.
type pair struct{}

func (pair) MinSize(objs []fyne.CanvasObject) fyne.Size { return (&row{gap: look.Gap16}).MinSize(objs) }

func (pair) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	left := (size.Width - look.Gap16) * 0.4
	set(objs[0], fyne.Position{}, left, high(objs[0], left))
	right := size.Width - look.Gap16 - left
	set(objs[1], fyne.NewPos(left+look.Gap16, 0), right, high(objs[1], right))
}

// Code is text for machines: it can be selected and copied, and breaks anywhere.
func Code(text string) fyne.CanvasObject {
	l := widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
	l.Wrapping, l.Selectable, l.SizeName = fyne.TextWrapBreak, true, look.SizeCaption
	return NewWell(l)
}
