// Package model is what the screens show, without a screen: plain Go values that
// are ready to be drawn, and the acts a learner can take.
//
// It knows no Fyne, holds no wording (that is in assets, under app, check,
// verdict, fault, event and pathway) and starts no goroutine (package task does).
// Fields are touched on the screen's goroutine only. Every act returns at once;
// what it changes is told by OnChange. Start at Session, which opens a wallet and
// gives its Desk; each screen's model is made from a Desk and closed with the
// screen.
package model

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/oid4vp"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// Wallet is what the models need of the learner's wallet. *wallet.Wallet is one.
type Wallet interface {
	reader
	historian
	taker
	changer
	owner
	follower
	recorder
	asker
	Listen(f func(wallet.Changed)) (stop func())
	Path() string
}

type reader interface {
	Rows() ([]wallet.Row, error)
	Item(id string) (wallet.Item, error)
	Picture(id string) ([]byte, string, error)
	SetLanguages(ctx context.Context, languages vc.Languages) error
}

type taker interface {
	Review(ctx context.Context, raw []byte, source string, seen func(n int, c check.Check)) ([]wallet.Draft, error)
	Keep(ctx context.Context, drafts []wallet.Draft) ([]string, error)
	keyTaker
	collector
}

type changer interface {
	Remove(ids ...string) error
	Restore(ids ...string) error
	Bin() ([]wallet.Binned, error)
	Tag(id string, tags []string) error
	Note(id, text string) error
	Undo() (wallet.Event, error)
	Recheck(ctx context.Context, ids []string, done func(n, total int)) error
}

type owner interface {
	Trusted() ([]verify.Trusted, error)
	Trust(id, name string) error
	Distrust(id string) error
	Emails() ([]string, error)
	SetEmails(addresses []string) error
	Keys() ([]wallet.KeyInfo, error)
	NewKey(alg, note string) (key.Holder, error)
	Holder(c *vc.Credential) (key.Holder, error)
	Profile() (key.Holder, error)
	Checker(v verify.Verifier) verify.Verifier
}

// asker is about whom the checks ask.
type asker interface {
	Lists() ([]wallet.List, error)
	AddList(ctx context.Context, address, name string) (wallet.List, error)
	AddListFile(raw []byte) (wallet.List, error)
	UpdateLists(ctx context.Context) error
	SwitchList(id string, on bool) error
	RemoveList(id string) error
	Chains() ([]anchor.Provider, error)
	AddChain(text string) error
	RemoveChain(text string) error
	Contacts() ([]fetch.Tally, error)
	ClearContacts() error
}

type follower interface {
	Pathways() ([]wallet.Route, error)
	AddPathway(raw []byte, source string) (wallet.Route, error)
	RemovePathway(id string) error
	Measure(id string) (wallet.Route, pathway.Progress, error)
}

type recorder interface {
	Activity() ([]wallet.Event, error)
	Record(e wallet.Event) error
}

// Maker makes proofs, and answers to requests. share.Sharer is one.
type Maker interface {
	Make(ctx context.Context, r share.Request) (share.Proof, error)
	answerer
}

type answerer interface {
	Ask(ctx context.Context, r oid4vp.Request, rows []wallet.Row) (share.Asked, error)
	Pick(query string, fit oid4vp.Fit) (share.Pick, error)
	Seal(asked share.Asked, made []share.Made) (share.Answer, error)
	Door(get fetch.Getter) oid4vp.Door
}

// Prefs keeps small settings of the program between starts. A missing one is "".
type Prefs interface {
	Get(name string) string
	Set(name, value string)
}

// Toast is a short message that leaves by itself after For, unless the pointer
// rests on it.
type Toast struct {
	Text   string
	Action string // of the button; empty for none
	Act    func() // what the button does
	For    time.Duration
}

// toastTime is how long a toast stays.
const toastTime = 8 * time.Second

// Desk is what all models of one open wallet work on.
type Desk struct {
	Screen  *task.Screen // where results are brought
	Words   assets.Words
	Now     func() time.Time
	Zone    *time.Location // for dates; nil means the computer's own
	Wallet  Wallet
	Share   Maker
	Checker *verify.Verifier // judges what others show
	Get     fetch.Getter     // opens addresses the learner gave
	Sample  bool             // this is the practice wallet
	Way     *Way
	Prefs   Prefs
	Spoken  vc.Languages // the languages of the computer, the best first
	Toast   func(Toast)  // shows a toast; set by the Shell

	online   *atomic.Bool // the switch for online checks; nil where there is none
	pictures pictures
	telling  bool         // the wallet is reading texts in other languages
	acts     *task.Runner // for changes of the wallet, which outlive the screen that asked for them
}

// Close ends the desk with its wallet: no model is told of anything any more.
func (d *Desk) Close() { d.runner().Close() }

func (d *Desk) runner() *task.Runner {
	if d.acts == nil {
		d.acts = task.New(d.Screen)
	}
	return d.acts
}

// base is the common part of the models.
type base struct {
	OnChange func() // fields have changed: draw again

	*words
	desk   *Desk
	run    *task.Runner
	stop   func()
	closed bool
	queued atomic.Bool

	reading bool   // what the model shows is being read
	again   func() // and has to be read once more

	wanted  []string // ids of pictures to load
	loading bool     // one is being loaded
}

func newBase(d *Desk) base {
	return base{desk: d, run: task.New(d.Screen), words: &words{Words: d.Words, now: d.Now, zone: d.Zone}}
}

// Close ends the model with its screen: work is stopped, and nothing changes any
// more.
func (b *base) Close() {
	if b.stop != nil {
		b.stop()
	}
	b.run.Close()
	b.closed = true
}

// follow calls reload on the screen's goroutine after the wallet has changed:
// once for all changes that came before it gets there.
func (b *base) follow(reload func()) {
	b.stop = b.desk.Wallet.Listen(func(wallet.Changed) {
		if b.queued.Swap(true) {
			return
		}
		b.run.Post(func() {
			b.queued.Store(false)
			reload()
		})
	})
}

func (b *base) changed() {
	if b.OnChange != nil && !b.closed { // work of the desk may come later
		b.OnChange()
	}
}

func (b *base) toast(t Toast) { b.desk.say(t) }

func (d *Desk) say(t Toast) {
	if t.For == 0 {
		t.For = toastTime
	}
	if d.Toast != nil {
		d.Toast(t)
	}
}

// stopped says whether the learner stopped the work, which is no fault.
func stopped(err error) bool {
	return errors.Is(err, context.Canceled) || fault.Code(err) == "keyring.stopped"
}

// act runs a change of the wallet off the screen's goroutine, and to its end even
// when the screen is left. A fault is shown as a toast; when it worked, then goes
// on, where it isn't nil.
func (b *base) act(work func() error, then func()) { b.desk.act(b.words, work, then) }

func (d *Desk) act(w *words, work func() error, then func()) {
	task.Run(d.runner(), func(context.Context) (struct{}, error) { return struct{}{}, work() }, func(_ struct{}, err error) {
		switch {
		case err != nil:
			d.say(Toast{Text: w.fault(err).Line()})
		case then != nil:
			then()
		}
	})
}

// ProgressView is how far something slow is.
type ProgressView struct {
	On       bool
	Text     string // "Reading 3 of 12"
	Fraction float64
	Stop     string // text of the button that stops it
}

// reload is load for what a model shows. While one is under way another one waits
// for its end, so that an older answer never comes after a newer one.
func reload[T any](b *base, work func() (T, error), done func(T, error)) {
	if b.reading {
		b.again = func() { reload(b, work, done) }
		return
	}
	b.reading = true
	load(b, work, func(v T, err error) {
		next := b.again
		b.reading, b.again = false, nil
		done(v, err)
		if next != nil {
			next()
		}
	})
}

// load runs a reading off the screen's goroutine.
func load[T any](b *base, work func() (T, error), done func(T, error)) *task.Task {
	return task.Run(b.run, func(context.Context) (T, error) { return work() }, done)
}
