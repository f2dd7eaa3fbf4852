package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/cairnwallet/cairn/verify/fault"
)

// sample is a vault with several branch pages, overflow pages, small buckets and
// free pages, as bytes, and what is in it. Its last act wrote the small bucket
// "last": a damaged newest page of bbolt's two looks like an act that was cut
// short, so that act, and no other, may be missing.
func sample(t testing.TB) ([]byte, map[string]string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample")
	v := mustOpen(t, path)
	want := map[string]string{}
	r := mrand.New(source(2))
	for i := range 150 {
		want[fmt.Sprintf("%064d", i)] = string(bytes.Repeat([]byte{byte(i)}, r.IntN(1500)))
	}
	put(t, v, "things", want)
	put(t, v, "small", map[string]string{"a": "one"})
	put(t, v, "things", map[string]string{"gone": string(make([]byte, 30_000))})
	if err := v.Update(func(tx *Tx) error { return tx.Delete("things", "gone") }); err != nil {
		t.Fatal(err)
	}
	put(t, v, "last", map[string]string{"a": "one"})
	_ = v.Close()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw, want
}

// try opens damaged bytes. Whatever the damage: no panic, no wrong content, and a
// vault that does not open is left exactly as it was.
func try(t *testing.T, raw []byte, want map[string]string) (opened bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "v")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(path)
	v, err := Open(path, options())
	if err != nil {
		if code := fault.Code(err); code != "vault.damaged" && code != "vault.foreign" {
			t.Fatalf("unexpected %v", err)
		}
		after, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(after, raw) {
			t.Fatalf("the damaged file was changed (%v)", err)
		}
		return false
	}
	defer v.Close()
	n := 0
	err = v.View(func(tx *Tx) error {
		return tx.Each("things", func(id string, plain []byte, err error) error {
			n++
			if err == nil && string(plain) != want[id] {
				t.Errorf("wrong content of %s", id)
			}
			return nil
		})
	})
	if err == nil && n != len(want) {
		t.Errorf("%d records, want %d, and no error", n, len(want))
	}
	err = v.Update(func(tx *Tx) error { return tx.Put("things", "new", []byte("new")) })
	if err != nil && fault.Code(err) != "vault.damaged" {
		t.Errorf("writing: %v", err)
	}
	return true
}

func TestFlippedBytes(t *testing.T) {
	raw, want := sample(t)
	r := mrand.New(source(3))
	rounds := 300
	if testing.Short() {
		rounds = 200
	}
	for range rounds {
		at := r.IntN(len(raw))
		if r.IntN(2) == 0 { // where it hurts: the start of a page
			at = at/pageSize*pageSize + r.IntN(128)
		}
		bad := bytes.Clone(raw)
		bad[at] ^= 1 << r.IntN(8)
		try(t, bad, want)
	}
}

// TestFlippedPageHeads changes bits all over the start of every page that holds
// structure.
func TestFlippedPageHeads(t *testing.T) {
	if testing.Short() {
		t.Skip("thorough")
	}
	raw, want := sample(t)
	r := mrand.New(source(5))
	for page := 0; page < len(raw); page += pageSize {
		if raw[page+8]&(flagBranch|flagMeta|flagFreelist) == 0 {
			continue
		}
		for at := 0; at < 48; at += 3 {
			bad := bytes.Clone(raw)
			bad[page+at+r.IntN(3)] ^= 1 << r.IntN(8)
			try(t, bad, want)
		}
	}
}

func TestOverwrittenRegions(t *testing.T) {
	raw, want := sample(t)
	r := mrand.New(source(4))
	for range 150 {
		bad := bytes.Clone(raw)
		at := r.IntN(len(raw))
		end := min(len(raw), at+1+r.IntN(3*pageSize))
		for i := at; i < end; i++ {
			bad[i] = byte(r.Uint32())
		}
		try(t, bad, want)
	}
}

func TestTruncated(t *testing.T) {
	raw, want := sample(t)
	lengths := []int{0, 1, 15, 16, 80, pageSize - 1, pageSize, 2 * pageSize, 3 * pageSize, len(raw) / 2}
	for n := 100; n < len(raw); n += 7919 {
		lengths = append(lengths, n)
	}
	high, err := walk(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range lengths {
		if opened := try(t, raw[:n], want); opened && n < int(high.meta.high)*pageSize {
			t.Errorf("opened with %d of %d bytes", n, len(raw))
		}
	}
}

func TestOpenFaults(t *testing.T) {
	raw, _ := sample(t)
	newer := about{format: Format + 1, id: "00", check: "00"}.bytes()
	for name, c := range map[string]struct {
		raw  []byte
		code string
	}{
		"empty file":         {nil, "vault.damaged"},
		"a picture":          {[]byte("\x89PNG\r\n\x1a\n and more of it"), "vault.foreign"},
		"a long text":        {bytes.Repeat([]byte("words "), 5000), "vault.foreign"},
		"all zeros":          {make([]byte, 50_000), "vault.foreign"},
		"cut short":          {raw[:len(raw)/2], "vault.damaged"},
		"newer version":      {vaultWith(t, newer), "vault.newer"},
		"version unreadable": {vaultWith(t, bytes.Replace(newer, []byte("vault 2"), []byte("vault 3"), 1)), "vault.damaged"},
		"another program's":  {foreign(t), "vault.foreign"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "v")
			if err := os.WriteFile(path, c.raw, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path, options())
			wantFault(t, err, c.code)
			if after, _ := os.ReadFile(path); !bytes.Equal(after, c.raw) {
				t.Error("the file was changed")
			}
		})
	}
}

// vaultWith is a vault that says something else of itself.
func vaultWith(t *testing.T, text []byte) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w")
	_ = mustOpen(t, path).Close()
	meddle(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketMeta)).Put([]byte(recordAbout), text) })
	return mustRead(t, path)
}

// foreign is a sound bbolt file of another program.
func foreign(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	return mustRead(t, path)
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFolderInTheWay(t *testing.T) {
	_, err := Open(t.TempDir(), options())
	wantFault(t, err, "vault.foreign")
}

func TestWrongKey(t *testing.T) {
	raw, _ := sample(t)
	path := filepath.Join(t.TempDir(), "v")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Root = func(string, bool) ([]byte, error) { return bytes.Repeat([]byte{8}, 32), nil }
	_, err := Open(path, o)
	wantFault(t, err, "vault.wrong-key")
	if after := mustRead(t, path); !bytes.Equal(after, raw) {
		t.Error("the file was changed")
	}
	mustOpen(t, path)
}

func TestRootRefused(t *testing.T) {
	locked := fault.New("keyring.locked")
	o := options()
	o.Root = func(string, bool) ([]byte, error) { return nil, locked }
	path := filepath.Join(t.TempDir(), "v")
	if _, err := Open(path, o); !errors.Is(err, locked) {
		t.Fatalf("got %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("a vault without a root was made")
	}
	_ = mustOpen(t, path).Close()
	if _, err := Open(path, o); !errors.Is(err, locked) {
		t.Fatalf("got %v", err)
	}
	mustOpen(t, path) // the lock was let go
}

func TestInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	v := mustOpen(t, path)
	_, err := Open(path, options())
	wantFault(t, err, "vault.in-use")
	put(t, v, "things", map[string]string{"a": "the first is not disturbed"})
	_ = v.Close()
	mustOpen(t, path)
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	_ = mustOpen(t, path).Close()
	for name, cause := range map[string]error{"file": fs.ErrPermission, "disk": syscall.EROFS} {
		t.Run(name, func(t *testing.T) {
			o := options()
			o.openFile = func(p string, flag int, mode os.FileMode) (*os.File, error) {
				if flag&(os.O_RDWR|os.O_CREATE) != 0 {
					return nil, &fs.PathError{Op: "open", Path: p, Err: cause}
				}
				return os.OpenFile(p, flag, mode)
			}
			_, err := Open(path, o)
			wantFault(t, err, "vault.read-only")
			_, err = Open(path+"-new", o)
			wantFault(t, err, "vault.read-only")
		})
	}
}

// TestTwoMakers: two programs make the first vault at the same time; one wins,
// and the loser finds the winner's.
func TestTwoMakers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v")
	o := options()
	o.Rand = source(9)
	once := false
	o.Root = func(_ string, fresh bool) ([]byte, error) {
		if fresh && !once {
			once = true
			w := mustOpen(t, path)
			put(t, w, "things", map[string]string{"a": "the winner's"})
			_ = w.Close()
		}
		return testRoot, nil
	}
	v, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if got, err := all(v, "things"); err != nil || !maps.Equal(got, map[string]string{"a": "the winner's"}) {
		t.Fatalf("got %v, %v", got, err)
	}
}
