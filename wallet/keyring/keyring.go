// Package keyring keeps the one secret of a wallet: its root, 32 random bytes
// from which the vault's sealing key and every holder key are derived.
//
// It keeps the root in the computer's own password store (Keychain), or sealed
// by a passphrase (File). It never derives anything from the root, writes it to a
// disk in clear for the practice wallet only, and is the only importer of
// go-keyring. Start at Store and at Choice, which picks between the two.
package keyring

import (
	"context"
	"errors"
)

// RootSize is the length of a root secret in bytes.
const RootSize = 32

// ErrNone says that a store works and has no secret under this wallet id. It is
// never used for a store that could not be asked.
var ErrNone = errors.New("no secret under this wallet id")

// Store keeps root secrets under wallet ids. Implementations are safe for
// concurrent use, return when ctx ends, and answer a *fault.Fault or ErrNone
// when they fail. What Get returns belongs to the caller.
type Store interface {
	Get(ctx context.Context, wallet string) ([]byte, error)
	Put(ctx context.Context, wallet string, root []byte) error
	Delete(ctx context.Context, wallet string) error
}
