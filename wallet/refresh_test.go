package wallet

import (
	"context"
	"crypto/ed25519"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/cairnwallet/cairn/verify/check"
)

const renewalFile = "school.example/renew/1"

// renewable makes a badge say where its newer versions are.
func renewable(m map[string]any) {
	m["refreshService"] = map[string]any{"id": "https://" + renewalFile, "type": "1EdTechCredentialRefresh"}
}

func named(name string) func(map[string]any) {
	return func(m map[string]any) { m["name"] = name }
}

func from(day string) func(map[string]any) {
	return func(m map[string]any) { m["validFrom"] = day + "T00:00:00Z" }
}

// withRenewal gives a wallet with a badge, and a site that answers with a newer one.
func withRenewal(t testing.TB) (*bench, *Wallet, string, ed25519.PrivateKey, func(body []byte)) {
	t.Helper()
	b, k, site := newRotating(t)
	w := b.open()
	id := add(t, w, signed(t, k, 1, renewable))
	return b, w, id, k, func(body []byte) { site.files[renewalFile] = &fstest.MapFile{Data: body} }
}

func TestRefresh(t *testing.T) {
	ctx := context.Background()
	b, w, id, k, serve := withRenewal(t)
	ok(t, w.Tag(id, []string{"work"}))
	ok(t, w.Note(id, "mine"))
	if rows := reportOf(t, w, id).Rows(check.Status); !slices.ContainsFunc(rows, func(c check.Check) bool { return c.Reason == "status.renewable" && c.Outcome == check.Caution }) {
		t.Errorf("nothing says that a newer version may be had: %+v", rows)
	}
	fresh := signed(t, k, 1, renewable, named("Badge 1, second edition"), from("2026-06-01"))
	serve(fresh)
	r := must(w.Refresh(ctx, id))
	rows := rowsOf(t, w)
	if r.Same || r.ID == id || len(rows) != 1 || rows[0].ID != r.ID || rows[0].Note != "mine" || !slices.Equal(rows[0].Tags, []string{"work"}) {
		t.Fatalf("got %+v, %+v", r, rows)
	}
	if e := must(w.Activity())[0]; e.What != Replaced || !slices.Equal(e.Items, []string{r.ID}) || len(must(w.Bin())) != 1 {
		t.Errorf("event %+v", e)
	}
	sound(t, w)
	if again := must(w.Refresh(ctx, r.ID)); !again.Same || again.ID != r.ID {
		t.Errorf("a second time: %+v", again)
	}
	w = b.reopen(w)
	if e := must(w.Undo()); e.What != Replaced || !slices.Equal(listedIDs(t, w), []string{id}) {
		t.Errorf("undone: %+v, %v", e, listedIDs(t, w))
	}
	sound(t, w)
}

// TestRefreshRefuses: whatever comes that is not a sound newer version of the same
// badge by the same issuer, the badge stays.
func TestRefreshRefuses(t *testing.T) {
	ctx := context.Background()
	_, w, id, k, serve := withRenewal(t)
	fresh := signed(t, k, 1, renewable, named("Second edition"))
	altered := append([]byte(nil), fresh...)
	altered[len(altered)-9] ^= 1
	thief := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	for _, c := range []struct {
		name string
		body []byte
		code string
	}{
		{"another badge", signed(t, k, 2, renewable), "wallet.refresh-other"},
		{"one letter altered", altered, "wallet.refresh-doubtful"},
		{"unsigned", badge(1, renewable, func(m map[string]any) { m["issuer"].(map[string]any)["id"] = school }), "wallet.refresh-doubtful"},
		{"signed by somebody else", signed(t, thief, 1, renewable), "wallet.refresh-doubtful"},
		{"older", signed(t, k, 1, renewable, from("2025-12-31")), "wallet.refresh-older"},
	} {
		serve(c.body)
		_, err := w.Refresh(ctx, id)
		wantFault(t, err, c.code)
		if got := listedIDs(t, w); !slices.Equal(got, []string{id}) {
			t.Fatalf("%s: %v", c.name, got)
		}
	}
	serve([]byte("<!doctype html><html></html>"))
	if _, err := w.Refresh(ctx, id); err == nil || !slices.Equal(listedIDs(t, w), []string{id}) {
		t.Errorf("a web page: %v", err)
	}
	sound(t, w)
}

// TestRefreshAsksNobody where a badge names no place, or can't be told to be the
// issuer's.
func TestRefreshAsksNobody(t *testing.T) {
	ctx := context.Background()
	_, w, _, k, _ := withRenewal(t)
	_, err := w.Refresh(ctx, add(t, w, signed(t, k, 2)))
	wantFault(t, err, "wallet.refresh-none")
	_, err = w.Refresh(ctx, add(t, w, badge(3, renewable)))
	wantFault(t, err, "wallet.refresh-unproven")
	_, err = w.Refresh(ctx, "nothing")
	wantFault(t, err, "wallet.no-item")
	_, err = w.Refresh(ctx, add(t, w, signed(t, k, 4, renewable)))
	wantFault(t, err, "fetch.unreachable")
	sound(t, w)
}
