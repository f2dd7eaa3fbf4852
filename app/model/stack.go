package model

// BrickView is a step, drawn by shape and word.
type BrickView struct {
	ID        string
	Name      string
	State     string // "earned", "waiting", "held", "missing", "later", "open", "complete"
	StateWord string
	Tone      Tone
	Optional  bool
	Goal      bool
	Level     int // how many groups it stands in
	Group     bool
}

// LayerView is a layer of the stack; the first is the lowest.
type LayerView struct {
	ID        string
	Name      string
	Rule      string // "all 4", "any 2 of 5", "20 credits"
	State     string // "later", "open", "complete"
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

// StackRow is a line of the table, the same facts as the drawing.
type StackRow struct {
	Step      string // id
	Layer     string
	Name      string
	Tone      Tone
	StateWord string
	Date      string
	Badge     string // id of the badge that counts, or comes close
	BadgeName string
	Level     int
}

// MatchView is a badge at a step.
type MatchView struct {
	ID     string
	Name   string
	Why    string
	Note   string // when the maker of the pathway vouches for the issuer
	Counts bool
}

// StepView is a brick opened.
type StepView struct {
	ID, Name    string
	Description string
	StateWord   string
	Tone        Tone
	Layer       string
	Need        string // "needed (all 4)"
	OfferedBy   string
	OfferURL    string
	Accepts     []string // what counts, in words
	WaitsFor    string
	Credits     string
	Matches     []MatchView
}

// Stack is S7: one pathway.
type Stack struct {
	base
	ID       string
	Loading  bool
	Fault    *FaultView
	Name     string
	By       string
	About    string
	Percent  int
	Fraction float64
	Done     string
	Headline string // "All steps done", or the next step
	Layers   []LayerView
	Rows     []StackRow
	Table    bool
	Step     *StepView // the brick that is open
}

// NewStack measures a pathway.
func NewStack(d *Desk, id string) *Stack { return &Stack{base: newBase(d), ID: id} }

// ShowTable changes between drawing and table; it is remembered.
func (s *Stack) ShowTable(on bool) {}

// OpenStep opens a brick; empty shuts it.
func (s *Stack) OpenStep(id string) {}

// OpenBadge shows a badge.
func (s *Stack) OpenBadge(id string) {}

// Remove forgets the pathway, with Undo in a toast, and goes back to the list.
func (s *Stack) Remove() {}
