package status

import (
	"bufio"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxBytes bounds an unpacked list: 134 million entries of one bit. It is also
// the guard against lists that grow without end when they are unpacked.
const maxBytes = 16 << 20

// Value unpacks an encoded list and gives the value of size bits at index, and how
// many entries there are. The list is streamed: only the bytes of the value are
// kept. The kinds differ in all three points where they could:
//
//	Bitstring  "u" + base64url, GZIP, leftmost bit first
//	List2021   base64url without "u", GZIP, leftmost bit first
//	List2020   base64, ZLIB by its text and GZIP in practice, leftmost bit first
//	Token      base64url, ZLIB, rightmost bit first
func (k Kind) Value(packed string, index uint64, size uint) (value, entries uint64, err error) {
	if size == 0 || size > maxSize {
		return 0, 0, fmt.Errorf("%w: size %d", ErrEntry, size)
	}
	r, err := k.unpack(packed)
	if err != nil {
		return 0, 0, err
	}
	defer r.Close()
	w := window{first: index * uint64(size) / 8, last: (index*uint64(size) + uint64(size) - 1) / 8}
	if index > maxBytes*8/uint64(size) {
		w.first, w.last = maxBytes, maxBytes // beyond any list: still read to the end, to say how long it is
	}
	if err := w.fill(r); err != nil {
		return 0, 0, err
	}
	return k.entry(w.kept, w.total, index, size)
}

// entry reads the entry at index of a list of total bytes; kept begins with its
// first byte.
func (k Kind) entry(kept []byte, total, index uint64, size uint) (value, entries uint64, err error) {
	entries = total * 8 / uint64(size)
	if index >= entries {
		return 0, entries, fmt.Errorf("%w: %d of %d", ErrRange, index, entries)
	}
	return k.pick(kept, uint(index*uint64(size)%8), size), entries, nil
}

// Unpacked is an encoded list with its bits kept, for many questions.
type Unpacked struct {
	kind Kind
	bits []byte
}

// Unpack unpacks a list as Value does and keeps all of it, which may be most bytes;
// a longer one is ErrTooLarge.
func (k Kind) Unpack(packed string, most uint64) (*Unpacked, error) {
	r, err := k.unpack(packed)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	w := window{last: most}
	if err := w.fill(io.LimitReader(r, int64(most)+1)); err != nil {
		return nil, err
	}
	if w.total > most {
		return nil, ErrTooLarge
	}
	return &Unpacked{k, slices.Clip(w.kept)}, nil
}

// Value gives what Kind.Value would for the same list.
func (u *Unpacked) Value(index uint64, size uint) (value, entries uint64, err error) {
	if size == 0 || size > maxSize {
		return 0, 0, fmt.Errorf("%w: size %d", ErrEntry, size)
	}
	total := uint64(len(u.bits))
	from := min(index/8*uint64(size)+index%8*uint64(size)/8, total)
	return u.kind.entry(u.bits[from:], total, index, size)
}

// window keeps the bytes first to last of a stream and counts all of them.
type window struct {
	first, last, total uint64
	kept               []byte
}

func (w *window) fill(r io.Reader) error {
	buf := make([]byte, 8<<10)
	for {
		n, err := r.Read(buf)
		w.take(buf[:n])
		switch {
		case w.total > maxBytes:
			return ErrTooLarge
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%w: %w", ErrEncoding, err)
		}
	}
}

func (w *window) take(b []byte) {
	start, end := w.total, w.total+uint64(len(b))
	w.total = end
	if from, to := max(start, w.first), min(end, w.last+1); from < to {
		w.kept = append(w.kept, b[from-start:to-start]...)
	}
}

// pick reads size bits from bit offset of b.
func (k Kind) pick(b []byte, offset, size uint) uint64 {
	var v uint64
	for i := range size {
		at := offset + i
		if k == Token { // least significant bit first, within the byte and within the value
			v |= uint64(b[at/8]>>(at%8)&1) << i
		} else {
			v = v<<1 | uint64(b[at/8]>>(7-at%8)&1)
		}
	}
	return v
}

// unpack gives the bits of an encoded list as a stream.
func (k Kind) unpack(packed string) (io.ReadCloser, error) {
	enc := base64.RawURLEncoding
	switch k {
	case Bitstring:
		rest, ok := strings.CutPrefix(packed, "u")
		if !ok {
			return nil, fmt.Errorf("%w: no multibase prefix u", ErrEncoding)
		}
		packed = rest
	case List2021, List2020:
		packed = strings.TrimRight(packed, "=")
		if strings.ContainsAny(packed, "+/") { // written by software that took the wrong alphabet
			enc = base64.RawStdEncoding
		}
	}
	if strings.IndexByte(packed, '\r') >= 0 || strings.IndexByte(packed, '\n') >= 0 { // the decoder would skip them
		return nil, fmt.Errorf("%w: line break", ErrEncoding)
	}
	return k.inflate(&decoder{enc: enc, rest: packed})
}

// decoder reads the bytes that a text without padding and line breaks stands for.
type decoder struct {
	enc   *base64.Encoding
	rest  string
	text  [4096]byte // four letters are three bytes, so no piece but the last ends within some
	bytes [3072]byte
	left  []byte // of bytes, not yet handed on
}

func (d *decoder) Read(p []byte) (int, error) {
	if len(d.left) == 0 {
		if d.rest == "" {
			return 0, io.EOF
		}
		n := copy(d.text[:], d.rest)
		d.rest = d.rest[n:]
		n, err := d.enc.Decode(d.bytes[:], d.text[:n])
		if err != nil {
			return 0, err
		}
		d.left = d.bytes[:n]
	}
	n := copy(p, d.left)
	d.left = d.left[n:]
	return n, nil
}

func (k Kind) inflate(r io.Reader) (io.ReadCloser, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(2)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	isGzip := head[0] == 0x1f && head[1] == 0x8b // RFC 1952, section 2.3.1
	var z io.ReadCloser
	switch {
	case k == Token, k == List2020 && !isGzip:
		z, err = zlib.NewReader(b)
	default:
		z, err = gzip.NewReader(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	return z, nil
}
