package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gokeyring "github.com/zalando/go-keyring"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
)

var root = bytes.Repeat([]byte{5}, RootSize)

const walletID = "00112233445566778899aabbccddeeff"

// small makes guessing cheap, and tests quick.
var small = cost{Time: 1, Memory: 8 << 10, Threads: 1}

func file(t *testing.T, phrase string) File {
	return File{
		Dir: t.TempDir(), Rand: mrand.NewChaCha8([32]byte{1}), cost: small,
		Ask: func(context.Context, bool) (string, error) { return phrase, nil },
	}
}

func wantFault(t *testing.T, err error, code string) {
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
}

// TestStores is what every store promises.
func TestStores(t *testing.T) {
	ctx := context.Background()
	for name, s := range map[string]Store{
		"memory":   &Memory{},
		"practice": UnprotectedFile{Dir: t.TempDir()},
		"file":     file(t, "open sesame"),
		"keychain": Keychain{store: &fakeBackend{secrets: map[string]string{}}},
		"choice":   Choice{Keychain: Keychain{store: &fakeBackend{secrets: map[string]string{}}}, File: file(t, "x")},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := s.Get(ctx, walletID); !errors.Is(err, ErrNone) {
				t.Fatalf("an empty store gave %v", err)
			}
			if err := s.Put(ctx, walletID, root); err != nil {
				t.Fatal(err)
			}
			got, err := s.Get(ctx, walletID)
			if err != nil || !bytes.Equal(got, root) {
				t.Fatalf("got %x, %v", got, err)
			}
			got[0]++
			if again, _ := s.Get(ctx, walletID); !bytes.Equal(again, root) {
				t.Error("what was handed out is shared")
			}
			if _, err := s.Get(ctx, strings.Repeat("0", 32)); !errors.Is(err, ErrNone) {
				t.Errorf("another wallet's root: %v", err)
			}
			for range 2 {
				if err := s.Delete(ctx, walletID); err != nil {
					t.Error(err)
				}
			}
			if _, err := s.Get(ctx, walletID); !errors.Is(err, ErrNone) {
				t.Errorf("after deleting: %v", err)
			}
		})
	}
}

type fakeBackend struct {
	secrets map[string]string
	err     error
	block   chan struct{} // when set, every call waits for it, as for an unlock window
	entered chan struct{}
}

func (b *fakeBackend) wait() error {
	if b.block != nil {
		b.entered <- struct{}{}
		<-b.block
	}
	return b.err
}

func (b *fakeBackend) Set(service, user, secret string) error {
	if err := b.wait(); err != nil {
		return err
	}
	b.secrets[service+user] = secret
	return nil
}

func (b *fakeBackend) Get(service, user string) (string, error) {
	if err := b.wait(); err != nil {
		return "", err
	}
	s, ok := b.secrets[service+user]
	if !ok {
		return "", gokeyring.ErrNotFound
	}
	return s, nil
}

func (b *fakeBackend) Delete(service, user string) error {
	_, err := b.Get(service, user)
	delete(b.secrets, service+user)
	return err
}

type panicking struct{ backend }

func (panicking) Get(string, string) (string, error) { var v any = 1; return v.(string), nil }

func TestKeychainFaults(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		err  error
		code string
	}{
		"locked, dismissed or no screen": {errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), "keyring.locked"},
		"unknown system":                 {gokeyring.ErrUnsupportedPlatform, "keyring.none"},
		"anything else":                  {errors.New("something broke"), "keyring.refused"},
	} {
		t.Run(name, func(t *testing.T) {
			k := Keychain{store: &fakeBackend{err: fmt.Errorf("call: %w", c.err)}}
			_, err := k.Get(ctx, walletID)
			wantFault(t, err, c.code)
			wantFault(t, k.Put(ctx, walletID, root), c.code)
			wantFault(t, k.Delete(ctx, walletID), c.code)
		})
	}
	_, err := Keychain{store: panicking{}}.Get(ctx, walletID)
	wantFault(t, err, "keyring.refused")
	for name, text := range map[string]string{"short": prefix + "00", "no hex": prefix + strings.Repeat("zz", 32), "unmarked": strings.Repeat("00", 32)} {
		t.Run(name, func(t *testing.T) {
			k := Keychain{store: &fakeBackend{secrets: map[string]string{Service + walletID: text}}}
			_, err := k.Get(ctx, walletID)
			wantFault(t, err, "keyring.missing")
		})
	}
}

func TestUnlockWindowCanBeStopped(t *testing.T) {
	b := &fakeBackend{block: make(chan struct{}), entered: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	got := make(chan error)
	go func() { _, err := Keychain{store: b}.Get(ctx, walletID); got <- err }()
	<-b.entered // the window is open
	cancel()
	err := <-got
	close(b.block)
	wantFault(t, err, "keyring.stopped")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	_, err = Keychain{store: b}.Get(ctx, walletID)
	wantFault(t, err, "keyring.stopped")
}

func TestChoice(t *testing.T) {
	ctx := context.Background()
	none := &fakeBackend{err: gokeyring.ErrUnsupportedPlatform}
	offered := 0
	agree := func(_ context.Context, cause error) error {
		offered++
		wantFault(t, cause, "keyring.none")
		return nil
	}
	refuse := func(_ context.Context, cause error) error { return cause }

	c := Choice{Keychain: Keychain{store: none}, File: file(t, "open sesame"), Offer: refuse}
	wantFault(t, c.Put(ctx, walletID, root), "keyring.none")
	c.Offer = nil
	wantFault(t, c.Put(ctx, walletID, root), "keyring.none")
	if c.File.Has(walletID) {
		t.Fatal("a key file was written without asking")
	}
	c.Offer = agree
	if err := c.Put(ctx, walletID, root); err != nil || offered != 1 {
		t.Fatalf("%v, offered %d times", err, offered)
	}
	if got, err := c.Get(ctx, walletID); err != nil || !bytes.Equal(got, root) {
		t.Fatalf("got %x, %v", got, err)
	}

	locked := &fakeBackend{err: errors.New("failed to unlock correct collection")}
	c = Choice{Keychain: Keychain{store: locked}, File: file(t, "x"), Offer: agree}
	wantFault(t, c.Put(ctx, walletID, root), "keyring.locked")
	if offered != 1 || c.File.Has(walletID) {
		t.Error("a locked store was passed over")
	}
}

func TestPassphrase(t *testing.T) {
	ctx := context.Background()
	f := file(t, "Zürich 1291")
	f.cost = cost{} // the real thing, once
	if err := f.Put(ctx, walletID, root); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(f.path(walletID))
	if err != nil || bytes.Contains(text, root) || !bytes.Contains(text, []byte(`"memoryKiB": 65536`)) {
		t.Fatalf("%s, %v", text, err)
	}
	if info, _ := os.Stat(f.path(walletID)); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	for phrase, code := range map[string]string{
		"Zu\u0308rich 1291": "", // the same letter, written another way
		"zürich 1291":       "keyring.wrong-passphrase",
		"Zürich 1291 ":      "keyring.wrong-passphrase",
		"":                  "keyring.no-passphrase",
	} {
		f.Ask = func(context.Context, bool) (string, error) { return phrase, nil }
		got, err := f.Get(ctx, walletID)
		if code != "" {
			wantFault(t, err, code)
		} else if err != nil || !bytes.Equal(got, root) {
			t.Errorf("%q: %v", phrase, err)
		}
	}
	sorry := errors.New("sorry")
	f.Ask = func(context.Context, bool) (string, error) { return "", sorry }
	if _, err := f.Get(ctx, walletID); !errors.Is(err, sorry) {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(f.Dir, "*")); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
}

func TestDamagedKeyFile(t *testing.T) {
	ctx := context.Background()
	f := file(t, "open sesame")
	if err := f.Put(ctx, walletID, root); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(f.path(walletID))
	if err != nil {
		t.Fatal(err)
	}
	swap := func(old, new string) []byte { return bytes.Replace(good, []byte(old), []byte(new), 1) }
	for name, c := range map[string]struct {
		text []byte
		code string
	}{
		"empty":              {nil, "keyring.damaged"},
		"cut short":          {good[:len(good)/2], "keyring.damaged"},
		"too long":           {append(bytes.Clone(good), make([]byte, maxFileSize)...), "keyring.damaged"},
		"newer":              {swap(`"cairnRoot": 1`, `"cairnRoot": 2`), "keyring.newer"},
		"absurd memory":      {swap(`"memoryKiB": 8192`, `"memoryKiB": 4000000000`), "keyring.damaged"},
		"absurd time":        {swap(`"time": 1`, `"time": 1000000`), "keyring.damaged"},
		"no threads":         {swap(`"threads": 1`, `"threads": 0`), "keyring.damaged"},
		"other cost":         {swap(`"time": 1`, `"time": 2`), "keyring.wrong-passphrase"},
		"another wallet's":   {swap(walletID, "f"+walletID[1:]), "keyring.damaged"},
		"another derivation": {swap("argon2id", "argon2i"), "keyring.damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(f.path(walletID), c.text, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := f.Get(ctx, walletID)
			wantFault(t, err, c.code)
			if after, _ := os.ReadFile(f.path(walletID)); !bytes.Equal(after, c.text) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestKeyFileNotSaved(t *testing.T) {
	f := file(t, "open sesame")
	f.Dir = filepath.Join(f.Dir, "not there")
	wantFault(t, f.Put(context.Background(), walletID, root), "keyring.not-saved")
}

func FuzzKeyFile(f *testing.F) {
	dir := f.TempDir()
	g := File{Dir: dir, cost: small, Rand: mrand.NewChaCha8([32]byte{1}), Ask: func(context.Context, bool) (string, error) { return "x", nil }}
	if err := g.Put(context.Background(), walletID, root); err != nil {
		f.Fatal(err)
	}
	good, _ := os.ReadFile(g.path(walletID))
	f.Add(good)
	f.Add([]byte(`{"cairnRoot": 1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(g.path(walletID), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := g.read(walletID); err == nil && !s.Cost.bounded() {
			t.Fatalf("took %+v", s.Cost)
		}
	})
}
