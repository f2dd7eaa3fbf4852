package wallet

import (
	"context"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// The pages of an issuer of Open Badges 2.0, which keeps badges on its own site.
const (
	hostedBadge = `{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://school.example/a/1",
		"recipient": {"type": "email", "hashed": false, "identity": "ada@school.example"}, "issuedOn": "2026-01-01T00:00:00Z",
		"badge": "https://school.example/b/1", "verification": {"type": "hosted"}}`
	hostedClass = `{"type": "BadgeClass", "id": "https://school.example/b/1", "name": "Robots", "description": "Builds robots",
		"image": "https://school.example/b.png", "criteria": "https://school.example/c", "issuer": "https://school.example/p"}`
	hostedProfile = `{"type": "Issuer", "id": "https://school.example/p", "name": "Practice School", "url": "https://school.example", "email": "a@school.example"}`
)

// TestHostedBadge: a badge that is no more than addresses keeps the name and the
// issuer it was found to have, in the list and by itself, also when the issuer's
// site can't be asked any more.
func TestHostedBadge(t *testing.T) {
	b := newBench(t)
	b.o.Verifier.Get = &testkit.Web{Now: b.now, Pages: map[string]string{
		"https://school.example/a/1": hostedBadge, "https://school.example/b/1": hostedClass, "https://school.example/p": hostedProfile,
	}}
	w := b.open()
	drafts, err := w.Review(t.Context(), []byte(hostedBadge), "badge.json", nil)
	if err != nil || len(drafts) != 1 {
		t.Fatal(drafts, err)
	}
	ids, err := w.Keep(t.Context(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	look := func(when string, verdict check.Verdict) {
		t.Helper()
		rows, err := w.Rows()
		if err != nil || len(rows) != 1 || rows[0].Name != "Robots" || rows[0].Issuer != "Practice School" || rows[0].Verdict != verdict {
			t.Errorf("%s: listed as %+v, %v", when, rows, err)
		}
		it, err := w.Item(ids[0])
		if err != nil || it.Name != "Robots" || it.Credential.Issuer.Name != "Practice School" || string(it.Credential.Raw) != hostedBadge {
			t.Errorf("%s: shown as %+v, %v", when, it.Row, err)
		}
	}
	look("after it was added", check.UnrecognisedIssuer)
	b.o.Verifier.Get = fetch.Offline{}
	w = b.reopen(w)
	look("opened again", check.UnrecognisedIssuer)
	if err := w.Recheck(context.Background(), nil, nil); err != nil {
		t.Fatal(err)
	}
	look("checked again without the internet", check.NotFullyChecked)
	err = w.vault.Update(func(tx *vault.Tx) error { return tx.Put(bucketHeads, ids[0], []byte("torn")) })
	if err != nil {
		t.Fatal(err)
	}
	w = b.reopen(w)
	look("listed anew", check.NotFullyChecked)
}
