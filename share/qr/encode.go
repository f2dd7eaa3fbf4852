// Package qr draws texts as QR codes and finds QR codes in pictures.
//
// It knows nothing of credentials and keeps nothing. Encode says beforehand how
// well a text will scan, so that nobody learns it from a phone that does not
// read. Pictures are foreign bytes: size and pixels are bounded, and a decoder
// that breaks costs a fault, never the program.
package qr

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/skip2/go-qrcode"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Fit says how well a code scans from a screen. The zero value is the cautious one.
type Fit uint8

// The fits.
const (
	TooBig      Fit = iota // does not fit one code at all
	Tight                  // fits, but many phones will not read it: offer a file
	Comfortable            // scans well
)

// Limits, in bytes. MaxBytes is what version 40 holds at the lowest level of
// correction (ISO/IEC 18004, table 7).
const (
	MaxComfortable = 1000
	MaxBytes       = 2953
	maxSturdy      = 400 // up to here a better level of correction costs little
)

// FitOf says how well a text of n bytes scans.
func FitOf(n int) Fit {
	switch {
	case n > MaxBytes:
		return TooBig
	case n > MaxComfortable:
		return Tight
	}
	return Comfortable
}

// Code is a QR code.
type Code struct {
	Fit     Fit
	Bytes   int
	Version int      // 1 to 40; a code has 17+4·Version modules a side
	Modules [][]bool // row by row, true is dark, with the quiet zone of four modules around
}

// Encode makes a code of text. A text that does not fit one code is the fault
// qr.too-big. It takes up to some tens of milliseconds: not for the screen's
// goroutine.
func Encode(text string) (Code, error) {
	c := Code{Fit: FitOf(len(text)), Bytes: len(text)}
	if text == "" {
		return c, fault.New("qr.empty")
	}
	level := qrcode.Low // a screen has no scratches: few modules matter more
	if len(text) <= maxSturdy {
		level = qrcode.Medium
	}
	q, err := qrcode.New(text, level)
	if err != nil {
		c.Fit = TooBig
		return c, fault.Wrap(err, "qr.too-big")
	}
	c.Version, c.Modules = q.VersionNumber, q.Bitmap()
	return c, nil
}

// Image draws the code with so many pixels a module, from 1 to 40. A number of
// pixels for the whole could make modules of broken sizes, which nobody reads.
func (c Code) Image(perModule int) image.Image {
	n := min(max(perModule, 1), 40)
	side := len(c.Modules) * n
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		row := c.Modules[y/n]
		for x := range side {
			if row[x/n] {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	return img
}

// PNG is Image as a PNG file.
func (c Code) PNG(perModule int) ([]byte, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&b, c.Image(perModule)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Text draws the code in half blocks, two rows of modules a line, for a terminal
// with light letters on a dark ground; onLight is for the reverse.
func (c Code) Text(onLight bool) string {
	var b strings.Builder
	inked := func(y, x int) bool { return y < len(c.Modules) && c.Modules[y][x] == onLight }
	for y := 0; y < len(c.Modules); y += 2 {
		for x := range c.Modules[y] {
			switch upper, lower := inked(y, x), inked(y+1, x); {
			case upper && lower:
				b.WriteRune('█')
			case upper:
				b.WriteRune('▀')
			case lower:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
