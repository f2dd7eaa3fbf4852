package model

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/samples"
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

// WayOut leads out of a stage that is stuck.
type WayOut struct {
	ID   string // what Take takes
	Text string
}

// The ways out.
const (
	wayAgain   = "again"   // try it again
	wayFolder  = "folder"  // show the wallet's file
	waySamples = "samples" // open the practice wallet
	wayFresh   = "fresh"   // make the practice wallet anew
	wayWelcome = "welcome" // back to the start
)

// House is what a session is made from. All members but Zone, Spoken and Reveal
// are needed.
type House struct {
	Home       string       // folder of the learner's own wallet
	SampleHome string       // folder of the practice wallet, and of nothing else
	Screen     *task.Screen // where results are brought
	Words      assets.Words
	Now        func() time.Time
	Zone       *time.Location // nil means the computer's own
	Rand       io.Reader
	Keychain   keyring.Store  // the computer's password store
	Get        fetch.Getter   // the internet, or files in its place
	Journal    *fetch.Journal // hears whom Get asks; nil where nobody is asked
	Prefs      Prefs
	Spoken     vc.Languages      // the languages of the computer, the best first
	Reveal     func(path string) // shows a file's folder to the learner
}

// Session opens wallets, one at a time: the learner's own or the practice wallet.
// They are two stores with keys of their own, and nothing goes from one to the
// other.
type Session struct {
	OnChange func()

	Stage   Stage
	Sample  bool      // which wallet it is about
	Waiting string    // what is waited for, when Opening
	Fault   FaultView // when Stuck
	Ways    []WayOut  // when Stuck
	Wrong   string    // what was wrong with the last passphrase, if anything
	Path    string    // the wallet's folder, when Stuck

	*words
	house  House
	run    *task.Runner
	task   *task.Task
	way    *Way
	desk   *Desk
	try    *attempt // the last one to open a wallet
	online atomic.Bool
	reply  chan string // to the worker that asks
	then   Route       // where to go once it is open
}

// Names of preferences.
const (
	prefWallet = "wallet" // "sample" or "own": which was open last
	prefOnline = "online" // "off", or on
)

// NewSession makes a session with nothing open.
func NewSession(h House) *Session {
	s := &Session{
		house: h, Stage: Closed, run: task.New(h.Screen), way: &Way{}, then: Route{Place: AtHome},
		words: &words{Words: h.Words, now: h.Now, zone: h.Zone},
	}
	s.online.Store(h.Prefs.Get(prefOnline) != "off")
	return s
}

// Start opens the wallet that was open last, else the learner's own where there
// is one, else nothing: then Welcome is to be shown.
func (s *Session) Start() {
	switch {
	case s.house.Prefs.Get(prefWallet) == "sample" && samples.Is(s.house.SampleHome):
		s.OpenSample()
	case wallet.Exists(s.house.Home):
		s.OpenOwn()
	default:
		s.set(Closed)
	}
}

// OpenOwn opens the learner's own wallet and makes it where there is none.
func (s *Session) OpenOwn() { s.begin(false) }

// AddFirst is OpenOwn, and then goes to Add.
func (s *Session) AddFirst() {
	s.then = Route{Place: AtAdd}
	s.begin(false)
}

// OpenSample opens the practice wallet and makes it where there is none.
func (s *Session) OpenSample() { s.begin(true) }

// EndSample removes the practice wallet and opens the learner's own.
func (s *Session) EndSample() {
	s.begin(false, func() error { return removeSample(s.house.SampleHome) })
}

// removeSample removes a folder that surely is a practice wallet.
func removeSample(home string) error {
	if !samples.Is(home) {
		return nil
	}
	return os.RemoveAll(home)
}

// begin closes what is open, does what comes first, and opens a wallet.
func (s *Session) begin(sample bool, first ...func() error) {
	s.task.Drop()
	s.leave()
	old, try := s.try, &attempt{over: make(chan struct{})}
	s.try, s.desk, s.Sample, s.Fault, s.Ways = try, nil, sample, FaultView{}, nil
	s.Waiting = s.t("session.opening")
	if !sample {
		s.Waiting = s.t("session.waiting")
	}
	s.set(Opening)
	s.task = task.Run(s.run, func(ctx context.Context) (*wallet.Wallet, error) {
		defer close(try.over)
		old.close()
		for _, f := range first {
			if err := f(); err != nil {
				return nil, err
			}
		}
		w, err := s.openWallet(ctx, sample)
		try.wallet = w
		return w, err
	}, s.opened)
}

// openWallet runs on a worker.
func (s *Session) openWallet(ctx context.Context, sample bool) (w *wallet.Wallet, err error) {
	h := s.house
	if sample {
		w, err = samples.Open(ctx, h.SampleHome, h.Now, h.Rand)
	} else {
		w, err = wallet.Open(ctx, wallet.Options{Home: h.Home, Now: h.Now, Rand: h.Rand, Verifier: s.verifier(), Journal: h.Journal, Secrets: keyring.Choice{
			Keychain: h.Keychain, File: keyring.File{Dir: h.Home, Rand: h.Rand, Ask: s.askPassphrase}, Offer: s.offer,
		}})
	}
	return w, err
}

func (s *Session) verifier() *verify.Verifier {
	return &verify.Verifier{Now: s.house.Now, Get: gate{s.house.Get, &s.online}, Lists: trust.Lists{Public: true}, Memory: &verify.Memory{}}
}

// gate is the learner's switch for online checks.
type gate struct {
	fetch.Getter
	open *atomic.Bool
}

// Get asks, or answers fetch.ErrOffline.
func (g gate) Get(ctx context.Context, address, accept string) (fetch.Page, error) {
	if !g.open.Load() || g.Getter == nil {
		return fetch.Page{}, fetch.ErrOffline
	}
	return g.Getter.Get(ctx, address, accept)
}

// Post asks with a body, or answers fetch.ErrOffline.
func (g gate) Post(ctx context.Context, address string, body []byte) (fetch.Page, error) {
	if !g.open.Load() || g.Getter == nil {
		return fetch.Page{}, fetch.ErrOffline
	}
	return fetch.Call(ctx, g.Getter, address, body)
}

// Send sends a letter, or answers fetch.ErrOffline.
func (g gate) Send(ctx context.Context, l fetch.Letter) (fetch.Reply, error) {
	if !g.open.Load() || g.Getter == nil {
		return fetch.Reply{}, fetch.ErrOffline
	}
	return fetch.Send(ctx, g.Getter, l)
}

func (s *Session) opened(w *wallet.Wallet, err error) {
	switch {
	case fault.Code(err) == "keyring.wrong-passphrase":
		s.Wrong = s.fault(err).Title
		s.begin(s.Sample)
	case errors.Is(err, context.Canceled) && !wallet.Exists(s.house.Home) && !s.Sample:
		s.set(Closed)
	case err != nil:
		if errors.Is(err, context.Canceled) {
			err = fault.Wrap(err, "keyring.stopped")
		}
		s.stuck(err)
	default:
		s.Wrong = ""
		s.desk = s.newDesk(w)
		s.desk.readIn(s.words)
		s.house.Prefs.Set(prefWallet, map[bool]string{true: "sample", false: "own"}[s.Sample])
		s.way.Reset(Route{Place: AtHome})
		s.set(Open)
		if s.then.Place != AtHome {
			s.way.Go(s.then)
		}
		s.then = Route{Place: AtHome}
	}
}

func (s *Session) newDesk(w *wallet.Wallet) *Desk {
	v := s.verifier()
	d := &Desk{
		Screen: s.house.Screen, Words: s.house.Words, Now: s.house.Now, Zone: s.house.Zone, Wallet: w, Checker: v, Get: v.Get,
		Sample: s.Sample, Way: s.way, Prefs: s.house.Prefs, Spoken: s.house.Spoken, online: &s.online,
	}
	if s.Sample {
		d.Checker, d.Get = samples.Verifier(s.house.Now), fetch.Offline{}
	}
	d.Share = share.Sharer{Wallet: w, Verifier: d.Checker, Rand: s.house.Rand}
	return d
}

func (s *Session) stuck(err error) {
	s.Fault = s.fault(err)
	ids := []string{wayAgain}
	if strings.HasPrefix(s.Fault.Code, "vault.") && s.house.Reveal != nil {
		ids = append(ids, wayFolder)
	}
	s.Path = s.house.Home
	switch {
	case s.Sample:
		s.Path, ids = s.house.SampleHome, append(ids, wayFresh, wayWelcome)
	case !wallet.Exists(s.house.Home):
		ids = append(ids, waySamples, wayWelcome)
	default:
		ids = append(ids, waySamples)
	}
	s.Ways = nil
	for _, id := range ids {
		s.Ways = append(s.Ways, WayOut{ID: id, Text: s.t("session.way." + id)})
	}
	s.set(Stuck)
}

// Take takes a way out.
func (s *Session) Take(id string) {
	switch id {
	case wayAgain:
		s.begin(s.Sample)
	case wayFolder:
		if s.house.Reveal != nil {
			s.house.Reveal(s.Path)
		}
	case waySamples:
		s.OpenSample()
	case wayFresh:
		s.begin(true, func() error { return removeSample(s.house.SampleHome) })
	case wayWelcome:
		s.set(Closed)
	}
}

// Stop gives up the opening.
func (s *Session) Stop() {
	s.Wrong = ""
	s.task.Stop()
}

// Desk is what the models work on; nil unless the stage is Open.
func (s *Session) Desk() *Desk { return s.desk }

// Way is where the learner is in the open wallet.
func (s *Session) Way() *Way { return s.way }

// Close closes the wallet with the program.
func (s *Session) Close() {
	s.run.Close()
	s.leave()
	s.try.close()
	s.try, s.desk = nil, nil
}

func (s *Session) leave() {
	if s.desk != nil {
		s.desk.Close()
	}
}

func (s *Session) set(stage Stage) {
	s.Stage = stage
	s.changed()
}

func (s *Session) changed() {
	if s.OnChange != nil {
		s.OnChange()
	}
}
