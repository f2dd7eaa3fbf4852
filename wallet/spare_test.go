package wallet

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet/key"
)

// madeFor is an unsigned badge about a DID.
func madeFor(t *testing.T, did string) []byte {
	t.Helper()
	b, err := json.Marshal(map[string]any{
		"@context": []string{"https://www.w3.org/ns/credentials/v2"}, "type": []string{"VerifiableCredential"},
		"issuer": "https://school.example", "name": "Welding", "credentialSubject": map[string]any{"id": did},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSpareKeys: a key becomes the wallet's with the badge that is bound to it, and
// not without it.
func TestSpareKeys(t *testing.T) {
	b := newBench(t)
	w := b.open()
	ctx := context.Background()
	var spare []Spare
	for range 2 {
		s, err := w.Spare(key.EdDSA, "Welding")
		if err != nil {
			t.Fatal(err)
		}
		spare = append(spare, s)
	}
	if _, err := w.NewKey(key.ES256, "later than the spare keys"); err != nil {
		t.Fatal(err)
	}
	drafts, err := w.ReviewBound(ctx, madeFor(t, spare[1].DID()), "school.example", spare, nil)
	if err != nil || len(drafts) != 1 {
		t.Fatal(err, drafts)
	}
	if row := rowOf(drafts[0].Report, check.Holder); row.Reason != "holder.key" {
		t.Errorf("the draft is not seen to be the learner's: %+v", row)
	}
	if keys, err := w.Keys(); err != nil || len(keys) != 2 {
		t.Errorf("%d keys before it is kept, %v", len(keys), err)
	}
	if _, err := w.Keep(ctx, drafts); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = b.open()
	keys, err := w.Keys()
	if err != nil || len(keys) != 3 || keys[2].DID() != spare[1].DID() || keys[2].Note != "Welding" {
		t.Errorf("%+v, %v", keys, err)
	}
	if h, err := w.Holder(drafts[0].Credential); err != nil || h.DID() != spare[1].DID() {
		t.Errorf("the badge can't be shown: %v", err)
	}
	if _, err := w.Spare("RS256", ""); err == nil {
		t.Error("a kind of key that is not known")
	}
}

func rowOf(r check.Report, id string) check.Check {
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	return check.Check{}
}
