package vault

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
)

// source is repeatable randomness for tests.
func source(seed byte) *mrand.ChaCha8 { return mrand.NewChaCha8([32]byte{seed}) }

var testRoot = bytes.Repeat([]byte{7}, 32)

func options() Options {
	return Options{Rand: source(1), Root: func(string, bool) ([]byte, error) { return testRoot, nil }}
}

func mustOpen(t testing.TB, path string) *Vault {
	t.Helper()
	v, err := Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

func put(t testing.TB, v *Vault, bucket string, records map[string]string) {
	t.Helper()
	err := v.Update(func(tx *Tx) error {
		for id, text := range records {
			if err := tx.Put(bucket, id, []byte(text)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func all(v *Vault, bucket string) (map[string]string, error) {
	out := map[string]string{}
	err := v.View(func(tx *Tx) error {
		return tx.Each(bucket, func(id string, plain []byte, err error) error {
			out[id] = string(plain)
			return err
		})
	})
	return out, err
}

// wantFault also demands words for the fault, and that they name the file.
func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	if fault.Code(err) != code {
		t.Fatalf("got %v, want fault %s", err, code)
	}
	var f *fault.Fault
	errors.As(err, &f)
	for _, part := range []string{"title", "why", "do"} {
		c := "fault." + code + "." + part
		text, there := assets.English()[c]
		if !there {
			t.Errorf("no words for %s", c)
		}
		for _, slot := range assets.Slots(text) {
			if f.Args[slot] == "" {
				t.Errorf("nothing for {%s} of %s", slot, c)
			}
		}
	}
	if f.Args["path"] == "" {
		t.Errorf("fault %s names no file", code)
	}
}

func TestRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	v := mustOpen(t, path)
	want := map[string]string{"a": "one", "b": "", "c": string(bytes.Repeat([]byte("x"), 100_000))}
	put(t, v, "things", want)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	v = mustOpen(t, path)
	got, err := all(v, "things")
	if err != nil || !maps.Equal(got, want) {
		t.Fatalf("got %d records, %v", len(got), err)
	}
	err = v.View(func(tx *Tx) error {
		if _, err := tx.Get("things", "z"); !errors.Is(err, ErrNone) {
			t.Errorf("missing record: %v", err)
		}
		if _, err := tx.Get("nothing", "a"); !errors.Is(err, ErrNone) {
			t.Errorf("missing bucket: %v", err)
		}
		b, err := tx.Get("things", "a")
		if string(b) != "one" {
			t.Errorf("got %q", b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNothingInClear(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	v := mustOpen(t, path)
	put(t, v, "things", map[string]string{"a": "very private words"})
	_ = v.Close()
	b, err := os.ReadFile(path)
	if err != nil || bytes.Contains(b, []byte("private")) || bytes.Contains(b, testRoot) {
		t.Fatalf("a secret stands in the file (%v)", err)
	}
	info, _ := os.Stat(path)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read it: %v", info.Mode())
	}
}

func TestFailedActLeavesNothing(t *testing.T) {
	v := mustOpen(t, filepath.Join(t.TempDir(), "v"))
	put(t, v, "things", map[string]string{"a": "one"})
	sorry := errors.New("sorry")
	err := v.Update(func(tx *Tx) error {
		return errors.Join(tx.Put("things", "b", []byte("two")), tx.Delete("things", "a"), sorry)
	})
	if !errors.Is(err, sorry) {
		t.Fatal(err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = v.Update(func(tx *Tx) error { _ = tx.Put("things", "c", nil); panic("a bug of ours") })
	}()
	got, err := all(v, "things")
	if err != nil || !maps.Equal(got, map[string]string{"a": "one"}) {
		t.Fatalf("got %v, %v", got, err)
	}
}

// TestModel compares random acts with a plain map, over closing and opening.
func TestModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		path := filepath.Join(dir, "v")
		o := options()
		v, err := Open(path, o)
		if err != nil {
			r.Fatal(err)
		}
		defer func() { _ = v.Close() }()
		model := map[string]string{}
		for range rapid.IntRange(1, 12).Draw(r, "acts") {
			id := rapid.StringMatching("[a-e]").Draw(r, "id")
			text := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(r, "text")
			del, reopen := rapid.Bool().Draw(r, "delete"), rapid.IntRange(0, 9).Draw(r, "reopen") == 0
			err := v.Update(func(tx *Tx) error {
				if del {
					return tx.Delete("b", id)
				}
				return tx.Put("b", id, text)
			})
			if err != nil {
				r.Fatal(err)
			}
			if model[id] = string(text); del {
				delete(model, id)
			}
			if reopen {
				_ = v.Close()
				if v, err = Open(path, o); err != nil {
					r.Fatal(err)
				}
			}
			if got, err := all(v, "b"); err != nil || !maps.Equal(got, model) {
				r.Fatalf("got %v, %v; want %v", got, err, model)
			}
		}
	})
}

// TestFormat1 opens a vault of format 1, written when that format was new. It
// must open for ever. UPDATE_FIXTURE=1 writes it anew, for a new format only.
func TestFormat1(t *testing.T) {
	fixture := filepath.Join("testdata", "format-1.vault")
	want := map[string]string{}
	for i := range 60 {
		want[fmt.Sprintf("record-%02d", i)] = fmt.Sprintf("text %d", i*i)
	}
	if os.Getenv("UPDATE_FIXTURE") != "" {
		v := mustOpen(t, fixture)
		put(t, v, "things", want)
		_ = v.Close()
	}
	raw, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "v")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	v := mustOpen(t, path)
	if got, err := all(v, "things"); err != nil || !maps.Equal(got, want) {
		t.Fatalf("got %v, %v", got, err)
	}
	put(t, v, "things", map[string]string{"new": "still writes"})
}

func TestMovedRecordIsNoticed(t *testing.T) {
	for name, move := range map[string]func(*bbolt.Tx) error{
		"to another id": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("things"))
			return b.Put([]byte("a"), slices.Clone(b.Get([]byte("b"))))
		},
		"to another bucket": func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("things")).Put([]byte("a"), slices.Clone(tx.Bucket([]byte("other")).Get([]byte("a"))))
		},
		"version changed": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("things"))
			r := slices.Clone(b.Get([]byte("a")))
			r[0]++
			return b.Put([]byte("a"), r)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "v")
			v := mustOpen(t, path)
			put(t, v, "things", map[string]string{"a": "one", "b": "two"})
			put(t, v, "other", map[string]string{"a": "three"})
			_ = v.Close()
			meddle(t, path, move)
			v = mustOpen(t, path)
			err := v.View(func(tx *Tx) error { _, err := tx.Get("things", "a"); return err })
			wantFault(t, err, "vault.record")
			bad := 0
			err = v.View(func(tx *Tx) error {
				return tx.Each("things", func(id string, plain []byte, err error) error {
					if err != nil {
						bad++
					}
					return nil
				})
			})
			if err != nil || bad != 1 {
				t.Errorf("%d bad records, %v", bad, err)
			}
		})
	}
}

func TestLostRecordIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	v := mustOpen(t, path)
	put(t, v, "things", map[string]string{"a": "one", "b": "two"})
	_ = v.Close()
	meddle(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("things")).Delete([]byte("a")) })
	_, err := Open(path, options())
	wantFault(t, err, "vault.damaged")
}

// meddle changes a vault behind our back.
func meddle(t *testing.T, path string, f func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
}
