package wallet

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// TestCorpus takes in real files of all kinds, good and hostile. What can be read
// is kept as it was received and found again under its digest; what can't gets a
// fault; adding all of it a second time adds nothing.
func TestCorpus(t *testing.T) {
	root := testkit.Corpus(t)
	b := newBench(t)
	w := b.open()
	kept := 0
	take := func(path string, d fs.DirEntry, err error) error {
		ok(t, err)
		if d.IsDir() {
			return nil
		}
		raw := must(os.ReadFile(path))
		drafts, err := w.Review(context.Background(), raw, d.Name(), nil)
		if err != nil {
			if fault.Code(err) == "" {
				t.Errorf("%s: no fault: %v", path, err)
			}
			return nil
		}
		ids := must(w.Keep(context.Background(), drafts))
		for i, id := range ids {
			it, err := w.Item(id)
			if err != nil || it.ID != id || !bytes.Equal(it.Credential.Sealed, drafts[i].Credential.Sealed) {
				t.Errorf("%s: credential %d: %v", path, i, err)
			}
			if err == nil && it.Row.Verdict != it.Report.Verdict() {
				t.Errorf("%s: the list says %s, the item %s", path, it.Row.Verdict, it.Report.Verdict())
			}
		}
		kept += len(ids)
		return nil
	}
	for _, dir := range []string{"ob3-di", "ob3-jwt", "ob3-baked", "ob3-unsigned", "sd-jwt", "sd-jwt-vc", "vc-jwt", "vc-di", "vp-jwt", "vp-ldp", "clr2", "wallet-export", "hostile"} {
		ok(t, filepath.WalkDir(filepath.Join(root, dir), take))
	}
	sound(t, w)
	n := len(rowsOf(t, w))
	w = b.reopen(w)
	ok(t, filepath.WalkDir(filepath.Join(root, "ob3-di"), take))
	if n == 0 || len(rowsOf(t, w)) != n {
		t.Errorf("%d items, and %d after adding some again", n, len(rowsOf(t, w)))
	}
	sound(t, w)
	t.Logf("%d credentials kept, %d items", kept, n)
}

// TestCorpusAsOf: whatever is checked once can be checked again later, by that day's
// clock and with nobody to ask, and fares as it did.
func TestCorpusAsOf(t *testing.T) {
	ctx := context.Background()
	b := newBench(t)
	b.o.Verifier.Lists = trust.Lists{Public: true}
	b.o.Verifier.Get = fetch.Mirror{Dirs: []fs.FS{os.DirFS(testkit.Corpus(t, "web"))}, Now: b.Now}
	w := b.open()
	var ids []string
	for _, dir := range []string{"ob3-di", "ob3-jwt", "ob2", "ob2-baked", "blockcerts", "clr2", "edc", "sd-jwt-vc", "vc-jwt"} {
		files := must(os.ReadDir(testkit.Corpus(t, dir)))
		for _, f := range files {
			drafts, err := w.Review(ctx, must(os.ReadFile(testkit.Corpus(t, dir, f.Name()))), f.Name(), nil)
			if err == nil {
				ids = append(ids, must(w.Keep(ctx, drafts))...)
			}
		}
	}
	then := b.Now()
	b.Add(400 * 24 * time.Hour)
	asked := 0
	for _, id := range unique(ids) {
		it := must(w.Item(id))
		asked += len(it.Evidence)
		was, past := must(reportThen(w, id)), must(w.AsOf(ctx, id, then)).Report
		if past.Verdict() != was.Verdict() {
			t.Errorf("%s (%s): was %s, as of then %s", it.Source, it.Name, was.Verdict(), past.Verdict())
		}
		for _, row := range []string{check.Key, check.Signature, check.Anchor, check.Status, check.Period, check.Parts} {
			if got, want := outcomes(past.Rows(row)), outcomes(was.Rows(row)); !slices.Equal(got, want) {
				t.Errorf("%s (%s): %s was %v, as of then %v", it.Source, it.Name, row, want, got)
			}
		}
	}
	if len(ids) < 100 || asked < 100 {
		t.Errorf("only %d credentials that rest on %d documents", len(ids), asked)
	}
}

// reportThen is the stored report of an item, not judged anew by today's clock.
func reportThen(w *Wallet, id string) (r check.Report, err error) {
	err = w.vault.View(func(tx *vault.Tx) error {
		stored, err := getReport(tx, id)
		r = stored.Report
		return err
	})
	return r, err
}

func outcomes(rows []check.Check) []check.Outcome {
	var out []check.Outcome
	for _, r := range rows {
		out = append(out, r.Outcome)
	}
	return out
}
