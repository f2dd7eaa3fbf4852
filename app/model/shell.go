package model

// NavView is a place in the sidebar.
type NavView struct {
	Place    Place
	Text     string
	Icon     string
	Count    string // empty for none
	Selected bool
}

// Shell is what surrounds every place: sidebar, status line, undo, and what is
// dropped or pasted anywhere.
type Shell struct {
	base
	Nav     []NavView
	Setup   NavView // Settings, at the foot
	Ribbon  string  // "Sample" in the practice wallet, else empty
	Status  string  // "Saved on this computer."
	Offline string  // chip when online checks are off, with the last check; else empty
	Path    string  // where the wallet's file is
}

// NewShell makes the shell and shows toasts through it.
func NewShell(d *Desk, toast func(Toast)) *Shell { return &Shell{base: newBase(d)} }

// Undo takes the last act back and says so in a toast.
func (s *Shell) Undo() {}

// Receive takes what was dropped, pasted or opened: badges go to review, proofs
// to be checked.
func (s *Shell) Receive(in ...Input) {}
