package vault

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"
)

// FuzzWalk walks made-up trees. The two meta pages get right checksums, so that
// what they say is believed.
func FuzzWalk(f *testing.F) {
	raw, err := os.ReadFile(filepath.Join("testdata", "format-1.vault"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add(raw[:4*pageSize])
	f.Fuzz(func(t *testing.T, b []byte) {
		b = bytes.Clone(b)
		for at := 0; at+pageHead+metaSize <= len(b) && at <= pageSize; at += pageSize {
			m := b[at+pageHead:]
			h := fnv.New64a()
			h.Write(m[:56])
			binary.LittleEndian.PutUint64(m[56:], h.Sum64())
		}
		tree, err := walk(bytes.NewReader(b), int64(len(b)))
		if err == nil && tree.meta.high > uint64(len(b))/pageSize {
			t.Fatal("a tree larger than its file")
		}
	})
}

func FuzzAbout(f *testing.F) {
	f.Add(about{Format, "00", "11"}.bytes())
	f.Add(about{Format + 1, "", ""}.bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := readAbout(b); err == nil && a.format > Format {
			t.Fatalf("took %+v", a)
		}
	})
}
