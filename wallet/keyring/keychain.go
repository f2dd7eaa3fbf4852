package keyring

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	gokeyring "github.com/zalando/go-keyring"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Service is the name under which secrets stand in the computer's password store.
const Service = "io.github.cairnwallet.cairn"

// prefix marks a root in the password store and names its encoding: hex follows.
const prefix = "cairn root 1 "

// Keychain is the computer's own password store: Secret Service on Linux and BSD,
// Keychain on macOS, Credential Manager on Windows. The zero value is ready.
//
// A locked store asks the person to unlock it, for as long as they like; a call
// that is given up meanwhile (ctx) answers at once, and the store's window stays
// until it is closed.
type Keychain struct {
	store backend // nil means the real one
}

// backend is what go-keyring offers. It blocks, and can't be stopped.
type backend interface {
	Set(service, user, secret string) error
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

type system struct{}

func (system) Set(service, user, secret string) error {
	if err := session(); err != nil {
		return err
	}
	return gokeyring.Set(service, user, secret)
}

func (system) Get(service, user string) (string, error) {
	if err := session(); err != nil {
		return "", err
	}
	return gokeyring.Get(service, user)
}

func (system) Delete(service, user string) error {
	if err := session(); err != nil {
		return err
	}
	return gokeyring.Delete(service, user)
}

func (k Keychain) backend() backend {
	if k.store == nil {
		return system{}
	}
	return k.store
}

// Get reads the root of a wallet.
func (k Keychain) Get(ctx context.Context, wallet string) ([]byte, error) {
	text, err := stoppable(ctx, func() (string, error) { return k.backend().Get(Service, wallet) })
	if err != nil {
		return nil, err
	}
	digits, marked := strings.CutPrefix(text, prefix)
	root, err := hex.DecodeString(digits)
	if !marked || err != nil || len(root) != RootSize {
		return nil, fault.Wrap(errors.New("the entry is not a root secret"), "keyring.missing")
	}
	return root, nil
}

// Put keeps the root of a wallet.
func (k Keychain) Put(ctx context.Context, wallet string, root []byte) error {
	_, err := stoppable(ctx, func() (string, error) {
		return "", k.backend().Set(Service, wallet, prefix+hex.EncodeToString(root))
	})
	return err
}

// Delete forgets the root of a wallet; that there is none is no error.
func (k Keychain) Delete(ctx context.Context, wallet string) error {
	_, err := stoppable(ctx, func() (string, error) { return "", k.backend().Delete(Service, wallet) })
	if errors.Is(err, ErrNone) {
		return nil
	}
	return err
}

// stoppable makes one call on a goroutine of its own and stops waiting for it
// when ctx ends. The goroutine ends with the call.
func stoppable(ctx context.Context, call func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	if ctx.Err() != nil {
		return "", fault.Wrap(ctx.Err(), "keyring.stopped")
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil { // go-keyring trusts the types of what it is sent
				a.err = fmt.Errorf("password store: %v", p)
			}
			done <- a
		}()
		a.text, a.err = call()
	}()
	select {
	case a := <-done:
		return a.text, asFault(a.err)
	case <-ctx.Done():
		return "", fault.Wrap(ctx.Err(), "keyring.stopped")
	}
}

// asFault tells the ways apart in which a password store fails. go-keyring has
// no errors for most of them, so the names of the bus and its own texts decide.
func asFault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gokeyring.ErrNotFound):
		return ErrNone
	case isLocked(err):
		return fault.Wrap(err, "keyring.locked")
	case isAbsent(err):
		return fault.Wrap(err, "keyring.none")
	}
	return fault.Wrap(err, "keyring.refused")
}

// isLocked: an unlocking that was refused or dismissed, or could not be asked for
// because there is no screen (Secret Service), or macOS's errSecInteractionNotAllowed
// and errSecAuthFailed as the exit status of its security tool (their low bytes).
func isLocked(err error) bool {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode() == 36 || exit.ExitCode() == 51
	}
	return busError(err) == "org.freedesktop.Secret.Error.IsLocked" ||
		strings.Contains(err.Error(), "failed to unlock correct collection")
}

// absent are the names of a bus on which nobody keeps secrets, or keeps them
// nowhere: a desktop without a password store.
var absent = []string{
	"org.freedesktop.DBus.Error.ServiceUnknown",
	"org.freedesktop.DBus.Error.NameHasNoOwner",
	"org.freedesktop.DBus.Error.Spawn.ServiceNotFound",
	"org.freedesktop.DBus.Error.Spawn.ChildExited",
	"org.freedesktop.DBus.Error.Spawn.ExecFailed",
	"org.freedesktop.DBus.Error.NoServer",
	"org.freedesktop.DBus.Error.UnknownMethod",
	"org.freedesktop.DBus.Error.UnknownObject",
	"org.freedesktop.Secret.Error.NoSuchObject",
}

// isAbsent: no bus at all, nobody on it who keeps secrets, or a system that
// go-keyring does not know.
func isAbsent(err error) bool {
	if errors.Is(err, gokeyring.ErrUnsupportedPlatform) || errors.Is(err, exec.ErrNotFound) {
		return true
	}
	name := busError(err)
	for _, a := range absent {
		if name == a {
			return true
		}
	}
	return noBus(err)
}
