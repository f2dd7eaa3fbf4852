package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/cairnwallet/cairn/share/oid4vci"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
)

// input is one thing to look at, or why it could not be had.
type input struct {
	name string
	raw  []byte
	err  error
}

// inputs opens files, the files of folders, "-" and links, in order, one at a time.
// Each comes by itself, so that one that can't be had does not hide the others.
// When ctx ends nothing more comes, even where something is being waited for.
func (t *tool) inputs(ctx context.Context, get fetch.Getter, args []string) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, arg := range args {
			for _, open := range t.openers(ctx, get, arg) {
				in, ok := await(ctx, open)
				if !ok || !yield(in) {
					return
				}
			}
		}
	}
}

// openers says how to get what one argument names.
func (t *tool) openers(ctx context.Context, get fetch.Getter, arg string) []func() input {
	u, err := url.Parse(arg)
	switch {
	case err == nil && oid4vci.Is(u):
		return []func() input{func() input { return input{arg, nil, fault.New("link.collect")} }}
	case isRequest(arg):
		return []func() input{func() input { return input{arg, nil, fault.New("link.request")} }}
	case arg == "-":
		return []func() input{func() input {
			raw, err := readAll(t.in)
			return input{"-", raw, err}
		}}
	case strings.HasPrefix(arg, "https://"), strings.HasPrefix(arg, "http://"):
		return []func() input{func() input {
			page, err := get.Get(fetch.Because(ctx, "link"), arg, "")
			return input{arg, page.Body, linkFault(arg, err)}
		}}
	}
	return files(arg)
}

// await waits for open, which may wait for somebody else, as long as ctx lasts.
func await(ctx context.Context, open func() input) (input, bool) {
	if ctx.Err() != nil {
		return input{}, false
	}
	done := make(chan input, 1)
	go func() { done <- open() }()
	select {
	case in := <-done:
		return in, true
	case <-ctx.Done():
		return input{}, false
	}
}

func linkFault(link string, err error) error {
	if err == nil {
		return nil
	}
	return fetch.Fault(err, link)
}

// files gives a file, or the files in a folder and below it, but for hidden ones.
// What can't be looked into is told in its place.
func files(name string) []func() input {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []func() input{func() input { return file(name) }}
	}
	var out []func() input
	_ = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error { // the function returns no error but SkipDir
		switch {
		case err != nil:
			out = append(out, func() input { return input{path, nil, missing(path, err)} })
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular() && !strings.HasPrefix(d.Name(), "."):
			out = append(out, func() input { return file(path) })
		}
		return nil
	})
	return out
}

func file(name string) input {
	f, err := os.Open(name)
	if err != nil {
		return input{name, nil, missing(name, err)}
	}
	defer f.Close()
	raw, err := readAll(f)
	if err != nil && fault.Code(err) == "" {
		err = missing(name, err)
	}
	return input{name, raw, err}
}

func missing(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, "input.no-file", "file", name)
	}
	return fault.Wrap(err, "input.file-unreadable", "file", name)
}

// readAll reads at most what a reader takes; more is a fault, never cut off.
func readAll(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, strict.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(raw) > strict.MaxBytes {
		return nil, fault.New("input.too-large", "limit", fmt.Sprint(strict.MaxBytes>>20))
	}
	return raw, nil
}

// stopped says that the person stopped before all was looked at.
func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fault.Wrap(ctx.Err(), "stopped")
}
