package look

import (
	"fmt"
	"hash/fnv"
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// emblems are the grounds of drawn emblems: white letters on any of them are 5 to 1 or more.
var emblems = []string{"3D4ED8", "C2452D", "14703D", "7A3DB8", "0F6E84", "A35A00"}

// Hash gives the number that picks the colour of an emblem, the same for the same text
// on every computer.
func Hash(text string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(text)) // never fails: hash.Hash says so
	return h.Sum32()
}

// EmblemColor gives the ground of the emblem with a hash. The high bits are used, for those
// of names that are nearly the same differ more.
func EmblemColor(hash uint32) color.Color {
	return hex(emblems[(hash>>8^hash>>20)%uint32(len(emblems))])
}

// EmblemBand gives the tinted band behind an emblem on a card of a theme: a little of the
// emblem's colour in the colour of the card.
func EmblemBand(t fyne.Theme, hash uint32) color.Color {
	share := 0.15
	if Of(t).Dark {
		share = 0.30
	}
	return blend(Color(t, Surface), EmblemColor(hash), share)
}

// blend lays a share of one colour over another.
func blend(under, over color.Color, share float64) color.Color {
	u, o := color.NRGBAModel.Convert(under).(color.NRGBA), color.NRGBAModel.Convert(over).(color.NRGBA)
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-share) + float64(b)*share + 0.5) }
	return color.NRGBA{R: mix(u.R, o.R), G: mix(u.G, o.G), B: mix(u.B, o.B), A: 0xff}
}

// hexagon is a rounded hexagon standing on its point, with a thin line inside.
const hexagon = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96" stroke-linejoin="round">` +
	`<path d="M48 9 82 28.500v39L48 87 14 67.500v-39z" fill="%[1]s" stroke="%[1]s" stroke-width="10"/>` +
	`<path d="M48 13 78.500 30.500v35L48 83 17.500 65.500v-35z" fill="none" stroke="#FFFFFF" stroke-opacity="0.55" stroke-width="2.500"/></svg>`

// Hexagon gives the ground of a drawn emblem in a colour.
func Hexagon(c color.Color) fyne.Resource {
	return &fyne.StaticResource{
		StaticName:    "hexagon-" + code(c)[1:] + ".svg",
		StaticContent: fmt.Appendf(nil, hexagon, code(c)),
	}
}

// Initials gives at most two capital letters for a name: the first letters of its first
// two words that start with a letter or a digit.
func Initials(name string) string {
	var out []rune
	for _, w := range strings.Fields(name) {
		for _, r := range w {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				out = append(out, unicode.ToUpper(r))
			}
			break
		}
		if len(out) == 2 {
			break
		}
	}
	return string(out)
}
