package assets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"testing"
)

// The two base contexts are pinned to the digests printed in VCDM 2.0, section
// B.1; the others to the bytes that were reviewed when they came in.
var printedDigests = map[string]string{
	"https://www.w3.org/2018/credentials/v1": "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
	"https://www.w3.org/ns/credentials/v2":   "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
}

func TestContextsArePinned(t *testing.T) {
	for url, e := range contextIndex() {
		b, ok := Context(url)
		if !ok {
			t.Errorf("%s: %s is missing", url, e.File)
			continue
		}
		sum := sha256.Sum256(b)
		if got := hex.EncodeToString(sum[:]); got != e.SHA256 {
			t.Errorf("%s: digest %s, pinned %s", url, got, e.SHA256)
		}
		if want := printedDigests[url]; want != "" && want != e.SHA256 {
			t.Errorf("%s: pinned %s, the standard prints %s", url, e.SHA256, want)
		}
		var doc map[string]any
		if err := json.Unmarshal(b, &doc); err != nil || doc["@context"] == nil {
			t.Errorf("%s: not a context document: %v", url, err)
		}
	}
}

func TestEveryContextFileIsIndexed(t *testing.T) {
	files, err := fs.ReadDir(contextFiles, "contexts")
	if err != nil {
		t.Fatal(err)
	}
	indexed := map[string]bool{"index.json": true, "README.md": true}
	for _, e := range contextIndex() {
		indexed[e.File] = true
	}
	for _, f := range files {
		if !indexed[f.Name()] {
			t.Errorf("%s is not in index.json", f.Name())
		}
	}
}

func TestContextUnknown(t *testing.T) {
	for _, url := range []string{"", "https://www.w3.org/ns/credentials/v2/", "https://example.org/context", "../words.go"} {
		if _, ok := Context(url); ok {
			t.Errorf("Context(%q) is known", url)
		}
	}
}
