package screen

import (
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/task/tasktest"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/samples"
)

// today is the tests' clock, which stands still.
var today = time.Date(2026, 11, 22, 9, 14, 0, 0, time.UTC)

// dice are random numbers that are the same in every run, so that pictures are too.
type dice struct {
	sync.Mutex
	*rand.ChaCha8
}

func newDice() *dice { return &dice{ChaCha8: rand.NewChaCha8([32]byte{7})} }

func (d *dice) Read(p []byte) (int, error) {
	d.Lock()
	defer d.Unlock()
	return d.ChaCha8.Read(p)
}

type prefs map[string]string

func (p prefs) Get(name string) string { return p[name] }
func (p prefs) Set(name, value string) { p[name] = value }

// chosen are the files a learner chooses.
type chosen struct{ open, save string }

func (c *chosen) Choose(done func(string)) {
	if c.open != "" {
		done(c.open)
	}
}

func (c *chosen) SaveAs(_ string, done func(string)) {
	if c.save != "" {
		done(c.save)
	}
}

// house is the program in a window, and the test its only goroutine that draws.
type house struct {
	t       testing.TB
	loop    *tasktest.Loop
	session *model.Session
	root    *Root
	window  fyne.Window
	files   *chosen
	prefs   prefs
	keys    *keyring.Memory // the computer's password store
	opened  []string        // pages of the web
	timers  []*alarm
}

var (
	large = fyne.NewSize(1280, 800)
	small = fyne.NewSize(960, 640)
)

// open starts the program; begin says which wallet.
func open(t testing.TB, v look.Variant, size fyne.Size, begin func(*model.Session)) *house {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme(v))
	h := &house{t: t, loop: tasktest.New(), window: test.NewWindow(nil), files: &chosen{}, prefs: prefs{"hint": "4"}, keys: &keyring.Memory{}}
	home := t.TempDir()
	h.session = model.NewSession(model.House{
		Home: filepath.Join(home, "own"), SampleHome: filepath.Join(home, "samples"), Screen: h.loop.Screen,
		Words: assets.English(), Now: func() time.Time { return today }, Zone: time.UTC, Rand: newDice(),
		Keychain: h.keys, Get: samples.Web{Now: func() time.Time { return today }}, Prefs: h.prefs,
	})
	h.root = New(h.session, Kit{
		App: app, Window: h.window, Words: assets.English(), Files: h.files, Timer: h.timer,
		Open: func(address string) { h.opened = append(h.opened, address) }, Look: func() {},
	})
	h.window.SetPadded(false)
	h.window.SetContent(h.root.Content())
	h.window.Resize(size)
	h.root.Bind()
	t.Cleanup(h.close)
	if begin == nil {
		h.session.Start()
		return h
	}
	begin(h.session)
	h.until("an open wallet", func() bool { return h.session.Stage == model.Open })
	return h
}

func (h *house) close() {
	h.root.Close()
	h.session.Close()
	h.window.Close()
	h.loop.Settle() // so that no work outlives its test
}

// practice opens the practice wallet.
func practice(t testing.TB, v look.Variant, size fyne.Size) *house {
	t.Helper()
	return open(t, v, size, (*model.Session).OpenSample)
}

// until runs what is posted, until cond holds.
func (h *house) until(what string, cond func() bool) {
	h.t.Helper()
	if !h.loop.Until(cond) {
		h.t.Fatalf("waited for %s in vain", what)
	}
}

// alarm is something that is to happen later.
type alarm struct {
	after time.Duration
	do    func()
}

// timer is the clock of the widgets; the time passes in pass.
func (h *house) timer(after time.Duration, do func()) func() {
	a := &alarm{after, do}
	h.timers = append(h.timers, a)
	return func() { a.do = nil }
}

// pass lets so much time pass that everything happens that was to happen within it.
func (h *house) pass(d time.Duration) {
	due := h.timers
	h.timers = nil
	for _, a := range due {
		switch {
		case a.do == nil:
		case a.after <= d:
			a.do()
		default:
			a.after -= d
			h.timers = append(h.timers, a)
		}
	}
}

// visit goes to a place.
func (h *house) visit(r model.Route) { h.session.Way().Go(r) }

// badge gives the id of the badge whose name contains a text.
func (h *house) badge(name string) string {
	h.t.Helper()
	return h.row(name).ID
}

func (h *house) row(name string) wallet.Row {
	h.t.Helper()
	rows, err := h.session.Desk().Wallet.Rows()
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range rows {
		if strings.Contains(r.Name, name) {
			return r
		}
	}
	h.t.Fatalf("no badge %q", name)
	return wallet.Row{}
}

// lay gives everything the room it needs, as the real window does before every frame and the
// one of the tests does not.
func (h *house) lay() {
	for range 3 {
		h.window.Canvas().Content().Refresh()
		if o := h.window.Canvas().Overlays().Top(); o != nil {
			o.Refresh()
		}
	}
}

// shot draws the window.
func (h *house) shot() image.Image {
	h.lay()
	return h.window.Canvas().Capture()
}

// look writes a picture of the window for eyes, when CAIRN_SHOTS names a folder.
func (h *house) look(name string) {
	if dir := os.Getenv("CAIRN_SHOTS"); dir != "" {
		keep(h.t, filepath.Join(dir, name+".png"), h.shot())
	}
}
