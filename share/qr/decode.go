package qr

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif"  // the kinds of pictures that are read
	_ "image/jpeg" // …
	_ "image/png"  // …
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode/detector"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Limits for pictures.
const (
	MaxPicture = 32 << 20 // bytes
	MaxPixels  = 40 << 20 // a screen of 8K
	maxCorners = 200      // things that look like a corner of a code; a code has three
	maxTries   = 500      // triples of them that are tried as a code
)

// hints ask the reader to try hard: otherwise it misses small codes on a screen.
var hints = map[gozxing.DecodeHintType]any{
	gozxing.DecodeHintType_TRY_HARDER:    true,
	gozxing.DecodeHintType_CHARACTER_SET: "UTF-8",
}

// Decode finds the texts of all QR codes in a PNG, JPEG or GIF. The error is a
// fault: qr.not-a-picture, qr.picture-too-large, or qr.none when there is no code.
func Decode(picture []byte) ([]string, error) {
	if len(picture) > MaxPicture {
		return nil, fault.New("qr.picture-too-large")
	}
	img, err := open(picture)
	if err != nil {
		return nil, err
	}
	return Read(img)
}

func open(picture []byte) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, fault.Wrap(fmt.Errorf("picture decoder broke: %v", p), "qr.not-a-picture")
		}
	}()
	size, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return nil, fault.Wrap(err, "qr.not-a-picture")
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > MaxPixels/size.Height {
		return nil, fault.New("qr.picture-too-large")
	}
	img, _, err = image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fault.Wrap(err, "qr.not-a-picture")
	}
	return img, nil
}

// Read finds the texts of all QR codes in a picture, light ones on a dark ground
// too, each once and sorted. No code is the fault qr.none.
func Read(img image.Image) ([]string, error) {
	b := img.Bounds()
	if b.Empty() || b.Dx() > MaxPixels/b.Dy() {
		return nil, fault.New("qr.picture-too-large")
	}
	source, err := grey(img)
	if err != nil {
		return nil, fault.Wrap(err, "qr.none")
	}
	texts := find(source)
	if len(texts) == 0 {
		texts = find(gozxing.NewInvertedLuminanceSource(source))
	}
	if len(texts) == 0 {
		return nil, fault.New("qr.none")
	}
	slices.Sort(texts)
	return slices.Compact(texts), nil
}

// grey gives the brightness of each pixel, on white where a picture is clear. The
// library's own way asks for each pixel by itself, which takes most of the time.
func grey(img image.Image) (gozxing.LuminanceSource, error) {
	b := img.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, img, b.Min, draw.Over)
	grey := make([]byte, b.Dx()*b.Dy())
	for i := range grey {
		p := flat.Pix[4*i : 4*i+3]
		grey[i] = byte((uint(p[0]) + 2*uint(p[1]) + uint(p[2])) / 4)
	}
	return gozxing.NewPlanarYUVLuminanceSource(grey, b.Dx(), b.Dy(), 0, 0, b.Dx(), b.Dy(), false)
}

// find decodes every code of a picture. It walks the library's steps by itself,
// because the library's own loop looks at all triples of corners: a small picture
// full of corners would keep it busy for minutes.
func find(source gozxing.LuminanceSource) (texts []string) {
	defer func() {
		if recover() != nil { // too many corners, or the library broke on hostile patterns
			texts = nil
		}
	}()
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
	if err != nil {
		return nil
	}
	matrix, err := bitmap.GetBlackMatrix()
	if err != nil {
		return nil
	}
	corners := 0
	count := func(gozxing.ResultPoint) {
		if corners++; corners > maxCorners {
			panic("too many corners") // the only way out of the library's loop
		}
	}
	codes, err := detector.NewMultiFinderPatternFinder(matrix, count).FindMulti(hints)
	if err != nil {
		return nil
	}
	whole, reader := detector.NewMultiDetector(matrix), decoder.NewDecoder()
	for _, code := range codes[:min(len(codes), maxTries)] {
		found, err := whole.ProcessFinderPatternInfo(code)
		if err != nil {
			continue
		}
		if r, err := reader.Decode(found.GetBits(), hints); err == nil && r.GetText() != "" {
			texts = append(texts, r.GetText())
		}
	}
	return texts
}
