package canon

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

func TestJCS(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{
			"members in the order of UTF-16", `{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`,
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}",
		},
		{"order of arrays stays", `[3, 1, 2]`, `[3,1,2]`},
		{"escapes", `"\u000f\n\"\\\/\u0041<&\u2028"`, "\"\\u000f\\n\\\"\\\\/A<&\u2028\""},
		{"minus nought", `-0`, `0`},
		{"nought", `0.0`, `0`},
		{
			"exponents", `[1e21, 1e20, 1e-6, 1e-7, 5e-324, 1.7976931348623157e308]`,
			`[1e+21,100000000000000000000,0.000001,1e-7,5e-324,1.7976931348623157e+308]`,
		},
		{"digits beyond a double", `[9007199254740993, 0.1000000000000000055, 333333333.33333329]`, `[9007199254740992,0.1,333333333.3333333]`},
		{"literals", `[null,true,false]`, `[null,true,false]`},
		{"a text", `"a"`, `"a"`},
		{"empty", `[{},[],""]`, `[{},[],""]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			v, err := strict.Parse([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := JCS(v); err != nil || string(got) != c.want {
				t.Errorf("got  %q, %v\nwant %q", got, err, c.want)
			}
		})
	}
}

func TestJCSRefused(t *testing.T) {
	for name, v := range map[string]any{
		"number out of range": json.Number("1e400"),
		"no number":           json.Number("0x10"),
		"no JSON value":       make(chan int),
	} {
		if got, err := JCS(v); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestNumbers: JSON-LD 1.1 API, section 8.6.
func TestNumbers(t *testing.T) {
	cases := []struct {
		in, datatype, want, wantType string
		exact                        bool
	}{
		{"5", "", "5", xsdInteger, true},
		{"5.0", "", "5", xsdInteger, true},
		{"-0", "", "0", xsdInteger, true},
		{"1e3", "", "1000", xsdInteger, true},
		{"5.5", "", "5.5E0", xsdDouble, true},
		{"-0.0001", "", "-1.0E-4", xsdDouble, true},
		{"0.1", "", "1.0E-1", xsdDouble, true},
		{"1e21", "", "1.0E21", xsdDouble, true},
		{"1000000000000000000000", "", "1.0E21", xsdDouble, true},
		{"1000000000000000000001", "", "1.0E21", xsdDouble, false},
		{"9007199254740993", "", "9007199254740992", xsdInteger, false},
		{"5", xsdDouble, "5.0E0", xsdDouble, true},
		{"9007199254740993", xsdDouble, "9.007199254740992E15", xsdDouble, false},
		{"5", "urn:float", "5", "urn:float", true},
		{"5.5", "urn:float", "5.5E0", "urn:float", true},
	}
	for _, c := range cases {
		got, exact, err := number(json.Number(c.in), c.datatype)
		if err != nil || got.text != c.want || got.of != c.wantType || exact != c.exact {
			t.Errorf("%s as %q: %q %q, exact %v, %v", c.in, c.datatype, got.text, got.of, exact, err)
		}
	}
}
