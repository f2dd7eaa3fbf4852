package model

import (
	"io"
	"time"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

// Stage is how far the opening of a wallet got.
type Stage string

// The stages. Ask, Choose and Offer wait for the learner.
const (
	Closed  Stage = "closed"  // nothing is open: Welcome
	Opening Stage = "opening" // Waiting says for what; Stop gives up
	Ask     Stage = "ask"     // for the passphrase: Answer
	Choose  Stage = "choose"  // a new passphrase: Answer
	Offer   Stage = "offer"   // there is no password store; a passphrase instead? Agree or Stop
	Open    Stage = "open"    // Desk has it
	Stuck   Stage = "stuck"   // Fault says why; Ways lead out
)

// Way out of a stage that is stuck.
type WayOut struct {
	ID   string // "again", "samples", "folder", "welcome"
	Text string
}

// House is what a session is made from.
type House struct {
	Home       string // folder of the learner's own wallet
	SampleHome string // folder of the practice wallet
	Post       func(func())
	Words      assets.Words
	Now        func() time.Time
	Zone       *time.Location // nil means the computer's own
	Rand       io.Reader
	Keychain   keyring.Store // the computer's password store
	Get        fetch.Getter  // the internet, or files in its place
	Prefs      Prefs
}

// Session opens wallets, one at a time: the learner's own or the practice wallet.
// They are two stores with keys of their own, and nothing goes from one to the
// other.
type Session struct {
	OnChange func()

	Stage   Stage
	Sample  bool      // which wallet it is about
	Waiting string    // what is waited for, in words
	Fault   FaultView // when Stuck
	Ways    []WayOut  // when Stuck
	Wrong   string    // what was wrong with the last passphrase, if anything

	house House
	run   *task.Runner
	way   *Way
	desk  *Desk
}

// NewSession makes a session with nothing open.
func NewSession(h House) *Session {
	return &Session{house: h, Stage: Closed, run: task.New(h.Post), way: &Way{}}
}

// Start opens the wallet that was open last, else the learner's own where there is one,
// else nothing: then Welcome is to be shown.
func (s *Session) Start() {}

// OpenOwn opens the learner's own wallet and makes it where there is none.
func (s *Session) OpenOwn() {}

// OpenSample opens the practice wallet and makes it where there is none.
func (s *Session) OpenSample() {}

// EndSample removes the practice wallet and opens the learner's own.
func (s *Session) EndSample() {}

// Answer gives the passphrase that was asked for; again repeats a new one.
func (s *Session) Answer(passphrase, again string) {}

// Agree takes the offer of a passphrase in place of a password store.
func (s *Session) Agree() {}

// Stop gives up the opening.
func (s *Session) Stop() {}

// Take takes a way out.
func (s *Session) Take(id string) {}

// Desk is what the models work on; nil unless the stage is Open.
func (s *Session) Desk() *Desk { return s.desk }

// Way is where the learner is in the open wallet.
func (s *Session) Way() *Way { return s.way }

// Close closes the wallet with the program.
func (s *Session) Close() {}
