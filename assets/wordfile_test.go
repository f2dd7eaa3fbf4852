package assets

import (
	"encoding/json"
	"io/fs"
	"maps"
	"strings"
	"testing"
)

// TestWordFiles reads every file as a JSON parser does and compares.
func TestWordFiles(t *testing.T) {
	files, err := fs.Glob(wordFiles, "words/*/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		b, err := wordFiles.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := json.Unmarshal(b, &tree); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		want, got := map[string]string{}, Words{}
		flatten(want, "", tree)
		if err := got.read(string(b)); err != nil || !maps.Equal(got, want) {
			t.Errorf("%s: %d codes, want %d; %v", f, len(got), len(want), err)
		}
	}
}

func flatten(out map[string]string, prefix string, tree map[string]any) {
	for name, v := range tree {
		code := strings.TrimPrefix(prefix+"."+name, ".")
		switch v := v.(type) {
		case map[string]any:
			flatten(out, code, v)
		case string:
			out[code] = v
		}
	}
}

func TestWordFileEscapes(t *testing.T) {
	w := Words{}
	if err := w.read(` {"a": {"b": "x \"y\" \u00e9\\", "c": ""}, "d": {}}`); err != nil {
		t.Fatal(err)
	}
	if want := (Words{"a.b": `x "y" é\`, "a.c": ""}); !maps.Equal(w, want) {
		t.Errorf("got %q, want %q", w, want)
	}
}

func TestWordFileRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": ``, "no object below": `{"a": 1}`, "a list": `{"a": ["b"]}`, "twice": `{"a": {"b": "x"}, "a.b": "y"}`,
		"open text": `{"a": "b`, "open escape": `{"a": "b\`, "open object": `{"a": "b"`, "no colon": `{"a" "b"}`,
		"no comma": `{"a": "b" "c": "d"}`, "name without quotes": `{a: "b"}`, "more behind": `{} {}`, "bad escape": `{"a": "\x"}`,
	} {
		if err := (Words{}).read(text); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	for b.Loop() {
		if _, err := Language("en"); err != nil {
			b.Fatal(err)
		}
	}
}
