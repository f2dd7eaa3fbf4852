package wallet

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
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
