// Package testkit holds what tests of several packages share: where the corpus
// of real files stands, and a Getter that answers from memory. Only tests import
// it; it never ends up in a program.
package testkit

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
)

// Root gives the folder of the repository: the nearest one upwards from the
// test's own folder that holds go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}

// Corpus gives the path of a file or folder of the corpus, which stands beside
// the repository as ../shared/corpus. Where it is not there, the test is skipped
// and says so.
func Corpus(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{filepath.Dir(Root(t)), "shared", "corpus"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the corpus of real files is not beside the repository: no %s", filepath.ToSlash(filepath.Join(elem...)))
	}
	return path
}

// File reads a file of the corpus, or skips the test as Corpus does.
func File(t testing.TB, elem ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(Corpus(t, elem...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Web is a fetch.Getter that answers from memory and remembers what it was asked.
// An address without a page could not be reached; an address in Errs fails with
// its error.
type Web struct {
	Pages map[string]string
	Types map[string]string // media types, where they matter
	From  map[string]string // where an address sends on to, for those that do
	Errs  map[string]error
	Now   time.Time // the age of every answer

	mu    sync.Mutex
	asked []string
}

// Get answers from Pages.
func (w *Web) Get(ctx context.Context, url, _ string) (fetch.Page, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, url)
	if err := ctx.Err(); err != nil {
		return fetch.Page{}, err
	}
	if err, ok := w.Errs[url]; ok {
		return fetch.Page{}, err
	}
	body, ok := w.Pages[url]
	if !ok {
		return fetch.Page{}, fmt.Errorf("%w: %s", fetch.ErrUnreachable, url)
	}
	return fetch.Page{URL: url, Body: []byte(body), Type: w.Types[url], AsOf: w.Now, From: w.From[url]}, nil
}

// Asked lists the addresses that were asked for, each once, sorted.
func (w *Web) Asked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Compact(slices.Sorted(slices.Values(w.asked)))
}
