package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"slices"
	"testing"
)

func TestPublishedSchemasArePinned(t *testing.T) {
	named := map[string]bool{"README.md": true, "index.json": true}
	for url, s := range PublishedSchemas() {
		sum := sha256.Sum256(s.Bytes())
		if got := hex.EncodeToString(sum[:]); got != s.SHA256 {
			t.Errorf("%s: digest %s, pinned %s", url, got, s.SHA256)
		}
		if !json.Valid(s.Bytes()) {
			t.Errorf("%s: not JSON", url)
		}
		named[s.File] = true
	}
	files, err := fs.ReadDir(schemaFiles, "schemas/published")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !named[f.Name()] {
			t.Errorf("%s stands in no row of the index", f.Name())
		}
	}
}

func TestOwnSchemas(t *testing.T) {
	if got := Schemas(); !slices.Equal(got, []string{"pathway-1", "pathway-2"}) {
		t.Errorf("got %v", got)
	}
}
