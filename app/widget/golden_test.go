package widget

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/cairnwallet/cairn/app/look"
)

var update = flag.Bool("update", false, "take today's pictures as the right ones")

// TestPictures compares pages made of all controls with pictures somebody has looked at.
// What differs is written to testdata/failed.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector learns nothing from pictures, and draws them ten times slower: make unit compares them")
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the pictures were drawn on Linux, amd64: others round differently")
	}
	pages := map[string]func() fyne.CanvasObject{
		"badges": badgesPage, "pathway": pathwayPage, "share": sharePage, "parts": restPage,
	}
	for name, page := range pages {
		for variant, v := range variants {
			t.Run(name+" "+variant, func(t *testing.T) {
				compare(t, name+"-"+variant+".png", shot(stage(t, v, fyne.NewSize(1100, 760), page)))
			})
		}
	}
	t.Run("dialog", func(t *testing.T) {
		w := stage(t, look.Variant{Contrast: true, Size: look.L}, fyne.NewSize(700, 520), grid4)
		dialog().Open(w.Canvas())
		compare(t, "dialog-contrast.png", shot(w))
	})
}

// TestSwitch demands that a window that is open looks, after another look was chosen, like one
// that was opened with it.
func TestSwitch(t *testing.T) {
	if *update || runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("compares with pictures drawn on Linux, amd64")
	}
	for name, page := range map[string]func() fyne.CanvasObject{"badges": badgesPage, "pathway": pathwayPage, "share": sharePage, "parts": restPage} {
		t.Run(name, func(t *testing.T) {
			w := stage(t, look.Variant{Size: look.XL}, fyne.NewSize(1100, 760), page)
			fyne.CurrentApp().Settings().SetTheme(look.Theme(look.Variant{Dark: true}))
			w.Resize(fyne.NewSize(1101, 760))
			w.Resize(fyne.NewSize(1100, 760))
			compare(t, name+"-dark.png", shot(w))
		})
	}
}

func grid4() fyne.CanvasObject { return grid() }

func dialog() *Modal {
	drop := NewDropzone("Drop a file here", "Badge picture, .json, .jwt, PDF or zip")
	return NewModal("Add a badge", "Close", 520, Column(look.Gap16, drop, NewPassword("Passphrase", "")),
		NewButton("Cancel", "", Quiet, nothing), NewButton("Save to my wallet", "", Primary, nothing))
}

// compare demands that a picture is the one kept, but for a few points that are a little off.
func compare(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		keep(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update and look at the picture", err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := differ(got, want); n > got.Bounds().Dx()*got.Bounds().Dy()/2000 {
		failed := filepath.Join("testdata", "failed", name)
		keep(t, failed, got)
		t.Errorf("%d points differ; see %s, and take it with -update if it is right", n, failed)
	}
}

func keep(t *testing.T, path string, i image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, coarse(i)); err != nil {
		t.Fatal(err)
	}
}

// coarse rounds colours to 32 steps, which nobody sees and which halves the files.
func coarse(i image.Image) image.Image {
	out := image.NewNRGBA(i.Bounds())
	round := func(v uint8) uint8 { return v&0xf8 | v>>5 }
	for y := range i.Bounds().Dy() {
		for x := range i.Bounds().Dx() {
			c := color.RGBAModel.Convert(i.At(x, y)).(color.RGBA)
			out.SetNRGBA(x, y, color.NRGBA{R: round(c.R), G: round(c.G), B: round(c.B), A: 0xff})
		}
	}
	return out
}

// differ counts the points that are clearly not the same.
func differ(a, b image.Image) (n int) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy()
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if !near(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return n
}

func near(a, b color.Color) bool {
	p, q := color.RGBAModel.Convert(a).(color.RGBA), color.RGBAModel.Convert(b).(color.RGBA)
	close := func(u, v uint8) bool { return max(u, v)-min(u, v) <= 16 }
	return close(p.R, q.R) && close(p.G, q.G) && close(p.B, q.B)
}
