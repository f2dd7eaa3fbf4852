// Package wallet is the learner's own room: what they keep, what they own and
// what they did. It is the only room with secrets and a disk.
//
// It never judges (package verify does) and never sends (package share does).
// Start at Open; Review and Keep take credentials in, Rows and Item show them,
// Listen tells when to look again.
//
// A Wallet is safe for concurrent use. Every act is one transaction of the vault:
// when a method returns without an error its effect is on the disk, and when it
// returns an error nothing has changed, but where its comment says that it works
// in portions. Errors are faults with words.
package wallet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Options say where a wallet lives and what it works with. All members but Journal
// are needed.
type Options struct {
	Home     string           // the wallet's folder, made when it is not there
	Now      func() time.Time // the clock
	Rand     io.Reader        // cryptographic randomness, safe for concurrent use
	Secrets  keyring.Store    // where the root secret is kept
	Verifier *verify.Verifier // judges; on a copy, Own is filled in and Issuers are added to
	Journal  *fetch.Journal   // hears who is asked on the internet; nil where nobody can be
}

// Wallet is an open wallet. Only one program at a time can hold one open.
type Wallet struct {
	o     Options
	vault *vault.Vault
	ring  *key.Ring

	acts sync.Mutex // one act at a time

	languages atomic.Pointer[vc.Languages]

	mu    sync.RWMutex     // guards what follows, which is what the vault has
	heads map[string]*head // none of them is ever changed
	order []string         // ids, newest first; nil when it has to be made again
	own   own

	eu europeans

	hearMu    sync.Mutex
	listeners map[int]func(Changed)
	nextHear  int
}

// FileName is the name of the vault inside the wallet's folder.
const FileName = "wallet.vault"

// Exists says whether there is a wallet in a folder. One that can't be looked at
// is there.
func Exists(home string) bool {
	_, err := os.Lstat(filepath.Join(home, FileName))
	return !errors.Is(err, os.ErrNotExist)
}

// Open opens the wallet in o.Home, or makes one where there is none. It may wait
// for the person to unlock the password store, until ctx ends. Besides the faults
// of the vault and of o.Secrets it fails with keyring.missing, when the wallet's
// root is not in the store, and wallet.no-folder.
func Open(ctx context.Context, o Options) (*Wallet, error) {
	if err := os.MkdirAll(o.Home, 0o700); err != nil {
		return nil, fault.Wrap(err, "wallet.no-folder", "path", o.Home)
	}
	w := &Wallet{o: o, listeners: map[int]func(Changed){}}
	var err error
	w.vault, err = vault.Open(filepath.Join(o.Home, FileName), vault.Options{
		Rand: o.Rand,
		Root: func(id string, fresh bool) ([]byte, error) {
			root, err := w.root(ctx, id, fresh)
			if err == nil {
				w.ring = key.New(root)
			}
			return root, err
		},
	})
	if err != nil {
		return nil, err
	}
	if err := w.load(); err != nil {
		_ = w.vault.Close()
		return nil, err
	}
	return w, nil
}

// root gets the root of a wallet, or makes one for a new wallet. The root is in
// the store before there is a vault that needs it.
func (w *Wallet) root(ctx context.Context, id string, fresh bool) ([]byte, error) {
	if !fresh {
		root, err := w.o.Secrets.Get(ctx, id)
		if errors.Is(err, keyring.ErrNone) {
			return nil, fault.Wrap(err, "keyring.missing")
		}
		return root, err
	}
	root := make([]byte, keyring.RootSize)
	if _, err := io.ReadFull(w.o.Rand, root); err != nil {
		return nil, fmt.Errorf("make root: %w", err)
	}
	return root, w.o.Secrets.Put(ctx, id, root)
}

// load empties the bin of what is too old, then reads into memory what lists are
// made of.
func (w *Wallet) load() error {
	if err := w.purge(); err != nil {
		return err
	}
	return w.vault.View(func(tx *vault.Tx) error {
		var err error
		if w.own, err = w.readOwn(tx); err != nil {
			return err
		}
		listed, err := readLanguages(tx)
		if err != nil {
			return err
		}
		w.languages.Store(&listed)
		w.heads, err = readHeads(tx, w.Languages())
		return err
	})
}

// Close lets go of the wallet's file. Nothing may be done with the wallet
// afterwards: every method then fails with fault vault.closed.
func (w *Wallet) Close() error { return errors.Join(w.noteContacts(), w.vault.Close()) }

// ID is the wallet's id, under which its root is kept.
func (w *Wallet) ID() string { return w.vault.ID() }

// Path is where the wallet's file is.
func (w *Wallet) Path() string { return w.vault.Path() }

// changes is what an act did to the index, for the copy in memory and for the
// listeners. A nil head means the item is gone from the list.
type changes map[string]*head

// act runs one transaction. f may be sure that nobody else acts meanwhile.
func (w *Wallet) act(f func(*vault.Tx, changes) error) error {
	w.acts.Lock()
	done := changes{}
	err := w.vault.Update(func(tx *vault.Tx) error { return f(tx, done) })
	if err == nil {
		w.apply(done)
	}
	w.acts.Unlock()
	if err == nil {
		w.tell(done)
	}
	return err
}

func (w *Wallet) apply(done changes) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for id, h := range done {
		if _, listed := w.heads[id]; listed != (h != nil) {
			w.order = nil
		}
		if h == nil {
			delete(w.heads, id)
		} else {
			w.heads[id] = h
		}
	}
}
