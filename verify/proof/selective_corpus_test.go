package proof

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestPartsOfRealBadges: real credentials of many issuers can be sealed and shown in
// parts, wherever the parts stand.
func TestPartsOfRealBadges(t *testing.T) {
	s, _ := Lookup("ecdsa-sd-2023")
	key := secret(t, "P-256", "corpus")
	sealed := 0
	for _, kind := range []string{"ob3-di", "ob3-unsigned", "vcdm2", "clr2"} {
		files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, kind), "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := strict.Object(b)
			if err != nil || doc["@context"] == nil || len(b) > 20_000 {
				continue
			}
			delete(doc, "proof")
			p, err := SignBase(ctx, s, doc, options(t, key), nil, key, rand.Reader)
			if err != nil {
				if !errors.Is(err, ErrLossy) && !errors.Is(err, canon.ErrContextUnknown) && !errors.Is(err, canon.ErrInvalid) {
					t.Errorf("%s: %v", filepath.Base(file), err)
				}
				continue
			}
			sealed++
			doc["proof"] = p
			for i, pointer := range pointersOf(doc, "") {
				if i%5 == sealed%5 {
					showsPart(t, s, filepath.Base(file), doc, pointer, key)
				}
			}
		}
	}
	if sealed < 50 {
		t.Errorf("only %d could be sealed", sealed)
	}
}

func showsPart(t *testing.T, s Suite, name string, doc map[string]any, pointer string, key private) {
	t.Helper()
	part, err := Derive(ctx, doc, doc["proof"].(map[string]any), []string{pointer}, nil, rand.Reader)
	if errors.Is(err, ErrPointer) {
		return // an element of an ordered list, or a piece of a JSON literal
	}
	if err == nil {
		err = holds(t, s, part, key)
	}
	if err != nil {
		t.Errorf("%s: %s: %v", name, pointer, err)
	}
}
