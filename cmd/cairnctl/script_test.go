package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/testkit/issuing"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cairnctl": func() { os.Exit(start()) },
		// college ARG…: cairnctl where the internet is one made-up college that offers badges.
		"college": func() {
			t := &tool{in: os.Stdin, out: os.Stdout, err: os.Stderr, words: assets.English(), internet: college()}
			os.Exit(t.run(context.Background(), os.Args[1:]))
		},
		// hotel ARG…: the same, where the internet is also an employer that asks for a badge.
		"hotel": func() {
			t := &tool{in: os.Stdin, out: os.Stdout, err: os.Stderr, words: assets.English(), internet: hotel{college()}}
			os.Exit(t.run(context.Background(), os.Args[1:]))
		},
		"status": expectStatus, "findid": findID, "withid": withID, "keyof": keyOf,
		// bothtokens FILE: prints a token twice, as a text with words between would have it.
		"bothtokens": func() {
			token, err := os.ReadFile(os.Args[1])
			if err != nil {
				panic(err)
			}
			fmt.Printf("# my badges\n%s\n\nand once more:\n%s\n", token, token)
		},
		// readqr PICTURE: prints what the code in a picture says.
		"readqr": func() {
			picture, err := os.ReadFile(os.Args[1])
			if err != nil {
				panic(err)
			}
			texts, err := qr.Decode(picture)
			if err != nil {
				panic(err)
			}
			os.Stdout.WriteString(texts[0])
		},
	})
}

// college gives the college that the script's environment describes: what it offers,
// whether it asks for a code, and what it answers in place of a credential.
func college() *issuing.College {
	c := &issuing.College{Offers: strings.Fields(os.Getenv("OFFERS")), PIN: os.Getenv("PIN") != ""}
	c.Now = func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }
	c.Refuse = func(name string, _ int) string { return os.Getenv("REFUSE_" + name) }
	return c
}

// expectStatus N PROGRAM ARG…: runs the program and requires its exit status.
func expectStatus() {
	want, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	got := pass(os.Args[2:])
	if got != want {
		fmt.Fprintf(os.Stderr, "exit status %d, want %d\n", got, want)
		os.Exit(1)
	}
}

// findID TEXT FILE: prints the item of the first JSON line that holds a text.
func findID() {
	b, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if strings.Contains(line, os.Args[1]) {
			var thing struct{ Item string }
			if err := json.Unmarshal([]byte(line), &thing); err != nil {
				panic(err)
			}
			fmt.Print(thing.Item)
			return
		}
	}
	os.Exit(1)
}

// withID FILE PROGRAM ARG…: runs the program with what the file says in place of
// the argument ID.
func withID() {
	id, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	args := slices.Clone(os.Args[2:])
	for i, a := range args {
		if a == "ID" {
			args[i] = string(id)
		}
	}
	os.Exit(pass(args))
}

// keyOf DOCUMENT: prints the first key of a DID document as a JWK.
func keyOf() {
	b, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	doc, err := did.Parse(b)
	if err != nil {
		panic(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(doc.Methods[0].Key.JWK()); err != nil {
		panic(err)
	}
}

// pass runs a program with our own streams and gives its exit status.
func pass(args []string) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		panic(err)
	}
	return cmd.ProcessState.ExitCode()
}

// TestScripts runs the program as a person or a script does. Every script has its
// own home, and a passphrase in place of a keychain.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("XDG_DATA_HOME", "")
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
			env.Setenv("DISPLAY", "")
			return os.WriteFile(filepath.Join(env.WorkDir, "passphrase"), []byte("correct horse battery staple\n"), 0o600)
		},
	})
}

// TestStatusOfStop makes sure that a stopped program says so.
func TestStatusOfStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errOut discard
	if got := run(ctx, []string{"--offline", "verify", "testdata/nothing"}, nil, &out, &errOut); got != exitFailed {
		t.Errorf("exit %d", got)
	}
	ctx, cancel = context.WithCancel(context.Background())
	in := silent{asked: cancel, end: make(chan struct{})}
	defer close(in.end)
	if got := run(ctx, []string{"--offline", "verify", "-"}, in, &out, &errOut); got != exitFailed {
		t.Errorf("waiting for what never comes: exit %d", got)
	}
}

// silent is a stream on which nothing comes before its end.
type silent struct {
	asked func()
	end   chan struct{}
}

func (s silent) Read([]byte) (int, error) {
	s.asked()
	<-s.end
	return 0, io.EOF
}

type discard struct{}

func (*discard) Write(p []byte) (int, error) { return len(p), nil }
