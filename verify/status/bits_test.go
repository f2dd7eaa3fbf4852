package status

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// pack encodes bytes as the kind's standard says.
func pack(t testing.TB, k Kind, b []byte) string {
	t.Helper()
	var buf bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&buf)
	if k == Token || k == List2020 {
		w = zlib.NewWriter(&buf)
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	switch k {
	case Bitstring:
		return "u" + base64.RawURLEncoding.EncodeToString(buf.Bytes())
	case List2020:
		return base64.StdEncoding.EncodeToString(buf.Bytes())
	}
	return base64.RawURLEncoding.EncodeToString(buf.Bytes())
}

func TestValue(t *testing.T) {
	tests := []struct {
		name  string
		kind  Kind
		bytes []byte
		size  uint
		want  []uint64
	}{
		{"bitstring, leftmost first", Bitstring, []byte{0x80, 0x01}, 1, []uint64{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}},
		{"list 2021, leftmost first", List2021, []byte{0x40}, 1, []uint64{0, 1, 0, 0, 0, 0, 0, 0}},
		{"list 2020, leftmost first", List2020, []byte{0x02}, 1, []uint64{0, 0, 0, 0, 0, 0, 1, 0}},
		{"token, rightmost first", Token, []byte{0xb9, 0xa3}, 1, []uint64{1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1}},
		{"token, two bits", Token, []byte{0xc9, 0x44, 0xf9}, 2, []uint64{1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3}},
		{"token, four bits", Token, []byte{0x21, 0xf0}, 4, []uint64{1, 2, 0, 15}},
		{"token, eight bits", Token, []byte{7, 255}, 8, []uint64{7, 255}},
		{"bitstring, two bits", Bitstring, []byte{0b00_01_10_11}, 2, []uint64{0, 1, 2, 3}},
		{"bitstring, three bits over a byte's edge", Bitstring, []byte{0b001_010_01, 0b1_100_101_0}, 3, []uint64{1, 2, 3, 4, 5}},
		{"bitstring, thirty-two bits", Bitstring, []byte{1, 2, 3, 4}, 32, []uint64{0x01020304}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			packed := pack(t, tt.kind, tt.bytes)
			for i, want := range tt.want {
				got, entries, err := tt.kind.Value(packed, uint64(i), tt.size)
				if err != nil || got != want || entries != uint64(len(tt.want)) {
					t.Errorf("at %d: got %d of %d entries, %v; want %d", i, got, entries, err, want)
				}
			}
			if _, _, err := tt.kind.Value(packed, uint64(len(tt.want)), tt.size); !errors.Is(err, ErrRange) {
				t.Errorf("one past the end: %v", err)
			}
		})
	}
}

// A long list is streamed in pieces: a value that stands where two pieces meet is
// read whole, and the place of the only set bit is found exactly.
func TestValueInLongList(t *testing.T) {
	bits := make([]byte, 100_000)
	for _, i := range []int{0, 32767, 32768, 99_999} {
		bits[i] = 0x81
	}
	for _, k := range []Kind{Bitstring, List2021, List2020} {
		packed := pack(t, k, bits)
		for i, want := range map[uint64]uint64{0: 1, 1: 0, 7: 1, 262143: 1, 262144: 1, 262145: 0, 799_999: 1, 799_998: 0} {
			if got, n, err := k.Value(packed, i, 1); err != nil || got != want || n != 800_000 {
				t.Errorf("%s at %d: %d of %d, %v", k, i, got, n, err)
			}
		}
		if got, _, err := k.Value(packed, 16383*2+1, 8); err != nil || got != 0x81 {
			t.Errorf("%s, eight bits: %#x, %v", k, got, err)
		}
	}
}

func TestValueRefuses(t *testing.T) {
	good := pack(t, Bitstring, make([]byte, 64))
	flipped := []byte(good)
	flipped[len(flipped)-4] ^= 1
	tests := []struct {
		name   string
		kind   Kind
		packed string
		index  uint64
		size   uint
		want   error
	}{
		{"no prefix", Bitstring, good[1:], 0, 1, ErrEncoding},
		{"prefix where none is due", List2021, good, 0, 1, ErrEncoding},
		{"prefix on a token", Token, "u" + pack(t, Token, []byte{1}), 0, 1, ErrEncoding},
		{"gzip where zlib is due", Token, good[1:], 0, 1, ErrEncoding},
		{"zlib where gzip is due", Bitstring, "u" + pack(t, Token, []byte{1}), 0, 1, ErrEncoding},
		{"padding", Bitstring, "u" + base64.URLEncoding.EncodeToString(make([]byte, 10)), 0, 1, ErrEncoding},
		{"cut off", Bitstring, good[:len(good)-6], 0, 1, ErrEncoding},
		{"one bit of the checksum", Bitstring, string(flipped), 0, 1, ErrEncoding},
		{"line break", Bitstring, good[:9] + "\n" + good[9:], 0, 1, ErrEncoding},
		{"empty", Bitstring, "", 0, 1, ErrEncoding},
		{"only the prefix", Bitstring, "u", 0, 1, ErrEncoding},
		{"no list at all", List2020, "!", 0, 1, ErrEncoding},
		{"no bits", Bitstring, pack(t, Bitstring, nil), 0, 1, ErrRange},
		{"just past the end", Bitstring, good, 512, 1, ErrRange},
		{"far past the end", Bitstring, good, 1 << 62, 1, ErrRange},
		{"far past the end, wide", Bitstring, good, 1 << 62, 32, ErrRange},
		{"size of nothing", Bitstring, good, 0, 0, ErrEntry},
		{"size beyond sense", Bitstring, good, 0, 33, ErrEntry},
		{"bomb", Bitstring, pack(t, Bitstring, make([]byte, maxBytes+1)), 0, 1, ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if v, _, err := tt.kind.Value(tt.packed, tt.index, tt.size); !errors.Is(err, tt.want) || v != 0 {
				t.Errorf("got %d, %v; want %v", v, err, tt.want)
			}
		})
	}
}

// The largest list that is allowed is read to its last entry.
func TestValueAtTheLimit(t *testing.T) {
	bits := make([]byte, maxBytes)
	bits[maxBytes-1] = 1
	v, n, err := Bitstring.Value(pack(t, Bitstring, bits), maxBytes*8-1, 1)
	if err != nil || v != 1 || n != maxBytes*8 {
		t.Errorf("got %d of %d, %v", v, n, err)
	}
}

// A list that is kept answers as one that is streamed, and is as short as was said.
func TestUnpacked(t *testing.T) {
	for _, k := range []Kind{Bitstring, List2021, List2020, Token} {
		bits := []byte{0x80, 0x01, 0xff, 0x5a, 0x00, 0x3c, 0x77, 0x18}
		packed := pack(t, k, bits)
		u, err := k.Unpack(packed, uint64(len(bits)))
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []uint{0, 1, 2, 3, 4, 5, 8, 13, 32, 33} {
			for _, index := range []uint64{0, 1, 2, 3, 4, 7, 15, 16, 63, 64, 1 << 40, 1 << 62} {
				v, n, err := k.Value(packed, index, size)
				v2, n2, err2 := u.Value(index, size)
				if v != v2 || n != n2 || fmt.Sprint(err) != fmt.Sprint(err2) {
					t.Errorf("%s, %d bits at %d: kept %d of %d, %v; streamed %d of %d, %v", k, size, index, v2, n2, err2, v, n, err)
				}
			}
		}
		if _, err := k.Unpack(packed, uint64(len(bits))-1); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s, longer than may be kept: %v", k, err)
		}
	}
}

func FuzzValue(f *testing.F) {
	for _, k := range []Kind{Bitstring, List2021, List2020, Token} {
		f.Add(string(k), pack(f, k, []byte{0x80, 0x01, 0xff}), uint64(3), uint(1))
	}
	f.Add("bitstring", "u", uint64(1<<63), uint(32))
	f.Fuzz(func(t *testing.T, kind, packed string, index uint64, size uint) {
		v, entries, err := Kind(kind).Value(packed, index, size)
		if u, errU := Kind(kind).Unpack(packed, maxBytes); errU == nil {
			again, all, errA := u.Value(index, size)
			if again != v || all != entries || fmt.Sprint(errA) != fmt.Sprint(err) {
				t.Errorf("unpacked %d of %d, %v; streamed %d of %d, %v", again, all, errA, v, entries, err)
			}
		} else if err == nil {
			t.Errorf("streamed, and not unpacked: %v", errU)
		}
		if err != nil && v != 0 {
			t.Errorf("a value beside an error: %d, %v", v, err)
		}
		if err == nil && (index >= entries || v>>size != 0) {
			t.Errorf("value %d of %d bits at %d of %d", v, size, index, entries)
		}
	})
}

func BenchmarkValue(b *testing.B) {
	for _, bench := range []struct {
		name  string
		bytes int
	}{{"131072 entries", 131072 / 8}, {"16 MB", maxBytes}} {
		bits := bytes.Repeat([]byte{0x11, 0x80, 0, 0, 0, 0, 0, 3}, bench.bytes/8)
		packed := pack(b, Bitstring, bits)
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Bitstring.Value(packed, uint64(bench.bytes)*8-1, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestKindsReadNoOtherKind(t *testing.T) {
	kinds := []Kind{Bitstring, List2021, Token}
	for _, wrote := range kinds {
		packed := pack(t, wrote, []byte(strings.Repeat("\x00", 32)))
		for _, reads := range kinds {
			_, _, err := reads.Value(packed, 0, 1)
			if (err == nil) != (wrote == reads) {
				t.Errorf("%s read as %s: %v", wrote, reads, err)
			}
		}
	}
}
