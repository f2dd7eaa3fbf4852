package strict

import (
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestCBOR(t *testing.T) {
	for _, c := range []struct {
		name, hex string
		want      any // nil: refused
	}{
		{"a map", "a1016161", map[any]any{int64(1): "a"}},
		{"a negative number", "20", int64(-1)},
		{"a list", "820141ff", []any{int64(1), []byte{0xff}}},
		{"a name twice", "a201010102", nil},
		{"open length", "9f01ff", nil},
		{"open text", "7f6161ff", nil},
		{"text that is none", "61ff", nil},
		{"beyond 64 bits signed", "1bffffffffffffffff", nil},
		{"not a number", "f97e00", nil},
		{"infinity", "f97c00", nil},
		{"two items", "0101", nil},
		{"cut short", "8201", nil},
		{"a length that is not there", "9affffffff", nil},
		{"deep", strings.Repeat("81", 40) + "01", nil},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := hex.DecodeString(c.hex)
			if err != nil {
				t.Fatal(err)
			}
			var got any
			err = CBOR(b, &got)
			if c.want == nil {
				if !errors.Is(err, ErrCBOR) {
					t.Errorf("got %v, %v, want ErrCBOR", got, err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v, %v, want %#v", got, err, c.want)
			}
		})
	}
}

// TestPlainCBOR: what CBOR reads is read, but for tags, wherever they stand.
func TestPlainCBOR(t *testing.T) {
	for name, c := range map[string]struct {
		hex  string
		good bool
	}{
		"a list of bytes":      {"8241aa41bb", true},
		"a tag around":         {"d8408241aa41bb", false},
		"a tag on one of them": {"82d84041aa41bb", false},
		"an item more":         {"8241aa41bb00", false},
		"no end":               {"9f41aa41bbff", false},
	} {
		b, err := hex.DecodeString(c.hex)
		if err != nil {
			t.Fatal(err)
		}
		var list [][]byte
		err = PlainCBOR(b, &list)
		if (err == nil) != c.good || err != nil && !errors.Is(err, ErrCBOR) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
