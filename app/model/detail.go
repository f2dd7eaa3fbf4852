package model

// Section is a part of what a badge says.
type Section struct {
	ID    string // "about", "criteria", "skills", "results", "evidence", "credits", "people", "endorsements", "claims"
	Title string
	Lines []LineView
	Fold  bool // folded at first
}

// LineView is a label and its value; a text of its own has no label.
type LineView struct {
	Label string
	Value string
	Link  string // https address the value leads to; only of issuers that are recognised
}

// CountView is a pathway the badge counts toward.
type CountView struct {
	Pathway string // id
	Text    string // "Professional Cook (Service layer)"
	Note    string // why it counts, or why it doesn't
	Counts  bool
}

// Detail is S3: one badge.
type Detail struct {
	base
	ID        string
	Loading   bool
	Fault     *FaultView // it can't be shown
	Title     string
	Byline    string // "Issued by Alpine College · earned 12 June 2026 · no end date"
	Issuer    string
	Emblem    EmblemView
	Verdict   VerdictView
	Checked   string // "Checked today, 09:14"
	Checks    ChecksView
	Sections  []Section
	Counts    []CountView
	Technical []LineView
	Raw       string // the text as received, for Technical details
	Tags      []string
	Note      string
	Trusted   bool // the learner trusts its issuer
	CanShare  bool
	Explain   string // more about the verdict, for ActExplain
	Progress  ProgressView
	FileName  string // what to call the original
}

// NewDetail reads a badge; an empty id is "Choose a badge".
func NewDetail(d *Desk, id string) *Detail { return &Detail{base: newBase(d), ID: id} }

// Show changes to another badge.
func (d *Detail) Show(id string) {}

// Recheck checks it again.
func (d *Detail) Recheck() {}

// Stop stops the checking.
func (d *Detail) Stop() {}

// Trust puts its issuer on the learner's list and checks all badges of that issuer
// again.
func (d *Detail) Trust() {}

// Distrust takes its issuer off the learner's list.
func (d *Detail) Distrust() {}

// SetTags replaces its tags.
func (d *Detail) SetTags(tags []string) {}

// SetNote replaces its note.
func (d *Detail) SetNote(text string) {}

// Remove moves it to the bin, with Undo in a toast.
func (d *Detail) Remove() {}

// Share starts sharing it.
func (d *Detail) Share() {}

// Save writes it, exactly as received, to a file.
func (d *Detail) Save(path string) {}

// Do does what a button of the verdict or a row stands for.
func (d *Detail) Do(a Act) {}
