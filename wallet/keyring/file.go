package keyring

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"

	"github.com/cairnwallet/cairn/verify/fault"
)

// File keeps a root in a file of its own, sealed by a passphrase: the second
// choice, for computers without a password store.
type File struct {
	Dir  string    // where the file stands; its name is made of the wallet's id
	Rand io.Reader // cryptographic randomness

	// Ask asks the person for the passphrase; fresh: a new one is to be chosen.
	// Its error is handed on as it is.
	Ask func(ctx context.Context, fresh bool) (string, error)

	cost cost // zero means the standard one
}

// sealedRoot is the content of the file.
type sealedRoot struct {
	Format int    `json:"cairnRoot"` // 1
	Wallet string `json:"wallet"`
	KDF    string `json:"kdf"` // "argon2id"
	Cost   cost   `json:"cost"`
	Salt   []byte `json:"salt"`
	Sealed []byte `json:"sealed"` // nonce, then XChaCha20-Poly1305 ciphertext
}

// cost is what Argon2id (RFC 9106) is to take; it is stored, so that it can grow.
type cost struct {
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memoryKiB"`
	Threads uint8  `json:"threads"`
}

// standard is the second recommended option of RFC 9106, section 4.
var standard = cost{Time: 3, Memory: 64 << 10, Threads: 4}

// bounded refuses a cost that a stranger could have written to stop the program,
// or to make guessing cheap.
func (c cost) bounded() bool {
	return c.Time >= 1 && c.Time <= 16 && c.Memory >= 8<<10 && c.Memory <= 1<<20 && c.Threads >= 1 && c.Threads <= 16
}

const (
	fileFormat  = 1
	maxFileSize = 8 << 10
	saltSize    = 16
)

func (f File) path(wallet string) string { return filepath.Join(f.Dir, "wallet-"+wallet+".key") }

// Has says whether there is a file for a wallet. A file that can't be looked at
// is there.
func (f File) Has(wallet string) bool {
	_, err := os.Lstat(f.path(wallet))
	return !errors.Is(err, fs.ErrNotExist)
}

// Get asks for the passphrase and opens the file with it.
func (f File) Get(ctx context.Context, wallet string) ([]byte, error) {
	s, err := f.read(wallet)
	if err != nil {
		return nil, err
	}
	phrase, err := f.ask(ctx, false)
	if err != nil {
		return nil, err
	}
	n := chacha20poly1305.NonceSizeX
	root, err := s.aead(phrase).Open(nil, s.Sealed[:n], s.Sealed[n:], s.bound())
	if err != nil {
		return nil, fault.Wrap(err, "keyring.wrong-passphrase")
	}
	if len(root) != RootSize {
		return nil, f.damaged(wallet, errors.New("root of the wrong length"))
	}
	return root, nil
}

// Put asks for a new passphrase and writes the file, wholly or not at all.
func (f File) Put(ctx context.Context, wallet string, root []byte) error {
	phrase, err := f.ask(ctx, true)
	if err != nil {
		return err
	}
	s := sealedRoot{Format: fileFormat, Wallet: wallet, KDF: "argon2id", Cost: f.cost, Salt: make([]byte, saltSize)}
	if s.Cost == (cost{}) {
		s.Cost = standard
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	for _, b := range [][]byte{s.Salt, nonce} {
		if _, err := io.ReadFull(f.Rand, b); err != nil {
			return err
		}
	}
	s.Sealed = s.aead(phrase).Seal(nonce, nonce, root, s.bound())
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := replace(f.path(wallet), append(text, '\n')); err != nil {
		return fault.Wrap(err, "keyring.not-saved", "path", f.path(wallet))
	}
	return nil
}

// Delete removes the file; that there is none is no error.
func (f File) Delete(_ context.Context, wallet string) error {
	err := os.Remove(f.path(wallet))
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fault.Wrap(err, "keyring.not-saved", "path", f.path(wallet))
}

// ask gives the passphrase in Unicode form C (RFC 8265, section 4.2): systems differ
// in how they write the same letter.
func (f File) ask(ctx context.Context, fresh bool) ([]byte, error) {
	phrase, err := f.Ask(ctx, fresh)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap(err, "keyring.stopped")
	}
	if phrase == "" {
		return nil, fault.New("keyring.no-passphrase")
	}
	return norm.NFC.Bytes([]byte(phrase)), nil
}

func (f File) read(wallet string) (s sealedRoot, err error) {
	file, err := os.Open(f.path(wallet))
	if errors.Is(err, fs.ErrNotExist) {
		return s, ErrNone
	}
	if err != nil {
		return s, fault.Wrap(err, "keyring.unreadable", "path", f.path(wallet))
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return s, fault.Wrap(err, "keyring.unreadable", "path", f.path(wallet))
	}
	if len(text) > maxFileSize {
		return s, f.damaged(wallet, errors.New("file too long"))
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&s); err != nil {
		return s, f.damaged(wallet, err)
	}
	return s, f.judge(wallet, s)
}

func (f File) judge(wallet string, s sealedRoot) error {
	switch {
	case s.Format > fileFormat:
		return fault.New("keyring.newer", "path", f.path(wallet))
	case s.Format != fileFormat || s.KDF != "argon2id" || s.Wallet != wallet:
		return f.damaged(wallet, errors.New("not the key file of this wallet"))
	case !s.Cost.bounded() || len(s.Salt) < saltSize || len(s.Salt) > 64:
		return f.damaged(wallet, errors.New("cost or salt out of bounds"))
	case len(s.Sealed) != chacha20poly1305.NonceSizeX+RootSize+chacha20poly1305.Overhead:
		return f.damaged(wallet, errors.New("sealed root of the wrong length"))
	}
	return nil
}

func (f File) damaged(wallet string, err error) error {
	return fault.Wrap(err, "keyring.damaged", "path", f.path(wallet))
}

func (s sealedRoot) aead(phrase []byte) interface {
	Seal(dst, nonce, plain, bound []byte) []byte
	Open(dst, nonce, sealed, bound []byte) ([]byte, error)
} {
	key := argon2.IDKey(phrase, s.Salt, s.Cost.Time, s.Cost.Memory, s.Cost.Threads, chacha20poly1305.KeySize)
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic(err) // only a wrong key length fails
	}
	return a
}

// bound is what the sealed root is bound to, beside the passphrase.
func (s sealedRoot) bound() []byte {
	return fmt.Appendf(nil, "cairn root %d|%s|%s|%d|%d|%d|%x", s.Format, s.Wallet, s.KDF, s.Cost.Time, s.Cost.Memory, s.Cost.Threads, s.Salt)
}

// replace writes a file beside path and gives it its name once it is on the disk.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		_ = d.Sync() // not every system can
		_ = d.Close()
	}
	return nil
}
