package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// BrickView is a step, drawn by shape and word.
type BrickView struct {
	ID        string
	Name      string
	State     string // a pathway.State
	StateWord string
	Tone      Tone
	Optional  bool
	Goal      bool   // its badge is the qualification itself
	Group     bool   // it has steps of its own, which come next with a higher Level
	Count     string // of a group: "1 of 2"
	Level     int    // how many groups it stands in
}

// LayerView is a layer of the stack; the first is the lowest.
type LayerView struct {
	ID        string
	Name      string
	About     string
	Rule      string // "all 4", "any 2 of 5", "20 credits"
	State     string // a pathway.State: later, open, complete
	StateWord string
	Tone      Tone
	Optional  bool
	Count     string // "2/4"
	Done      int
	Total     int
	Fraction  float64
	WaitsFor  string // "Waits for: Service", or empty
	Bricks    []BrickView
}

// StackRow is a line of the table: the same facts as the drawing.
type StackRow struct {
	Step      string // id
	Layer     string
	Name      string
	StateWord string
	Tone      Tone
	Date      string
	Badge     string // id of the badge that counts, or comes close
	BadgeName string
	Level     int
}

// Stack is S7: one pathway.
type Stack struct {
	base
	ID       string
	Loading  bool
	Fault    *FaultView
	Name     string
	By       string // who made it: a claim nobody has signed
	From     string // the kind of file it was read from, and its name; empty for one of our own
	Findings []string
	About    string
	Percent  int
	Fraction float64
	Done     string
	Next     string // the next step, or that all steps are done
	Complete bool
	Layers   []LayerView
	Rows     []StackRow
	Table    bool
	Step     *StepView // the brick that is open

	path     pathway.Pathway
	progress pathway.Progress
	open     string
	routes   []wallet.Route
}

// measured is what Stack reads.
type measured struct {
	route    wallet.Route
	progress pathway.Progress
	routes   []wallet.Route
}

const prefTable = "table"

// NewStack measures a pathway, and again whenever the wallet changes.
func NewStack(d *Desk, id string) *Stack {
	s := &Stack{base: newBase(d), ID: id, Loading: true, Table: d.Prefs.Get(prefTable) == "on"}
	s.follow(s.read)
	s.read()
	return s
}

func (s *Stack) read() {
	reload(&s.base, func() (m measured, err error) {
		if m.route, m.progress, err = s.desk.Wallet.Measure(s.ID); err == nil {
			m.routes, err = s.desk.Wallet.Pathways()
		}
		return m, err
	}, func(m measured, err error) {
		s.Loading, s.Fault = false, s.faultView(err)
		if err == nil {
			s.fill(m)
		}
		s.changed()
	})
}

func (s *Stack) fill(m measured) {
	s.path, s.progress, s.routes = m.route.Pathway, m.progress, m.routes
	s.Name, s.About = s.path.Name, s.path.Description
	s.By, s.From, s.Findings = "", s.from(m.route), s.findings(m.route.Findings)
	if s.path.Issuer.Name != "" {
		s.By = s.t("stack.by", "issuer", s.path.Issuer.Name)
	}
	s.Percent, s.Fraction, s.Complete = m.progress.Percent(), m.progress.Fraction, m.progress.Complete
	s.Done, s.Next = s.done(m.progress), s.next(m.progress)
	s.Layers, s.Rows = nil, nil
	for i, l := range m.progress.Layers {
		s.Layers = append(s.Layers, s.layer(l, s.path.Layers[i]))
		s.rows(l.Name, l.Steps, 0)
	}
	s.Step = s.stepView(s.open)
}

// from says what a pathway was read from.
func (w *words) from(r wallet.Route) string {
	if r.Form == pathway.Cairn && r.Source == "" {
		return ""
	}
	form := w.Text("pathway.form."+string(r.Form), nil)
	if r.Source == "" {
		return w.t("stack.from", "form", form)
	}
	return w.t("stack.from-file", "form", form, "file", r.Source)
}

// findings says what was noticed when a pathway was read.
func (w *words) findings(list []pathway.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, w.Text("pathway.find."+f.Code, map[string]string{"names": w.several(f.Names, f.More)}))
	}
	return out
}

// several names things, and says how many more there are.
func (w *words) several(names []string, more int) string {
	list := strings.Join(names, "; ")
	if more == 0 {
		return list
	}
	return w.Text("pathway.find.more", map[string]string{"names": list, "more": strconv.Itoa(more)})
}

func (s *Stack) layer(l pathway.LayerProgress, written pathway.Layer) LayerView {
	v := LayerView{
		ID: l.ID, Name: l.Name, About: written.Description, Rule: s.layerRule(l, written), State: string(l.State), StateWord: s.state(l.State, l.Optional),
		Tone: stateTones[l.State], Optional: l.Optional, Done: l.Done, Total: l.Total, Fraction: l.Fraction,
		Count: strconv.Itoa(l.Done) + "/" + strconv.Itoa(l.Total), WaitsFor: s.waits(l.WaitsFor),
	}
	if l.Needed > 0 {
		v.Count = l.Credits.String() + "/" + l.Needed.String()
	}
	v.Bricks = s.bricks(nil, l.Steps, 0)
	return v
}

func (s *Stack) bricks(out []BrickView, steps []pathway.StepProgress, level int) []BrickView {
	for _, st := range steps {
		b := BrickView{
			ID: st.ID, Name: st.Name, State: string(st.State), StateWord: s.state(st.State, st.Optional), Tone: stateTones[st.State],
			Optional: st.Optional, Goal: st.ID == s.path.Goal, Group: st.Rule != nil, Level: level,
		}
		if b.Group {
			b.Count = s.rule(*st.Rule)
		}
		out = s.bricks(append(out, b), st.Steps, level+1)
	}
	return out
}

func (s *Stack) rows(layer string, steps []pathway.StepProgress, level int) {
	for _, st := range steps {
		r := StackRow{Step: st.ID, Layer: layer, Name: st.Name, StateWord: s.state(st.State, st.Optional), Tone: stateTones[st.State], Level: level}
		if len(st.Badges) > 0 {
			best := st.Badges[0]
			r.Badge, r.BadgeName = best.ID, best.Name
			if best.Counts {
				r.Date = s.stated(best.Awarded)
			}
		}
		s.Rows = append(s.Rows, r)
		s.rows(layer, st.Steps, level+1)
	}
}

var stateTones = map[pathway.State]Tone{
	pathway.Later: Plain, pathway.Open: Care, pathway.Complete: Good,
	pathway.Earned: Good, pathway.Waiting: Note, pathway.Near: Care, pathway.Missing: Plain, pathway.Unseen: Note,
}

func (w *words) state(s pathway.State, optional bool) string {
	word := w.Text("pathway.state."+string(s), nil)
	if optional {
		return word + ", " + w.Text("pathway.state.optional", nil)
	}
	return word
}

// layerRule adds to the rule of a layer that a badge may stand for all of it, or
// which one does.
func (s *Stack) layerRule(l pathway.LayerProgress, written pathway.Layer) string {
	rule := s.rule(l.Rule)
	switch {
	case len(l.Badges) > 0 && l.Badges[0].Counts:
		return s.t("stack.by-badge", "badge", orElse(l.Badges[0].Name, s.t("card.unnamed")))
	case len(written.Accepts) > 0:
		return s.t("stack.or-badge", "rule", rule)
	}
	return rule
}

func (w *words) rule(r pathway.RuleWords) string { return w.Text(r.Code(), r.Args) }

func (w *words) waits(refs []pathway.Ref) string {
	if len(refs) == 0 {
		return ""
	}
	return w.t("stack.waits", "names", refNames(refs))
}

func refNames(refs []pathway.Ref) string {
	var names []string
	for _, r := range refs {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// ShowTable changes between drawing and table; it is remembered.
func (s *Stack) ShowTable(on bool) {
	s.Table = on
	value := "off"
	if on {
		value = "on"
	}
	s.desk.Prefs.Set(prefTable, value)
	s.changed()
}

// OpenStep opens a brick; empty shuts it.
func (s *Stack) OpenStep(id string) {
	s.open = id
	s.Step = s.stepView(id)
	s.changed()
}

// OpenBadge shows a badge.
func (s *Stack) OpenBadge(id string) { s.desk.Way.Go(Route{Place: AtDetail, ID: id}) }

// Remove forgets the pathway, with Undo in a toast, and goes back to the list.
func (s *Stack) Remove() {
	s.removePathway(s.ID, s.routes, func() { s.desk.Way.Go(Route{Place: AtPathways}) })
}

// find looks for a step, among groups too.
func findStep(steps []pathway.StepProgress, id string) *pathway.StepProgress {
	for i := range steps {
		if steps[i].ID == id {
			return &steps[i]
		}
		if s := findStep(steps[i].Steps, id); s != nil {
			return s
		}
	}
	return nil
}

func findWritten(steps []pathway.Step, id string) *pathway.Step {
	i := slices.IndexFunc(steps, func(s pathway.Step) bool { return s.ID == id })
	if i >= 0 {
		return &steps[i]
	}
	for _, s := range steps {
		if found := findWritten(s.Steps, id); found != nil {
			return found
		}
	}
	return nil
}
