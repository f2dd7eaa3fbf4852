package model

// PathwayView is one pathway in the list.
type PathwayView struct {
	ID       string
	Name     string
	By       string
	Percent  int
	Fraction float64
	Done     string // "7 of 12"
	Next     string // "Next: Stock Control"
	Complete bool
	Fault    *FaultView // it can't be measured
}

// Pathways is S6.
type Pathways struct {
	base
	Loading bool
	Fault   *FaultView
	Empty   bool
	List    []PathwayView
	Ready   []OptionView // pathways that ship with the program and are not followed yet: Follow
}

// NewPathways reads the pathways.
func NewPathways(d *Desk) *Pathways { return &Pathways{base: newBase(d)} }

// Open shows a pathway.
func (p *Pathways) Open(id string) {}

// Receive adds a pathway file.
func (p *Pathways) Receive(in Input) {}

// Follow adds a pathway that ships with the program.
func (p *Pathways) Follow(id string) {}

// Remove forgets a pathway, with Undo in a toast.
func (p *Pathways) Remove(id string) {}
