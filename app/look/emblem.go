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

// hexagon is a rounded hexagon standing on its point, with a thin pale line inside: three
// filled shapes on each other, for outlines don't grow with the drawing.
const hexagon = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">` +
	`<path d="M40.21 5.5Q48 1 55.79 5.5L80.91 20Q88.7 24.5 88.7 33.5L88.7 62.5Q88.7 71.5 80.91 76L55.79 90.5Q48 95 40.21 90.5L15.09 76Q7.3 71.5 7.3 62.5L7.3 33.5Q7.3 24.5 15.09 20z" fill="%[1]s"/>` +
	`<path d="M42.8 12.5Q48 9.5 53.2 12.5L76.15 25.75Q81.34 28.75 81.34 34.75L81.34 61.25Q81.34 67.25 76.15 70.25L53.2 83.5Q48 86.5 42.8 83.5L19.85 70.25Q14.66 67.25 14.66 61.25L14.66 34.75Q14.66 28.75 19.85 25.75z" fill="%[2]s"/>` +
	`<path d="M43.67 14.3Q48 11.8 52.33 14.3L75.02 27.4Q79.35 29.9 79.35 34.9L79.35 61.1Q79.35 66.1 75.02 68.6L52.33 81.7Q48 84.2 43.67 81.7L20.98 68.6Q16.65 66.1 16.65 61.1L16.65 34.9Q16.65 29.9 20.98 27.4z" fill="%[1]s"/></svg>`

// Hexagon gives the ground of a drawn emblem in a colour.
func Hexagon(c color.Color) fyne.Resource {
	return &fyne.StaticResource{
		StaticName:    "hexagon-" + code(c)[1:] + ".svg",
		StaticContent: fmt.Appendf(nil, hexagon, code(c), code(blend(c, color.White, 0.5))),
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
