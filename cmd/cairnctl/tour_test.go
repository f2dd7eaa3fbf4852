package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/share/qr"
	"github.com/cairnwallet/cairn/wallet/samples"
)

// told runs the program and gives what it printed.
func told(t *testing.T, wantStatus int, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if status := run(context.Background(), args, strings.NewReader(""), &out, &errOut); status != wantStatus {
		t.Fatalf("%v: status %d, not %d\n%s%s", args, status, wantStatus, &out, &errOut)
	}
	if wantStatus == exitVerified && errOut.Len() > 0 {
		t.Errorf("%v: on standard error: %s", args, &errOut)
	}
	return out.String()
}

// gap is a code without words, or a slot without a value.
var gap = regexp.MustCompile(`\[[a-z]+\.[a-z.-]+\]|\{[a-zA-Z]+\}`)

func TestTour(t *testing.T) {
	for _, now := range []string{"2024-02-29T12:00:00Z", "2041-06-01T00:00:00Z"} {
		t.Run(now, func(t *testing.T) {
			picture := filepath.Join(t.TempDir(), "code.png")
			out := told(t, exitVerified, "tour", "--now", now, "--qr", picture)
			if g := gap.FindString(out); g != "" {
				t.Errorf("a gap: %s", g)
			}
			at := 0
			for _, want := range []string{ // in this order
				"Food Safety Level 2", "✗ Problem found", "✗ Withdrawn", "58%", "7 of 12", "[#][#][!][ ]", "20%",
				"[ ] Date of birth", "Held back: Date of birth, Student number", "✓ VERIFIED", "Maya Keller", "✗ PROBLEM FOUND", "✗ PROBLEM FOUND", "Hotel Riffraff",
			} {
				i := strings.Index(out[at:], want)
				if i < 0 {
					t.Fatalf("%q does not come where it should", want)
				}
				at += i + len(want)
			}
			if strings.Contains(out, "2003") || strings.Contains(out, "20417") {
				t.Error("what is held back is printed")
			}
			scanned(t, picture, now)
		})
	}
}

// scanned reads the code as an employer's phone would, and checks what it says
// with the program and a mirror of the schools.
func scanned(t *testing.T, picture, now string) {
	t.Helper()
	raw, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := qr.Decode(raw)
	if err != nil || len(texts) != 1 {
		t.Fatalf("%d codes, %v", len(texts), err)
	}
	dir := t.TempDir()
	told(t, exitVerified, "samples", "--home", dir, "--now", now)
	proof := filepath.Join(dir, "proof.sd-jwt")
	if err := os.WriteFile(proof, []byte(texts[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	out := told(t, exitCare, "check", proof, "--for", employer, "--web", filepath.Join(dir, webDir), "--now", now)
	if !strings.Contains(out, "GENUINE, ISSUER NOT RECOGNISED") || strings.Contains(out, "2003") {
		t.Errorf("checked:\n%s", out)
	}
	told(t, exitBad, "check", proof, "--for", stranger, "--web", filepath.Join(dir, webDir), "--now", now)
}

func TestSamples(t *testing.T) {
	home := filepath.Join(t.TempDir(), "practice")
	const now = "2026-03-01T08:00:00Z"
	first := told(t, exitVerified, "samples", "--home", home, "--now", now)
	if g := gap.FindString(first); g != "" {
		t.Errorf("a gap: %s", g)
	}
	if !samples.Is(home) || strings.Count(first, "Verified ") != 4 {
		t.Errorf("made:\n%s", first)
	}
	again := told(t, exitVerified, "samples", "--home", home, "--now", "2031-03-01T08:00:00Z")
	if strings.Count(again, "Verified ") != 4 || !strings.Contains(again, "58%") {
		t.Errorf("years later:\n%s", again)
	}
	if out := told(t, exitBad, "verify", "--home", home, "--now", now, filepath.Join(home, badgeDir)); strings.Count(out, "Alpine College") < 3 {
		t.Errorf("verified:\n%s", out)
	}
	told(t, exitVerified, "samples", "--home", home, "--json")
}

// TestSamplesKeepOut: practice badges never come into a wallet of somebody's own.
func TestSamplesKeepOut(t *testing.T) {
	home := t.TempDir()
	pass := filepath.Join(home, "pass")
	if err := os.WriteFile(pass, []byte("correct horse battery staple\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	told(t, exitVerified, "list", "--home", home, "--passphrase-file", pass)
	told(t, exitFailed, "samples", "--home", home)
	if out := told(t, exitVerified, "list", "--home", home, "--passphrase-file", pass); strings.Contains(out, "Alpine") {
		t.Error("it holds practice badges now")
	}
}
