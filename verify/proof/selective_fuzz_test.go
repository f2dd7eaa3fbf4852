package proof

import (
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

// FuzzProofValue: no proof value makes a check panic, and none that is not the good
// one holds; whatever is read as a base proof derives something or refuses.
func FuzzProofValue(f *testing.F) {
	docs := map[string]map[string]any{}
	keys := map[string]private{}
	for _, name := range selectiveSuites {
		s, _ := Lookup(name)
		docs[name], keys[name] = based(f, s, kinds[name][0])
		for _, doc := range []map[string]any{docs[name], derived(f, docs[name], chosenShown)} {
			value, err := s.value(doc["proof"].(map[string]any))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(name == "bbs-2023", value)
		}
	}
	f.Fuzz(func(t *testing.T, isBBS bool, value []byte) {
		name := "ecdsa-sd-2023"
		if isBBS {
			name = "bbs-2023"
		}
		s, _ := Lookup(name)
		doc := maps.Clone(docs[name])
		good := doc["proof"].(map[string]any)["proofValue"]
		p := maps.Clone(doc["proof"].(map[string]any))
		p["proofValue"] = base64url.encode(value)
		doc["proof"] = p
		err := holds(t, s, doc, keys[name])
		if err == nil && p["proofValue"] != good && !sameSeal(t, s, p["proofValue"], good) {
			t.Error("another proof value holds")
		}
		if _, err := Derive(ctx, doc, p, []string{"/name"}, nil, rand.Reader); err == nil && !IsBase(p) {
			t.Error("derived from what is no base proof")
		}
	})
}

// sameSeal says whether two values say the same in another spelling of CBOR.
func sameSeal(t *testing.T, s Suite, a, b any) bool {
	t.Helper()
	var read [2]any
	for i, v := range []any{a, b} {
		value, err := s.encode.decode(v.(string))
		if err != nil || readCBOR(value, &read[i]) != nil {
			return false
		}
	}
	return fmt.Sprint(read[0]) == fmt.Sprint(read[1])
}

// FuzzSelect: no pointer makes a selection panic, and what is selected is part of the
// document.
func FuzzSelect(f *testing.F) {
	for _, p := range []string{"", "/name", "/type/0", "/credentialSubject/achievement/resultDescription/0/allowedValue/1", "/a~1b", "/~", "//"} {
		f.Add(badge, p)
	}
	f.Fuzz(func(t *testing.T, text, pointer string) {
		doc, err := strict.Object([]byte(text))
		if err != nil {
			return
		}
		got, err := Select(doc, []string{pointer})
		if err != nil {
			return
		}
		for _, at := range pointersOf(got, "") {
			if _, err := Select(got, []string{at}); err != nil && strings.Count(at, "/") <= maxSteps {
				t.Errorf("%q of what is selected: %v", at, err)
			}
		}
	})
}

// FuzzOpen: whatever stands in a proof value, it is taken apart whole or refused.
func FuzzOpen(f *testing.F) {
	for _, name := range selectiveSuites {
		s, _ := Lookup(name)
		doc, _ := based(f, s, kinds[name][0])
		for _, doc := range []map[string]any{doc, derived(f, doc, chosenShown)} {
			value, err := s.value(doc["proof"].(map[string]any))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(value)
		}
	}
	f.Add([]byte("\xd9\x5d\x04"))
	f.Fuzz(func(t *testing.T, value []byte) {
		for _, open := range []func([]byte) (sealed, error){openSD, openBBS} {
			v, err := open(value)
			switch {
			case err != nil && !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrFeature):
				t.Errorf("refused with %v", err)
			case err == nil && (v.give == nil || v.holds == nil):
				t.Error("taken for whole")
			}
		}
	})
}
