package model

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/cairnwallet/cairn/app/task/tasktest"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/pathway"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// today is the tests' clock, which stands still.
var today = time.Date(2026, 11, 22, 9, 14, 0, 0, time.UTC)

func now() time.Time { return today }

// loop is a screen's goroutine that the test plays itself.
type loop struct{ *tasktest.Loop }

func newLoop() loop { return loop{tasktest.New()} }

// until runs what is posted, until cond holds.
func (l loop) until(t testing.TB, what string, cond func() bool) {
	t.Helper()
	if !l.Until(cond) {
		t.Fatalf("waited for %s in vain", what)
	}
}

// prefs keeps preferences for a test.
type prefs map[string]string

func (p prefs) Get(name string) string { return p[name] }
func (p prefs) Set(name, value string) { p[name] = value }

// house is a program's surroundings.
func house(t testing.TB, l loop) House {
	return House{
		Home: t.TempDir() + "/own", SampleHome: t.TempDir() + "/sample", Screen: l.Screen, Words: assets.English(), Now: now, Zone: time.UTC,
		Rand: rand.Reader, Keychain: &keyring.Memory{}, Get: fetch.Offline{}, Journal: &fetch.Journal{}, Prefs: prefs{},
	}
}

// bench is an open wallet on a desk, and the toasts that were shown.
type bench struct {
	loop
	t testing.TB
	*Session
	desk   *Desk
	toasts []Toast
}

func newBench(t testing.TB, begin func(*Session)) *bench {
	t.Helper()
	l := newLoop()
	b := &bench{loop: l, t: t, Session: NewSession(house(t, l))}
	t.Cleanup(l.Settle) // so that no work outlives its test
	t.Cleanup(b.Session.Close)
	begin(b.Session)
	l.until(t, "an open wallet", func() bool {
		if b.Stage == Stuck {
			t.Fatal(b.Fault)
		}
		return b.Stage == Open
	})
	l.Settle() // what begins with a wallet is over before a test changes its desk
	b.desk = b.Session.Desk()
	b.desk.Toast = func(x Toast) { b.toasts = append(b.toasts, x) }
	return b
}

func sampleBench(t testing.TB) *bench { return newBench(t, (*Session).OpenSample) }

func ownBench(t testing.TB) *bench { return newBench(t, (*Session).OpenOwn) }

// row finds the sample badge whose name contains a text.
func (b *bench) row(name string) wallet.Row {
	b.t.Helper()
	rows, err := b.desk.Wallet.Rows()
	if err != nil {
		b.t.Fatal(err)
	}
	for _, r := range rows {
		if strings.Contains(r.Name, name) {
			return r
		}
	}
	b.t.Fatalf("no badge %q", name)
	return wallet.Row{}
}

// files are the sample badges as files, made for nobody in particular.
func files(t testing.TB) map[string]samples.File {
	t.Helper()
	w, err := samples.Open(context.Background(), t.TempDir()+"/w", now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // a throw-away wallet
	profile, err := w.Profile()
	if err != nil {
		t.Fatal(err)
	}
	set, err := samples.Make(today, profile.Public())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]samples.File{}
	for _, f := range set.Files {
		out[f.Sample] = f
	}
	return out
}

// fake is a wallet whose answers a test chooses.
type fake struct {
	Wallet
	mu   sync.Mutex
	rows []wallet.Row
	err  error
}

func (f *fake) Rows() ([]wallet.Row, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]wallet.Row(nil), f.rows...), f.err
}
func (f *fake) Listen(func(wallet.Changed)) func()     { return func() {} }
func (f *fake) Pathways() ([]wallet.Route, error)      { return nil, f.err }
func (f *fake) Activity() ([]wallet.Event, error)      { return nil, f.err }
func (f *fake) Emails() ([]string, error)              { return nil, f.err }
func (f *fake) Item(string) (wallet.Item, error)       { return wallet.Item{}, f.err }
func (f *fake) Path() string                           { return "/somewhere/wallet.vault" }
func (f *fake) Picture(string) ([]byte, string, error) { return nil, "", errors.New("none") }
func (f *fake) Measure(string) (wallet.Route, pathway.Progress, error) {
	return wallet.Route{}, pathway.Progress{}, f.err
}

func fakeDesk(f *fake) (*Desk, loop) {
	l := newLoop()
	return &Desk{Screen: l.Screen, Words: assets.English(), Now: now, Zone: time.UTC, Wallet: f, Way: &Way{}, Prefs: prefs{}, Get: fetch.Offline{}}, l
}

// many are made-up rows of every verdict.
func many(n int) []wallet.Row {
	first, last := []string{"Food", "Änderung", "Crème", "Stock", "First"}, []string{"Safety", "Basics", "Control", "Aid"}
	rows := make([]wallet.Row, n)
	for i := range rows {
		rows[i] = wallet.Row{
			ID: "id" + time.Duration(i).String(), Name: first[i%5] + " " + last[i%4] + " " + time.Duration(i).String(), Issuer: "College " + string(rune('A'+i%26)),
			Verdict: check.Verdicts[i%len(check.Verdicts)], Added: today.Add(-time.Duration(i) * time.Hour), Checked: today,
			Awarded: today.AddDate(0, 0, -i%400), Tags: []string{"tag" + string(rune('a'+i%3))}, Skills: []string{"cooking", "storing food"},
		}
	}
	return rows
}

// noGaps fails on texts that have no words or unfilled slots.
func noGaps(t testing.TB, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(s, "[app.") || strings.Contains(s, "[check.") || strings.Contains(s, "[verdict.") || strings.Contains(s, "[fault.") || strings.Contains(s, "{") {
			t.Errorf("a text with a gap: %q", s)
		}
	}
}
