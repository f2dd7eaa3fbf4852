package wallet

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
)

func TestAddShowReopen(t *testing.T) {
	b := newBench(t)
	w := b.open()
	var heard []Changed
	stop := w.Listen(func(c Changed) { heard = append(heard, c) })
	raw := badge(1)
	var seen []check.Check
	drafts, err := w.Review(context.Background(), raw, "one.json", func(n int, c check.Check) { seen = append(seen, c) })
	ok(t, err)
	if len(drafts) != 1 || drafts[0].Known || len(seen) != len(drafts[0].Report.Checks) || len(rowsOf(t, w)) != 0 {
		t.Fatalf("%d drafts, %d rows of the report seen, %d items", len(drafts), len(seen), len(rowsOf(t, w)))
	}
	ids := must(w.Keep(context.Background(), drafts))
	if want := digest(raw); ids[0] != want || len(heard) != 1 || !slices.Equal(heard[0].IDs, ids) {
		t.Fatalf("id %s, want %s; heard %v", ids[0], want, heard)
	}
	stop()
	second := add(t, w, badge(2))
	if len(heard) != 1 {
		t.Error("heard something after stop")
	}
	for range 2 {
		rows := rowsOf(t, w)
		if len(rows) != 2 || rows[0].ID != second || rows[1].ID != ids[0] {
			t.Fatalf("not newest first: %v", rows)
		}
		r := rows[1]
		if r.Name != "Badge 1" || r.Issuer != "Practice School" || r.Kind != "ob3" || r.Form != "json" ||
			r.Verdict != check.Unsigned || !slices.Equal(r.Skills, []string{"Testing"}) || r.Added.IsZero() || !r.Good.IsZero() {
			t.Errorf("row %+v", r)
		}
		it := must(w.Item(ids[0]))
		if !bytes.Equal(it.Credential.Raw, raw) || it.Source != "one.json" || it.Report.Verdict() != check.Unsigned {
			t.Errorf("item %+v", it)
		}
		sound(t, w)
		w = b.reopen(w)
	}
	_, err = w.Item("nothing")
	wantFault(t, err, "wallet.no-item")
}

func TestAddingTwiceIsOneItem(t *testing.T) {
	w := newBench(t).open()
	id := add(t, w, badge(1))
	ok(t, w.Tag(id, []string{"mine"}))
	added := rowsOf(t, w)[0].Added
	drafts := must(w.Review(context.Background(), badge(1), "again.json", nil))
	if !drafts[0].Known {
		t.Error("not known")
	}
	must(w.Keep(context.Background(), append(drafts, drafts...)))
	rows := rowsOf(t, w)
	if len(rows) != 1 || !slices.Equal(rows[0].Tags, []string{"mine"}) || !rows[0].Added.Equal(added) {
		t.Errorf("rows %+v", rows)
	}
	if events := must(w.Activity()); len(events) != 2 {
		t.Errorf("events %+v", events)
	}
	ok(t, w.Remove(id))
	add(t, w, badge(1))
	if rows := rowsOf(t, w); len(rows) != 1 || !slices.Equal(rows[0].Tags, []string{"mine"}) {
		t.Errorf("back from the bin: %+v", rows)
	}
	sound(t, w)
}

// TestSeveralInOneFile: each becomes an item of its own, the same one as when it
// comes alone.
func TestSeveralInOneFile(t *testing.T) {
	w := newBench(t).open()
	file := fmt.Appendf(nil, "[%s,\n %s]", badge(1), badge(2))
	drafts := must(w.Review(context.Background(), file, "both.json", nil))
	ids := must(w.Keep(context.Background(), drafts))
	if len(ids) != 2 || ids[0] == ids[1] {
		t.Fatalf("ids %v", ids)
	}
	for i, id := range ids {
		if it := must(w.Item(id)); it.Name != fmt.Sprintf("Badge %d", i+1) {
			t.Errorf("item %d is %s", i, it.Name)
		}
	}
	if alone := add(t, w, badge(2)); alone != ids[1] {
		t.Errorf("alone it is %s, with others %s", alone, ids[1])
	}
	sound(t, w)
}

func TestUnreadableIsNotKept(t *testing.T) {
	w := newBench(t).open()
	for _, raw := range []string{"", "hello", "{", `{"a":1}`} {
		if d, err := w.Review(context.Background(), []byte(raw), "x", nil); err == nil || len(d) > 0 {
			t.Errorf("%q gave %d drafts, %v", raw, len(d), err)
		}
	}
}

func TestReviewStopped(t *testing.T) {
	w := newBench(t).open()
	ctx, cancel := context.WithCancel(context.Background())
	file := fmt.Appendf(nil, "[%s,\n %s,\n %s]", badge(1), badge(2), badge(3))
	drafts, err := w.Review(ctx, file, "three.json", func(n int, c check.Check) {
		if n == 1 {
			cancel()
		}
	})
	if err != context.Canceled || len(drafts) != 1 {
		t.Fatalf("%d drafts, %v", len(drafts), err)
	}
	must(w.Keep(context.Background(), drafts))
	if rows := rowsOf(t, w); len(rows) != 1 || rows[0].Name != "Badge 1" {
		t.Errorf("rows %+v", rows)
	}
	if ids, err := w.Keep(ctx, drafts); err != context.Canceled || len(ids) != 0 {
		t.Errorf("kept %v, %v", ids, err)
	}
}

func TestTagsAndNotes(t *testing.T) {
	b := newBench(t)
	w := b.open()
	id := add(t, w, badge(1))
	ok(t, w.Tag(id, []string{" work ", "work", "", "a  b", strings.Repeat("ü", 100)}))
	ok(t, w.Note(id, "  for the interview\n"))
	w = b.reopen(w)
	r := rowsOf(t, w)[0]
	if !slices.Equal(r.Tags, []string{"work", "a b", strings.Repeat("ü", 60)}) || r.Note != "for the interview" {
		t.Errorf("%q %q", r.Tags, r.Note)
	}
	n := len(must(w.Activity()))
	ok(t, w.Note(id, "for the interview"))
	if len(must(w.Activity())) != n {
		t.Error("nothing was changed, and yet recorded")
	}
	wantFault(t, w.Note(id, strings.Repeat("x", maxNote+1)), "wallet.note-too-long")
	wantFault(t, w.Tag("nothing", nil), "wallet.no-item")
	sound(t, w)
}

func TestBin(t *testing.T) {
	b := newBench(t)
	w := b.open()
	one, two := add(t, w, badge(1)), add(t, w, badge(2))
	wantFault(t, w.Remove(one, "nothing"), "wallet.no-item")
	if len(rowsOf(t, w)) != 2 {
		t.Fatal("half an act")
	}
	ok(t, w.Remove(one, one))
	w = b.reopen(w)
	bin := must(w.Bin())
	if len(bin) != 1 || bin[0].ID != one || bin[0].Name != "Badge 1" || bin[0].Gone.Sub(bin[0].Removed) != binDays {
		t.Fatalf("bin %+v", bin)
	}
	if must(w.Item(one)).Name != "Badge 1" {
		t.Error("what is in the bin can't be looked at")
	}
	wantFault(t, w.Restore(two), "wallet.no-item")
	ok(t, w.Restore(one))
	if got := listedIDs(t, w); !slices.Equal(got, []string{two, one}) || len(must(w.Bin())) != 0 {
		t.Errorf("after bringing back: %v", got)
	}
	ok(t, w.Remove(one))
	b.Add(binDays + time.Hour)
	w = b.reopen(w)
	if len(must(w.Bin())) != 0 {
		t.Error("still in the bin after thirty days")
	}
	_, err := w.Item(one)
	wantFault(t, err, "wallet.no-item")
	_, err = w.Undo()
	wantFault(t, err, "wallet.nothing-to-undo")
	sound(t, w)
}

func TestUndo(t *testing.T) {
	w := newBench(t).open()
	_, err := w.Undo()
	wantFault(t, err, "wallet.nothing-to-undo")
	id := add(t, w, badge(1))
	ok(t, w.Tag(id, []string{"a"}))
	ok(t, w.Tag(id, []string{"b"}))
	ok(t, w.Note(id, "n"))
	ok(t, w.Remove(id))
	undo := func(what string) Row {
		t.Helper()
		e, err := w.Undo()
		if err != nil || e.What != what || e.Args["name"] != "Badge 1" {
			t.Fatalf("undid %+v, %v", e, err)
		}
		sound(t, w)
		if rows := rowsOf(t, w); len(rows) > 0 {
			return rows[0]
		}
		return Row{}
	}
	if r := undo(Removed); r.ID != id || r.Note != "n" {
		t.Errorf("%+v", r)
	}
	if r := undo(Noted); r.Note != "" || !slices.Equal(r.Tags, []string{"b"}) {
		t.Errorf("%+v", r)
	}
	if r := undo(Tagged); !slices.Equal(r.Tags, []string{"a"}) {
		t.Errorf("%+v", r)
	}
	if r := undo(Tagged); len(r.Tags) != 0 {
		t.Errorf("%+v", r)
	}
	if r := undo(Added); r.ID != "" || len(must(w.Bin())) != 1 {
		t.Errorf("%+v", r)
	}
	_, err = w.Undo()
	wantFault(t, err, "wallet.nothing-to-undo")
	taken := 0
	for _, e := range must(w.Activity()) {
		if e.Taken {
			taken++
		}
		if !assets.English().Has("event." + e.What + ".title") {
			t.Errorf("no words for event %s", e.What)
		}
	}
	if taken != 5 {
		t.Errorf("%d acts are marked as taken back", taken)
	}
}

func TestPicture(t *testing.T) {
	w := newBench(t).open()
	png := []byte("\x89PNG not really")
	embedded := func(m map[string]any) {
		a := m["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
		a["image"] = map[string]any{"id": "data:image/png;base64,iVBORyBub3QgcmVhbGx5", "type": "Image"}
	}
	id := add(t, w, badge(1, embedded))
	if r := rowsOf(t, w)[0]; r.Image != Embedded {
		t.Errorf("image %q", r.Image)
	}
	got, kind, err := w.Picture(id)
	if err != nil || kind != "image/png" || !bytes.Equal(got, png) {
		t.Errorf("%q %q %v", got, kind, err)
	}
	got, _, err = w.Picture(add(t, w, badge(2)))
	if err != nil || got != nil {
		t.Errorf("%q %v", got, err)
	}
}
