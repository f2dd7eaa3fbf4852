package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/testkit"
)

// TestEUList: a European seal is verified by a trusted list named on the command
// line, and by nothing else.
func TestEUList(t *testing.T) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	b := testkit.NewBureau(t, at)
	dir := t.TempDir()
	put := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	sealed := put("badge.jsonld", b.Seal(t, testkit.CollegeEDC).JSON(t))
	list, other := put("list.xml", b.Published(t)), put("other.xml", testkit.NewBureau(t, at).Published(t))
	for _, tt := range []struct {
		name   string
		flags  []string
		status int
		says   string
	}{
		{"the list that names the authority", []string{"--eu-list", list}, exitVerified, "A European trusted list vouches for the seal"},
		{"two lists", []string{"--eu-list", other, "--eu-list", list}, exitVerified, "A European trusted list vouches for the seal"},
		{"another list", []string{"--eu-list", other}, exitCare, "No list we use stands behind the key"},
		{"no list", nil, exitCare, "No list we use stands behind the key"},
		{"a badge for a list", []string{"--eu-list", sealed}, exitUsage, "it is no European trusted list"},
		{"a list that is not there", []string{"--eu-list", filepath.Join(dir, "none")}, exitUsage, "--eu-list"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			args := append([]string{"--offline", "--now", at.AddDate(0, 1, 0).Format(time.RFC3339)}, tt.flags...)
			status := run(context.Background(), append(args, "verify", sealed), strings.NewReader(""), &out, &errOut)
			if status != tt.status || !strings.Contains(out.String()+errOut.String(), tt.says) {
				t.Errorf("status %d, want %d\n%s%s", status, tt.status, &out, &errOut)
			}
		})
	}
}
