package model

import (
	"context"
	"image"
	"slices"
	"strconv"
	"strings"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
)

// ShareStep is a step of sharing.
type ShareStep int

// The steps.
const (
	StepPick ShareStep = iota // which badge
	StepWho                   // S8
	StepWhat                  // S9
	StepSend                  // S10
)

// TickView is a line that can be shown or kept back.
type TickView struct {
	Path      string
	Label     string
	Value     string
	Note      string // "always shown", "sensitive"
	On        bool
	Fixed     bool
	Sensitive bool
	Level     int
}

// ShareFlow is S8 to S10.
type ShareFlow struct {
	base
	Step     ShareStep
	Steps    []string // names of StepWho, StepWhat and StepSend
	Loading  bool
	Fault    *FaultView // nothing was sent
	Empty    bool       // no badge to share
	Cards    []CardView // of StepPick
	Badge    CardView
	Warning  string // when the badge does not hold; it can still be shared
	Audience string
	Purpose  string
	Days     []OptionView
	WhoError string // at the audience's field
	Whole    string // why this badge can't hide lines, or empty
	Ticks    []TickView
	Presets  []OptionView
	Notes    []FaultView // what has to be known first
	Preview  PreviewView
	Making   ProgressView
	CanNext  bool
	QR       image.Image // nil until it is drawn, and when it is too big or covered
	QRNote   string
	TooBig   bool // no code: a file is offered
	Covered  bool
	Ready    string // what checking it as a stranger said
	Foot     string // what depends on the other side
	Until    string
	FileName string // what to call the file

	first  ShareStep
	asked  *asked // what a request asks for; nil where nobody asked
	chosen string // the badge that answers it
	item   wallet.Item
	lines  share.Choices
	days   int
	proof  share.Proof
	code   image.Image
	task   *task.Task
	rows   []wallet.Row
}

// days that can be chosen.
var shareDays = []string{"1", "7", "30"}

// presets, from little to all.
var presets = []string{share.Minimum, share.Usual, share.All}

// NewShareFlow starts sharing a badge; an empty id chooses one first.
func NewShareFlow(d *Desk, id string) *ShareFlow {
	s := &ShareFlow{base: newBase(d), days: share.DefaultDays}
	s.Steps = []string{s.t("share.step.who"), s.t("share.step.what"), s.t("share.step.send")}
	s.Days = s.options("share.days", strconv.Itoa(s.days), shareDays...)
	if id != "" {
		s.first = StepWho
		s.Pick(id)
	} else {
		s.list()
	}
	return s
}

func (s *ShareFlow) list() {
	s.Loading = true
	load(&s.base, func() ([]wallet.Row, error) { return s.desk.Wallet.Rows() }, func(rows []wallet.Row, err error) {
		s.Loading, s.Fault, s.rows = false, s.faultView(err), rows
		s.Empty = err == nil && len(rows) == 0
		s.cards()
	})
}

func (s *ShareFlow) cards() {
	s.Cards = nil
	for _, r := range s.rows {
		if !r.Damaged {
			s.Cards = append(s.Cards, s.card(r, s.pictured))
		}
	}
	s.changed()
}

func (s *ShareFlow) pictured(id string) {
	if i := slices.IndexFunc(s.Cards, func(c CardView) bool { return c.ID == id }); i >= 0 {
		s.Cards[i].Emblem.Picture = s.desk.pictures.have[id]
	}
	s.changed()
}

// Pick chooses the badge.
func (s *ShareFlow) Pick(id string) {
	s.task.Drop()
	s.Loading, s.Fault = true, nil
	s.changed()
	s.task = load(&s.base, func() (wallet.Item, error) { return s.desk.Wallet.Item(id) }, func(it wallet.Item, err error) {
		s.Loading, s.Fault = false, s.faultView(err)
		if err == nil {
			s.picked(it)
		}
		s.changed()
	})
}

func (s *ShareFlow) picked(it wallet.Item) {
	s.item, s.lines, s.Step = it, share.Look(it.Credential), StepWho
	s.Badge = s.card(it.Row, func(string) {
		s.Badge.Emblem.Picture = s.desk.pictures.have[it.ID]
		s.changed()
	})
	s.Warning = ""
	if v := it.Report.Verdict(); v != check.Verified && v != check.UnrecognisedIssuer {
		face := s.verdict(judged{issuer: it.Issuer, from: it.From, until: it.Until, good: it.Good, report: it.Report})
		s.Warning = s.t("share.warning", "headline", face.Headline, "body", face.Body)
	}
	s.Whole = ""
	if s.lines.Whole {
		s.Whole = s.Text(s.lines.Why+".title", nil) + ". " + s.Text(s.lines.Why+".why", nil)
	}
	s.Ticks = s.ticks()
	if s.asked != nil {
		s.begin()
		return
	}
	s.tick(s.lines.Preset(share.Minimum))
	s.who()
}

func (s *ShareFlow) ticks() []TickView {
	var out []TickView
	for _, l := range s.lines.Lines {
		t := TickView{Path: l.Path, Label: l.Label, Value: l.Value, On: l.Fixed, Fixed: l.Fixed, Sensitive: l.Sensitive, Level: l.Depth}
		switch {
		case l.Fixed:
			t.Note = s.t("share.fixed")
		case l.Sensitive:
			t.Note = s.t("share.sensitive")
		}
		out = append(out, t)
	}
	return out
}

// SetAudience says who will get it.
func (s *ShareFlow) SetAudience(text string) {
	s.Audience, s.WhoError = text, ""
	s.who()
	s.changed()
}

// SetPurpose says for what.
func (s *ShareFlow) SetPurpose(text string) { s.Purpose = text }

// SetDays says how long it is good, by the ID of one of Days.
func (s *ShareFlow) SetDays(id string) {
	n, err := strconv.Atoi(id)
	if err != nil || !slices.Contains(shareDays, id) {
		return
	}
	s.days = n
	s.Days = s.options("share.days", id, shareDays...)
	s.changed()
}

func (s *ShareFlow) who() { s.CanNext = strings.TrimSpace(s.Audience) != "" }

// Preset ticks as one of Presets says.
func (s *ShareFlow) Preset(id string) {
	if s.Step == StepWhat {
		s.tick(s.lines.Preset(id))
		s.make()
	}
}

func (s *ShareFlow) tick(paths []string) {
	for i := range s.Ticks {
		s.Ticks[i].On = s.Ticks[i].Fixed || slices.Contains(paths, s.Ticks[i].Path)
	}
	s.marked()
}

// marked says which preset the ticks are.
func (s *ShareFlow) marked() {
	on := ""
	show := s.show()
	for _, id := range presets {
		if on == "" && slices.Equal(show, s.lines.Preset(id)) {
			on = id
		}
	}
	s.Presets = nil
	if !s.lines.Whole && s.asked == nil {
		s.Presets = s.options("share.preset", on, presets...)
	}
}

// show lists the paths that are ticked.
func (s *ShareFlow) show() []string {
	var out []string
	for _, t := range s.Ticks {
		if t.On && !t.Fixed {
			out = append(out, t.Path)
		}
	}
	return out
}

// Tick shows or keeps back the line at a place. What it stands in comes along;
// what stands inside goes with it.
func (s *ShareFlow) Tick(i int, on bool) {
	if s.Step != StepWhat || i < 0 || i >= len(s.Ticks) || s.Ticks[i].Fixed {
		return
	}
	s.set(i, on)
	s.marked()
	s.make()
}

// set ticks a line, with what has to go along.
func (s *ShareFlow) set(i int, on bool) {
	s.Ticks[i].On = on
	lines := s.lines.Lines
	if on {
		for p := lines[i].Parent; p >= 0; p = lines[p].Parent {
			s.Ticks[p].On = true
		}
	} else {
		for j := range lines { // a line stands after the one it stands in
			if p := lines[j].Parent; p >= 0 && !s.Ticks[p].On && !s.Ticks[j].Fixed {
				s.Ticks[j].On = false
			}
		}
	}
}

// Next goes on a step.
func (s *ShareFlow) Next() {
	switch s.Step {
	case StepWho:
		if strings.TrimSpace(s.Audience) == "" {
			s.WhoError = s.Text("fault.share.no-audience.why", nil)
			s.changed()
			return
		}
		s.Step = StepWhat
		s.make()
	case StepWhat:
		if s.Preview.Ready {
			s.send()
		}
	}
}

// Back goes back a step, and before the first one to where the learner was.
func (s *ShareFlow) Back() {
	s.task.Drop()
	s.Making, s.Fault, s.QR, s.code = ProgressView{}, nil, nil, nil
	switch s.Step {
	case StepSend:
		s.Step = StepWhat
		s.make()
		return
	case StepWhat:
		s.Step = StepWho
		s.who()
	case StepWho:
		if s.first == StepWho {
			s.desk.Way.Back()
			return
		}
		s.Step = StepPick
		s.list()
	case StepPick:
		s.desk.Way.Back()
	}
	s.changed()
}

// make makes the proof of the ticks as they are, and shows what checking its bytes
// says. An earlier one that is still being made is given up.
func (s *ShareFlow) make() {
	s.task.Drop()
	s.proof, s.Preview, s.Notes, s.Fault, s.CanNext = share.Proof{}, PreviewView{Title: s.Preview.Title}, nil, nil, false
	s.Preview.Title = s.t("share.preview", "audience", strings.TrimSpace(s.Audience))
	s.Making = ProgressView{On: true, Text: s.t("share.making"), Stop: s.t("stop")}
	s.changed()
	r := s.request()
	s.task = task.Run(s.run, func(ctx context.Context) (share.Proof, error) {
		return s.desk.Share.Make(ctx, r)
	}, func(p share.Proof, err error) {
		s.Making = ProgressView{}
		if err != nil {
			if !stopped(err) {
				s.Fault = s.faultView(err)
			}
			s.changed()
			return
		}
		s.proof, s.Preview, s.CanNext = p, s.preview(p), true
		for _, code := range p.Notes {
			s.Notes = append(s.Notes, s.note(code))
		}
		s.changed()
	})
}

func (s *ShareFlow) note(code string) FaultView {
	code = "note." + code
	return FaultView{Code: code, Title: s.Text(code+".title", nil), Why: s.Text(code+".why", nil), Do: s.Text(code+".do", nil)}
}

// Retry makes the proof again after a fault.
func (s *ShareFlow) Retry() {
	switch s.Step {
	case StepWhat:
		s.make()
	case StepSend:
		s.send()
	}
}

// Stop stops the making.
func (s *ShareFlow) Stop() { s.task.Stop() }
