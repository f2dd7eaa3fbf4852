package verify_test

import (
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/testkit/webvh"
)

// TestIssuerWithAHistory: an issuer whose keys stand in a log that each change of
// them is added to (did:webvh).
func TestIssuerWithAHistory(t *testing.T) {
	owner, signs, later := webvh.NewPen(t, 1), webvh.NewPen(t, 2), webvh.NewPen(t, 3)
	first := webvh.Entry{By: owner, Lists: signs, Params: object{"updateKeys": []any{owner.Multi}}}
	start := func(more object) *webvh.Log {
		e := first
		e.Params = object{"updateKeys": []any{owner.Multi}}
		for k, v := range more {
			e.Params[k] = v
		}
		return webvh.New(t, "college.example").Add(e)
	}
	moved := start(object{"portable": true})
	old := moved.DID()
	moved.Host = "new.example"
	moved.Add(webvh.Entry{By: owner, Lists: signs, More: object{"alsoKnownAs": []any{old}}})
	none := object{"verificationMethod": []any{}, "assertionMethod": []any{}}
	other := webvh.New(t, "college.example").Add(webvh.Entry{By: owner, Lists: later, Params: object{"updateKeys": []any{owner.Multi}}})
	watched := object{"witness": object{"threshold": 1, "witnesses": []any{object{"id": "did:key:" + later.Multi}}}}
	for _, c := range []struct {
		name    string
		log     *webvh.Log
		issuer  string // where not the log's own
		reason  string
		verdict check.Verdict
	}{
		{"lists the key", start(nil), "", "key.confirmed", check.UnrecognisedIssuer},
		{"lists it after a change", start(nil).Add(webvh.Entry{By: owner, Lists: signs, More: object{"alsoKnownAs": []any{"https://college.example"}}}), "", "key.confirmed", check.UnrecognisedIssuer},
		{"lists another key by that name", start(nil).Add(webvh.Entry{By: owner, Lists: later}), "", "key.confirmed", check.Problem},
		{"lists the key no longer", start(nil).Add(webvh.Entry{By: owner, Lists: later, More: none}), "", "key.former", check.NotFullyChecked},
		{"listed another key by that name", other.Add(webvh.Entry{By: owner, Lists: later, More: none}), "", "key.former", check.Problem},
		{"gave up", start(nil).Add(webvh.Entry{By: owner, Lists: signs, Params: object{"deactivated": true}}), "", "key.deactivated", check.Problem},
		{"forged by a stranger", start(nil).Add(webvh.Entry{By: later, Lists: signs}), "", "key.history-broken", check.NotFullyChecked},
		{"witnesses are silent", start(watched), "", "key.witness-missing", check.NotFullyChecked},
		{"has moved", moved, old, "key.moved", check.NotFullyChecked},
	} {
		t.Run(c.name, func(t *testing.T) {
			issuer, at := c.log.DID(), c.log.URL()
			if c.issuer != "" {
				issuer, at = c.issuer, "https://college.example/.well-known/did.jsonl"
			}
			doc := seal(badge(issuer, nil), "eddsa-rdfc-2022", signs.Key, object{"verificationMethod": issuer + "#key-1"})
			witnesses := "https://college.example/.well-known/did-witness.json"
			get := &testkit.Web{Pages: map[string]string{at: c.log.Text(), witnesses: "[]"}, Now: now}
			r := judge(t, text(doc), get)
			if got := r.Rows(check.Key)[0]; got.Reason != c.reason || got.Args["where"] != "college.example" {
				t.Errorf("key %+v, want %s", got, c.reason)
			}
			if r.Verdict() != c.verdict {
				t.Errorf("verdict %v, want %v: %+v", r.Verdict(), c.verdict, r.Checks)
			}
		})
	}
}
