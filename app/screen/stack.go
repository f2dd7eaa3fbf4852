package screen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/widget"
)

// stack is S7: one pathway, drawn as layers of bricks or listed as a table.
type stack struct {
	kit    *Kit
	m      *model.Stack
	desk   *model.Desk
	body   *part
	head   *part
	notes  *part
	turn   *part
	pile   *widget.Stack
	table  *widget.Table
	more   *widget.Button
	step   *widget.Modal
	places [][]string // ids of the bricks, by layer
}

func newStack(k *Kit, d *model.Desk, id string) *stack {
	s := &stack{kit: k, m: model.NewStack(d, id), desk: d, body: k.part(), head: k.part(), notes: k.part(), turn: k.part()}
	s.pile = widget.NewStack(nil)
	s.pile.OnBrick = func(layer, brick int) { s.m.OpenStep(s.places[layer][brick]) }
	s.table = widget.NewTable([]widget.TableColumn{
		{Title: k.t("stack.step"), Share: 2.6},
		{Title: k.t("stack.layer"), Share: 2.6},
		{Title: k.t("stack.state"), Share: 2},
		{Title: k.t("stack.date"), Share: 1.8},
		{Title: k.t("stack.badge"), Share: 2.8},
	})
	s.table.OnOpen = func(i int) { s.m.OpenStep(s.m.Rows[i].Step) }
	s.table.OnSelect = s.table.OnOpen
	s.m.OnChange = s.draw
	s.draw()
	return s
}

func (s *stack) close() {
	s.shut()
	s.m.Close()
}

func (s *stack) content() fyne.CanvasObject { return s.body.box }

// stackHead is what stands above the layers.
type stackHead struct {
	Name, By, From, About, Done, Next string
	Percent                           int
	Fraction                          float64
	Complete                          bool
}

func (s *stack) draw() {
	m := s.m
	kind := "stack"
	switch {
	case m.Fault != nil:
		kind = "fault"
	case m.Loading:
		kind = "loading"
	case m.Table:
		kind = "table"
	}
	h := stackHead{m.Name, m.By, m.From, m.About, m.Done, m.Next, m.Percent, m.Fraction, m.Complete}
	s.head.show(h, func() fyne.CanvasObject { return s.drawHead(h) })
	s.notes.show(m.Findings, func() fyne.CanvasObject { return s.drawNotes(m.Findings) })
	s.turn.show(m.Table, s.drawTurn)
	s.drawLayers()
	s.table.SetRows(len(m.Rows), s.row)
	s.body.show(kind, func() fyne.CanvasObject { return s.page(kind) })
	s.drawStep()
}

func (s *stack) page(kind string) fyne.CanvasObject {
	k := s.kit
	switch kind {
	case "loading":
		return filled(k.back(s.desk.Way), k.loading())
	case "fault":
		return sheet(k.back(s.desk.Way), widget.Column(look.Gap16, fault(*s.m.Fault, "", nil),
			widget.Row(0, widget.NewButton(k.t("remove"), "trash", widget.Secondary, s.m.Remove))))
	case "table":
		panel := widget.NewPanel(s.table)
		return widget.Column(0, widget.Pad(widget.Column(look.Gap8, s.turn.box, s.head.box), look.Gap12, margin, look.Gap16, margin),
			widget.Grow(widget.Pad(panel, 0, margin, margin, margin)))
	}
	note := widget.NewText(k.t("stack.upward"), look.Caption.Centered())
	return widget.Column(0, widget.Pad(s.turn.box, look.Gap12, margin, 0, margin),
		widget.Grow(scrolled(widget.Column(look.Gap16, s.head.box, s.pile, note, s.notes.box))))
}

// drawNotes lists what was noticed when the file was read.
func (s *stack) drawNotes(findings []string) fyne.CanvasObject {
	if len(findings) == 0 {
		return nil
	}
	list := widget.Column(look.Gap8)
	for _, f := range findings {
		list.Add(widget.TopRow(look.Gap8, widget.NewIcon("info", look.Note.Ink(), 0), widget.Grow(widget.NewText(f, look.Body))))
	}
	return section(s.kit.t("stack.notes"), widget.NewPanel(list))
}

func (s *stack) drawHead(h stackHead) fyne.CanvasObject {
	words := widget.Column(look.Gap4, widget.NewText(h.Name, look.Page.Max(2)))
	for _, l := range []struct {
		text  string
		style look.Style
	}{{join(" · ", h.By, h.From), look.Second}, {h.About, look.Body}, {join(" · ", h.Done, h.Next), look.Strong}} {
		if l.text != "" {
			words.Add(widget.NewText(l.text, l.style))
		}
	}
	ring := widget.NewRing(96, float32(h.Fraction), strconv.Itoa(h.Percent)+"%")
	return widget.NewPanel(widget.Row(look.Gap24, ring, widget.Grow(middle(words))))
}

// drawTurn is the line above the pathway: the way back, and the other way to see it.
func (s *stack) drawTurn() fyne.CanvasObject {
	k := s.kit
	view, icon := k.t("stack.table"), "list"
	if s.m.Table {
		view, icon = k.t("stack.stack"), "layers"
	}
	s.more = widget.NewIconButton("dots", k.t("more"), s.menu)
	return widget.Row(look.Gap8, widget.NewButton(k.t("back"), "back", widget.Quiet, s.desk.Way.Back), widget.Spring(),
		widget.NewButton(view, icon, widget.Secondary, func() { s.m.ShowTable(!s.m.Table) }), s.more)
}

func (s *stack) menu() {
	widget.MenuAt(s.more, []widget.Item{{Title: s.kit.t("stack.remove"), Icon: "trash", Do: s.m.Remove}})
}

// layerStates and brickStates say how the states of a pathway are drawn.
var layerStates = map[string]widget.LayerState{"later": widget.Later, "open": widget.Open, "complete": widget.Complete}

var brickStates = map[string]widget.BrickState{
	"earned": widget.Earned, "complete": widget.Earned, "waiting": widget.ByHand, "held": widget.Problem, "unseen": widget.Untold,
}

func (s *stack) drawLayers() {
	layers := make([]widget.LayerView, 0, len(s.m.Layers))
	s.places = nil
	for _, l := range s.m.Layers {
		v := widget.LayerView{
			Name: l.Name, Rule: join(" · ", l.Rule, l.WaitsFor), State: layerStates[l.State], StateWord: l.StateWord,
			Done: l.Done, Total: l.Total, Fraction: float32(l.Fraction),
		}
		var ids []string
		for _, b := range l.Bricks {
			v.Bricks = append(v.Bricks, brick(b))
			ids = append(ids, b.ID)
		}
		layers, s.places = append(layers, v), append(s.places, ids)
	}
	s.pile.SetLayers(layers)
}

func brick(b model.BrickView) widget.BrickView {
	state, ok := brickStates[b.State]
	if !ok && b.Optional {
		state = widget.Optional
	}
	return widget.BrickView{Name: join(" ", b.Name, b.Count), State: state, StateWord: b.StateWord}
}

// indent shows in the table how many groups a step stands in.
const indent = "    "

func (s *stack) row(i int) widget.TableRow {
	r := s.m.Rows[i]
	name := r.Name
	for range r.Level {
		name = indent + name
	}
	return widget.TableRow{Cells: []string{name, r.Layer, r.StateWord, r.Date, r.BadgeName}, Icon: toneIcon(r.Tone), Tone: tones[r.Tone]}
}

func toneIcon(t model.Tone) string {
	if t == model.Plain {
		return "minus"
	}
	return tones[t].Icon()
}

// escape shuts the brick that is open.
func (s *stack) escape() bool {
	open := s.step != nil
	s.m.OpenStep("")
	return open
}
