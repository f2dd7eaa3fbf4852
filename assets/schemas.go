package assets

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed schemas
var schemaFiles embed.FS

// Schemas lists the names of the JSON Schemas of our own that ship inside, sorted.
func Schemas() []string { return names(schemaFiles, "schemas", ".json") }

// Schema gives a JSON Schema of our own that ships inside, such as "pathway-1".
func Schema(name string) ([]byte, bool) { return file(schemaFiles, "schemas/"+name+".json") }

// PublishedSchema is a JSON Schema somebody published, as it ships inside.
type PublishedSchema struct {
	URL    string `json:"url"`
	File   string `json:"file"`
	At     string `json:"at"` // where in the file it stands, as a JSON Pointer; empty for the whole
	SHA256 string `json:"sha256"`
}

var publishedIndex = sync.OnceValue(func() map[string]PublishedSchema {
	b, err := schemaFiles.ReadFile("schemas/published/index.json")
	if err != nil {
		panic(err) // an embedded file is missing: the tests can't have passed
	}
	var entries []PublishedSchema
	if err := json.Unmarshal(b, &entries); err != nil {
		panic(err)
	}
	out := make(map[string]PublishedSchema, len(entries))
	for _, e := range entries {
		out[e.URL] = e
	}
	return out
})

// PublishedSchemas lists the schemas that ship inside, by the addresses under which
// they were published. The map is not to be changed.
func PublishedSchemas() map[string]PublishedSchema { return publishedIndex() }

// Bytes gives the file the schema stands in, byte for byte as it was published.
func (s PublishedSchema) Bytes() []byte {
	b, err := schemaFiles.ReadFile("schemas/published/" + s.File)
	if err != nil {
		panic(err) // the index names no file that is not embedded: a test compares them
	}
	return b
}
