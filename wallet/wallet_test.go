package wallet

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
)

const school = "did:web:school.example"

// issuer is a school with a key, and a web on which its key can be found.
func issuer(t testing.TB) (ed25519.PrivateKey, fetch.Mirror) {
	t.Helper()
	k := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))
	jwk := jose.Key{Public: k.Public()}.JWK()
	doc := must(json.Marshal(map[string]any{
		"@context": "https://www.w3.org/ns/did/v1", "id": school,
		"verificationMethod": []any{map[string]any{"id": school + "#1", "type": "JsonWebKey2020", "controller": school, "publicKeyJwk": jwk}},
		"assertionMethod":    []any{school + "#1"},
	}))
	web := fstest.MapFS{"school.example/.well-known/did.json": {Data: doc}}
	return k, fetch.Mirror{Dirs: []fs.FS{web}}
}

// signed is a badge as a token (VC-JOSE-COSE 1.0, section 3.1.1).
func signed(t testing.TB, k ed25519.PrivateKey, n int, change ...func(map[string]any)) []byte {
	t.Helper()
	var doc map[string]any
	ok(t, json.Unmarshal(badge(n, append(change, func(m map[string]any) {
		m["issuer"].(map[string]any)["id"] = school
		m["credentialSubject"].(map[string]any)["id"] = "did:example:learner"
	})...), &doc))
	payload := must(json.Marshal(doc))
	return []byte(must(jose.Sign(map[string]any{"alg": "EdDSA", "typ": "vc+jwt", "kid": school + "#1"}, payload, k)))
}

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

// TestVerdictFollowsTheClock: a stored check is shown with its dates as they are
// now, in lists, in the item and when measuring.
func TestVerdictFollowsTheClock(t *testing.T) {
	b := newBench(t)
	k, web := issuer(t)
	b.o.Verifier.Get = web
	w := b.open()
	ok(t, w.Trust(school, "Practice School"))
	id := add(t, w, signed(t, k, 1))
	at := func() (check.Verdict, check.Verdict) {
		return rowsOf(t, w)[0].Verdict, must(w.Item(id)).Report.Verdict()
	}
	if list, item := at(); list != check.Verified || item != check.Verified {
		t.Fatalf("%s %s: %+v", list, item, must(w.Item(id)).Report)
	}
	b.Add(365 * 24 * time.Hour)
	if list, item := at(); list != check.Expired || item != check.Expired {
		t.Errorf("a year later: %s %s", list, item)
	}
	b.Add(-3 * 365 * 24 * time.Hour)
	if list, item := at(); list != check.NotYetValid || item != check.NotYetValid {
		t.Errorf("two years before: %s %s", list, item)
	}
	sound(t, w)
}

func TestTrustAndRecheck(t *testing.T) {
	b := newBench(t)
	k, web := issuer(t)
	b.o.Verifier.Get = web
	w := b.open()
	var ids []string
	for n := range 60 {
		ids = append(ids, add(t, w, signed(t, k, n)))
	}
	if v := rowsOf(t, w)[0].Verdict; v != check.UnrecognisedIssuer {
		t.Fatalf("verdict %s: %+v", v, must(w.Item(ids[59])).Report)
	}
	if it := must(w.Item(ids[0])); len(it.Evidence) != 1 || !strings.Contains(string(it.Evidence[0].Body), school) {
		t.Errorf("evidence %+v", it.Evidence)
	}
	sound(t, w)
	ok(t, w.Trust(school, "Practice School"))
	ok(t, w.Trust(school, "Practice School, renamed"))
	if all := must(w.Trusted()); len(all) != 1 || all[0].Name != "Practice School, renamed" {
		t.Errorf("trusted %+v", all)
	}
	last, calls := 0, 0
	ok(t, w.Recheck(context.Background(), nil, func(n, total int) {
		if calls++; n != last+1 || total != 60 {
			t.Errorf("progress %d of %d after %d", n, total, last)
		}
		last = n
	}))
	for _, r := range rowsOf(t, w) {
		if r.Verdict != check.Verified || r.Good.IsZero() || !r.Checked.After(r.Added) {
			t.Fatalf("row %+v", r)
		}
	}
	if calls != 60 || must(w.Activity())[0].What != Rechecked || must(w.Activity())[0].Args["count"] != "60" {
		t.Errorf("%d calls, %+v", calls, must(w.Activity())[0])
	}
	sound(t, w)
	w = b.reopen(w)
	ok(t, w.Distrust(school))
	ok(t, w.Recheck(context.Background(), ids[:1], nil))
	if r := must(w.Item(ids[0])).Row; r.Verdict != check.UnrecognisedIssuer || r.Good.IsZero() {
		t.Errorf("row %+v", r)
	}
	wantFault(t, w.Recheck(context.Background(), []string{ids[0], "nothing"}, nil), "wallet.no-item")
	wantFault(t, w.Trust("", "x"), "wallet.no-issuer")
	sound(t, w)
}

// TestRecheckStopped: what was finished keeps its new report, nothing gets a
// report of a check that was cut short.
func TestRecheckStopped(t *testing.T) {
	b := newBench(t)
	k, web := issuer(t)
	b.o.Verifier.Get = web
	w := b.open()
	ok(t, w.Trust(school, ""))
	for n := range 40 {
		add(t, w, signed(t, k, n))
	}
	ctx, cancel := context.WithCancel(context.Background())
	err := w.Recheck(ctx, nil, func(n, total int) {
		if n == 10 {
			cancel()
		}
	})
	if err != context.Canceled {
		t.Fatal(err)
	}
	again := 0
	for _, r := range rowsOf(t, w) {
		if r.Verdict != check.Verified {
			t.Fatalf("%s: %s", r.Name, r.Verdict)
		}
		if r.Checked.After(must(w.Activity())[1].At) {
			again++
		}
	}
	if again < 10 || again == 40 {
		t.Errorf("%d were checked again", again)
	}
	sound(t, w)
}

func TestKeys(t *testing.T) {
	b := newBench(t)
	w := b.open()
	profile := must(w.Profile())
	one, two := must(w.NewKey(key.EdDSA, "school")), must(w.NewKey(key.ES256, "college"))
	_, err := w.NewKey("RS256", "")
	wantFault(t, err, "key.unknown-kind")
	w = b.reopen(w)
	keys := must(w.Keys())
	if len(keys) != 3 || !keys[0].Profile || keys[0].DID() != profile.DID() || keys[1].DID() != one.DID() || keys[2].DID() != two.DID() || keys[2].Note != "college" {
		t.Fatalf("keys %+v", keys)
	}
	if three := must(w.NewKey(key.ES256, "")); three.DID() == two.DID() {
		t.Error("a key was made twice")
	}
	for name, c := range map[string]struct {
		doc  vc.Doc
		who  string
		want string
	}{
		"subject is a did:key":    {nil, one.DID(), one.DID()},
		"subject is a did:jwk":    {nil, two.DIDs()[1], two.DID()},
		"subject with a fragment": {nil, one.DID() + "#x", one.DID()},
		"the profile":             {nil, profile.DID(), profile.DID()},
		"confirmation key":        {vc.Doc{"cnf": map[string]any{"jwk": two.JWK()}}, "", two.DID()},
		"confirmation key id":     {vc.Doc{"cnf": map[string]any{"kid": two.DIDs()[1] + "#0"}}, "", two.DID()},
		"confirmation wins":       {vc.Doc{"cnf": map[string]any{"jwk": two.JWK()}}, one.DID(), two.DID()},
		"somebody else":           {nil, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", ""},
		"a web address":           {nil, "https://example.com/me", ""},
		"nobody":                  {nil, "", ""},
		"an unreadable key":       {vc.Doc{"cnf": map[string]any{"jwk": map[string]any{"kty": "x"}}}, one.DID(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := w.Holder(&vc.Credential{Doc: c.doc, Subject: vc.Party{ID: c.who}})
			if c.want == "" {
				wantFault(t, err, "key.not-here")
			} else if err != nil || h.DID() != c.want {
				t.Errorf("got %s, %v", h.DID(), err)
			}
		})
	}
}

func TestItIsYours(t *testing.T) {
	b := newBench(t)
	w := b.open()
	ok(t, w.SetEmails([]string{" me@example.com ", "me@example.com", ""}))
	w = b.reopen(w)
	if got := must(w.Emails()); !slices.Equal(got, []string{"me@example.com"}) {
		t.Fatalf("addresses %v", got)
	}
	mine := func(m map[string]any) {
		m["credentialSubject"].(map[string]any)["identifier"] = []any{map[string]any{
			"type": "IdentityObject", "hashed": false, "identityHash": "Me@example.com", "identityType": "emailAddress",
		}}
	}
	bound := func(m map[string]any) { m["credentialSubject"].(map[string]any)["id"] = must(w.Profile()).DID() }
	for n, f := range []func(map[string]any){mine, bound} {
		it := must(w.Item(add(t, w, badge(n, f))))
		if rows := it.Report.Rows(check.Holder); len(rows) != 1 || rows[0].Outcome != check.Pass {
			t.Errorf("%d: %+v", n, rows)
		}
	}
}

func TestPathways(t *testing.T) {
	b := newBench(t)
	w := b.open()
	raw := []byte(`{"cairnPathway":1,"id":"https://school.example/path","name":"Tester","layers":[{"id":"l","name":"Layer","steps":[
		{"id":"s","name":"Step","accepts":[{"achievement":"https://school.example/achievements/1"}]}]}]}`)
	r, err := w.AddPathway(raw)
	ok(t, err)
	must(w.AddPathway(raw))
	w = b.reopen(w)
	if all := must(w.Pathways()); len(all) != 1 || all[0].ID != r.ID || all[0].Pathway.Name != "Tester" {
		t.Fatalf("pathways %+v", all)
	}
	add(t, w, badge(1))
	p, progress, err := w.Measure(r.ID)
	if err != nil || p.Name != "Tester" || progress.Total != 1 {
		t.Errorf("%+v, %v", progress, err)
	}
	if _, err := w.AddPathway([]byte("{}")); err == nil {
		t.Error("took what is no pathway")
	}
	ok(t, w.RemovePathway(r.ID))
	wantFault(t, w.RemovePathway(r.ID), "wallet.no-pathway")
	_, _, err = w.Measure(r.ID)
	wantFault(t, err, "wallet.no-pathway")
}

func TestSharesAreRecorded(t *testing.T) {
	b := newBench(t)
	w := b.open()
	s := &Share{Audience: "Hotel Bellevue", Form: "sd-jwt", Items: []string{"x"}, Shown: []string{"/name"}, Withheld: []string{"/birthdate"}, Until: b.Now()}
	ok(t, w.Record(Event{What: Shared, Items: []string{"x"}, Args: map[string]string{"audience": s.Audience}, Share: s}))
	w = b.reopen(w)
	e := must(w.Activity())[0]
	if e.Share == nil || fmt.Sprint(*e.Share) != fmt.Sprint(*s) || e.At.IsZero() || e.ID == "" {
		t.Errorf("%+v", e)
	}
	if _, err := w.Undo(); err == nil {
		t.Error("a share can't be taken back")
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
