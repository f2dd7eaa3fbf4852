package assets

import "embed"

//go:embed samples/*.json
var sampleFiles embed.FS

// Samples lists the names of the badges to practise on, sorted.
func Samples() []string { return names(sampleFiles, "samples", ".json") }

// Sample gives a badge to practise on, such as "barista-basics", as its made-up
// issuer would write it down before signing. Package wallet/samples fills its
// slots and signs it.
func Sample(name string) ([]byte, bool) { return file(sampleFiles, "samples/"+name+".json") }
