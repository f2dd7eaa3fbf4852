package wallet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	mrand "math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// clock is a clock that tests move by hand; each look moves it by a millisecond,
// so that things done one after the other have an order.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// source is repeatable randomness that may be used from several goroutines.
type source struct {
	mu sync.Mutex
	r  *mrand.ChaCha8
}

func newSource(seed byte) *source { return &source{r: mrand.NewChaCha8([32]byte{seed})} }

func (s *source) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.r.Read(b)
}

// bench is a place to open the same wallet again and again.
type bench struct {
	t testing.TB
	*clock
	o Options
}

func newBench(t testing.TB) *bench {
	c := newClock()
	return &bench{t: t, clock: c, o: Options{
		Home: t.TempDir(), Now: c.Now, Rand: newSource(1), Secrets: &keyring.Memory{},
		Verifier: &verify.Verifier{Now: c.Now},
	}}
}

func (b *bench) open() *Wallet {
	b.t.Helper()
	w, err := Open(context.Background(), b.o)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = w.Close() })
	return w
}

// reopen closes a wallet and opens it again.
func (b *bench) reopen(w *Wallet) *Wallet {
	b.t.Helper()
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.open()
}

// badge makes an Open Badge 3.0 without a signature; n tells it from others.
func badge(n int, change ...func(map[string]any)) []byte {
	id := fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", n)
	doc := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"type":     []any{"VerifiableCredential", "OpenBadgeCredential"}, "id": id,
		"name":      fmt.Sprintf("Badge %d", n),
		"issuer":    map[string]any{"id": "https://school.example/issuer", "type": []any{"Profile"}, "name": "Practice School"},
		"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00Z",
		"credentialSubject": map[string]any{
			"type": []any{"AchievementSubject"},
			"achievement": map[string]any{
				"id": fmt.Sprintf("https://school.example/achievements/%d", n), "type": []any{"Achievement"},
				"name": fmt.Sprintf("Badge %d", n), "description": "Made by a test.",
				"criteria": map[string]any{"narrative": "Be made by a test."},
				"alignment": []any{map[string]any{
					"type": []any{"Alignment"}, "targetName": "Testing", "targetUrl": "https://skills.example/testing",
				}},
			},
		},
	}
	for _, f := range change {
		f(doc)
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return b
}

// add reviews and keeps a badge and gives the id of its item.
func add(t testing.TB, w *Wallet, raw []byte) string {
	t.Helper()
	drafts, err := w.Review(context.Background(), raw, "test.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := w.Keep(context.Background(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	return ids[0]
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // which fails the test, with the line
	}
	return v
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func listedIDs(t testing.TB, w *Wallet) []string {
	t.Helper()
	var out []string
	for _, r := range rowsOf(t, w) {
		out = append(out, r.ID)
	}
	return out
}

// wantFault also demands words for the fault, and something for each of their slots.
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
}

// sound demands that the parts of a vault fit together: every listed or binned
// item is whole, its head is what would be made of it anew, and every document is
// named as often as is counted.
func sound(t testing.TB, w *Wallet) {
	t.Helper()
	err := w.vault.View(func(tx *vault.Tx) error {
		heads := 0
		err := tx.Each(bucketHeads, func(id string, b []byte, err error) error {
			heads++
			made, e := remake(tx, id, w.Languages())
			if err := errors.Join(err, e); err != nil {
				return err
			}
			if !bytes.Equal(b, encodeHead(made)) {
				t.Errorf("index of %s is not what its item gives:\n%q\nwant\n%q", id, b, encodeHead(made))
			}
			if _, twice := w.heads[id]; !twice {
				t.Errorf("%s is in the vault and not in memory", id)
			}
			_, e = tx.Get(bucketBin, id)
			if !errors.Is(e, vault.ErrNone) {
				t.Errorf("%s is listed and in the bin", id)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n := tx.Count(bucketBin); tx.Count(bucketItems) != heads+n || tx.Count(bucketReports) != heads+n || len(w.heads) != heads {
			t.Errorf("%d items, %d reports, %d heads (%d in memory), %d in the bin", tx.Count(bucketItems), tx.Count(bucketReports), heads, len(w.heads), n)
		}
		return soundPages(t, tx)
	})
	ok(t, err)
}

func soundPages(t testing.TB, tx *vault.Tx) error {
	named := map[string]int{}
	err := tx.Each(bucketReports, func(id string, b []byte, err error) error {
		var r report
		err = errors.Join(err, json.Unmarshal(b, &r))
		for _, d := range r.named() {
			named[d]++
		}
		return err
	})
	if tx.Count(bucketUses) != len(named) || tx.Count(bucketPages) != len(named) {
		t.Errorf("%d documents, %d counted, %d named", tx.Count(bucketPages), tx.Count(bucketUses), len(named))
	}
	for d, n := range named {
		if got, err := uses(tx, d); err != nil || got != n {
			t.Errorf("document %s is named %d times, not %d (%v)", d, n, got, err)
		}
	}
	return err
}

func fileOf(t testing.TB, w *Wallet) []byte {
	t.Helper()
	return must(os.ReadFile(w.Path()))
}

func rowsOf(t testing.TB, w *Wallet) []Row {
	t.Helper()
	rows, err := w.Rows()
	ok(t, err)
	return rows
}

func bucketCount(t testing.TB, w *Wallet, bucket string) (n int) {
	t.Helper()
	ok(t, w.vault.View(func(tx *vault.Tx) error { n = tx.Count(bucket); return nil }))
	return n
}
