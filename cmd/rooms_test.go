// Package cmd_test guards the doors between the rooms of the house.
package cmd_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/cairnwallet/cairn/"

// floors from the top down: a room may import itself and any floor below it.
var floors = []string{"cmd", "app", "share", "wallet", "verify", "assets"}

const floorReason = "doors open downwards only: cmd → app → share → wallet → verify → assets"

// never lists the doors that stay shut, each with its reason. Names are prefixes
// on path borders; an "only" rule shuts the door to everybody else.
var never = []struct {
	from   []string // who may not
	except []string // who of them may
	to     []string // what
	but    []string // what of it is allowed all the same
	tests  bool     // tests may, to set the scene
	reason string
}{
	{from: []string{"app/model", "app/task"}, to: []string{"fyne.io/fyne/v2"}, reason: "models are tested without a screen, and the task bridge must not know which screen it serves"},
	{from: []string{"app/screen"}, to: []string{module + "wallet", module + "share"}, tests: true, reason: "a screen draws what its model says; it decides nothing"},
	{from: []string{""}, except: []string{"cmd/cairn"}, to: []string{"fyne.io/fyne/v2/app"}, reason: "only that package pulls in GL: everything else builds and tests without a C compiler"},
	{from: []string{"share", "wallet", "verify", "assets"}, to: []string{"fyne.io"}, reason: "below the face nothing knows there is a face"},
	{from: []string{""}, except: []string{"verify/fetch"}, to: []string{"net/http", "net/http/cookiejar", "net/http/httputil"}, reason: "one door to the internet: limits, private addresses and the ledger stand there"},
	{from: []string{"verify"}, to: []string{"os", "os/exec"}, reason: "judgement reads no disk: what it needs is handed in"},
	{from: []string{"wallet/vault"}, to: []string{module + "verify"}, but: []string{module + "verify/fault"}, reason: "the vault knows bytes, not credentials; only the errors a person is told about are shared"},
	{from: []string{"wallet/pathway"}, to: []string{module + "wallet/vault", "net"}, but: []string{"net/url"}, reason: "measuring is a pure function"},
	{from: []string{""}, except: []string{"verify/jose"}, to: []string{"github.com/lestrrat-go/jwx"}, reason: "jwx is lax and at its end: strict parsing stands before it in one place"},
	{from: []string{""}, except: []string{"verify/schema"}, to: []string{"github.com/santhosh-tekuri/jsonschema"}, tests: true, reason: "its default loader reads files: one place gives it one that loads nothing"},
	{from: []string{""}, except: []string{"wallet/keyring"}, to: []string{"github.com/zalando/go-keyring"}, reason: "the keychain can block for ever: one place knows how to stop it"},
	{from: []string{""}, except: []string{"wallet/vault"}, to: []string{"go.etcd.io/bbolt"}, reason: "bbolt panics on damage and blocks on locks: one place recovers and times out"},
	{from: []string{"app", "share", "wallet", "verify", "assets"}, to: []string{"log", "log/slog"}, reason: "a learner's data does not belong in a log"},
	{from: []string{"verify/vc", "verify/check", "verify/fault"}, to: []string{module}, reason: "the shared nouns import nothing of ours"},
	{from: []string{"app", "share", "wallet", "verify", "assets"}, to: []string{"math/rand"}, reason: "randomness is handed in, and never weak"},
}

// source is one Go file and what it imports.
type source struct {
	dir, file string
	test      bool
	imports   []string
}

func TestDoors(t *testing.T) {
	files := sources(t)
	if len(files) < 20 {
		t.Fatalf("only %d files found: the test looks in the wrong place", len(files))
	}
	for _, f := range files {
		for _, i := range f.imports {
			for _, reason := range broken(f.dir, i, f.test) {
				t.Errorf("%s imports %s: %s", f.file, i, reason)
			}
		}
	}
}

// TestRulesBite makes sure that each rule is able to fail.
func TestRulesBite(t *testing.T) {
	cases := []struct{ name, dir, imported string }{
		{"up the floors", "verify/status", module + "wallet"},
		{"sideways up", "wallet", module + "share"},
		{"model to Fyne", "app/model", "fyne.io/fyne/v2"},
		{"screen to wallet", "app/screen", module + "wallet/key"},
		{"screen to share", "app/screen", module + "share"},
		{"GL outside the program", "app/screen", "fyne.io/fyne/v2/app"},
		{"Fyne below", "share/qr", "fyne.io/fyne/v2/canvas"},
		{"second door to the internet", "verify/trust", "net/http"},
		{"judgement reads the disk", "verify", "os"},
		{"vault knows credentials", "wallet/vault", module + "verify/vc"},
		{"impure measuring", "wallet/pathway", "net"},
		{"jwx elsewhere", "share/present", "github.com/lestrrat-go/jwx/v2/jwk"},
		{"schemas elsewhere", "verify/vocab", "github.com/santhosh-tekuri/jsonschema/v6"},
		{"keychain elsewhere", "cmd/cairnctl", "github.com/zalando/go-keyring"},
		{"bbolt elsewhere", "wallet", "go.etcd.io/bbolt"},
		{"log below cmd", "wallet", "log/slog"},
		{"noun with a dependency", "verify/vc", module + "verify/strict"},
		{"weak randomness", "share", "math/rand/v2"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if len(broken(c.dir, c.imported, false)) == 0 {
				t.Errorf("%s may import %s, and no rule says no", c.dir, c.imported)
			}
		})
	}
	for _, c := range []struct{ name, dir, imported string }{
		{"down the floors", "cmd/cairnctl", module + "verify/did"},
		{"own room", "verify/status", module + "verify/fetch"},
		{"the one door", "verify/fetch", "net/http"},
		{"a vault's error for a person", "wallet/vault", module + "verify/fault"},
		{"reading an address is not opening it", "wallet/pathway", "net/url"},
	} {
		t.Run("allowed: "+c.name, func(t *testing.T) {
			if got := broken(c.dir, c.imported, false); got != nil {
				t.Errorf("refused: %v", got)
			}
		})
	}
}

// broken gives the reasons of all rules that an import breaks.
func broken(dir, imported string, test bool) []string {
	var reasons []string
	if room, ok := strings.CutPrefix(imported, module); ok && above(room, dir) {
		reasons = append(reasons, floorReason)
	}
	for _, r := range never {
		if imported == module+dir || test && r.tests {
			continue
		}
		if within(dir, r.from) && !within(dir, r.except) && within(imported, r.to) && !within(imported, r.but) {
			reasons = append(reasons, r.reason)
		}
	}
	return reasons
}

func above(room, dir string) bool {
	return slices.Index(floors, first(room)) < slices.Index(floors, first(dir))
}

func first(p string) string {
	room, _, _ := strings.Cut(p, "/")
	return room
}

func within(p string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		prefix = strings.TrimSuffix(prefix, "/")
		return prefix == "" || p == prefix || strings.HasPrefix(p, prefix+"/")
	})
}

// sources reads the imports of all Go files of the rooms. Tests are bound by the
// same doors, but for the outside: they may touch the disk and serve pages.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	for _, room := range floors {
		root := filepath.Join("..", room)
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") {
				return err
			}
			s, err := read(file)
			if err == nil {
				out = append(out, s)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func read(file string) (source, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return source{}, err
	}
	slash := filepath.ToSlash(file)
	s := source{dir: path.Dir(strings.TrimPrefix(slash, "../")), file: slash}
	s.test = strings.HasSuffix(slash, "_test.go") || strings.HasPrefix(s.dir, "verify/testkit")
	for _, i := range f.Imports {
		name := strings.Trim(i.Path.Value, `"`)
		if s.test && !strings.HasPrefix(name, module) && !strings.HasPrefix(name, "fyne.io") && !strings.Contains(name, ".") {
			continue // the standard library's doors are shut to the program, not to its tests
		}
		s.imports = append(s.imports, name)
	}
	return s, nil
}
