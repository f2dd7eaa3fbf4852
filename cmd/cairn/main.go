// Command cairn is the desktop program. It only wires: the one place that starts
// Fyne's GL driver, reads the flags and hands everything else in.
package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"github.com/cairnwallet/cairn/app"
	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

// fresh is how old a kept answer from the internet may be.
const fresh = time.Hour

func main() { os.Exit(start(os.Args[1:], os.Stderr)) }

func start(args []string, complain io.Writer) int {
	o, err := options(args, complain)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(complain, err)
		return 2
	}
	// On the way out Fyne writes its preferences, which Cairn does not use, and then
	// complains when it reads the half-written file: so the way out is cut short.
	o.Exit = func() { os.Exit(0) }
	makeCacheFolder()
	fyneapp.SetMetadata(metadata())
	app.New(fyneapp.New(), o).Run()
	return 0
}

// threads says whether Fyne may trust that widgets are touched on its own goroutine
// only. The end-to-end tests link a program that has Fyne check it:
// -ldflags '-X main.threads=checked'.
var threads = "trusted"

// metadata is what FyneApp.toml says, for binaries that go build makes; a test
// compares the two.
func metadata() fyne.AppMetadata {
	return fyne.AppMetadata{
		ID: "io.github.cairnwallet.cairn", Name: "Cairn", Version: "0.1.0", Build: 1,
		Icon:       fyne.NewStaticResource("cairn.png", assets.MarkPNG()),
		Migrations: map[string]bool{"fyneDo": threads == "trusted"},
	}
}

// list is a flag that can be given several times.
type list []string

func (l *list) String() string     { return fmt.Sprint([]string(*l)) }
func (l *list) Set(v string) error { *l = append(*l, v); return nil }

// options reads the command line; what is left of it are files to take in.
func options(args []string, complain io.Writer) (app.Options, error) {
	var home, now string
	var offline bool
	var web list
	flags := flag.NewFlagSet("cairn", flag.ContinueOnError)
	flags.SetOutput(complain)
	flags.StringVar(&home, "home", "", "folder of the wallet (default: the usual place for this system)")
	flags.StringVar(&now, "now", "", "the clock to judge by, such as 2026-06-01T12:00:00Z")
	flags.BoolVar(&offline, "offline", false, "ask nobody on the internet")
	flags.Var(&web, "web", "folder that answers https://host/path from DIR/host/path, instead of the internet")
	if err := flags.Parse(args); err != nil {
		return app.Options{}, err
	}
	clock, err := clockOf(now)
	if err != nil {
		return app.Options{}, err
	}
	if home == "" {
		if home, err = wallet.Home(); err != nil {
			return app.Options{}, err
		}
	}
	if home, err = filepath.Abs(home); err != nil {
		return app.Options{}, err
	}
	journal := &fetch.Journal{}
	return app.Options{
		Home: home, Now: clock, Rand: rand.Reader, Keychain: keyring.Keychain{},
		Get: getter(clock, offline, web, journal), Journal: journal, Spoken: spoken(), Files: flags.Args(),
	}, nil
}

func clockOf(text string) (func() time.Time, error) {
	if text == "" {
		return time.Now, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, fmt.Errorf("--now wants a time such as 2026-06-01T12:00:00Z, not %q", text)
	}
	return func() time.Time { return at }, nil
}

func getter(now func() time.Time, offline bool, web []string, journal *fetch.Journal) fetch.Getter {
	switch {
	case offline:
		return fetch.Offline{}
	case len(web) > 0:
		var dirs []fs.FS
		for _, d := range web {
			dirs = append(dirs, os.DirFS(d))
		}
		return fetch.Mirror{Dirs: dirs, Now: now}
	}
	return fetch.New(fetch.Options{Now: now, Store: &fetch.Memory{}, Fresh: fresh, Ledger: journal})
}

// spoken gives the languages of this computer: those its environment names, else, on
// systems that keep them elsewhere, the one the system names.
func spoken() vc.Languages {
	if named := wallet.Spoken(os.Getenv); len(named) > 0 || runtime.GOOS == "linux" {
		return named
	}
	return vc.Languages{string(lang.SystemLocale())}
}

// makeCacheFolder makes the folder Fyne keeps drawings in: it does not make it
// itself, and can do without, so a failure is of no consequence.
func makeCacheFolder() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700)
	}
}
