package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/cairnwallet/cairn/verify/fault"
)

var (
	errDamaged  = errors.New("the file is damaged")
	errWrongKey = errors.New("the root secret does not fit")
	errForeign  = errors.New("the file is no vault")
	errNewer    = errors.New("the file was written by a newer version")
)

// passed is an error of a caller's own function: it is handed back as it came.
type passed struct{ error }

// codes says which fault an error becomes; the first that fits.
var codes = []struct {
	err  error
	code string
}{
	{errWrongKey, "vault.wrong-key"},
	{errNewer, "vault.newer"},
	{errForeign, "vault.foreign"},
	{errDamaged, "vault.damaged"},
	{bolterrors.ErrTimeout, "vault.in-use"},
	{bolterrors.ErrDatabaseNotOpen, "vault.closed"},
	{bolterrors.ErrInvalid, "vault.damaged"},
	{bolterrors.ErrChecksum, "vault.damaged"},
	{bolterrors.ErrVersionMismatch, "vault.damaged"},
	{syscall.EROFS, "vault.read-only"},
	{fs.ErrPermission, "vault.read-only"},
}

// asFault gives err as a fault that names the file. Faults, ErrNone and errors of
// a caller's function pass.
func asFault(path string, err error) error {
	var own passed
	var f *fault.Fault
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own.error
	case errors.As(err, &f), errors.Is(err, ErrNone):
		return err
	case full(err):
		return fault.Wrap(err, "vault.disk-full", "path", path)
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return fault.Wrap(err, c.code, "path", path)
		}
	}
	return fault.Wrap(err, "vault.failed", "path", path)
}

// full says whether a disk, a quota or a file size limit is exhausted. bbolt
// drops the cause of some errors and keeps its text ("file resize error: …").
func full(err error) bool {
	for _, e := range fullErrors {
		if errors.Is(err, e) || strings.HasSuffix(err.Error(), ": "+e.Error()) {
			return true
		}
	}
	return false
}

// guard turns a panic of bbolt, and a fault of the memory it maps, into
// errDamaged: that is how a damaged file shows. Use: defer guard(&err)().
func guard(err *error) func() {
	old := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(old)
		if p := recover(); p != nil {
			*err = fmt.Errorf("%w: %v", errDamaged, p)
		}
	}
}
