package vault

import (
	"io"
	"os"

	"go.etcd.io/bbolt"
)

// sight is what can be seen of a vault without its root.
type sight struct {
	about      about
	generation int            // the number of the last commit
	buckets    map[string]int // records in each bucket, the vault's own among them
}

// records leaves the vault's own buckets out.
func (s sight) records() map[string]int {
	out := map[string]int{}
	for name, n := range s.buckets {
		if name != bucketMeta && name != bucketOwn && n > 0 {
			out[name] = n
		}
	}
	return out
}

// look opens the file for reading only and walks its whole tree, so that nothing
// is written to a file that is not sound, and so that bbolt, which trusts its
// pages, never walks in a circle.
func look(path string, o Options) (s sight, err error) {
	if err := recognise(path, o); err != nil {
		return s, err
	}
	db, f, err := openDB(path, o, true)
	if err != nil {
		return s, err
	}
	defer func() {
		defer guard(&err)()
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return s, err
	}
	tree, err := walk(f, info.Size())
	if err != nil {
		return s, err
	}
	s.generation, s.buckets = int(tree.meta.txid), tree.buckets
	s.about, err = aboutOf(db)
	return s, err
}

// recognise tells a file of another kind from a damaged vault: one page header
// with bbolt's mark is enough to be a vault.
func recognise(path string, o Options) error {
	f, err := o.openFile(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return errForeign
	}
	head := make([]byte, 2*pageSize)
	n, err := io.ReadFull(f, head)
	switch {
	case n == 0 && err == io.EOF:
		return errDamaged // nobody makes an empty vault: what was here is lost
	case n == len(head) && err != nil:
		return err
	case !marked(head[:n]):
		return errForeign
	case info.Size() < smallest:
		return errDamaged
	}
	return nil
}

func aboutOf(db *bbolt.DB) (a about, err error) {
	defer guard(&err)()
	err = db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucketMeta))
		if b == nil {
			return errForeign // sound, yet somebody else's
		}
		a, err = readAbout(b.Get([]byte(recordAbout)))
		return err
	})
	return a, err
}
