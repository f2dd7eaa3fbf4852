package vault

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"io"
)

// The parts of bbolt's file format (version 2) that are needed to know a sound
// tree from a damaged one. bbolt itself trusts what it reads; its own check runs
// on a goroutine whose panic nobody can catch.
const (
	pageSize    = 4096 // set when a vault is made, so that it can move between computers
	smallest    = 4 * pageSize
	pageHead    = 16 // id u64, flags u16, count u16, overflow u32
	elementSize = 16
	bucketHead  = 16 // root u64, sequence u64

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10
	flagBucket   = 0x01 // of a leaf's element

	magic       = 0xED0CDAED
	fileVersion = 2
	metaSize    = 64
	maxDepth    = 32
	maxRead     = 64 << 20 // bytes of structure in one page with its overflow
)

type meta struct {
	root, freelist, high, txid uint64
}

// tree is what a walk found.
type tree struct {
	meta    meta
	buckets map[string]int
	file    io.ReaderAt
	used    []bool // by page number
	buf     [pageSize]byte
}

// marked says whether bbolt's mark stands where a first or second page has it.
func marked(head []byte) bool {
	for _, at := range []int{0, pageSize} {
		if len(head) >= at+pageHead+4 && binary.LittleEndian.Uint32(head[at+pageHead:]) == magic {
			return true
		}
	}
	return false
}

// walk visits every page of the tree once. It fails with errDamaged when a page
// is not what its parent says, stands outside the file, is reached twice, or is
// on the list of free pages.
func walk(file io.ReaderAt, size int64) (*tree, error) {
	m, err := newestMeta(file)
	if err != nil {
		return nil, err
	}
	if m.high < 4 || m.high > uint64(size)/pageSize || m.root >= m.high || m.freelist >= m.high {
		return nil, errDamaged
	}
	t := &tree{meta: m, buckets: map[string]int{}, file: file, used: make([]bool, m.high)}
	t.used[0], t.used[1] = true, true
	if _, err := t.visit(m.root, "", 0); err != nil {
		return nil, err
	}
	return t, t.free()
}

// newestMeta gives the newer of the two meta pages that are whole: a commit that
// was cut short leaves one.
func newestMeta(file io.ReaderAt) (best meta, err error) {
	found := false
	b := make([]byte, pageHead+metaSize)
	for i := range int64(2) {
		if _, err := file.ReadAt(b, i*pageSize); err != nil && err != io.EOF {
			return best, err
		}
		if m, ok := readMeta(b); ok && (!found || m.txid > best.txid) {
			best, found = m, true
		}
	}
	if !found {
		return best, errDamaged
	}
	return best, nil
}

func readMeta(b []byte) (meta, bool) {
	le := binary.LittleEndian
	if le.Uint16(b[8:])&flagMeta == 0 {
		return meta{}, false
	}
	b = b[pageHead:]
	h := fnv.New64a()
	h.Write(b[:56])
	if le.Uint32(b) != magic || le.Uint32(b[4:]) != fileVersion || le.Uint32(b[8:]) != pageSize || le.Uint64(b[56:]) != h.Sum64() {
		return meta{}, false
	}
	return meta{root: le.Uint64(b[16:]), freelist: le.Uint64(b[32:]), high: le.Uint64(b[40:]), txid: le.Uint64(b[48:])}, true
}

// page reads the start of a page, marks it and its overflow as used, and gives
// its flags, its count and how many bytes it spans. b is good until the next page
// is read.
func (t *tree) page(id uint64) (b []byte, flags uint16, count, span int, err error) {
	if id < 2 || id >= t.meta.high {
		return nil, 0, 0, 0, errDamaged
	}
	b = t.buf[:]
	if _, err := t.file.ReadAt(b, int64(id)*pageSize); err != nil {
		return nil, 0, 0, 0, err
	}
	le := binary.LittleEndian
	more := uint64(le.Uint32(b[12:]))
	if le.Uint64(b) != id || more >= t.meta.high-id {
		return nil, 0, 0, 0, errDamaged
	}
	for p := id; p <= id+more; p++ {
		if t.used[p] {
			return nil, 0, 0, 0, errDamaged
		}
		t.used[p] = true
	}
	return b, le.Uint16(b[8:]), int(le.Uint16(b[10:])), int(more+1) * pageSize, nil
}

// all reads the first n bytes of a page of span bytes, into memory of their own.
func (t *tree) all(id uint64, n, span int) ([]byte, error) {
	if n > span || n > maxRead {
		return nil, errDamaged
	}
	b := make([]byte, n)
	_, err := t.file.ReadAt(b, int64(id)*pageSize)
	return b, err
}

// visit walks the tree below a page and counts the elements of its leaves. Only
// the topmost tree (bucket "") has buckets in it.
func (t *tree) visit(id uint64, bucket string, depth int) (int, error) {
	b, flags, count, span, err := t.page(id)
	if err != nil {
		return 0, err
	}
	switch {
	case depth > maxDepth:
		return 0, errDamaged
	case flags == flagBranch && count > 0:
		return t.branch(id, bucket, count, span, depth)
	case flags == flagLeaf && bucket == "":
		if b, err = t.all(id, span, span); err != nil {
			return 0, err
		}
		return count, t.top(b, count, depth)
	case flags == flagLeaf:
		if n := pageHead + count*elementSize; n > len(b) {
			if b, err = t.all(id, n, span); err != nil {
				return 0, err
			}
		}
		return count, leaf(b, count, span)
	}
	return 0, errDamaged
}

// branch: its elements are pos u32, ksize u32, page u64.
func (t *tree) branch(id uint64, bucket string, count, span, depth int) (int, error) {
	b, err := t.all(id, span, span)
	if err != nil {
		return 0, err
	}
	if pageHead+count*elementSize > len(b) {
		return 0, errDamaged
	}
	le := binary.LittleEndian
	total := 0
	var last []byte
	for i := range count {
		at := pageHead + i*elementSize
		key, ok := cut(b, at+int(le.Uint32(b[at:])), int(le.Uint32(b[at+4:])))
		if !ok || (i > 0 && bytes.Compare(last, key) >= 0) {
			return 0, errDamaged
		}
		n, err := t.visit(le.Uint64(b[at+8:]), bucket, depth+1)
		if err != nil {
			return 0, err
		}
		total, last = total+n, key
	}
	return total, nil
}

// leaf checks the elements of a leaf of records: flags u32, pos u32, ksize u32,
// vsize u32. Keys and values may lie beyond b, within span.
func leaf(b []byte, count, span int) error {
	le := binary.LittleEndian
	if pageHead+count*elementSize > len(b) {
		return errDamaged
	}
	end := 0 // keys and values follow one another, in the order of the elements
	for i := range count {
		at := pageHead + i*elementSize
		start := at + int(le.Uint32(b[at+4:]))
		size := int(le.Uint32(b[at+8:])) + int(le.Uint32(b[at+12:]))
		if le.Uint32(b[at:]) != 0 || start < pageHead+count*elementSize || start < end || start+size > span {
			return errDamaged
		}
		end = start + size
	}
	return nil
}

// top walks the buckets named in a leaf of the topmost tree.
func (t *tree) top(b []byte, count, depth int) error {
	if pageHead+count*elementSize > len(b) {
		return errDamaged
	}
	le := binary.LittleEndian
	for i := range count {
		at := pageHead + i*elementSize
		start := at + int(le.Uint32(b[at+4:]))
		key, ok1 := cut(b, start, int(le.Uint32(b[at+8:])))
		value, ok2 := cut(b, start+len(key), int(le.Uint32(b[at+12:])))
		if !ok1 || !ok2 || len(key) == 0 || le.Uint32(b[at:]) != flagBucket || len(value) < bucketHead {
			return errDamaged
		}
		n, err := t.bucket(string(key), value, depth)
		if err != nil {
			return err
		}
		t.buckets[string(key)] = n
	}
	return nil
}

// bucket walks one bucket; a small one stands within its parent's value, as a
// leaf without a page of its own.
func (t *tree) bucket(name string, value []byte, depth int) (int, error) {
	le := binary.LittleEndian
	if root := le.Uint64(value); root != 0 {
		return t.visit(root, name, depth+1)
	}
	page := value[bucketHead:]
	if len(page) < pageHead || le.Uint16(page[8:]) != flagLeaf {
		return 0, errDamaged
	}
	count := int(le.Uint16(page[10:]))
	return count, leaf(page, count, len(page))
}

// free checks the list of free pages: pages of the file that are in no other use.
func (t *tree) free() error {
	b, flags, count, span, err := t.page(t.meta.freelist)
	if err != nil {
		return err
	}
	if flags != flagFreelist {
		return errDamaged
	}
	le, at := binary.LittleEndian, pageHead
	if count == 0xFFFF { // the true count is the first entry
		count, at = int(min(le.Uint64(b[at:]), t.meta.high)), at+8
	}
	if at+count*8 > span {
		return errDamaged
	}
	if b, err = t.all(t.meta.freelist, at+count*8, span); err != nil {
		return err
	}
	for ; at < len(b); at += 8 {
		id := le.Uint64(b[at:])
		if id >= t.meta.high || t.used[id] {
			return errDamaged
		}
		t.used[id] = true
	}
	return nil
}

func cut(b []byte, at, n int) ([]byte, bool) {
	if at < 0 || n < 0 || at > len(b) || n > len(b)-at {
		return nil, false
	}
	return b[at : at+n], true
}
