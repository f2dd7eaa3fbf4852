package samples

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/key"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

// Open opens the practice wallet in a folder, and makes and fills it where there
// is none. It needs no password store: see Secrets. Everything in it is judged by
// what Web answers.
func Open(ctx context.Context, home string, now func() time.Time, random io.Reader) (*wallet.Wallet, error) {
	w, err := wallet.Open(ctx, wallet.Options{
		Home: home, Now: now, Rand: random, Secrets: Secrets{Home: home},
		Verifier: &verify.Verifier{Now: now, Get: Web{Now: now}},
	})
	if err != nil {
		return nil, err
	}
	if err := Fill(ctx, w, now()); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Is says whether the wallet in a folder is a practice wallet.
func Is(home string) bool {
	_, err := os.Lstat(Secrets{Home: home}.path())
	return err == nil
}

// Fill puts the badges and pathways into a wallet that has no badge. The wallet
// must ask Web.
func Fill(ctx context.Context, w *wallet.Wallet, now time.Time) error {
	rows, err := w.Rows()
	if err != nil || len(rows) > 0 {
		return err
	}
	set, err := Prepare(w, now)
	if err != nil {
		return err
	}
	return keep(ctx, w, set.Files)
}

// Prepare does all of Fill but adding the badges, which it makes for a new key of
// the wallet: it puts the schools on the learner's list and adds the pathways.
func Prepare(w *wallet.Wallet, now time.Time) (Set, error) {
	holder, err := w.NewKey(key.EdDSA, "")
	if err != nil {
		return Set{}, err
	}
	set, err := Make(now, holder.Public())
	if err != nil {
		return Set{}, err
	}
	for _, t := range set.Trusted {
		if err := w.Trust(t.ID, t.Name); err != nil {
			return Set{}, err
		}
	}
	for _, raw := range set.Pathways {
		if _, err := w.AddPathway(raw, ""); err != nil {
			return Set{}, err
		}
	}
	return set, nil
}

// keep adds the badges in one act, the last first: wallets list the newest first.
func keep(ctx context.Context, w *wallet.Wallet, files []File) error {
	var drafts []wallet.Draft
	for _, f := range slices.Backward(files) {
		d, err := w.Review(ctx, f.Raw, f.Name, nil)
		if err != nil {
			return fmt.Errorf("review %s: %w", f.Name, err)
		}
		drafts = append(drafts, d...)
	}
	_, err := w.Keep(ctx, drafts)
	return err
}

// Secrets is a keyring.Store for the practice wallet: a plain file beside it. Its
// keys are to play with and are worth nothing, so no password store is bothered.
type Secrets struct{ Home string }

func (s Secrets) path() string { return filepath.Join(s.Home, "practice.json") }

// practice is what the file holds.
type practice struct {
	Note   string `json:"note"`
	Wallet string `json:"wallet"`
	Root   string `json:"root"`
}

// Get reads the root of the wallet.
func (s Secrets) Get(_ context.Context, id string) ([]byte, error) {
	b, err := os.ReadFile(s.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, keyring.ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("read practice key: %w", err)
	}
	var p practice
	if err := json.Unmarshal(b, &p); err != nil || p.Wallet != id {
		return nil, keyring.ErrNone
	}
	root, err := hex.DecodeString(p.Root)
	if err != nil || len(root) != keyring.RootSize {
		return nil, keyring.ErrNone
	}
	return root, nil
}

// Put writes the root of the wallet.
func (s Secrets) Put(_ context.Context, id string, root []byte) error {
	b, err := json.MarshalIndent(practice{
		Note: "This is a practice wallet. Its key is no secret; never keep real badges here.", Wallet: id, Root: hex.EncodeToString(root),
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.path(), append(b, '\n'), 0o600)
}

// Delete forgets the root of the wallet.
func (s Secrets) Delete(ctx context.Context, id string) error {
	if _, err := s.Get(ctx, id); err != nil {
		return err
	}
	return os.Remove(s.path())
}
