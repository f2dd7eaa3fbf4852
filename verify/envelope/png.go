package envelope

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

const pngSignature = "\x89PNG\r\n\x1a\n"

// Limits for what is baked into a picture.
const (
	maxBaked  = 16 << 20 // inflated text of one chunk
	maxChunks = 100000
)

// Keywords of badge chunks, the one that counts first: Open Badges 3.0 section
// 5.3.1.1, and Open Badges 1.0 to 2.1.
var keywords = []string{"openbadgecredential", "openbadges"}

var (
	errCut  = errors.New("picture ends inside a chunk")
	errText = errors.New("text chunk can't be read")
)

// chunk is one piece of a PNG (PNG third edition section 5.3).
type chunk struct {
	kind       string
	data       []byte
	start, end int // where it stands, with length and CRC
	crc        bool
}

// chunks walks over the chunks of a PNG up to IEND; the pieces share b's memory.
// A picture that ends early gives what there is, and errCut.
func chunks(b []byte) ([]chunk, error) {
	var out []chunk
	for i := len(pngSignature); len(out) < maxChunks; {
		if i == len(b) && len(out) > 0 {
			return out, errCut
		}
		if len(b)-i < 12 {
			return out, errCut
		}
		n := int(binary.BigEndian.Uint32(b[i:]))
		if n < 0 || n > len(b)-i-12 {
			return out, errCut
		}
		c := chunk{kind: string(b[i+4 : i+8]), data: b[i+8 : i+8+n], start: i, end: i + 12 + n}
		c.crc = crc32.ChecksumIEEE(b[i+4:i+8+n]) == binary.BigEndian.Uint32(b[i+8+n:])
		out = append(out, c)
		if i = c.end; c.kind == "IEND" {
			return out, nil
		}
	}
	return out, errCut
}

// keyword gives the keyword of a text chunk, or "".
func (c chunk) keyword() string {
	if c.kind != "iTXt" && c.kind != "tEXt" && c.kind != "zTXt" {
		return ""
	}
	i := bytes.IndexByte(c.data[:min(len(c.data), 80)], 0)
	if i < 0 {
		return ""
	}
	return string(c.data[:i])
}

// text gives the text of a text chunk (PNG sections 11.3.3.2 to 11.3.3.4).
func (c chunk) text() ([]byte, error) {
	rest := c.data[len(c.keyword())+1:]
	switch c.kind {
	case "tEXt":
		return latin1(rest), nil
	case "zTXt":
		if len(rest) < 1 || rest[0] != 0 {
			return nil, errText
		}
		b, err := inflate(rest[1:])
		return latin1(b), err
	}
	if len(rest) < 2 {
		return nil, errText
	}
	packed, method := rest[0], rest[1]
	rest = rest[2:]
	for range 2 { // language tag, translated keyword
		i := bytes.IndexByte(rest, 0)
		if i < 0 {
			return nil, errText
		}
		rest = rest[i+1:]
	}
	switch {
	case packed == 0:
		return rest, nil
	case packed == 1 && method == 0:
		return inflate(rest)
	}
	return nil, errText
}

func inflate(b []byte) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, errText
	}
	out, err := io.ReadAll(io.LimitReader(z, maxBaked+1))
	if err != nil || len(out) > maxBaked {
		return nil, errText
	}
	return out, nil
}

// latin1 reads text of a chunk that is Latin-1 by the book and UTF-8 in practice.
func latin1(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = rune(c)
	}
	return []byte(string(out))
}

// baked lists the badge chunks: those with the first keyword that occurs.
func bakedChunks(all []chunk) []chunk {
	for _, word := range keywords {
		found := slices.DeleteFunc(slices.Clone(all), func(c chunk) bool { return c.keyword() != word })
		if len(found) > 0 {
			// iTXt before tEXt: a picture that was baked again may still have the older
			// kind, with no more than an address (Badge Baking 1.0, Extracting).
			slices.SortStableFunc(found, func(a, b chunk) int { return strings.Compare(a.kind, b.kind) })
			return found
		}
	}
	return nil
}
