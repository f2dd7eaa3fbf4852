package look

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"github.com/cairnwallet/cairn/assets"
)

var update = flag.Bool("update", false, "draw the picture of the app mark again")

// TestMarkPicture draws the app mark and demands that the picture in assets is that drawing.
func TestMarkPicture(t *testing.T) {
	test.NewTempApp(t)
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	mark := canvas.NewImageFromResource(Mark())
	c.SetContent(mark)
	c.Resize(fyne.NewSquareSize(512))
	drawn := c.Capture()
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, drawn); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("..", "..", "assets", "icons", "cairn.png")
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := png.Decode(bytes.NewReader(assets.MarkPNG()))
	if err != nil {
		t.Fatal(err)
	}
	if !same(drawn, kept) {
		t.Error("assets/icons/cairn.png is not what cairn.svg looks like: run the test with -update")
	}
}

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if color.NRGBAModel.Convert(a.At(x, y)) != color.NRGBAModel.Convert(b.At(x, y)) {
				return false
			}
		}
	}
	return true
}

// TestIcons demands that every icon can be drawn and that a colour reaches it.
func TestIcons(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range assets.Icons() {
		t.Run(name, func(t *testing.T) {
			c := software.NewTransparentCanvas()
			c.SetPadded(false)
			c.SetContent(canvas.NewImageFromResource(Drawn(name, color.NRGBA{R: 0xff, A: 0xff}, 24)))
			c.Resize(fyne.NewSquareSize(24))
			if n := reds(c.Capture()); n < 20 {
				t.Errorf("only %d points are drawn in the colour asked for", n)
			}
		})
	}
}

func reds(i image.Image) (n int) {
	for y := range i.Bounds().Dy() {
		for x := range i.Bounds().Dx() {
			c := color.NRGBAModel.Convert(i.At(x, y)).(color.NRGBA)
			if c.A > 100 && c.R > 100 && c.G < 20 && c.B < 20 {
				n++
			}
		}
	}
	return n
}
