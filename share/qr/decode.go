package qr

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // the kinds of pictures that are read
	_ "image/jpeg" // …
	_ "image/png"  // …
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Limits for pictures.
const (
	MaxPicture = 32 << 20 // bytes
	MaxPixels  = 40 << 20 // a screen of 8K
)

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
	source := gozxing.NewLuminanceSourceFromImage(img)
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

// find asks the reader for several codes and to try hard: the reader for one code
// misses most codes on a screen.
func find(source gozxing.LuminanceSource) (texts []string) {
	defer func() {
		if recover() != nil { // the library indexes past its matrices on hostile patterns
			texts = nil
		}
	}()
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
	if err != nil {
		return nil
	}
	found, _ := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap, map[gozxing.DecodeHintType]any{
		gozxing.DecodeHintType_TRY_HARDER:    true,
		gozxing.DecodeHintType_CHARACTER_SET: "UTF-8",
	})
	for _, r := range found {
		if r.GetText() != "" {
			texts = append(texts, r.GetText())
		}
	}
	return texts
}
