package model

import (
	"bytes"
	"context"
	"hash/fnv"
	"image"
	"image/color"
	_ "image/gif"  // pictures of badges
	_ "image/jpeg" // pictures of badges
	_ "image/png"  // pictures of badges
	"slices"
	"strings"
	"unicode"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/wallet"
)

// EmblemView is the mark of a badge: its picture, or initials on a colour picked
// by Hash.
type EmblemView struct {
	Initials string
	Hash     uint32
	Picture  image.Image // nil until it is loaded, or when there is none
}

// CardView is a badge in a grid or list.
type CardView struct {
	ID      string
	Name    string
	Issuer  string
	Pill    Pill
	Emblem  EmblemView
	Sample  bool
	Damaged bool // its record can't be read: only removing it makes sense
}

func emblem(name, issuer string) EmblemView {
	h := fnv.New32a()
	h.Write([]byte(issuer + "\n" + name)) // never fails: hash.Hash says so
	return EmblemView{Initials: initials(name), Hash: h.Sum32()}
}

// initials are the first letters of the first two words.
func initials(name string) string {
	var out []rune
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		for _, r := range word {
			out = append(out, unicode.ToUpper(r))
			break
		}
		if len(out) == 2 {
			break
		}
	}
	return string(out)
}

// Limits of pictures: foreign bytes that are decoded here.
const (
	maxPixels    = 16 << 20
	emblemSide   = 192 // pixels of the longer side that are kept
	maxPictures  = 300 // kept at once, about 40 MB
	maxWaiting   = 60  // pictures asked for and not loaded: the oldest are forgotten
	pixelSamples = 4   // points averaged along a side of one pixel
)

// pictures keeps the pictures that were loaded last.
type pictures struct {
	have  map[string]image.Image // nil: there is none
	order []string
}

// picture gives the picture of a row, or nil and loads it; loaded is called when
// it came. Pictures are loaded one after the other, the last asked for first: that
// is what is on the screen.
func (b *base) picture(r wallet.Row, loaded func(id string)) image.Image {
	if r.Image != wallet.Embedded {
		return nil
	}
	if img, ok := b.desk.pictures.have[r.ID]; ok {
		return img
	}
	b.wanted = append(slices.DeleteFunc(b.wanted, func(id string) bool { return id == r.ID }), r.ID)
	if n := len(b.wanted); n > maxWaiting {
		b.wanted = b.wanted[n-maxWaiting:]
	}
	b.loadPicture(loaded)
	return nil
}

func (b *base) loadPicture(loaded func(id string)) {
	n := len(b.wanted)
	if b.loading || n == 0 {
		return
	}
	id := b.wanted[n-1]
	b.wanted, b.loading = b.wanted[:n-1], true
	task.Run(b.run, func(context.Context) (image.Image, error) {
		raw, _, err := b.desk.Wallet.Picture(id)
		if err != nil {
			return nil, err
		}
		return thumbnail(raw), nil
	}, func(img image.Image, _ error) {
		b.loading = false
		b.desk.pictures.keep(id, img)
		if img != nil {
			loaded(id)
		}
		b.loadPicture(loaded)
	})
}

func (p *pictures) keep(id string, img image.Image) {
	if p.have == nil {
		p.have = map[string]image.Image{}
	}
	if _, ok := p.have[id]; !ok {
		p.order = append(p.order, id)
	}
	p.have[id] = img
	if len(p.order) > maxPictures {
		delete(p.have, p.order[0])
		p.order = p.order[1:]
	}
}

// thumbnail decodes a picture and makes it small; nil when it can't be read.
func thumbnail(raw []byte) image.Image {
	c, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil
	}
	return shrink(img)
}

// shrink makes a picture at most emblemSide long, its shape kept.
func shrink(img image.Image) image.Image {
	from := img.Bounds()
	w, h := from.Dx(), from.Dy()
	longer := max(w, h)
	if longer <= emblemSide {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, w*emblemSide/longer), max(1, h*emblemSide/longer)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, average(img, from, out.Rect, x, y))
		}
	}
	return out
}

// average is the mean colour of the part of img that becomes one pixel, by a few
// points of it.
func average(img image.Image, from, to image.Rectangle, x, y int) color.Color {
	var r, g, b, a, n uint32
	for j := range pixelSamples {
		for i := range pixelSamples {
			px := from.Min.X + (x*pixelSamples+i)*from.Dx()/(to.Dx()*pixelSamples)
			py := from.Min.Y + (y*pixelSamples+j)*from.Dy()/(to.Dy()*pixelSamples)
			pr, pg, pb, pa := img.At(px, py).RGBA()
			r, g, b, a, n = r+pr, g+pg, b+pb, a+pa, n+1
		}
	}
	return color.RGBA64{R: uint16(r / n), G: uint16(g / n), B: uint16(b / n), A: uint16(a / n)}
}

// card makes the card of a row.
func (b *base) card(r wallet.Row, loaded func(id string)) CardView {
	if r.Damaged {
		return CardView{ID: r.ID, Name: b.t("card.damaged"), Pill: Pill{Tone: Bad, Icon: IconWarning, Text: b.t("card.unreadable")}, Damaged: true, Sample: b.desk.Sample}
	}
	e := emblem(r.Name, r.Issuer)
	e.Picture = b.picture(r, loaded)
	return CardView{ID: r.ID, Name: orElse(r.Name, b.t("card.unnamed")), Issuer: orElse(r.Issuer, b.t("issuer.unnamed")), Pill: b.pill(r.Verdict), Emblem: e, Sample: b.desk.Sample}
}
