package model

import "image"

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

// SeenRow is a line of the preview; what is kept back is listed for the learner only.
type SeenRow struct {
	Label  string
	Value  string
	Hidden bool
}

// PreviewView is what checking the actual bytes said.
type PreviewView struct {
	Ready   bool // false while it is being made
	Title   string
	Verdict VerdictView
	Checks  ChecksView
	Rows    []SeenRow
	Foot    string // "Hidden lines are removed, not blurred."
}

// ShareFlow is S8 to S10.
type ShareFlow struct {
	base
	Step     ShareStep
	Steps    []string // their names, for StepWho to StepSend
	Loading  bool
	Fault    *FaultView // nothing was sent
	Empty    bool       // no badge to share
	Cards    []CardView // of StepPick
	Badge    CardView
	Warning  string // when the badge is expired or has a problem; it can still be shared
	Audience string
	Purpose  string
	Days     []OptionView
	WhoError string // at the audience's field
	Whole    string // "This badge can't hide lines…", or empty
	Ticks    []TickView
	Presets  []OptionView
	Notes    []FaultView // what has to be known first
	Preview  PreviewView
	Making   ProgressView
	CanNext  bool
	QR       image.Image // nil until it is drawn, and when it is too big or covered
	QRNote   string      // "Let them scan this code.", "Too big for one code. …"
	TooBig   bool
	Covered  bool
	Ready    string // "We checked it as a stranger would: …"
	Foot     string // "Whether they recognise … depends on their own lists."
	Until    string
	FileName string
}

// NewShareFlow starts sharing a badge; an empty id chooses one first.
func NewShareFlow(d *Desk, id string) *ShareFlow { return &ShareFlow{base: newBase(d)} }

// Pick chooses the badge.
func (s *ShareFlow) Pick(id string) {}

// SetAudience says who will get it.
func (s *ShareFlow) SetAudience(text string) {}

// SetPurpose says for what.
func (s *ShareFlow) SetPurpose(text string) {}

// SetDays says how long it is good, by the ID of one of Days.
func (s *ShareFlow) SetDays(id string) {}

// Preset ticks as one of Presets says.
func (s *ShareFlow) Preset(id string) {}

// Tick shows or keeps back the line at a place. What it stands in comes along;
// what stands inside goes with it.
func (s *ShareFlow) Tick(i int, on bool) {}

// Next goes on, Back goes back a step.
func (s *ShareFlow) Next() {}

// Back goes back a step.
func (s *ShareFlow) Back() {}

// Stop stops the making.
func (s *ShareFlow) Stop() {}

// Text is the proof as text, for the clipboard.
func (s *ShareFlow) Text() string { return "" }

// Save writes the proof to a file.
func (s *ShareFlow) Save(path string) {}

// Cover hides the code, as after two minutes or when the window is left.
func (s *ShareFlow) Cover(on bool) {}

// Done ends the flow and shows the Activity.
func (s *ShareFlow) Done() {}
