package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/pdf"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func files(b []byte) []string {
	var out []string
	for f := range pdf.Read(b).Files() {
		out = append(out, string(f))
	}
	return out
}

func TestFiles(t *testing.T) {
	one := []byte(`{"a":1}`)
	tricky := []byte("1 0 obj << >> endobj\nendstream\r\n")
	hex := "90 0 obj << /EF << /F 91 0 R >> >> endobj 91 0 obj << /Filter [/ASCIIHexDecode] /Length 15 >> stream\n7b 22 61223a317d> \nendstream endobj\n"
	base85 := "90 0 obj << /E#46 << /UF 91 0 R >> >> endobj 91 0 obj << /Filter /A85 >> stream\n<~G@><(ATR~>\nendstream endobj\n"
	update := "5 0 obj << /Length 3 >> stream\nnew\nendstream endobj\n"
	cases := map[string]struct {
		in   testkit.PDF
		want []string
	}{
		"none":                        {testkit.PDF{}, nil},
		"one":                         {testkit.PDF{Files: [][]byte{one}}, []string{string(one)}},
		"several":                     {testkit.PDF{Files: [][]byte{one, tricky, []byte("x")}}, []string{string(one), string(tricky), "x"}},
		"not compressed":              {testkit.PDF{Files: [][]byte{one, tricky}, Plain: true}, []string{string(one), string(tricky)}},
		"objects in a stream":         {testkit.PDF{Files: [][]byte{one}, Packed: true}, []string{string(one)}},
		"lengths elsewhere":           {testkit.PDF{Files: [][]byte{one, tricky}, Plain: true, Lengths: true}, []string{string(one), string(tricky)}},
		"in hexadecimal":              {testkit.PDF{Extra: hex}, []string{string(one)}},
		"in base 85, names escaped":   {testkit.PDF{Extra: base85}, []string{"wallet"}},
		"an update of the file":       {testkit.PDF{Files: [][]byte{one}, Extra: update}, []string{"new"}},
		"named twice":                 {testkit.PDF{Files: [][]byte{one}, Extra: "90 0 obj [<< /EF << /F 5 0 R >> >> << /EF << /F 5 0 R >> >>] endobj\n"}, []string{string(one)}},
		"a stream without an end":     {testkit.PDF{Extra: "90 0 obj << /EF << /F 91 0 R >> >> endobj 91 0 obj << /Length 99999 >> stream\nabc"}, nil},
		"a file that is not there":    {testkit.PDF{Extra: "90 0 obj << /EF << /F 99 0 R >> >> endobj\n"}, nil},
		"references in a circle":      {testkit.PDF{Extra: "90 0 obj << /EF 91 0 R >> endobj 91 0 obj 92 0 R endobj 92 0 obj 91 0 R endobj\n"}, nil},
		"a filter that is not known":  {testkit.PDF{Extra: "90 0 obj << /EF << /F 91 0 R >> >> endobj 91 0 obj << /Filter /Crypt /Length 1 >> stream\nx\nendstream endobj\n"}, nil},
		"a picture as attached file":  {testkit.PDF{Extra: "90 0 obj << /EF << /F 91 0 R >> >> endobj 91 0 obj << /Filter /DCTDecode /Length 1 >> stream\nx\nendstream endobj\n"}, nil},
		"strings with brackets":       {testkit.PDF{Files: [][]byte{one}, Extra: `90 0 obj (a (b) \) \050 \\) endobj` + "\n"}, []string{string(one)}},
		"comments between":            {testkit.PDF{Extra: "90 0 obj % << a\n<< /EF % b\n<< /F 91 0 R >> >> endobj 91 0 obj <</Length 1>> stream\nx\nendstream\n"}, []string{"x"}},
		"a broken object beside":      {testkit.PDF{Files: [][]byte{one}, Extra: "90 0 obj << /A ] >> endobj\n91 0 obj << /B\n"}, []string{string(one)}},
		"no number in front":          {testkit.PDF{Extra: "obj << /EF << /F 91 0 R >> >> 91 0 obj <</Length 1>> stream\nx\nendstream\n"}, nil},
		"the number after other text": {testkit.PDF{Files: [][]byte{one}, Extra: "endobj90 0 obj 1 endobj\n"}, []string{string(one)}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := files(c.in.Bytes(t))
			if c.want == nil && name == "a stream without an end" {
				if len(got) != 1 || !strings.HasPrefix(got[0], "abc") {
					t.Errorf("got %q", got)
				}
				return
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// dots is a picture with a known pattern.
func dots(w, h int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = byte(i * 37)
	}
	return p
}

func pictures(b []byte) []image.Image {
	var out []image.Image
	for p := range pdf.Read(b).Pictures() {
		out = append(out, p)
	}
	return out
}

func object(n int, head string, data []byte) string {
	return fmt.Sprintf("%d 0 obj << %s /Length %d >> stream\n%s\nendstream endobj\n", n, head, len(data), data)
}

// TestPictures writes the same picture in each way that is read.
func TestPictures(t *testing.T) {
	const w, h = 24, 22
	p := dots(w, h)
	size := fmt.Sprintf("/Subtype /Image /Width %d /Height %d ", w, h)
	var rgb, cmyk, up, bits []byte
	var last [w]byte
	for y := range h {
		line := p.Pix[y*w : (y+1)*w]
		up = append(up, 2)
		var packed [w / 8]byte
		for x, v := range line {
			rgb, cmyk = append(rgb, v, v, v), append(cmyk, 0, 0, 0, 255-v)
			up = append(up, v-last[x])
			packed[x/8] |= (v >> 7) << (7 - x%8)
		}
		bits = append(bits, packed[:]...)
		copy(last[:], line)
	}
	palette := make([]byte, 256)
	for i := range palette {
		palette[i] = byte(i)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, p, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	flate := func(b []byte) []byte { return testkit.Deflate(t, b) }
	black := func(x, y int) color.Gray { return color.Gray{Y: byte(255 * (int(p.GrayAt(x, y).Y) >> 7))} }
	same := func(x, y int) color.Gray { return p.GrayAt(x, y) }
	cases := map[string]struct {
		in   string
		want func(x, y int) color.Gray
		off  int // how far a shade may be off
	}{
		"grey":            {object(9, size+"/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode", flate(p.Pix)), same, 0},
		"with predictor":  {object(9, size+"/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /Columns 24 >>", flate(up)), same, 0},
		"colours":         {object(9, size+"/BitsPerComponent 8 /ColorSpace [/ICCBased 8 0 R] /Filter [/FlateDecode]", flate(rgb)) + object(8, "/N 3", nil), same, 1},
		"printer colours": {object(9, size+"/BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /FlateDecode", flate(cmyk)), same, 1},
		"a palette":       {object(9, size+"/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceGray 255 8 0 R] /Filter /FlateDecode", flate(p.Pix)) + object(8, "", palette), same, 0},
		"black and white": {object(9, size+"/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode", flate(bits)), black, 0},
		"a stencil":       {object(9, size+"/ImageMask true", bits), black, 0},
		"a photo":         {object(9, size+"/Filter /DCTDecode", photo.Bytes()), same, 12},
		"clear":           {object(9, size+"/BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 8 0 R", make([]byte, w*h)) + object(8, size+"/BitsPerComponent 8 /ColorSpace /DeviceGray", p.Pix), func(x, y int) color.Gray { return color.Gray{Y: 255 - p.GrayAt(x, y).Y} }, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			all := pictures(testkit.PDF{Extra: c.in}.Bytes(t))
			if len(all) == 0 || all[0].Bounds().Dx() != w || all[0].Bounds().Dy() != h {
				t.Fatalf("%d pictures", len(all))
			}
			got := all[len(all)-1] // a mask is a picture too, and comes after
			if name == "clear" {
				got = all[0]
			}
			for y := range h {
				for x := range w {
					a, b := int(color.GrayModel.Convert(got.At(x, y)).(color.Gray).Y), int(c.want(x, y).Y)
					if a-b > c.off || b-a > c.off {
						t.Fatalf("at %d,%d: %d, want %d", x, y, a, b)
					}
				}
			}
		})
	}
}

func TestPicturesLeftOut(t *testing.T) {
	size := "/Subtype /Image /Width 30 /Height 30 "
	for name, in := range map[string]string{
		"too small":          object(9, "/Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 64)),
		"too large":          object(9, "/Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 64)),
		"a negative size":    object(9, "/Subtype /Image /Width -30 /Height -30 /BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 900)),
		"cut":                object(9, size+"/BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 899)),
		"five bits":          object(9, size+"/BitsPerComponent 5 /ColorSpace /DeviceGray", make([]byte, 900)),
		"colours of nobody":  object(9, size+"/BitsPerComponent 8 /ColorSpace /Separation", make([]byte, 900)),
		"fax":                object(9, size+"/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode", make([]byte, 900)),
		"a photo that isn't": object(9, size+"/Filter /DCTDecode", []byte("no")),
		"a wide predictor":   object(9, size+"/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 8 /BitsPerComponent 16 /Columns 40000000 >>", testkit.Deflate(t, make([]byte, 900))),
	} {
		t.Run(name, func(t *testing.T) {
			if got := pictures(testkit.PDF{Extra: in}.Bytes(t)); len(got) != 0 {
				t.Errorf("%d pictures", len(got))
			}
		})
	}
}

// TestBombs: whatever a file of a few megabytes says, it costs a bounded amount.
func TestBombs(t *testing.T) {
	zeros := testkit.Deflate(t, make([]byte, 60<<20))
	twice := testkit.Deflate(t, zeros)
	var many, pics strings.Builder
	for n := range 50 {
		fmt.Fprintf(&many, "%d 0 obj << /EF << /F %d 0 R >> >> endobj\n%s", 100+n, 200+n, object(200+n, "/Filter /FlateDecode", zeros))
		pics.WriteString(object(300+n, "/Subtype /Image /Width 6000 /Height 6000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode", zeros))
	}
	for name, c := range map[string]struct {
		in  string
		mib uint64
	}{
		"files that unpack to gigabytes":    {many.String(), 600},
		"pictures that unpack to gigabytes": {pics.String(), 300},
		"packed twice":                      {"90 0 obj << /EF << /F 91 0 R >> >> endobj\n" + object(91, "/Filter [/FlateDecode /FlateDecode]", twice), 300},
		"objects in streams of zeros":       {object(91, "/Type /ObjStm /N 100000000 /First 50000000 /Filter /FlateDecode", zeros), 300},
		"deep arrays":                       {"90 0 obj " + strings.Repeat("[", 1<<20), 16},
		"deep arrays, many times":           {strings.Repeat("90 0 obj "+strings.Repeat("<</A", 41), 20_000), 64},
		"strings without an end":            {strings.Repeat("90 0 obj (", 300_000), 64},
		"very many members":                 {"90 0 obj <<" + strings.Repeat("/A 1", 2<<20), 64},
		"very many values":                  {"90 0 obj [" + strings.Repeat("1 ", 4<<20), 100},
		"very many objects":                 {strings.Repeat("1 0 obj 1 endobj\n", 400_000), 256},
		"streams without an end":            {strings.Repeat("90 0 obj << >> stream\n", 100_000), 64},
	} {
		t.Run(name, func(t *testing.T) {
			in := testkit.PDF{Extra: c.in}.Bytes(t)
			used := testkit.Cost(func() {
				files(in)
				for range pdf.Read(in).Pictures() {
					continue
				}
			}) >> 20
			if used > c.mib {
				t.Errorf("%d MiB allocated for %d KiB, want at most %d", used, len(in)>>10, c.mib)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, p := range []testkit.PDF{
		{Files: [][]byte{[]byte("{}")}, Packed: true},
		{Files: [][]byte{[]byte("{}")}, Plain: true, Lengths: true, Pictures: []*image.Gray{dots(21, 21)}},
		{Extra: "9 0 obj << /Subtype /Image /Width 21 /Height 21 /BitsPerComponent 1 /ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>] >> stream\n" + strings.Repeat("ab", 40)},
	} {
		f.Add(p.Bytes(f))
	}
	f.Add(testkit.PDF{Extra: page(chequered(func(x, y int) string { return fmt.Sprintf("%d %d 5 5 re ", x, y) }, "f ", ""), "")}.Bytes(f))
	f.Fuzz(func(_ *testing.T, in []byte) {
		d := pdf.Read(in)
		for range d.Files() {
			continue
		}
		for range d.Pictures() {
			continue
		}
		for range d.Pages() {
			continue
		}
		d.Encrypted()
	})
}
