package bbs_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cairnwallet/cairn/verify/bbs"
)

// order is that of the groups, in hex.
const order = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001"

func throwAway(t testing.TB) *bbs.PrivateKey {
	t.Helper()
	k, err := bbs.ParsePrivateKey(unhex(t, draftSecret))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKeys(t *testing.T) {
	good := unhex(t, draftPublic)
	identity := append([]byte{0xc0}, make([]byte, bbs.PublicKeySize-1)...)
	for name, b := range map[string][]byte{
		"empty": nil, "a byte short": good[1:], "a byte more": append(slices.Clone(good), 0), "the identity": identity,
		"off the curve": append([]byte{0x80}, make([]byte, bbs.PublicKeySize-1)...), "not compressed": append([]byte{0x20}, good[1:]...),
	} {
		if _, err := bbs.ParsePublicKey(b); !errors.Is(err, bbs.ErrKey) {
			t.Errorf("public, %s: %v", name, err)
		}
	}
	for x := range byte(32) { // every second one is on the curve, and none of those in the group
		b := append([]byte{0x80}, make([]byte, bbs.PublicKeySize-2)...)
		if _, err := bbs.ParsePublicKey(append(b, x)); !errors.Is(err, bbs.ErrKey) {
			t.Errorf("public, x = %d: %v", x, err)
		}
	}
	for name, text := range map[string]string{
		"empty": "", "zero": strings.Repeat("00", 32), "the order": order, "all ones": strings.Repeat("ff", 32), "a byte short": draftSecret[2:],
	} {
		if _, err := bbs.ParsePrivateKey(unhex(t, text)); !errors.Is(err, bbs.ErrKey) {
			t.Errorf("private, %s: %v", name, err)
		}
	}
	one, two := throwAway(t), throwAway(t)
	other, err := bbs.ParsePrivateKey(unhex(t, "01"+draftSecret[2:]))
	if err != nil {
		t.Fatal(err)
	}
	if !one.Equal(two) || one.Equal(other) || one.Equal(one.Public()) || one.Equal(nil) {
		t.Error("private keys compare wrongly")
	}
	public := one.Public().(*bbs.PublicKey)
	if !public.Equal(two.Public()) || public.Equal(other.Public()) || public.Equal(one) || public.Equal((*bbs.PublicKey)(nil)) {
		t.Error("public keys compare wrongly")
	}
}

// TestTwins: a proof and a signature hold, and don't once anything is changed.
func TestTwins(t *testing.T) {
	key := throwAway(t)
	public := key.Public().(*bbs.PublicKey)
	messages := [][]byte{[]byte("a"), []byte("b"), nil, []byte("d"), []byte("d")}
	header, ph := []byte("header"), []byte("nonce")
	sig, err := key.Sign(header, messages)
	if err != nil {
		t.Fatal(err)
	}
	for _, places := range [][]int{nil, {0}, {1, 2, 4}, {0, 1, 2, 3, 4}} {
		var shown [][]byte
		for _, n := range places {
			shown = append(shown, messages[n])
		}
		proof, err := bbs.Derive(public, sig, header, ph, messages, places, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if err := public.VerifyProof(proof, header, ph, shown, places); err != nil {
			t.Fatalf("%v: %v", places, err)
		}
		for at := range proof {
			changed := slices.Clone(proof)
			changed[at] ^= 1
			if at%7 == 0 && public.VerifyProof(changed, header, ph, shown, places) == nil {
				t.Errorf("%v: holds with another byte at %d", places, at)
			}
		}
		for name, err := range map[string]error{
			"another header": public.VerifyProof(proof, []byte("Header"), ph, shown, places),
			"another nonce":  public.VerifyProof(proof, header, []byte("Nonce"), shown, places),
			"one more shown": public.VerifyProof(proof, header, ph, append(slices.Clone(shown), []byte("x")), append(slices.Clone(places), 5)),
			"a byte short":   public.VerifyProof(proof[1:], header, ph, shown, places),
			"a hidden less":  public.VerifyProof(proof[:len(proof)-32], header, ph, shown, places),
			"empty":          public.VerifyProof(nil, header, ph, shown, places),
			"places missing": public.VerifyProof(proof, header, ph, append(slices.Clone(shown), nil), places),
		} {
			if !errors.Is(err, bbs.ErrSignature) {
				t.Errorf("%v, %s: %v", places, name, err)
			}
		}
	}
	for name, err := range map[string]error{
		"a message less":   public.Verify(sig, header, messages[1:]),
		"messages swapped": public.Verify(sig, header, [][]byte{messages[1], messages[0], nil, messages[3], messages[4]}),
		"another header":   public.Verify(sig, nil, messages),
		"a byte short":     public.Verify(sig[1:], header, messages),
		"point changed":    public.Verify(append([]byte{sig[0] ^ 0x20}, sig[1:]...), header, messages),
		"number zero":      public.Verify(append(slices.Clone(sig[:48]), make([]byte, 32)...), header, messages),
		"number too large": public.Verify(append(slices.Clone(sig[:48]), unhex(t, order)...), header, messages),
		"identity":         public.Verify(append(append([]byte{0xc0}, make([]byte, 47)...), sig[48:]...), header, messages),
	} {
		if !errors.Is(err, bbs.ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestUnlinkable: two proofs from one signature share no part.
func TestUnlinkable(t *testing.T) {
	key := throwAway(t)
	public, messages := key.Public().(*bbs.PublicKey), messagesOf(t, draftMessages)
	sig, _ := key.Sign(nil, messages)
	one, err1 := bbs.Derive(public, sig, nil, nil, messages, []int{1}, rand.Reader)
	two, err2 := bbs.Derive(public, sig, nil, nil, messages, []int{1}, rand.Reader)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for at := 0; at+16 <= len(one); at += 16 {
		if bytes.Equal(one[at:at+16], two[at:at+16]) {
			t.Errorf("the same 16 bytes at %d", at)
		}
	}
}

func TestDeriveRefused(t *testing.T) {
	key := throwAway(t)
	public, messages := key.Public().(*bbs.PublicKey), messagesOf(t, draftMessages)
	sig, _ := key.Sign(nil, messages)
	for _, c := range []struct {
		name   string
		sig    []byte
		places []int
		random io.Reader
		want   error
	}{
		{"places out of order", sig, []int{2, 1}, rand.Reader, bbs.ErrMalformed},
		{"a place twice", sig, []int{1, 1}, rand.Reader, bbs.ErrMalformed},
		{"a place beyond the last", sig, []int{10}, rand.Reader, bbs.ErrMalformed},
		{"a place before the first", sig, []int{-1}, rand.Reader, bbs.ErrMalformed},
		{"a signature that is none", sig[:20], nil, rand.Reader, bbs.ErrMalformed},
		{"too little randomness", sig, nil, bytes.NewReader(make([]byte, 47)), io.ErrUnexpectedEOF},
		{"randomness of zeros", sig, nil, bytes.NewReader(make([]byte, 48*20)), io.ErrUnexpectedEOF},
	} {
		t.Run(c.name, func(t *testing.T) {
			if p, err := bbs.Derive(public, c.sig, nil, nil, messages, c.places, c.random); p != nil || !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	many := make([][]byte, bbs.MaxMessages+1)
	if _, err := key.Sign(nil, many); !errors.Is(err, bbs.ErrTooMany) {
		t.Errorf("Sign: %v", err)
	}
	if err := public.Verify(sig, nil, many); !errors.Is(err, bbs.ErrTooMany) {
		t.Errorf("Verify: %v", err)
	}
	huge := append(unhex(t, draftProof), bytes.Repeat(unhex(t, draftSecret), bbs.MaxMessages)...)
	if err := public.VerifyProof(huge, nil, nil, nil, nil); !errors.Is(err, bbs.ErrTooMany) {
		t.Errorf("VerifyProof: %v", err)
	}
}

// TestTogether: several goroutines make generators at once.
func TestTogether(t *testing.T) {
	key := throwAway(t)
	public := key.Public().(*bbs.PublicKey)
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			messages := make([][]byte, 5*n)
			sig, err := key.Sign(nil, messages)
			if err != nil || public.Verify(sig, nil, messages) != nil {
				t.Errorf("%d messages: %v", len(messages), err)
			}
		})
	}
	wg.Wait()
}

// FuzzVerify: no signature, proof or key makes a check panic, and no other than the
// draft's holds.
func FuzzVerify(f *testing.F) {
	header, messages := unhex(f, draftHeader), messagesOf(f, draftMessages)
	shown, places := [][]byte{messages[0], messages[2], messages[4], messages[6]}, []int{0, 2, 4, 6}
	public := throwAway(f).Public().(*bbs.PublicKey)
	f.Add(unhex(f, draftSig))
	f.Add(unhex(f, draftProof))
	f.Add(unhex(f, draftPublic))
	f.Fuzz(func(t *testing.T, b []byte) {
		text := hex.EncodeToString(b)
		if public.Verify(b, header, messages) == nil && text != draftSig {
			t.Error("another signature holds")
		}
		if public.VerifyProof(b, header, unhex(t, draftPH), shown, places) == nil && text != draftProof {
			t.Error("another proof holds")
		}
		if k, err := bbs.ParsePublicKey(b); err == nil && !bytes.Equal(k.Bytes(), b) {
			t.Error("a key in two spellings")
		}
	})
}

// The sizes of a badge of 5 KB (performance notes): 113 statements, 7 of them shown.
func benchmarkInput(b *testing.B) (public *bbs.PublicKey, sig []byte, messages [][]byte, places []int) {
	key := throwAway(b)
	for i := range 113 {
		messages = append(messages, []byte{byte(i)})
	}
	sig, err := key.Sign(nil, messages)
	if err != nil {
		b.Fatal(err)
	}
	return key.Public().(*bbs.PublicKey), sig, messages, []int{0, 1, 2, 3, 4, 5, 6}
}

func BenchmarkDerive(b *testing.B) {
	public, sig, messages, places := benchmarkInput(b)
	for b.Loop() {
		if _, err := bbs.Derive(public, sig, nil, nil, messages, places, rand.Reader); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyProof(b *testing.B) {
	public, sig, messages, places := benchmarkInput(b)
	proof, err := bbs.Derive(public, sig, nil, nil, messages, places, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := public.VerifyProof(proof, nil, nil, messages[:7], places); err != nil {
			b.Fatal(err)
		}
	}
}
