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
