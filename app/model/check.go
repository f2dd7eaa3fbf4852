package model

// ShownView is one badge of a proof.
type ShownView struct {
	Card    CardView
	Verdict VerdictView
	Checks  ChecksView
	Lines   []LineView
}

// Check is S15: somebody's proof. Nothing of it is kept.
type Check struct {
	base
	Empty    bool // nothing to check yet: drop, paste or choose
	Progress ProgressView
	Fault    *FaultView
	From     string // "Proof from the holder of key …7Q2k"
	For      string
	Made     string
	Verdict  VerdictView
	Shown    []ShownView
	Foot     string // "Nothing is added to your wallet."
	IsBadge  string // it is a badge, not a proof: offer to add it
}

// NewCheck checks what came along, if anything.
func NewCheck(d *Desk, in []Input) *Check { return &Check{base: newBase(d), Empty: true} }

// Receive checks something else.
func (c *Check) Receive(in ...Input) {}

// Stop stops the checking.
func (c *Check) Stop() {}

// Again checks it again.
func (c *Check) Again() {}

// Report is what was found, as plain text.
func (c *Check) Report() string { return "" }

// SaveReport writes Report to a file.
func (c *Check) SaveReport(path string) {}
