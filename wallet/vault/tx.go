package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"go.etcd.io/bbolt"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Limits of one record.
const (
	maxID     = 128
	maxRecord = 64 << 20
)

// Tx is a transaction. It is used by one goroutine, and only inside the function
// it was handed to.
type Tx struct {
	v      *Vault
	tx     *bbolt.Tx
	counts map[string]int // of a writing transaction, changed as it goes
}

// View runs f on one unchanging state of the vault. f must not call Update.
func (v *Vault) View(f func(*Tx) error) error {
	tx, err := v.begin(false)
	if err != nil {
		return v.failed(err)
	}
	defer v.rollback(tx.tx)
	return v.failed(f(tx))
}

// Update runs f and keeps all it did, on the disk, or, when f or the disk fails,
// nothing of it.
func (v *Vault) Update(f func(*Tx) error) error {
	v.writer.Lock()
	defer v.writer.Unlock()
	tx, err := v.begin(true)
	if err != nil {
		return v.failed(err)
	}
	defer v.rollback(tx.tx)
	if err := f(tx); err != nil {
		return v.failed(err)
	}
	if err := tx.commit(); err != nil {
		return v.failed(err)
	}
	return nil
}

// failed notes damage for good: from then on nothing is written.
func (v *Vault) failed(err error) error {
	if errors.Is(err, errDamaged) {
		v.broken.Store(true)
	}
	return asFault(v.path, err)
}

func (v *Vault) begin(write bool) (t *Tx, err error) {
	if v.broken.Load() {
		return nil, errDamaged
	}
	v.countsMu.RLock()
	defer v.countsMu.RUnlock()
	defer guard(&err)()
	tx, err := v.db.Begin(write)
	if err != nil {
		return nil, err
	}
	t = &Tx{v: v, tx: tx, counts: v.counts}
	if write {
		t.counts = maps.Clone(v.counts)
	}
	return t, nil
}

// rollback ends a transaction that was not committed. It is also deferred past a
// panic of f, so that no lock stays behind.
func (v *Vault) rollback(tx *bbolt.Tx) {
	err := func() (err error) {
		defer guard(&err)()
		return tx.Rollback()
	}()
	if errors.Is(err, errDamaged) {
		v.broken.Store(true)
	}
}

func (tx *Tx) commit() error {
	if !maps.Equal(tx.counts, tx.v.counts) {
		counts, err := json.Marshal(tx.counts)
		if err != nil {
			return err
		}
		if err := tx.put(bucketOwn, recordCounts, counts); err != nil {
			return err
		}
	}
	tx.v.countsMu.Lock()
	defer tx.v.countsMu.Unlock()
	if err := tx.sync(); err != nil {
		return err
	}
	tx.v.counts = tx.counts
	return nil
}

func (tx *Tx) sync() (err error) {
	defer guard(&err)()
	return tx.tx.Commit()
}

// Get gives a record, in memory of its own; ErrNone when there is none; fault
// vault.record when this one record can't be read any more.
func (tx *Tx) Get(bucket, id string) ([]byte, error) {
	plain, err := tx.get(bucket, id)
	if errors.Is(err, errSeal) {
		return nil, fault.Wrap(err, "vault.record", "path", tx.v.path, "id", id)
	}
	return plain, err
}

func (tx *Tx) get(bucket, id string) (plain []byte, err error) {
	defer guard(&err)()
	b := tx.tx.Bucket([]byte(bucket))
	if b == nil {
		return nil, ErrNone
	}
	sealed := b.Get([]byte(id))
	if sealed == nil {
		return nil, ErrNone
	}
	return tx.v.sealer.open(bucket, id, sealed)
}

// Put writes a record.
func (tx *Tx) Put(bucket, id string, plain []byte) error {
	fresh, err := tx.missing(bucket, id)
	if err != nil {
		return err
	}
	if err := tx.put(bucket, id, plain); err != nil {
		return err
	}
	if fresh {
		tx.counts[bucket]++
	}
	return nil
}

func (tx *Tx) put(bucket, id string, plain []byte) (err error) {
	if id == "" || len(id) > maxID || len(plain) > maxRecord {
		return fmt.Errorf("record %s/%q of %d bytes is out of bounds", bucket, id, len(plain))
	}
	sealed, err := tx.v.sealer.seal(tx.v.rand, bucket, id, plain)
	if err != nil {
		return err
	}
	defer guard(&err)()
	b, err := tx.tx.CreateBucketIfNotExists([]byte(bucket))
	if err != nil {
		return err
	}
	return b.Put([]byte(id), sealed)
}

func (tx *Tx) missing(bucket, id string) (yes bool, err error) {
	defer guard(&err)()
	b := tx.tx.Bucket([]byte(bucket))
	return b == nil || b.Get([]byte(id)) == nil, nil
}

// Delete removes a record; one that is not there is no error.
func (tx *Tx) Delete(bucket, id string) error {
	gone, err := tx.missing(bucket, id)
	if err != nil || gone {
		return err
	}
	if err := tx.remove(bucket, id); err != nil {
		return err
	}
	if tx.counts[bucket]--; tx.counts[bucket] == 0 {
		delete(tx.counts, bucket)
	}
	return nil
}

func (tx *Tx) remove(bucket, id string) (err error) {
	defer guard(&err)()
	return tx.tx.Bucket([]byte(bucket)).Delete([]byte(id))
}

// Count says how many records a bucket has.
func (tx *Tx) Count(bucket string) int { return tx.counts[bucket] }

// Each hands the records of a bucket to f in the order of their ids, until f
// fails. A record that can't be read any more comes with fault vault.record and
// no bytes. f must not write to the bucket.
func (tx *Tx) Each(bucket string, f func(id string, plain []byte, err error) error) error {
	var c *bbolt.Cursor
	for seen := 0; ; seen++ {
		id, plain, err := tx.step(bucket, &c)
		switch {
		case errors.Is(err, errSeal):
			err = fault.Wrap(err, "vault.record", "path", tx.v.path, "id", id)
		case err != nil:
			return err
		case id == "" && seen != tx.counts[bucket]:
			return errDamaged
		case id == "":
			return nil
		}
		if err := f(id, plain, err); err != nil {
			return err
		}
	}
}

// step moves a cursor on, from nil to the first record, and opens what it finds;
// no id means the end.
func (tx *Tx) step(bucket string, c **bbolt.Cursor) (id string, plain []byte, err error) {
	defer guard(&err)()
	var k, sealed []byte
	if *c != nil {
		k, sealed = (*c).Next()
	} else if b := tx.tx.Bucket([]byte(bucket)); b != nil {
		*c = b.Cursor()
		k, sealed = (*c).First()
	}
	if len(k) > maxID || len(sealed) > maxRecord+headSize+tx.v.sealer.aead.Overhead() {
		return "", nil, errDamaged
	}
	if k == nil {
		return "", nil, nil
	}
	plain, err = tx.v.sealer.open(bucket, string(k), sealed)
	return string(k), plain, err
}
