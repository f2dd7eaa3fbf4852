package model

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
)

// place makes a folder with files in it, named by their paths.
func place(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Downloads")
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestAFolderIsTakenInWhole: its badges are found wherever they stand; what is no
// badge is counted, and the hidden is left alone.
func TestAFolderIsTakenInWhole(t *testing.T) {
	b := ownBench(t)
	record, err := os.ReadFile("testdata/record.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := place(t, map[string]string{
		"badges/2026/record.json": string(record), "readme.txt": "Here are your badges.", "badges/page.html": "<html></html>",
		".hidden/record.json": string(record), "badges/.cache": "x", "badges/empty.json": "",
	})
	a := NewAdd(b.desk, []Input{FileInput(dir)})
	defer a.Close()
	b.until(t, "the review", func() bool { return a.Stage == Reviewing })
	if len(a.Drafts) != 1 || len(a.Refused) != 1 || !strings.Contains(a.Refused[0].Fault.Why, "left out: 3") {
		t.Fatalf("%d drafts, refused %+v", len(a.Drafts), a.Refused)
	}
	noGaps(t, a.Refused[0].Fault.Title, a.Refused[0].Fault.Why, a.Refused[0].Fault.Do)
}

func TestSpread(t *testing.T) {
	many := map[string]string{}
	for i := range maxFiles + 1 {
		many[fmt.Sprint(i)] = ""
	}
	file := filepath.Join(place(t, map[string]string{"a.json": "{}"}), "a.json")
	for _, c := range []struct {
		name, path string
		files      int
		within     bool
		code       string
	}{
		{"a file", file, 1, false, ""},
		{"nothing there", file + ".gone", 1, false, ""},
		{"a folder", filepath.Dir(file), 1, true, ""},
		{"an empty folder", t.TempDir(), 0, false, ""},
		{"far too many", place(t, many), 1, false, "add.folder-large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := spread(context.Background(), []Input{FileInput(c.path)})
			if len(got) != c.files || len(got) > 0 && (got[0].within != c.within || fault.Code(got[0].refused) != c.code) {
				t.Errorf("%+v", got)
			}
		})
	}
	if got := spread(context.Background(), []Input{TextInput([]byte("x"))}); len(got) != 1 || got[0].within {
		t.Errorf("what was pasted: %+v", got)
	}
}
