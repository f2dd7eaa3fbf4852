package assets

import "embed"

//go:embed fonts/*.otf
var fontFiles embed.FS

// Font gives one font file of the interface, "Inter-Regular" or "Inter-SemiBold".
// It panics for any other name: the fonts are part of the program.
// Both are under the SIL Open Font License, which lies beside them.
func Font(name string) []byte {
	b, err := fontFiles.ReadFile("fonts/" + name + ".otf")
	if err != nil {
		panic(err) // a name no build has ever had
	}
	return b
}
