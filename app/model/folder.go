package model

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/cairnwallet/cairn/verify/fault"
)

// maxFiles is how many files a folder may hold, with those below it: a download
// folder has fewer, and a whole home folder dropped by mistake has more.
const maxFiles = 2000

// spread puts the files of folders, and of folders below these, in the place of the
// folders. Hidden files stay out. It is called off the screen's goroutine.
func spread(ctx context.Context, in []Input) []Input {
	var out []Input
	for _, one := range in {
		if files, err := filesIn(ctx, one.path); err != nil {
			one.refused = err
			out = append(out, one)
		} else if files == nil {
			out = append(out, one)
		} else {
			out = append(out, files...)
		}
	}
	return out
}

// filesIn gives the files of a folder; nil where path is none. Fault add.folder-large.
func filesIn(ctx context.Context, path string) (out []Input, err error) {
	if path == "" {
		return nil, nil
	}
	err = filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && d != nil && d.IsDir():
			return fs.SkipDir // what can't be looked into holds nothing for us
		case err != nil, at != path && strings.HasPrefix(d.Name(), "."):
			return skip(d)
		case d.IsDir():
			if out == nil {
				out = []Input{}
			}
		case out != nil && d.Type().IsRegular():
			f := FileInput(at)
			f.within = true
			if out = append(out, f); len(out) > maxFiles {
				return fault.New("add.folder-large", "name", filepath.Base(path))
			}
		}
		return nil
	})
	return out, err
}

// skip leaves out a file, or a folder with all below it.
func skip(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// noBadge says whether an input was refused because of what it is. Of a file in a
// folder that is no news.
func noBadge(err error) bool { return strings.HasPrefix(fault.Code(err), "input.") }
