package strict_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

func TestParse(t *testing.T) {
	cases := []struct {
		name, in string
		want     any
		err      error
	}{
		{"numbers stay as written", `{"a":1.50,"b":-0,"c":12345678901234567890,"d":1E+2}`, map[string]any{"a": json.Number("1.50"), "b": json.Number("-0"), "c": json.Number("12345678901234567890"), "d": json.Number("1E+2")}, nil},
		{"escapes", `"\u00e9\ud83d\ude00\n\/"`, "é😀\n/", nil},
		{"scalars and space", " [ true , false , null ] \n", []any{true, false, nil}, nil},
		{"empty object and array", `{"a":{},"b":[]}`, map[string]any{"a": map[string]any{}, "b": []any{}}, nil},
		{"duplicate name", `{"a":1,"a":2}`, nil, strict.ErrDuplicate},
		{"duplicate name in other spelling", `{"a":1,"\u0061":2}`, nil, strict.ErrDuplicate},
		{"duplicate name deep inside", `[{"x":{"a":1,"b":{},"a":2}}]`, nil, strict.ErrDuplicate},
		{"lone high surrogate", `"\ud83d"`, nil, strict.ErrEncoding},
		{"lone low surrogate", `"\ude00"`, nil, strict.ErrEncoding},
		{"high surrogate before a letter", `"\ud83d\u0041"`, nil, strict.ErrEncoding},
		{"invalid UTF-8", "\"\xff\"", nil, strict.ErrEncoding},
		{"invalid UTF-8 after an escape", "\"\\n\xff\"", nil, strict.ErrEncoding},
		{"leading zero", `01`, nil, strict.ErrSyntax},
		{"leading plus", `+1`, nil, strict.ErrSyntax},
		{"bare point", `.5`, nil, strict.ErrSyntax},
		{"no digit after the point", `1.`, nil, strict.ErrSyntax},
		{"no digit in the exponent", `1e`, nil, strict.ErrSyntax},
		{"hex number", `0x10`, nil, strict.ErrSyntax},
		{"NaN", `NaN`, nil, strict.ErrSyntax},
		{"trailing comma in object", `{"a":1,}`, nil, strict.ErrSyntax},
		{"trailing comma in array", `[1,]`, nil, strict.ErrSyntax},
		{"trailing data", `{} {}`, nil, strict.ErrSyntax},
		{"control character", "\"a\nb\"", nil, strict.ErrSyntax},
		{"byte order mark", "\ufeff{}", nil, strict.ErrSyntax},
		{"bad escape", `"\x41"`, nil, strict.ErrSyntax},
		{"bad hex", `"\u00g1"`, nil, strict.ErrSyntax},
		{"comment", `{"a":1}//`, nil, strict.ErrSyntax},
		{"empty", ``, nil, strict.ErrTruncated},
		{"cut in an object", `{"a":`, nil, strict.ErrTruncated},
		{"cut in a name", `{"a`, nil, strict.ErrTruncated},
		{"cut after an object's brace", `{`, nil, strict.ErrTruncated},
		{"cut in a literal", `tru`, nil, strict.ErrTruncated},
		{"cut in an escape", `"\u00`, nil, strict.ErrTruncated},
		{"too deep", strings.Repeat("[", strict.MaxDepth+1) + strings.Repeat("]", strict.MaxDepth+1), nil, strict.ErrTooDeep},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := strict.Parse([]byte(c.in))
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			if err == nil && !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v, want %#v", got, c.want)
			}
		})
	}
}

// TestEveryPlace: strings are read eight bytes at a time, so each kind of byte
// stands in every place of a word here, behind bytes that differ from it by little.
func TestEveryPlace(t *testing.T) {
	kinds := []struct {
		name, in, want string
		err            error
	}{
		{"quote", `"`, "", nil},
		{"escape", `\n"`, "\n", nil},
		{"control character", "\x1f\"", "", strict.ErrSyntax},
		{"zero", "\x00\"", "", strict.ErrSyntax},
		{"delete is no control character", "\x7f\"", "\x7f", nil},
		{"two bytes", "é\"", "é", nil},
		{"half a letter", "\xc3\"", "", strict.ErrEncoding},
		{"the end", "", "", strict.ErrTruncated},
	}
	for _, k := range kinds {
		for n := range 20 {
			before := strings.Repeat(" !#[]\u00a2", 4)[:n]
			before = strings.ToValidUTF8(before, "")
			got, err := strict.Parse([]byte(`"` + before + k.in))
			if !errors.Is(err, k.err) {
				t.Errorf("%s after %q: error %v, want %v", k.name, before, err, k.err)
			}
			if err == nil && got != before+k.want {
				t.Errorf("%s after %q: got %q", k.name, before, got)
			}
		}
	}
}

func TestErrorSaysWhere(t *testing.T) {
	_, err := strict.Parse([]byte("{\n  \"a\": 1,\n  \"a\": 2\n}"))
	var e *strict.Error
	if !errors.As(err, &e) || e.Line != 3 || e.Name != "a" {
		t.Errorf("got %#v, want line 3 and name a", err)
	}
}

func TestElementsKeepTheirBytes(t *testing.T) {
	got, err := strict.Elements([]byte(`[ {"b" : 1.0} , "x" ]`))
	if err != nil || len(got) != 2 || string(got[0]) != `{"b" : 1.0}` || string(got[1]) != `"x"` {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := strict.Elements([]byte(`{}`)); !errors.Is(err, strict.ErrSyntax) {
		t.Errorf("an object as array: %v", err)
	}
}

func TestAppendElements(t *testing.T) {
	cases := []struct {
		name, in string
		want     []any
		err      error
	}{
		{"elements", ` [1, ["a"], {"b":[2]}] `, []any{"before", json.Number("1"), []any{"a"}, map[string]any{"b": []any{json.Number("2")}}}, nil},
		{"none", `[]`, []any{"before"}, nil},
		{"an object", `{"a":1}`, nil, strict.ErrSyntax},
		{"nothing", ``, nil, strict.ErrSyntax},
		{"trailing data", `[1] 2`, nil, strict.ErrSyntax},
		{"cut", `[1,`, nil, strict.ErrTruncated},
		{"duplicate name", `[{"a":1,"a":2}]`, nil, strict.ErrDuplicate},
		{"as deep as may be", strings.Repeat("[", strict.MaxDepth) + strings.Repeat("]", strict.MaxDepth), []any{"before", nested(strict.MaxDepth - 1)}, nil},
		{"too deep", strings.Repeat("[", strict.MaxDepth+1) + strings.Repeat("]", strict.MaxDepth+1), nil, strict.ErrTooDeep},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := strict.AppendElements([]any{"before"}, c.in)
			if !errors.Is(err, c.err) || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %#v, %v; want %#v, %v", got, err, c.want, c.err)
			}
		})
	}
}

// nested gives depth empty arrays inside each other.
func nested(depth int) any {
	v := []any{}
	for range depth - 1 {
		v = []any{v}
	}
	return v
}

// FuzzParse: what we accept, the standard library accepts with the same meaning.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5e3,"x\u00e9"]}`, `"\ud83d\ude00"`, `{"a":1,"a":2}`, `[[[`, `-0.0`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := strict.Parse(b)
		if err != nil {
			return
		}
		dec := json.NewDecoder(strings.NewReader(string(b)))
		dec.UseNumber()
		var want any
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %#v, encoding/json %#v", got, want)
		}
	})
}
