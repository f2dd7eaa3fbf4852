package wallet

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/testkit"
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
