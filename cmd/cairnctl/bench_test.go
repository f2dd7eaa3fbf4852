package main

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/proof"
)

// BenchmarkColdStart checks one badge in a fresh process, from its start to its end.
func BenchmarkColdStart(b *testing.B) {
	file := filepath.Join(b.TempDir(), "badge.json")
	if err := os.WriteFile(file, signedBadge(b), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		err := exec.Command("cairnctl", "--offline", "--now", "2026-01-02T00:00:00Z", "verify", file).Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitCare { // the key is nobody's
			b.Fatalf("ended with %v", err)
		}
	}
}

// signedBadge is a badge with an eddsa-rdfc-2022 proof by a throw-away key.
func signedBadge(b *testing.B) []byte {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	issuer, err := did.Key(key.Public())
	if err != nil {
		b.Fatal(err)
	}
	doc := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:cold", "type": []any{"VerifiableCredential", "OpenBadgeCredential"}, "name": "Cold start",
		"issuer": map[string]any{"id": issuer, "type": []any{"Profile"}, "name": "School"}, "validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": map[string]any{"type": []any{"AchievementSubject"}, "achievement": map[string]any{
			"id": "urn:uuid:start", "type": []any{"Achievement"}, "name": "Start", "description": "Starts.",
			"criteria": map[string]any{"narrative": "Start."},
		}},
	}
	suite, _ := proof.Lookup("eddsa-rdfc-2022")
	options := map[string]any{
		"created": "2026-01-01T00:00:00Z", "proofPurpose": "assertionMethod",
		"verificationMethod": issuer + "#" + strings.TrimPrefix(issuer, "did:key:"),
	}
	if doc["proof"], err = proof.Sign(context.Background(), suite, doc, options, key); err != nil {
		b.Fatal(err)
	}
	text, err := json.Marshal(doc)
	if err != nil {
		b.Fatal(err)
	}
	return text
}
