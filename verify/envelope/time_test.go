package envelope

import (
	"encoding/json"
	"testing"
	"time"
)

func TestTime(t *testing.T) {
	cases := []struct {
		in, want string
		zoned    bool
	}{
		{"2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z", true},
		{"2026-01-02T03:04:05.678+01:00", "2026-01-02T02:04:05.678Z", true},
		{"2026-01-02T03:04:05-00:30", "2026-01-02T03:34:05Z", true},
		{"2026-01-02T03:04:05", "2026-01-02T03:04:05Z", false},
		{"2026-01-02T24:00:00Z", "2026-01-03T00:00:00Z", true},
		{"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", true},
		{"2026-01-02T03:04:05+14:00", "2026-01-01T13:04:05Z", true},
		{"2026-01-02T24:00:00.00Z", "2026-01-03T00:00:00Z", true},
		{"2026-01-02T24:00:00.5Z", "", false},
		{"2026-01-02T03:04:05+14:01", "", false},
		{"2026-01-02T03:04:05-15:00", "", false},
		{"2026-01-02T03:04:05+01:60", "", false},
		{"2026-02-29T00:00:00Z", "", false},
		{"2026-04-31T00:00:00Z", "", false},
		{"2026-13-01T00:00:00Z", "", false},
		{"2026-01-02T24:00:01Z", "", false},
		{"2026-01-02T23:60:00Z", "", false},
		{"2026-01-02", "", false},
		{"2026-01-02t03:04:05z", "", false},
		{"2026-01-02 03:04:05Z", "", false},
		{"2026-01-02T3:04:05Z", "", false},
		{"2026-01-02T03:04:05,5Z", "", false},
		{"2026-01-02T03:04:05.Z", "", false},
		{"2026-01-02T03:04:05.5", "2026-01-02T03:04:05.5Z", false},
		{"2026-01-02T03:04:05.5z", "", false},
		{"2026-01-02T03:04:05+1:00", "", false},
		{"2026-01-02T03:04:05+01:00Z", "", false},
		{"2026-01-02T03:04:05 01:00", "", false},
		{"2026-01-02T03:04:05+", "", false},
		{"٢٠٢٦-01-02T03:04:05Z", "", false},
		{" 2026-01-02T03:04:05Z", "", false},
		{"2026-01-02T03:04:05Z\n", "", false},
		{"Sat 25 Feb 2023 07:16:31 PM CST", "", false},
		{"", "", false},
	}
	for _, c := range cases {
		got, zoned, err := Time(c.in)
		if (err == nil) != (c.want != "") || zoned != c.zoned {
			t.Errorf("%q: zoned %v, error %v", c.in, zoned, err)
		}
		if err == nil && got.UTC().Format(time.RFC3339Nano) != c.want {
			t.Errorf("%q: %v", c.in, got)
		}
	}
}

func TestNumericDate(t *testing.T) {
	for in, want := range map[any]int64{
		json.Number("0"): 0, json.Number("1767323045"): 1767323045, json.Number("1767323045.9"): 1767323045,
		json.Number("1.767323045e9"): 1767323045, json.Number("-1"): -1,
	} {
		if got, ok := NumericDate(in); !ok || got.Unix() != want {
			t.Errorf("%v: %v, %v", in, got, ok)
		}
	}
	for _, in := range []any{"1767323045", nil, true, json.Number("1e30"), json.Number("1e999999999"), json.Number("-1e15")} {
		if got, ok := NumericDate(in); ok {
			t.Errorf("%v: %v", in, got)
		}
	}
}
