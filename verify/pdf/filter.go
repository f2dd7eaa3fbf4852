package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"io"
)

var errFilter = errors.New("a way of packing that is not built in, or broken")

// raw gives the bytes of a stream as they stand in the file. Where its length is
// an object of its own, that is known only now.
func (d *Document) raw(o *object) []byte {
	m, _ := o.value.(dict)
	if r, ok := m["Length"].(ref); ok {
		if n, ok := d.number(r); ok && d.endsAt(o.start, n) {
			return d.b[o.start : o.start+n]
		}
	}
	b := d.b[o.start:o.end]
	if n, ok := m["Length"].(int); !ok || n != len(b) { // it was found by its end, before which a line may end
		b = bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
	}
	return b
}

// stream unpacks a stream wholly; ok is false where that can't be done.
func (d *Document) stream(number int) ([]byte, bool) {
	o := d.objects[number]
	if o == nil || o.start == 0 {
		return nil, false
	}
	b, left, err := d.unpack(o)
	return b, err == nil && left == ""
}

// unpack takes off the filters of a stream (section 7.4) up to the first that is
// a format of pictures, whose name it gives.
func (d *Document) unpack(o *object) (b []byte, picture string, err error) {
	m := o.value.(dict)
	b = d.raw(o)
	filters, parms := d.list(m, "Filter", "F"), d.list(m, "DecodeParms", "DP")
	if len(filters) > 4 {
		return nil, "", errFilter
	}
	for i, f := range filters {
		var p dict
		if i < len(parms) {
			p = d.dict(parms[i])
		}
		kind, _ := d.resolve(f).(name)
		switch kind {
		case "DCTDecode", "DCT":
			return b, "JPEG", nil
		case "FlateDecode", "Fl":
			b, err = d.inflate(b, p)
		case "ASCIIHexDecode", "AHx":
			b, err = unhex(b)
		case "ASCII85Decode", "A85":
			b, err = un85(b)
		default:
			err = errFilter
		}
		if err != nil {
			return nil, "", err
		}
	}
	return b, "", nil
}

// list gives a member that is one value or an array of them.
func (d *Document) list(m dict, names ...string) array {
	for _, n := range names {
		switch v := d.resolve(m[n]).(type) {
		case nil:
		case array:
			return v
		default:
			return array{v}
		}
	}
	return nil
}

// inflate unpacks within what is left for the document. What comes before an
// error counts: a checksum is often missing.
func (d *Document) inflate(b []byte, p dict) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	limit := max(0, min(maxStream, maxUnpacked-d.unpacked))
	n, err := io.Copy(&out, io.LimitReader(z, int64(limit)+1))
	d.unpacked += int(n)
	if int(n) > limit || n == 0 && err != nil {
		return nil, errFilter
	}
	return d.predicted(out.Bytes(), p)
}

func unhex(b []byte) ([]byte, error) {
	b, _, _ = bytes.Cut(b, []byte(">"))
	b = bytes.Join(bytes.Fields(b), nil)
	if len(b)%2 == 1 {
		b = append(b, '0')
	}
	out := make([]byte, len(b)/2)
	_, err := hex.Decode(out, b)
	return out, err
}

func un85(b []byte) ([]byte, error) {
	b, _, _ = bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(b), []byte("<~")), []byte("~>"))
	out := make([]byte, 4*len(b)) // a z is four bytes
	n, _, err := ascii85.Decode(out, b, true)
	return out[:n], err
}

// predicted undoes the PNG predictors (section 7.4.4.4), which most pictures and
// many streams of objects use. The one of TIFF is rare and not built in.
func (d *Document) predicted(b []byte, p dict) ([]byte, error) {
	kind, ok := d.number(p["Predictor"])
	if !ok || kind < 2 {
		return b, nil
	}
	colours, bits, columns := d.or(p["Colors"], 1), d.or(p["BitsPerComponent"], 8), d.or(p["Columns"], 1)
	if kind < 10 || colours < 1 || colours > 8 || bits < 1 || bits > 16 || columns < 1 || columns > maxPixels {
		return nil, errFilter
	}
	pixel := max(1, colours*bits/8)
	row := (colours*bits*columns + 7) / 8
	if row > len(b) {
		return nil, errFilter
	}
	out := make([]byte, 0, len(b))
	last := make([]byte, row)
	for len(b) > 1 {
		n := min(row, len(b)-1)
		line := make([]byte, row)
		copy(line, b[1:1+n])
		if err := unpredict(b[0], line, last, pixel); err != nil {
			return nil, err
		}
		out, last, b = append(out, line...), line, b[1+n:]
	}
	return out, nil
}

func (d *Document) or(v any, otherwise int) int {
	if n, ok := d.number(v); ok {
		return n
	}
	return otherwise
}

// unpredict undoes one line's filter (PNG third edition, section 9).
func unpredict(kind byte, line, last []byte, pixel int) error {
	for i := range line {
		var left, corner byte
		if i >= pixel {
			left, corner = line[i-pixel], last[i-pixel]
		}
		switch kind {
		case 0:
			return nil
		case 1:
			line[i] += left
		case 2:
			line[i] += last[i]
		case 3:
			line[i] += byte((int(left) + int(last[i])) / 2)
		case 4:
			line[i] += paeth(left, last[i], corner)
		default:
			return errFilter
		}
	}
	return nil
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
