// Package wallet is the learner's own room: what they keep, what they own and
// what they did. It is the only room with secrets and a disk.
//
// It never judges (package verify does) and never sends (package share does).
// Start at Open; Review and Keep take credentials in, Rows and Item show them,
// Listen tells when to look again.
//
// A Wallet is safe for concurrent use. Every act is one transaction of the vault:
// when a method returns without an error its effect is on the disk, and when it
// returns an error nothing has changed.
package wallet

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// Options say where a wallet lives and what it works with. All members are
// needed.
type Options struct {
	Home     string           // the wallet's folder, made when it is not there
	Now      func() time.Time // the clock
	Rand     io.Reader        // cryptographic randomness
	Secrets  keyring.Store    // where the root secret is kept
	Verifier *verify.Verifier // judges; Own and Issuers are filled in by the wallet on a copy
}

// Wallet is an open wallet. Only one program at a time can hold one open.
type Wallet struct {
	o     Options
	vault *vault.Vault
	ring  *key.Ring

	mu    sync.RWMutex
	heads map[string]head // what is in the index bucket; nil until first read

	hearMu    sync.Mutex
	listeners map[int]func(Changed)
	nextHear  int
}

// FileName is the name of the vault inside the wallet's folder.
const FileName = "wallet.vault"
