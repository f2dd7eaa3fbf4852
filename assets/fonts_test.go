package assets

import (
	"bytes"
	"os"
	"slices"
	"testing"
)

// TestFonts demands that the fonts are OpenType files and that their licence lies beside
// them, as it asks for (SIL Open Font License 1.1, condition 2).
func TestFonts(t *testing.T) {
	for _, name := range []string{"Inter-Regular", "Inter-SemiBold"} {
		if b := Font(name); !bytes.HasPrefix(b, []byte("OTTO")) {
			t.Errorf("%s is no OpenType font", name)
		}
	}
	licence, err := os.ReadFile("fonts/OFL.txt")
	if err != nil || !bytes.Contains(licence, []byte("SIL OPEN FONT LICENSE Version 1.1")) {
		t.Errorf("the licence of the fonts is missing: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a font nobody has is given")
		}
	}()
	Font("Comic")
}

// TestIcons demands that the icons are of one size and one colour, and the mark is no icon.
func TestIcons(t *testing.T) {
	names := Icons()
	if len(names) < 30 || slices.Contains(names, Mark) {
		t.Fatalf("icons: %v", names)
	}
	for _, n := range names {
		svg, ok := Icon(n)
		if !ok || !bytes.Contains(svg, []byte(`viewBox="0 0 24 24"`)) || !bytes.Contains(svg, []byte(`stroke="#000000"`)) || !bytes.Contains(svg, []byte(`stroke-width="2"`)) {
			t.Errorf("%s is not drawn like the others", n)
		}
	}
	if _, ok := Icon("nobody"); ok {
		t.Error("an icon nobody drew is given")
	}
	if !bytes.HasPrefix(MarkPNG(), []byte("\x89PNG")) {
		t.Error("the picture of the mark is no PNG")
	}
}
