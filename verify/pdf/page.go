package pdf

import (
	"image"
	"iter"
	"math"
)

// Limits for pages.
const (
	maxPages  = 5       // that are drawn
	maxPage   = 8 << 20 // dots of one
	dots      = 4       // of a point, 1/72 inch, where the page is not too large for that
	fewest    = 40      // shapes without which a page is not drawn: no code has so few
	maxForms  = 200     // drawings used in the drawings of one page
	maxNested = 4       // drawings in each other
	maxStates = 64
	maxWork   = 64 << 20 // dots filled and edges looked at for one page
)

// Pages gives the first pages on which many areas are filled, in black and shades of
// grey: that is how codes are drawn that are no pictures. Nothing else is drawn:
// no text, no lines, no pictures.
func (d *Document) Pages() iter.Seq[image.Image] {
	return func(yield func(image.Image) bool) {
		count := 0
		for _, number := range d.order {
			m, ok := d.objects[number].value.(dict)
			if !ok || m["Type"] != name("Page") {
				continue
			}
			if count++; count > maxPages {
				return
			}
			if p := d.page(m); p != nil && !yield(p) {
				return
			}
		}
	}
}

// page draws one page; nil where there is too little on it.
func (d *Document) page(m dict) image.Image {
	box := d.box(m)
	w, h := box[2]-box[0], box[3]-box[1]
	scale := math.Min(dots, math.Sqrt(maxPage/(w*h)))
	p := &painter{d: d, page: image.NewGray(image.Rect(0, 0, int(w*scale), int(h*scale)))}
	if p.page.Rect.Empty() {
		return nil
	}
	for i := range p.page.Pix {
		p.page.Pix[i] = 255
	}
	p.at = matrix{scale, 0, 0, -scale, -box[0] * scale, box[3] * scale}
	parts := array{m["Contents"]} // one stream, or several that go on from each other
	if list, ok := d.resolve(m["Contents"]).(array); ok {
		parts = list
	}
	for _, part := range parts {
		if r, ok := part.(ref); ok {
			if b, ok := d.stream(int(r)); ok {
				p.content = append(append(p.content, b...), '\n')
			}
		}
	}
	p.draw(p.content, d.dict(d.inherited(m, "Resources")))
	if p.shapes < fewest {
		return nil
	}
	return p.page
}

// inherited gives a member of a page, or of what the page stands in (ISO 32000-2,
// section 7.7.3.4).
func (d *Document) inherited(m dict, member string) any {
	for range 8 {
		if v, ok := m[member]; ok {
			return d.resolve(v)
		}
		m = d.dict(m["Parent"])
	}
	return nil
}

// box is the size of a page: left, bottom, right, top. One that makes no sense is
// taken as A4.
func (d *Document) box(m dict) [4]float64 {
	list, _ := d.inherited(m, "MediaBox").(array)
	var box [4]float64
	for i := range min(4, len(list)) {
		box[i], _ = float(d.resolve(list[i]))
	}
	w, h := box[2]-box[0], box[3]-box[1]
	if !(w >= 10 && h >= 10 && w <= 15000 && h <= 15000 && math.Abs(box[0]) < 15000 && math.Abs(box[1]) < 15000) {
		return [4]float64{0, 0, 595, 842}
	}
	return box
}

func float(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// matrix maps points (section 8.3.3).
type matrix [6]float64

// in gives the matrix that maps by m first, then by outer.
func (m matrix) in(outer matrix) matrix {
	return matrix{
		m[0]*outer[0] + m[1]*outer[2], m[0]*outer[1] + m[1]*outer[3],
		m[2]*outer[0] + m[3]*outer[2], m[2]*outer[1] + m[3]*outer[3],
		m[4]*outer[0] + m[5]*outer[2] + outer[4], m[4]*outer[1] + m[5]*outer[3] + outer[5],
	}
}

func (m matrix) point(x, y float64) point {
	return point{m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]}
}

type point struct{ x, y float64 }
