package wallet

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/key"
)

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
	r, err := w.AddPathway(raw, "cook.json")
	ok(t, err)
	must(w.AddPathway(raw, "cook.json"))
	w = b.reopen(w)
	if all := must(w.Pathways()); len(all) != 1 || all[0].ID != r.ID || all[0].Pathway.Name != "Tester" {
		t.Fatalf("pathways %+v", all)
	}
	add(t, w, badge(1))
	p, progress, err := w.Measure(r.ID)
	if err != nil || p.Pathway.Name != "Tester" || p.Source != "cook.json" || progress.Total != 1 {
		t.Errorf("%+v, %v", progress, err)
	}
	if _, err := w.AddPathway([]byte("{}"), ""); err == nil {
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
