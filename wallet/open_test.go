package wallet

import (
	"bytes"
	"context"
	"errors"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// TestLockedStore: a wallet whose root can't be had stays closed, says why, loses
// nothing, and opens when the store does.
func TestLockedStore(t *testing.T) {
	for _, code := range []string{"keyring.locked", "keyring.none", "keyring.refused", "keyring.stopped", "keyring.wrong-passphrase"} {
		t.Run(code, func(t *testing.T) {
			b := newBench(t)
			store := &keyring.Memory{}
			b.o.Secrets = store
			store.Fail(fault.New(code))
			_, err := Open(context.Background(), b.o)
			wantFault(t, err, code)
			if Exists(b.o.Home) {
				t.Fatal("a wallet without a root was made")
			}
			store.Fail(nil)
			w := b.open()
			id := add(t, w, badge(1))
			before := fileOf(t, w)
			ok(t, w.Close())
			store.Fail(fault.New(code))
			_, err = Open(context.Background(), b.o)
			wantFault(t, err, code)
			if after := fileOf(t, w); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			store.Fail(nil)
			if got := listedIDs(t, b.open()); len(got) != 1 || got[0] != id {
				t.Errorf("items %v", got)
			}
		})
	}
}

func TestRootGoneOrOther(t *testing.T) {
	b := newBench(t)
	w := b.open()
	id := w.ID()
	ok(t, w.Close())
	good := b.o.Secrets
	b.o.Secrets = &keyring.Memory{}
	_, err := Open(context.Background(), b.o)
	wantFault(t, err, "keyring.missing")
	ok(t, b.o.Secrets.Put(context.Background(), id, bytes.Repeat([]byte{9}, keyring.RootSize)))
	_, err = Open(context.Background(), b.o)
	wantFault(t, err, "vault.wrong-key")
	b.o.Secrets = good
	b.open()
}

func TestPassphraseWallet(t *testing.T) {
	b := newBench(t)
	phrase := "a stack of stones"
	b.o.Secrets = keyring.File{Dir: b.o.Home, Rand: b.o.Rand, Ask: func(context.Context, bool) (string, error) { return phrase, nil }}
	w := b.open()
	id := add(t, w, badge(1))
	ok(t, w.Close())
	phrase = "A stack of stones"
	_, err := Open(context.Background(), b.o)
	wantFault(t, err, "keyring.wrong-passphrase")
	phrase = "a stack of stones"
	if got := listedIDs(t, b.open()); len(got) != 1 || got[0] != id {
		t.Errorf("items %v", got)
	}
}

func TestTwoPrograms(t *testing.T) {
	b := newBench(t)
	w := b.open()
	_, err := Open(context.Background(), b.o)
	wantFault(t, err, "vault.in-use")
	add(t, w, badge(1))
}

func TestFolderCannotBeMade(t *testing.T) {
	b := newBench(t)
	file := filepath.Join(b.o.Home, "file")
	ok(t, os.WriteFile(file, nil, 0o600))
	b.o.Home = filepath.Join(file, "wallet")
	_, err := Open(context.Background(), b.o)
	wantFault(t, err, "wallet.no-folder")
}

func TestClosed(t *testing.T) {
	w := newBench(t).open()
	drafts := must(w.Review(context.Background(), badge(1), "", nil))
	ok(t, w.Close())
	_, err := w.Keep(context.Background(), drafts)
	wantFault(t, err, "vault.closed")
	_, err = w.Item("x")
	wantFault(t, err, "vault.closed")
	wantFault(t, w.Record(Event{What: Shared}), "vault.closed")
}

// TestDamagedFile: whatever byte is wrong, opening and looking around never
// panics, and a file that does not open is left as it is.
func TestDamagedFile(t *testing.T) {
	b := newBench(t)
	w := b.open()
	var ids []string
	for n := range 30 {
		ids = append(ids, add(t, w, badge(n)))
	}
	ok(t, w.Remove(ids[3]))
	good := fileOf(t, w)
	path := w.Path()
	ok(t, w.Close())
	r := mrand.New(mrand.NewPCG(1, 2))
	for range 150 {
		bad := bytes.Clone(good)
		if r.IntN(4) == 0 {
			bad = bad[:r.IntN(len(bad))]
		} else {
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		}
		ok(t, os.WriteFile(path, bad, 0o600))
		w, err := Open(context.Background(), b.o)
		if err != nil {
			if !errors.Is(err, fault.New("vault.damaged")) && !errors.Is(err, fault.New("vault.foreign")) {
				t.Fatalf("got %v", err)
			}
			if after := must(os.ReadFile(path)); !bytes.Equal(after, bad) {
				t.Fatal("the damaged file was changed")
			}
			continue
		}
		if n := len(rowsOf(t, w)); n != 29 && n != 30 { // the last act may look unfinished
			t.Errorf("%d rows", n)
		}
		for _, id := range ids {
			if it, err := w.Item(id); err == nil && it.ID != id {
				t.Error("the wrong item")
			}
		}
		_, _ = w.Undo()
		_ = w.Close()
	}
}

// TestDamagedRecords: a torn index entry is made anew; a torn item is listed as
// damaged, can be removed, and is whole again once its badge is added again.
func TestDamagedRecords(t *testing.T) {
	b := newBench(t)
	w := b.open()
	one, two := add(t, w, badge(1)), add(t, w, badge(2))
	ok(t, w.vault.Update(func(tx *vault.Tx) error { return tx.Put(bucketHeads, one, []byte("of another version")) }))
	ok(t, w.Close())
	tear(t, w.Path(), two)
	w = b.open()
	rows := rowsOf(t, w)
	if len(rows) != 2 {
		t.Fatalf("rows %+v", rows)
	}
	for _, r := range rows {
		if r.ID == one && (r.Damaged || r.Name != "Badge 1") || r.ID == two && (!r.Damaged || r.Verdict != check.NotFullyChecked) {
			t.Errorf("row %+v", r)
		}
	}
	if _, err := w.Item(two); err == nil {
		t.Error("read a torn item")
	}
	ok(t, w.Tag(one, []string{"still"}))
	ok(t, w.Recheck(context.Background(), nil, nil))
	ok(t, w.Remove(two))
	if back, err := w.Undo(); err != nil || back.Items[0] != two {
		t.Errorf("%+v, %v", back, err)
	}
	if got := add(t, w, badge(2)); got != two || must(w.Item(two)).Name != "Badge 2" {
		t.Errorf("added again: %s", got)
	}
	sound(t, b.reopen(w))
}

// tear changes a byte in every record of an item, as a damaged disk would: in the
// file a record follows its id, and what follows a version and a nonce is sealed.
func tear(t *testing.T, path, id string) {
	t.Helper()
	raw := must(os.ReadFile(path))
	n := 0
	for at := 0; ; n++ {
		i := bytes.Index(raw[at:], []byte(id+"\x01"))
		if i < 0 {
			break
		}
		at += i + len(id)
		raw[at+30]++
	}
	if n < 3 {
		t.Fatalf("%d records found", n)
	}
	ok(t, os.WriteFile(path, raw, 0o600))
}
