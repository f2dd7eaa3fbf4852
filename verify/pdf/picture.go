package pdf

import (
	"bytes"
	"image"
	"image/jpeg"
	"iter"
	"slices"
)

// Pictures gives the pictures of the document in shades of grey, on white where
// they are clear. One of a kind that is not built in (fax, JPEG 2000, JBIG2) or
// that breaks a limit is left out.
func (d *Document) Pictures() iter.Seq[image.Image] {
	return func(yield func(image.Image) bool) {
		count, pixels := 0, 0
		for _, number := range d.order {
			o := d.objects[number]
			m, ok := o.value.(dict)
			if !ok || m["Subtype"] != name("Image") || o.start == 0 {
				continue
			}
			w, h := d.or(m["Width"], 0), d.or(m["Height"], 0)
			if w < 21 || h < 21 || w > maxPixels/h || pixels+w*h > maxPixels {
				continue // no code is smaller than 21 dots
			}
			if count++; count > maxPictures {
				return
			}
			pixels += w * h
			if p := d.picture(o, m, w, h); p != nil && !yield(p) {
				return
			}
		}
	}
}

// picture reads one picture; nil where that can't be done.
func (d *Document) picture(o *object, m dict, w, h int) image.Image {
	b, format, err := d.unpack(o)
	switch {
	case err != nil:
		return nil
	case format == "JPEG":
		size, err := jpeg.DecodeConfig(bytes.NewReader(b))
		if err != nil || size.Width*size.Height > w*h {
			return nil // not the size it says
		}
		p, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			return nil
		}
		return p
	}
	grey := d.grey(b, m, w, h)
	if grey == nil {
		return nil
	}
	d.onWhite(grey, m)
	return grey
}

// grey reads samples as they stand, one line after the other.
func (d *Document) grey(b []byte, m dict, w, h int) *image.Gray {
	bits, shade := d.or(m["BitsPerComponent"], 8), d.shades(m)
	if m["ImageMask"] == true {
		bits, shade = 1, func(c []int) byte { return byte(255 * c[0]) }
	}
	n := d.components(m)
	row := (w*n*bits + 7) / 8
	if n == 0 || shade == nil || bits != 1 && bits != 2 && bits != 4 && bits != 8 || len(b) < row*h {
		return nil
	}
	out := image.NewGray(image.Rect(0, 0, w, h))
	c := make([]int, n)
	for y := range h {
		line := b[y*row:]
		for x := range w {
			for k := range n {
				at := (x*n + k) * bits
				c[k] = int(line[at/8]) >> (8 - bits - at%8) & (1<<bits - 1)
			}
			out.Pix[y*out.Stride+x] = shade(c)
		}
	}
	return out
}

// components says how many samples a pixel has; 0 where that is not known
// (section 8.6).
func (d *Document) components(m dict) int {
	if m["ImageMask"] == true {
		return 1
	}
	return d.spaceComponents(d.space(m))
}

func (d *Document) space(m dict) any {
	if v, ok := m["ColorSpace"]; ok {
		return d.resolve(v)
	}
	return d.resolve(m["CS"])
}

func (d *Document) spaceComponents(space any) int {
	family := space
	list, _ := space.(array)
	if len(list) > 0 {
		family = d.resolve(list[0])
	}
	switch family {
	case name("DeviceGray"), name("G"), name("CalGray"), name("Indexed"), name("I"):
		return 1
	case name("DeviceRGB"), name("RGB"), name("CalRGB"):
		return 3
	case name("DeviceCMYK"), name("CMYK"):
		return 4
	case name("ICCBased"):
		if len(list) > 1 {
			if n := d.or(d.dict(list[1])["N"], 0); n == 1 || n == 3 || n == 4 {
				return n
			}
		}
	}
	return 0
}

// shades gives the way from samples to a shade of grey; nil where that is not
// known.
func (d *Document) shades(m dict) func([]int) byte {
	space, bits := d.space(m), d.or(m["BitsPerComponent"], 8)
	full := 1<<min(max(bits, 1), 8) - 1
	if list, ok := space.(array); ok && len(list) == 4 && (list[0] == name("Indexed") || list[0] == name("I")) {
		return d.palette(list)
	}
	if d.spaceComponents(space) == 0 {
		return nil
	}
	return func(c []int) byte { return shade(c, full) }
}

// shade is the brightness of a colour of one, three or four components, each from
// 0 to full (ITU-R BT.601 for red, green and blue).
func shade(c []int, full int) byte {
	switch len(c) {
	case 1:
		return byte(c[0] * 255 / full)
	case 3:
		return byte((299*c[0] + 587*c[1] + 114*c[2]) * 255 / (1000 * full))
	}
	light := full - c[3]
	return byte((299*(full-c[0]) + 587*(full-c[1]) + 114*(full-c[2])) / 1000 * light * 255 / (full * full))
}

// palette reads an indexed space (section 8.6.6.3).
func (d *Document) palette(list array) func([]int) byte {
	n := d.spaceComponents(d.resolve(list[1]))
	var table []byte
	switch v := list[3].(type) {
	case text:
		table = []byte(v)
	case ref:
		table, _ = d.stream(int(v))
		if t, ok := d.resolve(v).(text); ok {
			table = []byte(t)
		}
	}
	if n == 0 {
		return nil
	}
	var shades []byte
	for colour := range slices.Chunk(table[:min(len(table), 256*n)], n) {
		c := make([]int, n)
		for i, v := range colour {
			c[i] = int(v)
		}
		shades = append(shades, shade(c, 255))
	}
	return func(c []int) byte {
		if c[0] < len(shades) {
			return shades[c[0]]
		}
		return 0
	}
}

// onWhite puts a picture with a soft mask on white (section 11.6.5.2). A mask of
// another size is left out.
func (d *Document) onWhite(p *image.Gray, m dict) {
	r, ok := m["SMask"].(ref)
	if !ok || d.objects[int(r)] == nil || d.objects[int(r)].start == 0 {
		return
	}
	o := d.objects[int(r)]
	mask, _ := o.value.(dict)
	w, h := d.or(mask["Width"], 0), d.or(mask["Height"], 0)
	if w != p.Rect.Dx() || h != p.Rect.Dy() {
		return
	}
	b, format, err := d.unpack(o)
	if err != nil || format != "" {
		return
	}
	if clear := d.grey(b, mask, w, h); clear != nil {
		for i, a := range clear.Pix {
			p.Pix[i] = 255 - byte(int(255-p.Pix[i])*int(a)/255)
		}
	}
}
