package assets

import "embed"

//go:embed schemas/*.json
var schemaFiles embed.FS

// Schemas lists the names of the JSON Schemas that ship inside, sorted.
func Schemas() []string { return names(schemaFiles, "schemas", ".json") }

// Schema gives a JSON Schema that ships inside, such as "pathway-1".
func Schema(name string) ([]byte, bool) { return file(schemaFiles, "schemas/"+name+".json") }
