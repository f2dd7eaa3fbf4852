package qr

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// sample is a text of n bytes that looks like a token.
func sample(n int) string {
	const letters = "eyJhbGciOiJFZERTQSJ9.abcXYZ_-0123456789~"
	return strings.Repeat(letters, n/len(letters)+1)[:n]
}

func encode(t testing.TB, text string) Code {
	t.Helper()
	c, err := Encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRoundTrip draws texts of every size and reads them again from the file.
func TestRoundTrip(t *testing.T) {
	for _, text := range []string{"a", "https://example.org/x", "Grüße, 太郎", sample(100), sample(399), sample(401), sample(1000), sample(1001), sample(1500), sample(2000), sample(2500), sample(2953)} {
		t.Run(fmt.Sprint(len(text)), func(t *testing.T) {
			c := encode(t, text)
			if want := FitOf(len(text)); c.Fit != want || c.Bytes != len(text) || len(c.Modules) != 17+4*c.Version+8 {
				t.Errorf("fit %d, %d bytes, version %d, %d modules", c.Fit, c.Bytes, c.Version, len(c.Modules))
			}
			for _, per := range []int{2, 3, 4} {
				file, err := c.PNG(per)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := Decode(file); err != nil || !slices.Equal(got, []string{text}) {
					t.Errorf("%d pixels a module: %v, %v", per, got, err)
				}
			}
		})
	}
}

func TestFit(t *testing.T) {
	for n, want := range map[int]Fit{1: Comfortable, 1000: Comfortable, 1001: Tight, 2953: Tight, 2954: TooBig} {
		if got := FitOf(n); got != want {
			t.Errorf("%d bytes: %d, want %d", n, got, want)
		}
	}
	if c, err := Encode(sample(2954)); fault.Code(err) != "qr.too-big" || c.Fit != TooBig {
		t.Errorf("one byte too many: %v, %v", c.Fit, err)
	}
	if _, err := Encode(""); fault.Code(err) != "qr.empty" {
		t.Errorf("nothing to draw: %v", err)
	}
}

// screen puts codes on a picture of a whole screen.
func screen(ground, ink color.Color, codes ...Code) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	draw.Draw(img, img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	x := 40
	for _, c := range codes {
		for my, row := range c.Modules {
			for mx, dark := range row {
				if dark {
					draw.Draw(img, image.Rect(x+mx*4, 60+my*4, x+mx*4+4, 64+my*4), image.NewUniform(ink), image.Point{}, draw.Src)
				}
			}
		}
		x += len(c.Modules)*4 + 120
	}
	return img
}

func TestReadScreens(t *testing.T) {
	a, b := encode(t, "https://example.org/one"), encode(t, sample(300))
	paper, ink := color.RGBA{0xF7, 0xF5, 0xF0, 255}, color.RGBA{0x1D, 0x24, 0x33, 255}
	for name, c := range map[string]struct {
		img  image.Image
		want []string
	}{
		"one":                 {screen(paper, ink, a), []string{"https://example.org/one"}},
		"two":                 {screen(paper, ink, a, b), []string{sample(300), "https://example.org/one"}},
		"light on dark":       {screen(ink, paper, a), []string{"https://example.org/one"}},
		"the same code twice": {screen(paper, ink, a, a), []string{"https://example.org/one"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Read(c.img); err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	var blank, camera bytes.Buffer
	if err := png.Encode(&blank, image.NewGray(image.Rect(0, 0, 200, 200))); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&camera, encode(t, "x").Image(6), nil); err != nil {
		t.Fatal(err)
	}
	if got, err := Decode(camera.Bytes()); err != nil || got[0] != "x" {
		t.Errorf("a JPEG: %v, %v", got, err)
	}
	huge := append([]byte(nil), blank.Bytes()...)
	copy(huge[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65536 by 65536 pixels
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":        {nil, "qr.not-a-picture"},
		"a text":         {[]byte("eyJhbGciOiJFZERTQSJ9"), "qr.not-a-picture"},
		"cut off":        {blank.Bytes()[:60], "qr.not-a-picture"},
		"no code":        {blank.Bytes(), "qr.none"},
		"a bad size":     {huge, "qr.not-a-picture"}, // its checksum is wrong, too
		"too many bytes": {make([]byte, MaxPicture+1), "qr.picture-too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Decode(c.file); fault.Code(err) != c.want {
				t.Errorf("got %v, %v, want %s", got, err, c.want)
			}
		})
	}
	if _, err := Read(image.NewUniform(color.White)); fault.Code(err) != "qr.picture-too-large" {
		t.Errorf("a picture without end: %v", err)
	}
}

// TestCorners: a picture full of corners of codes is given up, not worked on for
// minutes, and a few false corners hide no code.
func TestCorners(t *testing.T) {
	corner := []string{"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"}
	tile := func(side int) [][]bool {
		modules := make([][]bool, side)
		for y := range modules {
			modules[y] = make([]bool, side)
			for x := range modules[y] {
				modules[y][x] = y%9 < 7 && x%9 < 7 && corner[y%9][x%9] == '#'
			}
		}
		return modules
	}
	if got, err := Read(Code{Modules: tile(450)}.Image(2)); fault.Code(err) != "qr.none" {
		t.Errorf("thousands of corners: %v, %v", got, err)
	}
	img := screen(color.White, color.Black, encode(t, "x"), Code{Modules: tile(27)})
	if got, err := Read(img); err != nil || !slices.Equal(got, []string{"x"}) {
		t.Errorf("nine corners beside a code: %v, %v", got, err)
	}
}

// TestText reads the drawing for terminals back.
func TestText(t *testing.T) {
	c := encode(t, "https://example.org/terminal")
	for _, onLight := range []bool{false, true} {
		var modules [][]bool
		for line := range strings.Lines(c.Text(onLight)) {
			var upper, lower []bool
			for _, r := range strings.TrimSuffix(line, "\n") {
				upper = append(upper, (r == '█' || r == '▀') == onLight)
				lower = append(lower, (r == '█' || r == '▄') == onLight)
			}
			modules = append(modules, upper, lower)
		}
		got := Code{Modules: modules[:len(c.Modules)]}
		if texts, err := Read(got.Image(4)); err != nil || texts[0] != "https://example.org/terminal" {
			t.Errorf("onLight %v: %v, %v", onLight, texts, err)
		}
	}
}

// TestCorpus reads the pictures of codes that point at test credentials.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, "qr"), "*.png"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "dcc-qr__"), ".png")
		want := "https://digitalcredentials.github.io/vc-test-fixtures/verifiableCredentials/" + strings.Replace(name, "-", "/", 3) + ".json"
		picture, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Decode(picture); err != nil || !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{"a", sample(60)} {
		c, err := Encode(text)
		if err != nil {
			f.Fatal(err)
		}
		file, err := c.PNG(2)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if texts, err := Decode(file); err == nil && len(texts) == 0 {
			t.Error("neither a text nor a fault")
		}
	})
}

// FuzzRead flips modules, which reaches deeper than flipping bytes of a file.
func FuzzRead(f *testing.F) {
	base := encode(f, sample(60))
	f.Add([]byte{0, 0, 9, 9})
	f.Fuzz(func(t *testing.T, flips []byte) {
		modules := make([][]bool, len(base.Modules))
		for i, row := range base.Modules {
			modules[i] = slices.Clone(row)
		}
		for i := 0; i+1 < len(flips); i += 2 {
			row := modules[int(flips[i])%len(modules)]
			x := int(flips[i+1]) % len(row)
			row[x] = !row[x]
		}
		if texts, err := Read(Code{Modules: modules}.Image(3)); err == nil && len(texts) == 0 {
			t.Error("neither a text nor a fault")
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	for _, n := range []int{100, 1000, 2953} {
		text := sample(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Encode(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkReadScreen(b *testing.B) {
	img := screen(color.White, color.Black, encode(b, sample(300)), encode(b, "x"))
	for b.Loop() {
		if _, err := Read(img); err != nil {
			b.Fatal(err)
		}
	}
}
