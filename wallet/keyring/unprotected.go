package keyring

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cairnwallet/cairn/verify/fault"
)

// UnprotectedFile keeps roots in clear, in files of their own. It is for the
// practice wallet alone, whose badges are made up and whose keys are thrown away:
// it must start without asking anybody anything. Never offer it for a learner's
// own badges.
type UnprotectedFile struct{ Dir string }

func (u UnprotectedFile) path(wallet string) string {
	return filepath.Join(u.Dir, "practice-"+wallet+".key")
}

// Get reads a root.
func (u UnprotectedFile) Get(_ context.Context, wallet string) ([]byte, error) {
	f, err := os.Open(u.path(wallet))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, fault.Wrap(err, "keyring.unreadable", "path", u.path(wallet))
	}
	defer f.Close()
	root, err := io.ReadAll(io.LimitReader(f, RootSize+1))
	if err != nil || len(root) != RootSize {
		return nil, fault.Wrap(err, "keyring.damaged", "path", u.path(wallet))
	}
	return root, nil
}

// Put writes a root, wholly or not at all.
func (u UnprotectedFile) Put(_ context.Context, wallet string, root []byte) error {
	if err := replace(u.path(wallet), root); err != nil {
		return fault.Wrap(err, "keyring.not-saved", "path", u.path(wallet))
	}
	return nil
}

// Delete removes a root; that there is none is no error.
func (u UnprotectedFile) Delete(_ context.Context, wallet string) error {
	err := os.Remove(u.path(wallet))
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fault.Wrap(err, "keyring.not-saved", "path", u.path(wallet))
}
