package canon

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParseNQuads(t *testing.T) {
	x := Term{Kind: IRI, Value: "http://example.org/x"}
	lit := func(v, datatype, lang string) Term {
		return Term{Kind: Literal, Value: v, Datatype: datatype, Lang: lang}
	}
	b := Term{Kind: Blank, Value: "b"}
	cases := []struct {
		name, text string
		want       []Quad
	}{
		{"nothing", "", nil},
		{"comments and blank lines", "# a\n\n \t\n#", nil},
		{"IRIs", "<http://example.org/x> <http://example.org/x> <http://example.org/x> .", []Quad{{x, x, x, Term{}}}},
		{"graph", "<http://example.org/x><http://example.org/x>_:b<http://example.org/x>.", []Quad{{x, x, b, x}}},
		{"blank graph", "_:b <http://example.org/x> _:b _:b .# done", []Quad{{b, x, b, b}}},
		{"label with a dot", "_:b <http://example.org/x> _:b.c .", []Quad{{b, x, Term{Kind: Blank, Value: "b.c"}, Term{}}}},
		{"dot after a label", "_:b <http://example.org/x> _:b.", []Quad{{b, x, b, Term{}}}},
		{"escapes", `_:b <http://example.org/x> "\t\b\n\r\f\"\'\\\u00e9\U0001F600" .`, []Quad{{b, x, lit("\t\b\n\r\f\"'\\é😀", "", ""), Term{}}}},
		{"escape in an IRI", `_:b <http://example.org/\u0078> _:b .`, []Quad{{b, x, b, Term{}}}},
		{"language", `_:b <http://example.org/x> "a"@en-GB .`, []Quad{{b, x, lit("a", "", "en-GB"), Term{}}}},
		{"datatype", `_:b <http://example.org/x> "a"^^<http://example.org/x> .`, []Quad{{b, x, lit("a", x.Value, ""), Term{}}}},
		{"xsd:string is plain", `_:b <http://example.org/x> "a"^^<` + xsdString + `> .`, []Quad{{b, x, lit("a", "", ""), Term{}}}},
		{"all line ends", "_:b <http://example.org/x> _:b .\r\n_:b <http://example.org/x> _:b .\r", []Quad{{b, x, b, Term{}}, {b, x, b, Term{}}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseNQuads([]byte(c.text))
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestParseNQuadsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no dot":              `_:b <urn:p> _:b`,
		"two statements":      `_:b <urn:p> _:b . _:b <urn:p> _:b .`,
		"relative IRI":        `_:b <p> _:b .`,
		"space in an IRI":     `_:b <urn:p q> _:b .`,
		"escaped space":       `_:b <urn:p\u0020q> _:b .`,
		"open IRI":            `_:b <urn:p _:b .`,
		"literal as subject":  `"a" <urn:p> _:b .`,
		"blank predicate":     `_:b _:p _:b .`,
		"literal as graph":    `_:b <urn:p> _:b "g" .`,
		"five terms":          `_:b <urn:p> _:b _:g _:h .`,
		"empty label":         `_: <urn:p> _:b .`,
		"label with a hyphen": `_:-b <urn:p> _:b .`,
		"open text":           `_:b <urn:p> "a .`,
		"unknown escape":      `_:b <urn:p> "\x" .`,
		"short escape":        `_:b <urn:p> "\u12" .`,
		"surrogate":           `_:b <urn:p> "\uD800" .`,
		"beyond Unicode":      `_:b <urn:p> "\U00110000" .`,
		"bad language":        `_:b <urn:p> "a"@1 .`,
		"no language":         `_:b <urn:p> "a"@ .`,
		"relative datatype":   `_:b <urn:p> "a"^^<d> .`,
		"langString alone":    `_:b <urn:p> "a"^^<` + rdfLangStr + `> .`,
		"triple term":         `_:b <urn:p> <<_:b <urn:p> _:b>> .`,
		"bad encoding":        "_:b <urn:p> \"\xff\" .",
		"line feed in a text": "_:b <urn:p> \"a\nb\" .",
	} {
		if got, err := ParseNQuads([]byte(text)); !errors.Is(err, ErrSyntax) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// TestWriteEscapes is the rule of canonical N-Quads: short forms where there are
// any, \u00XX for the other controls, and nothing else.
func TestWriteEscapes(t *testing.T) {
	got := string(WriteNQuads([]Quad{{iri("s"), iri("p"), Term{Kind: Literal, Value: "\x00\b\t\n\v\f\r\x1f \"'\\\x7f\u0080é😀"}, Term{}}}))
	want := `<http://example.org/s> <http://example.org/p> "\u0000\b\t\n\u000B\f\r\u001F \"'\\\u007F` + "\u0080é😀\" .\n"
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWriteSortsAndDropsDoubles(t *testing.T) {
	quads := []Quad{link(iri("b"), iri("c")), link(iri("a"), iri("c")), link(iri("b"), iri("c"))}
	if got := strings.Count(string(WriteNQuads(quads)), "\n"); got != 2 {
		t.Errorf("%d lines, want 2", got)
	}
	if !strings.HasPrefix(string(WriteNQuads(quads)), "<http://example.org/a>") {
		t.Error("not sorted")
	}
}

// FuzzNQuads: what parses is written and read again as the same statements, and
// its canonical form does not change when it is made again.
func FuzzNQuads(f *testing.F) {
	for _, s := range []string{
		"_:b <urn:p> \"a\\n\"@en .\n", "<urn:a> <urn:p> \"1\"^^<urn:d> _:g .", "_:a <urn:p> _:b .\n_:b <urn:p> _:a .", "#", "_:a.b <urn:\\u00e9> \"\\U0001F600\" .",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quads, err := ParseNQuads([]byte(text))
		if err != nil {
			return
		}
		again, err := ParseNQuads(WriteNQuads(quads))
		if err != nil || string(WriteNQuads(again)) != string(WriteNQuads(quads)) {
			t.Fatalf("read again: %v\n%s", err, WriteNQuads(quads))
		}
		c, err := RDFC10(t.Context(), quads, hashes[0])
		if err != nil {
			return
		}
		twice, err := ParseNQuads(c.NQuads())
		if err != nil {
			t.Fatal(err)
		}
		if d, err := RDFC10(t.Context(), twice, hashes[0]); err != nil || string(d.NQuads()) != string(c.NQuads()) {
			t.Fatalf("canonicalised again: %v\n%s\n%s", err, c.NQuads(), d.NQuads())
		}
	})
}
