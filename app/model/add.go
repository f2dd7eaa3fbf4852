package model

import "io"

// Input is something to take in.
type Input struct {
	Name string                        // of the file; empty for what was pasted
	Open func() (io.ReadCloser, error) // called off the screen's goroutine
}

// FileInput is a file of this computer.
func FileInput(path string) Input { return Input{} }

// TextInput is what was pasted: a text, or the bytes of a picture.
func TextInput(data []byte) Input { return Input{} }

// AddStage is what Add shows.
type AddStage string

// The stages of Add.
const (
	Asking    AddStage = "ask"    // S4
	Reading   AddStage = "read"   // Progress
	Reviewing AddStage = "review" // S5
	Saving    AddStage = "save"   // Progress
)

// DraftView is a badge that was read and is not kept yet.
type DraftView struct {
	Card    CardView
	For     string // "for Maya Keller", empty when not stated
	Source  string
	Verdict VerdictView
	Checks  ChecksView
	Known   string // "You have it already." or empty
	Fits    string // "Fits: Professional Cook (Kitchen)", or empty
	Ticked  bool
}

// RefusedView is an input that could not be read.
type RefusedView struct {
	Name  string
	Fault FaultView
}

// WebView is an address that has to be allowed before it is opened.
type WebView struct {
	URL, Host string
	Text      string
}

// Add is S4 and S5: taking badges in, and reviewing them before they are kept.
type Add struct {
	base
	Stage    AddStage
	Progress ProgressView
	Title    string // "We found 3 badges"
	Drafts   []DraftView
	Refused  []RefusedView
	Webs     []WebView
	Pathways []string // names of pathway files among it; saved with the badges
	CanSave  bool
	SaveText string
	Fault    *FaultView // saving failed; nothing was lost
}

// NewAdd takes in what came along, if anything.
func NewAdd(d *Desk, in []Input) *Add { return &Add{base: newBase(d), Stage: Asking} }

// Receive takes in more.
func (a *Add) Receive(in ...Input) {}

// Fetch opens an address the learner allowed.
func (a *Add) Fetch(i int) {}

// Tick chooses whether a draft is kept.
func (a *Add) Tick(i int, on bool) {}

// Stop stops the reading; what was read stays.
func (a *Add) Stop() {}

// Save keeps the ticked drafts, then shows them.
func (a *Add) Save() {}

// Discard goes back to S4 with nothing kept.
func (a *Add) Discard() {}
