package wallet

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
)

const didFile = "school.example/.well-known/did.json"

// rotating is a school's site whose key can be changed.
type rotating struct {
	files fstest.MapFS
	b     *bench
}

// newRotating makes a wallet that asks the site, whose answers have the clock's date.
func newRotating(t testing.TB) (*bench, ed25519.PrivateKey, rotating) {
	t.Helper()
	b := newBench(t)
	k, _ := issuer(t)
	r := rotating{fstest.MapFS{}, b}
	r.list(t, k.Public().(ed25519.PublicKey))
	b.o.Verifier.Get = fetch.Mirror{Dirs: []fs.FS{r.files}, Now: b.Now}
	return b, k, r
}

// list has the site list a key, and no other.
func (r rotating) list(t testing.TB, k ed25519.PublicKey) {
	t.Helper()
	id := school + "#1"
	doc := must(json.Marshal(map[string]any{
		"id":                 school,
		"verificationMethod": []any{map[string]any{"id": id, "type": "JsonWebKey2020", "controller": school, "publicKeyJwk": jose.Key{Public: k}.JWK()}},
		"assertionMethod":    []any{id},
	}))
	r.files[didFile] = &fstest.MapFile{Data: doc}
}

// close takes the site off the web.
func (r rotating) close() { delete(r.files, didFile) }

// other gives the n-th other key of the school.
func other(n byte) ed25519.PublicKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}

const week = 7 * 24 * time.Hour

func reportOf(t testing.TB, w *Wallet, id string) check.Report {
	t.Helper()
	return must(w.Item(id)).Report
}

func keyOf(r check.Report) string { return r.Rows(check.Key)[0].Reason }

// TestAsOf: what a check relied on answers again later, by the clock of its day,
// and changes nothing.
func TestAsOf(t *testing.T) {
	ctx := context.Background()
	b, k, site := newRotating(t)
	w := b.open()
	ok(t, w.Trust(school, ""))
	id := add(t, w, signed(t, k, 1))
	imported := b.Now()
	b.Add(week)
	site.close()
	ok(t, w.Recheck(ctx, nil, nil))
	b.Add(week)
	stored := rowsOf(t, w)[0]
	if stored.Verdict != check.NotFullyChecked {
		t.Fatalf("today: %s", stored.Verdict)
	}
	past := must(w.AsOf(ctx, id, imported.Add(time.Hour)))
	key := past.Report.Rows(check.Key)[0]
	if past.Report.Verdict() != check.Verified || !past.Report.At.Equal(imported.Add(time.Hour)) || key.AsOf.After(imported) || past.Since.After(imported) {
		t.Errorf("as of the import: %s, %+v, since %v", past.Report.Verdict(), key, past.Since)
	}
	if late := must(w.AsOf(ctx, id, imported.Add(week/2))); late.Report.Verdict() != check.Verified {
		t.Errorf("a day on which nothing was asked: %s", late.Report.Verdict())
	}
	before := must(w.AsOf(ctx, id, imported.Add(-week)))
	if before.Report.Verdict() != check.NotFullyChecked || keyOf(before.Report) != "key.not-stored" {
		t.Errorf("before the import: %s %s", before.Report.Verdict(), keyOf(before.Report))
	}
	if now := rowsOf(t, w)[0]; now.Verdict != stored.Verdict || !now.Checked.Equal(stored.Checked) || !now.Good.Equal(stored.Good) {
		t.Errorf("the item changed: %+v", now)
	}
	_, err := w.AsOf(ctx, id, b.Now().Add(time.Hour))
	wantFault(t, err, "wallet.day-to-come")
	_, err = w.AsOf(ctx, "nothing", imported)
	wantFault(t, err, "wallet.no-item")
	sound(t, w)
}

// TestAsOfTrust: whom the learner came to trust later does not count then.
func TestAsOfTrust(t *testing.T) {
	b, k, _ := newRotating(t)
	w := b.open()
	id := add(t, w, signed(t, k, 1))
	day := b.Now()
	b.Add(week)
	ok(t, w.Trust(school, ""))
	if v := must(w.AsOf(context.Background(), id, day)).Report.Verdict(); v != check.UnrecognisedIssuer {
		t.Errorf("then: %s", v)
	}
	if v := must(w.AsOf(context.Background(), id, b.Now())).Report.Verdict(); v != check.Verified {
		t.Errorf("now: %s", v)
	}
}

// TestKeyChange: a key that the school listed when the badge was kept, and does not
// list any more, is explained; a badge that comes later with the old key is not.
func TestKeyChange(t *testing.T) {
	ctx := context.Background()
	b, k, site := newRotating(t)
	w := b.open()
	ok(t, w.Trust(school, ""))
	id := add(t, w, signed(t, k, 1))
	b.Add(week)
	site.list(t, other(9))
	for range 3 { // the first document stays, however often it is checked again
		b.Add(week)
		ok(t, w.Recheck(ctx, nil, nil))
		if r := reportOf(t, w, id); keyOf(r) != "key.rotated" || r.Verdict() != check.Verified {
			t.Fatalf("after the change: %s, %s", keyOf(r), r.Verdict())
		}
	}
	if r := reportOf(t, w, add(t, w, signed(t, k, 2))); keyOf(r) == "key.rotated" || r.Verdict() != check.Problem {
		t.Errorf("a new badge with the old key: %s, %s", keyOf(r), r.Verdict())
	}
	w = b.reopen(w)
	if again := must(w.Review(ctx, signed(t, k, 1), "", nil)); keyOf(again[0].Report) != "key.rotated" {
		t.Errorf("the same badge once more: %s", keyOf(again[0].Report))
	}
	sound(t, w)
	ok(t, w.Remove(id))
	b.Add(5 * week)
	w = b.reopen(w)
	sound(t, w) // the documents of a badge that is gone for good are gone
}

// TestVersionsAreBounded: of a document that changes all the time the first version
// and the last few are kept.
func TestVersionsAreBounded(t *testing.T) {
	b, k, site := newRotating(t)
	w := b.open()
	id := add(t, w, signed(t, k, 1))
	for n := range byte(2 * maxVersions) {
		b.Add(week)
		site.list(t, other(n))
		ok(t, w.Recheck(context.Background(), nil, nil))
	}
	if r := reportOf(t, w, id); keyOf(r) != "key.rotated" {
		t.Errorf("the first version is lost: %s", keyOf(r))
	}
	kept := must(w.history(id, b.Now()))
	if n := len(kept.Dates()); n < maxVersions || n > maxVersions+1 {
		t.Errorf("%d versions kept", n)
	}
	sound(t, w)
}

// TestTooLargeToKeep: a document beyond measure is relied on and not kept, and later
// nobody pretends that it was.
func TestTooLargeToKeep(t *testing.T) {
	b, k, site := newRotating(t)
	doc := site.files[didFile].Data
	site.files[didFile].Data = append(doc, bytes.Repeat([]byte(" "), maxPage)...)
	w := b.open()
	ok(t, w.Trust(school, ""))
	id := add(t, w, signed(t, k, 1))
	if it := must(w.Item(id)); it.Verdict != check.Verified || len(it.Evidence) != 1 || it.Evidence[0].Body != nil {
		t.Errorf("%s, %d documents", it.Verdict, len(it.Evidence))
	}
	past := must(w.AsOf(context.Background(), id, b.Now()))
	if keyOf(past.Report) != "key.not-stored" || !past.Since.IsZero() {
		t.Errorf("as of now: %s, since %v", keyOf(past.Report), past.Since)
	}
	ok(t, w.Recheck(context.Background(), nil, nil))
	sound(t, w)
}

func TestThin(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
	var many []pageRef
	for n := range maxPast + 5 {
		many = append(many, pageRef{URL: fmt.Sprint(n), Digest: "d", AsOf: day(n), Last: day(n)})
	}
	kept := thin(many)
	if len(kept) != maxPast || kept[0].URL != fmt.Sprint(maxPast+4) {
		t.Errorf("%d kept, first %+v", len(kept), kept[0])
	}
	merged := earlier(report{
		Past:  []pageRef{{URL: "a", Digest: "1", AsOf: day(1), Last: day(2)}, {URL: "a", Digest: "2", AsOf: day(3), Last: day(3)}},
		Pages: []pageRef{{URL: "a", Digest: "1", AsOf: day(4)}, {URL: "b", AsOf: day(4)}, {URL: "a", Digest: "1", From: "https://elsewhere.example", AsOf: day(4)}},
	})
	var got []string
	for _, p := range merged {
		got = append(got, fmt.Sprintf("%s%s %d-%d", p.URL, p.Digest, p.AsOf.Day(), p.Last.Day()))
	}
	if s := strings.Join(got, ", "); s != "a1 1-4, a2 3-3, a1 4-4" {
		t.Errorf("got %s", s)
	}
}
