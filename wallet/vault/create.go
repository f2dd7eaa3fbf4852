package vault

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// The vault's own buckets and records. "meta" is in clear, "vault" is sealed.
const (
	bucketMeta   = "meta"
	recordAbout  = "about"
	bucketOwn    = "vault"
	recordProbe  = "probe"  // the vault's id, sealed
	recordCounts = "counts" // how many records each bucket has
)

// create makes a whole vault beside path and only then gives it its name, so that
// a crash leaves either no vault or a good one. Should another program have made
// one meanwhile, that one stays. It gives the root of the vault it made.
func create(path string, o Options) ([]byte, error) {
	id := make([]byte, 16)
	if _, err := io.ReadFull(o.Rand, id); err != nil {
		return nil, err
	}
	name := hex.EncodeToString(id)
	root, err := o.Root(name, true)
	if err != nil {
		return nil, passed{err}
	}
	draft := path + "." + name[:8]
	defer os.Remove(draft)
	if err := build(draft, name, root, o); err != nil {
		return nil, err
	}
	if err := link(draft, path); errors.Is(err, fs.ErrExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	syncDir(filepath.Dir(path))
	return root, nil
}

func build(path, id string, root []byte, o Options) error {
	f, err := o.openFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, _, err := openDB(path, o, false)
	if err != nil {
		return err
	}
	s := newSealer(root, id)
	v := &Vault{path: path, id: id, rand: o.Rand, sealer: s, db: db, counts: map[string]int{}}
	err = v.Update(func(tx *Tx) error {
		if err := tx.clear(bucketMeta, recordAbout, about{Format, id, s.check}.bytes()); err != nil {
			return err
		}
		counts, err := json.Marshal(map[string]int{})
		if err != nil {
			return err
		}
		return errors.Join(tx.put(bucketOwn, recordProbe, []byte(id)), tx.put(bucketOwn, recordCounts, counts))
	})
	return errors.Join(err, v.db.Close())
}

// clear writes a record in clear.
func (tx *Tx) clear(bucket, id string, text []byte) (err error) {
	defer guard(&err)()
	b, err := tx.tx.CreateBucketIfNotExists([]byte(bucket))
	if err != nil {
		return err
	}
	return b.Put([]byte(id), text)
}

// link gives a file its name unless the name is taken. File systems without
// links get the nearest thing.
func link(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

// syncDir makes a new name durable where the system can do that.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

func readCounts(b []byte) (map[string]int, error) {
	out := map[string]int{}
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, errDamaged
	}
	return out, nil
}
