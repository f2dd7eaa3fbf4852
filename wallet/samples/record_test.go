package samples_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// recordOf makes a learner record (CLR 2.0) that nobody signed, of the items of a
// wallet.
func recordOf(t *testing.T, w *wallet.Wallet, rows []wallet.Row) []byte {
	t.Helper()
	var inside []any
	for _, row := range rows {
		item, err := w.Item(row.ID)
		if err != nil {
			t.Fatal(err)
		}
		raw := item.Credential.Sealed
		switch {
		case bytes.HasPrefix(raw, []byte("{")):
			inside = append(inside, json.RawMessage(raw))
		case row.Form == "jwt":
			inside = append(inside, string(raw))
		}
	}
	record, err := json.Marshal(map[string]any{
		"@context": []any{
			"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
			"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
		},
		"type": []any{"VerifiableCredential", "ClrCredential"}, "id": "urn:uuid:00000000-0000-4000-8000-000000000001", "name": "My record",
		"issuer": map[string]any{"id": "https://school.example/issuer", "type": []any{"Profile"}}, "validFrom": "2020-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"type": []any{"ClrSubject"}, "verifiableCredential": inside},
	})
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// matches gives what a wallet holds for the steps of its first pathway, by badge.
func matches(t *testing.T, w *wallet.Wallet) map[string][]pathway.Match {
	t.Helper()
	routes, err := w.Pathways()
	if err != nil {
		t.Fatal(err)
	}
	_, p, err := w.Measure(routes[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]pathway.Match{}
	var walk func(steps []pathway.StepProgress)
	walk = func(steps []pathway.StepProgress) {
		for _, s := range steps {
			for _, m := range s.Badges {
				out[m.Name] = append(out[m.Name], m)
			}
			walk(s.Steps)
		}
	}
	for _, l := range p.Layers {
		walk(l.Steps)
	}
	return out
}

// TestBadgesInARecordCount: each counts by its own report, names the record, and is
// counted once when it is held by itself as well.
func TestBadgesInARecordCount(t *testing.T) {
	home := t.TempDir()
	w := open(t, home, clocks[1])
	rows, err := w.Rows()
	if err != nil {
		t.Fatal(err)
	}
	alone := matches(t, w)
	drafts, err := w.Review(context.Background(), recordOf(t, w, rows), "record.json", nil)
	if err != nil || len(drafts) != 1 {
		t.Fatalf("%d drafts, %v", len(drafts), err)
	}
	if v := drafts[0].Report.Verdict(); v != check.Unsigned {
		t.Fatalf("the record is %s", v)
	}
	if held := drafts[0].Held(clocks[1]); len(held) < 6 || held[1].In != "My record" {
		t.Errorf("held %+v", held)
	}
	ids, err := w.Keep(context.Background(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	sameMatches(t, "held twice", matches(t, w), alone, "")
	for _, row := range rows {
		if err := w.Remove(row.ID); err != nil {
			t.Fatal(err)
		}
	}
	counted := sameMatches(t, "held in the record only", matches(t, w), alone, ids[0])
	if counted < 2 {
		t.Errorf("%d count", counted)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = open(t, home, clocks[1]) // the index alone remembers them
	sameMatches(t, "opened again", matches(t, w), alone, ids[0])
	if err := w.Recheck(context.Background(), nil, nil); err != nil {
		t.Fatal(err)
	}
	sameMatches(t, "checked again", matches(t, w), alone, ids[0])
}

// sameMatches demands of each badge that counts what it was alone, once; with
// record, that it stands in it. What doesn't count alone must not count. It gives
// how many count.
func sameMatches(t *testing.T, when string, got, alone map[string][]pathway.Match, record string) int {
	t.Helper()
	n := 0
	for name, list := range got {
		for i, m := range list {
			if !m.Counts {
				continue
			}
			n++
			if len(list) != len(alone[name]) || i >= len(alone[name]) || !alone[name][i].Counts || m.Why != alone[name][i].Why {
				t.Errorf("%s: %s counts: %+v, alone %+v", when, name, list, alone[name])
			}
			if record != "" && (m.ID != record || m.In != "My record") || record == "" && m.In != "" {
				t.Errorf("%s: %s stands in %q of %s", when, name, m.In, m.ID)
			}
		}
	}
	return n
}
