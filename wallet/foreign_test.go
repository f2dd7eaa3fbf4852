package wallet

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/keyring"
)

// exported is a file of another wallet: a badge and a private key.
func exported(n byte) ([]byte, ed25519.PublicKey) {
	k := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, 32))
	return fmt.Appendf(nil, `[{"type":"UniversalWallet2020","contents":[%s,{"type":"Ed25519VerificationKey2020","privateKeyMultibase":%q}]}]`,
		badge(1), multi.Encode(append([]byte{0x80, 0x26}, k...))), k.Public().(ed25519.PublicKey)
}

func TestTakeKeys(t *testing.T) {
	b := newBench(t)
	w := b.open()
	raw, public := exported(9)
	if found, fresh := w.ForeignKeys(raw); found != 1 || fresh != 1 {
		t.Fatalf("%d found, %d new", found, fresh)
	}
	if keys := must(w.Keys()); len(keys) != 1 {
		t.Fatal("looking took a key")
	}
	taken := must(w.TakeKeys(context.Background(), raw, "old wallet"))
	if len(taken) != 1 || len(must(w.TakeKeys(context.Background(), raw, "again"))) != 0 {
		t.Fatalf("%d taken", len(taken))
	}
	w = b.reopen(w)
	keys := must(w.Keys())
	if found, fresh := w.ForeignKeys(raw); found != 1 || fresh != 0 || len(keys) != 2 || !keys[1].Foreign || keys[1].Note != "old wallet" {
		t.Fatalf("%d found, %d new, keys %+v", found, fresh, keys)
	}
	h, err := w.Holder(&vc.Credential{Subject: vc.Party{ID: taken[0].DID()}})
	if err != nil {
		t.Fatal(err)
	}
	sig, err := h.Sign(nil, []byte("hello"), crypto.Hash(0))
	if err != nil || !ed25519.Verify(public, []byte("hello"), sig) {
		t.Error("a taken key doesn't sign:", err)
	}
}

// TestTakenKeyIsNotInTheFile: the wallet's file alone can't sign, and says why.
func TestTakenKeyIsNotInTheFile(t *testing.T) {
	b := newBench(t)
	w := b.open()
	raw, _ := exported(9)
	taken := must(w.TakeKeys(context.Background(), raw, ""))
	if err := b.o.Secrets.Delete(context.Background(), w.foreignItem(taken[0].Public().(ed25519.PublicKey))); err != nil {
		t.Fatal(err)
	}
	_, err := taken[0].Sign(nil, []byte("hello"), crypto.Hash(0))
	wantFault(t, err, "key.not-in-store")
}

func TestTakeKeysWithoutAStore(t *testing.T) {
	b := newBench(t)
	store := &keyring.Memory{}
	b.o.Secrets = store
	w := b.open()
	raw, _ := exported(9)
	store.Fail(fault.New("keyring.locked"))
	_, err := w.TakeKeys(context.Background(), raw, "")
	if !errors.Is(err, fault.New("keyring.locked")) || len(must(w.Keys())) != 1 {
		t.Error(err, must(w.Keys()))
	}
}

func TestPracticeWalletTakesNoKeys(t *testing.T) {
	b := newBench(t)
	b.o.Secrets = keyring.UnprotectedFile{Dir: b.o.Home}
	w := b.open()
	raw, _ := exported(9)
	_, err := w.TakeKeys(context.Background(), raw, "")
	wantFault(t, err, "key.practice")
	if len(must(w.Keys())) != 1 {
		t.Error("a key was taken")
	}
}
