package assets

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed contexts
var contextFiles embed.FS

// contextEntry is one row of contexts/index.json: where a JSON-LD context was
// published, and the digest of the bytes shipped here.
type contextEntry struct {
	URL    string `json:"url"`
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

var contextIndex = sync.OnceValue(func() map[string]contextEntry {
	b, err := contextFiles.ReadFile("contexts/index.json")
	if err != nil {
		panic(err) // an embedded file is missing: the tests can't have passed
	}
	var entries []contextEntry
	if err := json.Unmarshal(b, &entries); err != nil {
		panic(err)
	}
	out := make(map[string]contextEntry, len(entries))
	for _, e := range entries {
		out[e.URL] = e
	}
	return out
})

// Context gives the JSON-LD context published at url, byte for byte as it was
// published. A context that is not shipped is not known: it is never fetched,
// because a context from the network could change what a signature covers.
func Context(url string) ([]byte, bool) {
	e, ok := contextIndex()[url]
	if !ok {
		return nil, false
	}
	b, err := contextFiles.ReadFile("contexts/" + e.File)
	return b, err == nil
}

// Contexts lists the addresses of all shipped contexts, in no order.
func Contexts() []string {
	out := make([]string, 0, len(contextIndex()))
	for url := range contextIndex() {
		out = append(out, url)
	}
	return out
}
