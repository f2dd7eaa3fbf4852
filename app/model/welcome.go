package model

// WelcomeView is S0: texts only; its buttons are acts of the Session.
type WelcomeView struct {
	Title, Body             string
	Samples, First, Promise string // two buttons and a line
}

// Welcome gives S0.
func (s *Session) Welcome() WelcomeView { return WelcomeView{} }

// HintView is one hint of the first run: one line, one button.
type HintView struct {
	Text   string
	Button string
	Last   bool // its button starts the learner's own wallet: Session.EndSample
}

// Hints leads through the practice wallet. Esc ends it for good.
type Hints struct {
	OnChange func()
}

// NewHints makes the hints; there are none outside of the practice wallet.
func NewHints(d *Desk) *Hints { return &Hints{} }

// Now is the hint to show, if any.
func (h *Hints) Now() (HintView, bool) { return HintView{}, false }

// Next is the hint's button: it leads to what the hint is about.
func (h *Hints) Next() {}

// End ends the hints for good.
func (h *Hints) End() {}
