package samples_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/samples"
)

func open(t *testing.T, home string, now time.Time) *wallet.Wallet {
	t.Helper()
	w, err := samples.Open(context.Background(), home, func() time.Time { return now }, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func TestPracticeWallet(t *testing.T) {
	home := t.TempDir()
	if samples.Is(home) {
		t.Error("an empty folder is a practice wallet")
	}
	w := open(t, home, clocks[0])
	promised(t, w)
	events, err := w.Activity()
	if err != nil || len(events) != 1 || len(events[0].Items) != 8 {
		t.Errorf("activity %+v %v", events, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !samples.Is(home) {
		t.Error("it is not recognised")
	}

	later := open(t, home, clocks[2]) // fifteen years on
	promised(t, later)
	if err := later.Recheck(context.Background(), nil, nil); err != nil {
		t.Fatal(err)
	}
	promised(t, later)
}

// promised compares a practice wallet with what Make promises.
func promised(t *testing.T, w *wallet.Wallet) {
	t.Helper()
	want := map[string]check.Verdict{}
	for _, f := range made(t, clocks[0]).Files {
		_, h := judge(t, samples.Verifier(func() time.Time { return clocks[0] }), f.Raw)
		want[h.Name] = f.Verdict
	}
	rows, err := w.Rows()
	if err != nil || len(rows) != len(want) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows {
		if r.Verdict != want[r.Name] {
			t.Errorf("%s: %s, promised %s", r.Name, r.Verdict, want[r.Name])
		}
		item, err := w.Item(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := item.Report.Rows(check.Holder); len(got) != 1 || got[0].Outcome != check.Pass {
			t.Errorf("%s is not the learner's own: %+v", r.Name, got)
		}
		if _, err := w.Holder(item.Credential); err != nil {
			t.Errorf("%s can't be shared: %v", r.Name, err)
		}
	}
	routes, err := w.Pathways()
	if err != nil || len(routes) != 2 {
		t.Fatalf("%d pathways, %v", len(routes), err)
	}
	for i, percent := range []int{58, 20} {
		p, progress, err := w.Measure(routes[i].ID)
		if err != nil || progress.Percent() != percent {
			t.Errorf("%s: %d %%, %v", p.Pathway.Name, progress.Percent(), err)
		}
	}
}

// TestFillLeavesAlone: what the learner did in the practice wallet stays.
func TestFillLeavesAlone(t *testing.T) {
	home := t.TempDir()
	w := open(t, home, clocks[1])
	rows, err := w.Rows()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Remove(rows[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if rows, err = open(t, home, clocks[1]).Rows(); err != nil || len(rows) != 7 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestSecrets(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	s := samples.Secrets{Home: home}
	root := make([]byte, 32)
	if _, err := s.Get(ctx, "a"); err == nil {
		t.Error("a root out of nothing")
	}
	if err := s.Put(ctx, "a", root); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, "b"); err == nil {
		t.Error("the root of another wallet")
	}
	if got, err := s.Get(ctx, "a"); err != nil || len(got) != 32 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if err := os.WriteFile(filepath.Join(home, "practice.json"), []byte(`{"wallet":"a","root":"00"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(ctx, "a"); err == nil {
		t.Error("a root that is too short")
	}
	if err := s.Put(ctx, "a", root); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(ctx, "a"); err != nil || samples.Is(home) {
		t.Errorf("not deleted: %v", err)
	}
}

// TestPagesAreAMirror: what is written as files is what Web answers.
func TestPagesAreAMirror(t *testing.T) {
	pages, err := samples.Pages(context.Background(), clocks[1])
	if err != nil || len(pages) != 7 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for name, body := range pages {
		p, err := samples.Web{Now: func() time.Time { return clocks[1] }}.Get(context.Background(), "https://"+name, "")
		if err != nil || string(p.Body) != string(body) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
