package wallet

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestFromArchives: a badge from an archive is the same item as the badge alone,
// and nothing of the archive is kept but the badge. One from a PDF is kept as the
// PDF, which shows it to people.
func TestFromArchives(t *testing.T) {
	b := newBench(t)
	w := b.open()
	review := func(raw []byte) []Draft { return must(w.Review(context.Background(), raw, "file", nil)) }
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for n := range 3 {
		f := must(z.Create(fmt.Sprintf("badges/%d.json", n)))
		must(f.Write(badge(n)))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	drafts := review(packed.Bytes())
	ids := must(w.Keep(context.Background(), drafts))
	if len(ids) != 3 {
		t.Fatalf("%d kept", len(ids))
	}
	for n, id := range ids {
		alone := review(badge(n))
		if len(alone) != 1 || alone[0].ID != id || !alone[0].Known {
			t.Errorf("badge %d is another item alone", n)
		}
		if it := must(w.Item(id)); !bytes.Equal(it.Credential.Raw, badge(n)) {
			t.Errorf("badge %d is kept as %d bytes", n, len(it.Credential.Raw))
		}
	}
	pdf := testkit.PDF{Files: [][]byte{badge(1)}}.Bytes(t)
	kept := must(w.Keep(context.Background(), review(pdf)))
	if it := must(w.Item(kept[0])); !bytes.Equal(it.Credential.Raw, pdf) || it.Form != "pdf+json" {
		t.Errorf("%s, %d bytes", it.Form, len(it.Credential.Raw))
	}
	two := testkit.PDF{Files: [][]byte{badge(1), badge(2)}}.Bytes(t)
	ids = must(w.Keep(context.Background(), review(two)))
	w = b.reopen(w)
	if first, second := must(w.Item(ids[0])), must(w.Item(ids[1])); first.Name != "Badge 1" || second.Name != "Badge 2" {
		t.Errorf("of two in a PDF: %q, %q", first.Name, second.Name)
	}
}
