package model

// FoundView is a line of the quick find.
type FoundView struct {
	Kind     string // "badge", "pathway", "issuer", "action"
	KindText string
	Text     string
	Note     string
	Emblem   *EmblemView
	Percent  int // of a pathway
}

// Find is the quick find.
type Find struct {
	base
	Query   string
	Results []FoundView
	Chosen  int // the line Enter opens
}

// NewFind makes a quick find over badges, issuers, pathways and acts.
func NewFind(d *Desk) *Find { return &Find{base: newBase(d)} }

// Search shows what fits a text.
func (f *Find) Search(text string) {}

// Move moves the choice up or down.
func (f *Find) Move(by int) {}

// Open goes where the line at a place leads.
func (f *Find) Open(i int) {}
