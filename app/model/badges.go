package model

// ChipView is a filter.
type ChipView struct {
	ID    string // "all", "verified", "attention", "unchecked", "expired", "unsigned", or "tag:…"
	Text  string
	Count string
	On    bool
}

// OptionView is a choice of a list.
type OptionView struct {
	ID   string
	Text string
	On   bool
}

// Badges is S2: all badges, searched, filtered and sorted.
type Badges struct {
	base
	Loading  bool
	Fault    *FaultView
	Empty    bool // the wallet has no badge
	NoMatch  bool // the search or the filter leaves none
	Query    string
	Chips    []ChipView
	Sorts    []OptionView
	Summary  string       // "24 badges", "3 of 24 badges"
	Selected string       // id, or empty
	Progress ProgressView // of CheckAll
}

// NewBadges reads the badges. filter is a chip's ID, or empty.
func NewBadges(d *Desk, filter string) *Badges { return &Badges{base: newBase(d)} }

// Len is how many badges are shown.
func (b *Badges) Len() int { return 0 }

// Card gives the card at a place.
func (b *Badges) Card(i int) CardView { return CardView{} }

// Index is the place of a badge, -1 when it is not shown.
func (b *Badges) Index(id string) int { return -1 }

// Search shows what fits a text: names, issuers, skills, tags and notes, whatever
// their case and accents.
func (b *Badges) Search(text string) {}

// Filter shows the badges of one chip.
func (b *Badges) Filter(id string) {}

// Sort orders the badges.
func (b *Badges) Sort(id string) {}

// Clear takes search and filter away.
func (b *Badges) Clear() {}

// Select marks a badge; empty for none.
func (b *Badges) Select(id string) {}

// Open shows a badge on its own.
func (b *Badges) Open(id string) {}

// Share starts sharing a badge.
func (b *Badges) Share(id string) {}

// Remove moves badges to the bin, with Undo in a toast.
func (b *Badges) Remove(ids ...string) {}

// CheckAll checks all badges again; Progress tells how far it is.
func (b *Badges) CheckAll() {}

// Stop stops the checking.
func (b *Badges) Stop() {}
