package model

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func open(t *testing.T, h House, l loop, begin func(*Session), stage Stage) *Session {
	t.Helper()
	s := NewSession(h)
	t.Cleanup(s.Close)
	begin(s)
	l.until(t, string(stage), func() bool { return s.Stage == stage })
	return s
}

func wayIDs(s *Session) []string {
	var out []string
	for _, w := range s.Ways {
		out = append(out, w.ID)
	}
	return out
}

func TestFirstStart(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	s := open(t, h, l, (*Session).Start, Closed)
	w := s.Welcome()
	noGaps(t, w.Title, w.Body, w.Samples, w.First, w.Promise)
	if wallet.Exists(h.Home) || s.Desk() != nil {
		t.Error("a wallet was made before anybody asked for one")
	}
	s.AddFirst()
	l.until(t, "own wallet", func() bool { return s.Stage == Open })
	if top, over := s.Way().Over(); !over || top.Place != AtAdd || s.Way().Here().Place != AtHome || s.Sample {
		t.Errorf("stands at %v, %v", s.Way().Here(), top)
	}
	s.Close()
	again := open(t, h, l, (*Session).Start, Open)
	if _, over := again.Way().Over(); over || again.Sample {
		t.Error("the second start is not at home")
	}
}

func TestPracticeWalletIsApart(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	s := open(t, h, l, (*Session).OpenSample, Open)
	if !s.Sample || !s.Desk().Sample || wallet.Exists(h.Home) {
		t.Error("the practice wallet is not apart")
	}
	rows, err := s.Desk().Wallet.Rows()
	if err != nil || len(rows) != 8 {
		t.Fatalf("%d sample badges, %v", len(rows), err)
	}
	s.Close()
	s = open(t, h, l, (*Session).Start, Open)
	if !s.Sample {
		t.Error("it was open last, and is not open now")
	}
	s.EndSample()
	l.until(t, "own wallet", func() bool { return s.Stage == Open })
	if rows, _ := s.Desk().Wallet.Rows(); s.Sample || len(rows) != 0 || samples.Is(h.SampleHome) {
		t.Errorf("sample %v, %d badges", s.Sample, len(rows))
	}
}

func TestOnlyAPracticeWalletIsRemoved(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := removeSample(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "thesis.txt")); err != nil {
		t.Error(err)
	}
}

func TestLockedKeychain(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	open(t, h, l, (*Session).OpenOwn, Open).Close()
	chain := h.Keychain.(*keyring.Memory)
	chain.Fail(fault.New("keyring.locked"))
	s := open(t, h, l, (*Session).Start, Stuck)
	if s.Fault.Code != "keyring.locked" || !slices.Equal(wayIDs(s), []string{"again", "samples"}) {
		t.Errorf("%+v, ways %v", s.Fault, wayIDs(s))
	}
	noGaps(t, s.Fault.Title, s.Fault.Why, s.Fault.Do, s.Ways[0].Text, s.Ways[1].Text)
	chain.Fail(nil)
	s.Take("again")
	l.until(t, "open", func() bool { return s.Stage == Open })
}

func TestNoKeychain(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	h.Keychain.(*keyring.Memory).Fail(fault.New("keyring.none"))
	s := open(t, h, l, (*Session).OpenOwn, Offer)
	s.Agree()
	l.until(t, "the new passphrase", func() bool { return s.Stage == Choose })
	for _, c := range []struct{ name, first, second string }{{"nothing", "", ""}, {"short", "abc", "abc"}, {"two different", "four good old words", "four good old wordz"}} {
		if s.Answer(c.first, c.second); s.Wrong == "" || s.Stage != Choose {
			t.Errorf("%s is taken", c.name)
		}
		noGaps(t, s.Wrong)
	}
	s.Answer("four good old words", "four good old words")
	l.until(t, "open", func() bool { return s.Stage == Open })
	s.Close()

	s = open(t, h, l, (*Session).Start, Ask)
	s.Answer("something else", "")
	l.until(t, "being asked again", func() bool { return s.Stage == Ask && s.Wrong != "" })
	s.Answer("four good old words", "")
	l.until(t, "open", func() bool { return s.Stage == Open })
	if s.Wrong != "" {
		t.Error("it was right in the end:", s.Wrong)
	}
}

func TestStopTheOpening(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	h.Keychain.(*keyring.Memory).Fail(fault.New("keyring.none"))
	s := open(t, h, l, (*Session).OpenOwn, Offer)
	s.Stop()
	l.until(t, "an end", func() bool { return s.Stage == Closed || s.Stage == Stuck })
	if s.Stage == Stuck && s.Fault.Code != "keyring.stopped" {
		t.Errorf("%+v", s.Fault)
	}
	s.Agree()         // both come
	s.Answer("x", "") // too late
	if s.Stage == Opening {
		t.Error("an answer that came too late was taken")
	}
}

func TestForeignFileIsLeftAlone(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	revealed := ""
	h.Reveal = func(path string) { revealed = path }
	if err := os.MkdirAll(h.Home, 0o700); err != nil {
		t.Fatal(err)
	}
	file, content := filepath.Join(h.Home, wallet.FileName), bytes.Repeat([]byte("no wallet "), 1000)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, h, l, (*Session).Start, Stuck)
	if !slices.Contains(wayIDs(s), "folder") {
		t.Errorf("%+v, ways %v", s.Fault, wayIDs(s))
	}
	s.Take("folder")
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, content) || revealed != h.Home {
		t.Error("the file was changed, or not shown", err, revealed)
	}
	s.Take("samples")
	l.until(t, "the samples", func() bool { return s.Stage == Open })
}

func TestHurriedLearner(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	s := NewSession(h)
	t.Cleanup(s.Close)
	for range 3 { // each opening gives way to the next, and leaves no lock behind
		s.OpenSample()
		s.OpenOwn()
	}
	s.OpenSample()
	l.until(t, "the last one", func() bool { return s.Stage == Open })
	if !s.Sample {
		t.Error("another wallet than the last one asked for")
	}
	s.OpenOwn()
	s.Close() // while it is opening
	w, err := wallet.Open(t.Context(), wallet.Options{Home: h.Home, Now: h.Now, Rand: h.Rand, Secrets: h.Keychain, Verifier: s.verifier()})
	if err != nil {
		t.Fatal("a lock is left behind:", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestStoppedFirstWallet(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	h.Keychain.(*keyring.Memory).Fail(fault.New("keyring.none"))
	s := open(t, h, l, (*Session).AddFirst, Offer)
	s.Stop()
	l.until(t, "the start", func() bool { return s.Stage != Offer && s.Stage != Opening })
	h.Keychain.(*keyring.Memory).Fail(nil)
	s.OpenOwn()
	l.until(t, "the wallet", func() bool { return s.Stage == Open })
}

func TestGate(t *testing.T) {
	l := newLoop()
	h := house(t, l)
	h.Get = fetch.Mirror{}
	h.Prefs.Set("online", "off")
	s := NewSession(h)
	defer s.Close()
	_, err := s.verifier().Get.Get(t.Context(), "https://x.example/", "")
	if !errors.Is(err, fetch.ErrOffline) {
		t.Error("it asked:", err)
	}
	s.online.Store(true)
	if _, err := s.verifier().Get.Get(t.Context(), "https://x.example/", ""); errors.Is(err, fetch.ErrOffline) {
		t.Error("it did not ask")
	}
}
