package assets

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed icons/*.svg icons/cairn.png
var iconFiles embed.FS

// Icon gives an icon as SVG: 24 by 24 units, drawn in black strokes, to be coloured
// by who shows it. The second answer is false for a name there is no icon for.
func Icon(name string) ([]byte, bool) {
	b, err := iconFiles.ReadFile("icons/" + name + ".svg")
	return b, err == nil
}

// Icons lists the names of all icons, sorted, without the app mark.
func Icons() []string {
	files, err := fs.Glob(iconFiles, "icons/*.svg")
	if err != nil {
		return nil // the pattern is fixed and good
	}
	var out []string
	for _, f := range files {
		if n := strings.TrimSuffix(path.Base(f), ".svg"); n != Mark {
			out = append(out, n)
		}
	}
	return out
}

// Mark is the name of the app mark among the icons: three stacked slices of a hexagon,
// in its own colours.
const Mark = "cairn"

// MarkPNG is the app mark as a picture of 512 by 512 pixels, for desktops that want one.
func MarkPNG() []byte {
	b, err := iconFiles.ReadFile("icons/" + Mark + ".png")
	if err != nil {
		panic(err) // an embedded file is missing: it can't have been built
	}
	return b
}
