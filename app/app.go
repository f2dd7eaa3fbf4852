// Package app puts the face together: the session and its models, the screens, the
// window, and what the desktop gives (files, clipboard, clock). It decides nothing; start
// at New.
package app

import (
	"io"
	"net/url"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
	"github.com/cairnwallet/cairn/app/model"
	"github.com/cairnwallet/cairn/app/screen"
	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

// Options are what the program is started with.
type Options struct {
	Home     string // folder of the learner's own wallet
	Now      func() time.Time
	Rand     io.Reader
	Keychain keyring.Store
	Get      fetch.Getter   // the internet, or files in its place
	Journal  *fetch.Journal // hears whom Get asks
	Spoken   vc.Languages   // the languages of this computer, the best first
	Files    []string       // to take in at the start
	Exit     func()         // ends the process after all is closed; nil lets Run return instead
}

// size is what the window opens with.
var size = fyne.NewSize(1280, 800)

// samples is the folder of the practice wallet, beside the files of the learner's own.
const samples = "samples"

// T is the program with its one window.
type T struct {
	fyne    fyne.App
	window  fyne.Window
	session *model.Session
	root    *screen.Root
	files   []string
	exit    func()
	prefs   *prefs
	worn    *look.Variant // the look of the moment
}

// New makes the program. Nothing is opened before Run.
func New(f fyne.App, o Options) *T {
	t := &T{fyne: f, prefs: openPrefs(o.Home), window: f.NewWindow("Cairn"), files: o.Files, exit: o.Exit}
	t.session = model.NewSession(model.House{
		Home: o.Home, SampleHome: filepath.Join(o.Home, samples),
		Screen: &task.Screen{Post: fyne.Do}, Words: assets.English(), Now: o.Now, Rand: o.Rand,
		Keychain: o.Keychain, Get: o.Get, Journal: o.Journal, Prefs: t.prefs, Spoken: o.Spoken, Reveal: t.reveal,
	})
	t.root = screen.New(t.session, screen.Kit{
		App: f, Window: t.window, Words: assets.English(), Timer: after, Open: t.open, Look: t.dress,
	})
	return t
}

// Run shows the window until it is closed.
func (t *T) Run() {
	t.dress()
	t.fyne.Settings().AddListener(func(fyne.Settings) { t.dress() })
	t.window.SetMaster()
	t.window.SetPadded(false)
	t.window.SetContent(t.root.Content())
	t.window.Resize(size)
	t.root.Bind()
	t.fyne.Lifecycle().SetOnStarted(t.begin)
	t.fyne.Lifecycle().SetOnStopped(t.end)
	t.window.ShowAndRun()
}

// end closes the wallet with the window.
func (t *T) end() {
	t.root.Close()
	t.session.Close()
	if t.exit != nil {
		t.exit()
	}
}

// begin opens the wallet that was open last, then takes in the files of the command line.
func (t *T) begin() {
	t.session.Start()
	t.root.ReceiveFiles(t.files)
}

// open shows a page of the web in the browser; other addresses are not opened.
func (t *T) open(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return
	}
	_ = t.fyne.OpenURL(u) // without a browser there is nothing to be done about it
}

// reveal shows the folder of a file in the computer's own program for files.
func (t *T) reveal(path string) {
	_ = t.fyne.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}) // without one there is nothing to be done about it
}

// after is a widget.Timer: do comes on the UI goroutine, and never after stop, which is
// called there too.
func after(d time.Duration, do func()) (stop func()) {
	stopped := false
	timer := time.AfterFunc(d, func() {
		fyne.Do(func() {
			if !stopped {
				do()
			}
		})
	})
	return func() {
		stopped = true
		timer.Stop()
	}
}
