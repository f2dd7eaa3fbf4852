package trust

import (
	"errors"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func TestCorpusKnownRegistries(t *testing.T) {
	for _, tt := range []struct {
		file  []string
		count int
	}{
		{[]string{"web", "digitalcredentials.github.io", "dcc-known-registries", "known-did-registries.json"}, 8},
		{[]string{"registry", "irc__knownRegistries.json"}, 4},
	} {
		got, err := ParseRegistries(testkit.File(t, tt.file...))
		if err != nil || len(got.List) != tt.count || len(got.Skipped) != 0 {
			t.Errorf("%s: %d and %d, %v", tt.file, len(got.List), len(got.Skipped), err)
		}
	}
}

func TestCorpusLegacyRegistries(t *testing.T) {
	for _, tt := range []struct {
		file []string
		id   string
		name string
	}{
		{[]string{"web", "digitalcredentials.github.io", "sandbox-registry", "registry.json"}, "did:web:digitalcredentials.github.io:dcc-did-web", "DCC did:web test"},
		{[]string{"registry", "irc__dcc-sandbox-response.json"}, "did:web:nobody.example", ""},
		{[]string{"registry", "irc__dcc-community-response.json"}, "did:web:nobody.example", ""},
	} {
		got, err := Look(testkit.File(t, tt.file...), tt.id)
		if got.Name != tt.name || errors.Is(err, ErrNotListed) != (tt.name == "") {
			t.Errorf("%s: %+v, %v", tt.file, got, err)
		}
	}
}

func TestCorpusStatements(t *testing.T) {
	school, err := ParseStatement(string(testkit.File(t, "registry", "irc__oidfFetchResponseA.txt")))
	if err != nil || school.Subject != "did:web:oneuni.testuni.edu" || school.Name != "OneUni University" {
		t.Fatalf("got %+v, %v", school, err)
	}
	if ended := time.Date(2025, 4, 26, 17, 59, 42, 0, time.UTC); !school.Expires.Equal(ended) {
		t.Errorf("ended %s", school.Expires)
	}
	if _, err := ParseStatement(string(testkit.File(t, "registry", "irc__oidfECResponseDCC2.txt"))); !errors.Is(err, ErrBroken) {
		t.Errorf("HS256 without an issuer: %v", err)
	}
}

func TestCorpusFederation(t *testing.T) {
	leaf, err := ParseStatement(string(testkit.File(t, "registry", "federation__2969f975.jwt.txt")))
	if err != nil || leaf.Issuer != leaf.Subject || len(leaf.Keys) != 1 {
		t.Fatalf("leaf: %+v, %v", leaf, err)
	}
	while, after := time.Date(2026, 1, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	middle, err := ParseStatement(string(testkit.File(t, "registry", "federation__6c7a0148.jwt.txt")))
	if err != nil || middle.Issuer != "https://trust-anchor.example.org" || middle.Subject != "https://intermediate.eidas.example.org" {
		t.Fatalf("anchor about an intermediate: %+v, %v", middle, err)
	}
	if err := middle.Check(middle.Keys, while); !errors.Is(err, ErrBroken) {
		t.Errorf("under the keys of its subject: %v", err)
	}
	if err := leaf.Check(leaf.Keys, while); err != nil {
		t.Errorf("leaf while it held: %v", err)
	}
	if err := leaf.Check(leaf.Keys, after); !errors.Is(err, ErrExpired) {
		t.Errorf("leaf after its end: %v", err)
	}
}

func TestCorpusEveryIssuerIsFound(t *testing.T) {
	for file, count := range map[string]int{"irc__dcc-community-response.json": 23, "irc__dcc-sandbox-response.json": 24} {
		raw := testkit.File(t, "registry", file)
		doc, err := strict.Object(raw)
		if err != nil {
			t.Fatal(err)
		}
		all := doc["registry"].(map[string]any)
		if len(all) != count {
			t.Errorf("%s: %d issuers, want %d", file, len(all), count)
		}
		for id := range all {
			if l, err := Look(raw, id); err != nil || l.Name == "" {
				t.Errorf("%s: %s: %+v, %v", file, id, l, err)
			}
		}
	}
}
