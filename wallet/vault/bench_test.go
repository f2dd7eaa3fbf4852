package vault

import (
	"fmt"
	"path/filepath"
	"testing"
)

// filled is a vault of n records of the size of an ordinary badge.
func filled(b *testing.B, n int) string {
	path := filepath.Join(b.TempDir(), "v")
	v := mustOpen(b, path)
	record := make([]byte, 5750)
	for from := 0; from < n; from += 1000 {
		err := v.Update(func(tx *Tx) error {
			for i := from; i < min(n, from+1000); i++ {
				if err := tx.Put("things", fmt.Sprintf("%064d", i*7919%n), record); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	_ = v.Close()
	return path
}

func BenchmarkOpen10000(b *testing.B) {
	path := filled(b, 10_000)
	for b.Loop() {
		v, err := Open(path, options())
		if err != nil {
			b.Fatal(err)
		}
		_ = v.Close()
	}
}

func BenchmarkPutOne(b *testing.B) {
	v := mustOpen(b, filled(b, 1000))
	record := make([]byte, 5750)
	n := 0
	for b.Loop() {
		n++
		if err := v.Update(func(tx *Tx) error { return tx.Put("things", fmt.Sprint(n), record) }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	v := mustOpen(b, filled(b, 10_000))
	id := fmt.Sprintf("%064d", 77)
	for b.Loop() {
		if err := v.View(func(tx *Tx) error { _, err := tx.Get("things", id); return err }); err != nil {
			b.Fatal(err)
		}
	}
}
