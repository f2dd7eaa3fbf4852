// Package vault keeps sealed records in one file. It knows bytes, not
// credentials, and is the only importer of bbolt.
//
// A record is sealed with XChaCha20-Poly1305 under a key derived from the root
// secret; its bucket, id and version are bound to it, so a record can't be moved
// or renamed unnoticed. Buckets and ids are in clear: never put anything secret
// into them. How many records a bucket has is sealed too, so a lost one is
// noticed. One program at a time can hold a vault open.
//
// Nothing here ever repairs, truncates or overwrites a file it can't read: such a
// file is left as it is, and a fault names it. Start at Open.
package vault

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Format is the version of the file format that this package writes. It reads
// every older one.
const Format = 1

// ErrNone says that there is no such record.
var ErrNone = errors.New("no such record")

// Options say how to open a vault.
type Options struct {
	Rand    io.Reader     // cryptographic randomness
	Timeout time.Duration // how long to wait for another program; 0 means 300 ms

	// Root answers the root secret of the vault with this id. fresh: the vault
	// is about to be made, and so must be its root. It may take as long as a
	// person needs; nobody else can open the vault meanwhile. Its error is
	// handed on as it is.
	Root func(id string, fresh bool) ([]byte, error)

	openFile func(string, int, os.FileMode) (*os.File, error) // os.OpenFile but in tests
}

// Vault is an open vault. It is safe for concurrent use.
type Vault struct {
	path   string
	id     string
	rand   io.Reader
	sealer sealer
	db     *bbolt.DB
	file   *os.File
	broken atomic.Bool // damage was met: nothing is written from then on

	writer sync.Mutex // one writer at a time

	countsMu sync.RWMutex   // held over a commit, so that a reader's counts fit its state
	counts   map[string]int // records in each bucket; replaced, never changed
}

// retries bounds how often another program may slip in between looking at a
// file and locking it.
const retries = 3

// Open opens the vault at path, or makes one where there is no file. Errors are
// faults vault.* but for those of o.Root.
func Open(path string, o Options) (*Vault, error) {
	if o.Timeout == 0 {
		o.Timeout = 300 * time.Millisecond
	}
	if o.openFile == nil {
		o.openFile = os.OpenFile
	}
	var made []byte
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if made, err = create(path, o); err != nil {
			return nil, asFault(path, err)
		}
	} else if err != nil {
		return nil, asFault(path, err)
	}
	for range retries {
		v, err := open(path, o, made)
		if !errors.Is(err, errMoved) {
			return v, asFault(path, err)
		}
	}
	return nil, asFault(path, bolterrors.ErrTimeout)
}

// errMoved says that another program wrote between our look and our lock.
var errMoved = errors.New("the file changed while it was opened")

// open looks at the file first, so that damage is known before anything could be
// written, then locks and unseals it.
func open(path string, o Options, root []byte) (*Vault, error) {
	seen, err := look(path, o)
	if err != nil {
		return nil, err
	}
	v := &Vault{path: path, id: seen.about.id, rand: o.Rand}
	if v.db, v.file, err = openDB(path, o, false); err != nil {
		return nil, err
	}
	if err := v.unlock(seen, o, root); err != nil {
		_ = v.Close()
		return nil, err
	}
	return v, nil
}

func (v *Vault) unlock(seen sight, o Options, root []byte) error {
	if now, err := v.generation(); err != nil || now != seen.generation {
		return errors.Join(errMoved, err)
	}
	if root == nil {
		var err error
		if root, err = o.Root(v.id, false); err != nil {
			return passed{err}
		}
	}
	v.sealer = newSealer(root, v.id)
	return v.prove(seen)
}

// prove tells a wrong root from damage: the root fits when the check value or
// the probe says so, and all is well only when both do and no record is missing.
func (v *Vault) prove(seen sight) error {
	fits := v.sealer.check == seen.about.check
	err := v.View(func(tx *Tx) error {
		probe, err := tx.get(bucketOwn, recordProbe)
		if err != nil && !fits {
			return errWrongKey
		}
		if err != nil || string(probe) != v.id || !fits {
			return errDamaged
		}
		sealed, err := tx.get(bucketOwn, recordCounts)
		if err != nil {
			return errDamaged
		}
		v.counts, err = readCounts(sealed)
		return err
	})
	if err == nil && !maps.Equal(v.counts, seen.records()) {
		return errDamaged
	}
	return err
}

func (v *Vault) generation() (n int, err error) {
	defer guard(&err)()
	err = v.db.View(func(tx *bbolt.Tx) error { n = tx.ID(); return nil })
	return n, err
}

// ID is the vault's id: 16 random bytes in hex, in clear in the file.
func (v *Vault) ID() string { return v.id }

// Path is where the vault is.
func (v *Vault) Path() string { return v.path }

// Close lets go of the file. Transactions must have ended.
func (v *Vault) Close() (err error) {
	if v.broken.Load() {
		return v.file.Close() // bbolt may be stuck in the damage it met; this ends the lock
	}
	defer guard(&err)()
	return v.db.Close()
}

// openDB opens the file with bbolt, which never gets the chance to make one. A
// panic of bbolt leaves neither the file open nor its lock held.
func openDB(path string, o Options, readOnly bool) (db *bbolt.DB, f *os.File, err error) {
	defer func() {
		if err != nil && f != nil {
			_ = f.Close()
		}
	}()
	defer guard(&err)()
	db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout: o.Timeout, ReadOnly: readOnly, PageSize: pageSize, NoStatistics: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			var err error
			f, err = o.openFile(name, flag&^os.O_CREATE, mode)
			return f, err
		},
	})
	return db, f, err
}
