package samples

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// Emblems are drawn, not stored: a shape on a rounded hexagon.

const (
	side    = 240 // pixels
	samples = 3   // of a pixel, each way, for smooth edges
)

// shape says whether a point lies on it. The emblem spans -1 to 1 both ways, y
// points down.
type shape func(x, y float64) bool

type emblem struct {
	ground color.RGBA
	on     shape
}

var emblems = map[string]emblem{
	"pan": {color.RGBA{0xC2, 0x45, 0x2D, 0xFF}, union(
		less(disc(-0.16, 0.08, 0.4), less(disc(-0.16, 0.08, 0.33), disc(-0.16, 0.08, 0.29))), bar(0.22, 0.02, 0.68, 0.14),
	)},
	"bell": {color.RGBA{0x3D, 0x4E, 0xD8, 0xFF}, union(
		less(disc(0, 0.22, 0.42), bar(-1, 0.2, 1, 1)), bar(-0.5, 0.26, 0.5, 0.36), bar(-0.04, -0.34, 0.04, -0.1), disc(0, -0.36, 0.09),
	)},
	"cup": {color.RGBA{0x14, 0x70, 0x3D, 0xFF}, union(
		bar(-0.36, -0.12, 0.2, 0.2), less(disc(-0.08, 0.16, 0.28), bar(-1, -1, 1, 0.1)),
		less(disc(0.22, 0.04, 0.2), disc(0.22, 0.04, 0.11)), bar(-0.44, 0.5, 0.3, 0.57),
		wave(-0.22), wave(-0.02),
	)},
}

func disc(cx, cy, r float64) shape {
	return func(x, y float64) bool { return math.Hypot(x-cx, y-cy) <= r }
}

func bar(x0, y0, x1, y1 float64) shape {
	return func(x, y float64) bool { return x >= x0 && x <= x1 && y >= y0 && y <= y1 }
}

// wave is a line of steam that rises at x0.
func wave(x0 float64) shape {
	return func(x, y float64) bool {
		return y > -0.5 && y < -0.2 && math.Abs(x-x0-0.05*math.Sin(y*20)) < 0.03
	}
}

func union(shapes ...shape) shape {
	return func(x, y float64) bool {
		for _, s := range shapes {
			if s(x, y) {
				return true
			}
		}
		return false
	}
}

func less(a, b shape) shape {
	return func(x, y float64) bool { return a(x, y) && !b(x, y) }
}

// hexagon stands on a corner; its corners are rounded by a circle.
func hexagon(x, y float64) bool {
	x, y = math.Abs(x), math.Abs(y)
	return x <= 0.84 && x*0.5+y*math.Sqrt(3)/2 <= 0.84 && math.Hypot(x, y) <= 0.93
}

// draw gives an emblem as a PNG picture.
func draw(name string) ([]byte, error) {
	e, ok := emblems[name]
	if !ok {
		return nil, fmt.Errorf("no emblem is called %s", name)
	}
	img := image.NewPaletted(image.Rect(0, 0, side, side), e.palette())
	for py := range side {
		for px := range side {
			img.SetColorIndex(px, py, e.pixel(px, py))
		}
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// A pixel's colour is how many of its points lie on the hexagon and how many on
// the shape: steps each, which makes a small palette and a small file.
const steps = samples*samples + 1

func (e emblem) palette() color.Palette {
	p := make(color.Palette, 0, steps*steps)
	for ground := range steps {
		for on := range steps {
			alpha := uint8(255 * ground / (steps - 1))
			white := min(on, ground)
			mix := func(c uint8) uint8 {
				if ground == 0 {
					return 0
				}
				return uint8((int(c)*(ground-white) + 255*white) / ground)
			}
			p = append(p, color.NRGBA{mix(e.ground.R), mix(e.ground.G), mix(e.ground.B), alpha})
		}
	}
	return p
}

func (e emblem) pixel(px, py int) uint8 {
	ground, on := 0, 0
	for s := range samples * samples {
		x := (float64(px)+(float64(s%samples)+0.5)/samples)/side*2 - 1
		y := (float64(py)+(float64(s/samples)+0.5)/samples)/side*2 - 1
		if !hexagon(x, y) {
			continue
		}
		if ground++; e.on(x, y) {
			on++
		}
	}
	return uint8(ground*steps + on)
}

// dataURL gives an emblem as an address that holds the picture itself (RFC 2397).
func dataURL(name string) (string, error) {
	b, err := draw(name)
	if err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b), nil
}
