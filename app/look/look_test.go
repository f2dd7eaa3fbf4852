package look

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestSizes demands that the scale holds and that only texts grow with it.
func TestSizes(t *testing.T) {
	want := map[fyne.ThemeSizeName]float32{SizeCaption: 13, SizeBody: 15, SizeSection: 19, SizePage: 27, SizeWelcome: 38}
	for name, size := range want {
		if got := Theme(Variant{}).Size(name); got != size {
			t.Errorf("%s is %v, want %v", name, got, size)
		}
	}
	for _, s := range []Size{S, L, XL} {
		th := Theme(Variant{Size: s})
		if th.Size(SizeBody) == 15 || th.Size(SizeBody) < 13 {
			t.Errorf("size %d: body is %v", s, th.Size(SizeBody))
		}
		if th.Size("padding") != Gap4 {
			t.Errorf("size %d: the padding changes too", s)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"two words":   {"Food Safety Level 2", "FS"},
		"one word":    {"barista", "B"},
		"a sign":      {"Roast & Co", "RC"},
		"accents":     {"élan Über", "ÉÜ"},
		"digits":      {"2nd aid", "2A"},
		"nothing":     {"", ""},
		"only signs":  {"— …", ""},
		"other signs": {"食品 安全", "食安"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Initials(c.in); got != c.want {
				t.Errorf("Initials(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// TestEmblemColors demands that the same name has the same colour and that all are used.
func TestEmblemColors(t *testing.T) {
	used := map[any]bool{}
	for _, name := range []string{"a", "b", "c", "Alpine", "Barista", "Cook", "Dance", "Energy", "First Aid", "Guest care", "Health", "Law"} {
		if EmblemColor(Hash(name)) != EmblemColor(Hash(name)) {
			t.Fatal("a colour changes by itself")
		}
		used[EmblemColor(Hash(name))] = true
	}
	if len(used) < 4 {
		t.Errorf("only %d of %d colours are used", len(used), len(emblems))
	}
}

// TestUnknown demands that nothing unknown becomes invisible.
func TestUnknown(t *testing.T) {
	th := Theme(Variant{Dark: true})
	if th.Color("nobody knows", 0) != th.Color(Text, 0) {
		t.Error("an unknown colour is not ink")
	}
	if r := Drawn("nobody knows", th.Color(Text, 0), 0); len(r.Content()) == 0 {
		t.Error("an unknown icon is nothing")
	}
	if Of(th) != (Variant{Dark: true}) || Of(nil) != (Variant{}) {
		t.Error("a theme does not know its variant")
	}
}
