package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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

// inputs opens files, the files of folders, "-" and links, in order. Each comes by
// itself, so that one that can't be had does not hide the others.
func (t *tool) inputs(ctx context.Context, get fetch.Getter, args []string) []input {
	var out []input
	for _, arg := range args {
		switch {
		case arg == "-":
			raw, err := readAll(t.in)
			out = append(out, input{"-", raw, err})
		case strings.HasPrefix(arg, "https://"), strings.HasPrefix(arg, "http://"):
			page, err := get.Get(fetch.Because(ctx, "link"), arg, "")
			out = append(out, input{arg, page.Body, linkFault(arg, err)})
		default:
			out = append(out, files(arg)...)
		}
	}
	return out
}

func linkFault(link string, err error) error {
	if err == nil {
		return nil
	}
	return fetch.Fault(err, link)
}

func files(name string) []input {
	info, err := os.Stat(name)
	if err != nil {
		return []input{{name, nil, missing(name, err)}}
	}
	if !info.IsDir() {
		return []input{file(name)}
	}
	var names []string
	err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		return []input{{name, nil, missing(name, err)}}
	}
	slices.Sort(names)
	var out []input
	for _, n := range names {
		out = append(out, file(n))
	}
	return out
}

func file(name string) input {
	f, err := os.Open(name)
	if err != nil {
		return input{name, nil, missing(name, err)}
	}
	defer f.Close()
	raw, err := readAll(f)
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
		return nil, fault.New("input.too-large")
	}
	return raw, nil
}
