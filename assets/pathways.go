package assets

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed pathways/*.json
var pathwayFiles embed.FS

// Pathways lists the names of the pathways that ship inside, sorted.
func Pathways() []string { return names(pathwayFiles, "pathways", ".json") }

// Pathway gives a pathway that ships inside, such as "professional-cook".
func Pathway(name string) ([]byte, bool) { return file(pathwayFiles, "pathways/"+name+".json") }

// names lists the files of a folder without their ending.
func names(files fs.FS, dir, ending string) []string {
	found, err := fs.Glob(files, dir+"/*"+ending)
	if err != nil {
		return nil
	}
	for i, name := range found {
		found[i] = strings.TrimSuffix(strings.TrimPrefix(name, dir+"/"), ending)
	}
	return found
}

func file(files embed.FS, name string) ([]byte, bool) {
	b, err := files.ReadFile(name)
	return b, err == nil
}
