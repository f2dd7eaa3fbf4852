package canon

import (
	"context"
	"crypto"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

// suite finds the W3C JSON-LD test suite, which the json-gold module carries.
func suite(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/piprate/json-gold").Output()
	dir := filepath.Join(strings.TrimSpace(string(out)), "ld", "testdata")
	if _, statErr := os.Stat(dir); err != nil || statErr != nil {
		t.Skip("the W3C JSON-LD test suite is not here: it comes with the json-gold module")
	}
	return dir
}

type suiteCase struct {
	ID     string   `json:"@id"`
	Type   []string `json:"@type"`
	Name   string   `json:"name"`
	Input  string   `json:"input"`
	Expect string   `json:"expect"`
	Error  string   `json:"expectErrorCode"`
	Option struct {
		Spec          string `json:"specVersion"`
		Mode          string `json:"processingMode"`
		Base          string `json:"base"`
		ExpandContext string `json:"expandContext"`
		Direction     string `json:"rdfDirection"`
		Generalized   bool   `json:"produceGeneralizedRdf"`
	} `json:"option"`
}

// left names the cases that are not ours to pass, with the reason.
func (c suiteCase) left() string {
	switch {
	case c.Option.Spec == "json-ld-1.0", c.Option.Mode == "json-ld-1.0":
		return "JSON-LD 1.0"
	case c.Option.Direction != "":
		return "rdfDirection: no proof suite sets it"
	case c.Option.Generalized:
		return "generalised RDF is not RDF"
	case c.ID == "#te111", c.ID == "#te112":
		return "an IRI with two fragments stays: libraries that sign badges keep it too"
	case c.ID == "#t0122" && strings.HasSuffix(c.Expect, ".jsonld"):
		return "expects a document that is not JSON-LD"
	case strings.HasSuffix(c.Input, ".html"):
		return "JSON-LD inside HTML"
	}
	return ""
}

func TestJSONLDSuite(t *testing.T) {
	const web = "https://w3c.github.io/json-ld-api/tests/"
	dir := suite(t)
	load := func(url string) (any, error) {
		b, err := os.ReadFile(filepath.Join(dir, strings.TrimPrefix(url, web)))
		if err != nil {
			return nil, invalid("loading remote context failed", url)
		}
		v, err := strict.Parse(b)
		if err != nil {
			return nil, invalid("loading remote context failed", url)
		}
		doc, _ := v.(map[string]any)
		c, ok := doc["@context"]
		if !ok {
			return nil, invalid("invalid remote context", url)
		}
		return c, nil
	}
	for _, manifest := range []string{"toRdf", "expand"} {
		var m struct{ Sequence []suiteCase }
		b, err := os.ReadFile(filepath.Join(dir, manifest+"-manifest.jsonld"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		for _, c := range m.Sequence {
			t.Run(manifest+c.ID, func(t *testing.T) {
				if why := c.left(); why != "" {
					t.Skip(why)
				}
				c.run(t, dir, web, load)
			})
		}
	}
}

func (c suiteCase) run(t *testing.T, dir, web string, load func(string) (any, error)) {
	base := web + c.Input
	if c.Option.Base != "" {
		base = c.Option.Base
	}
	got, err := statements(t, dir, c.Input, base, c.Option.ExpandContext, load)
	if c.Expect == "" {
		if c.Error != "" && (err == nil || !strings.Contains(err.Error(), c.Error)) {
			t.Errorf("got %v, want error %q", err, c.Error)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	want := c.expected(t, dir, load)
	if string(got) != string(want) {
		t.Errorf("%s\ngot\n%swant\n%s", c.Name, got, want)
	}
}

// expected gives the canonical statements of what the case expects: a text of
// N-Quads, or an expanded document.
func (c suiteCase) expected(t *testing.T, dir string, load func(string) (any, error)) []byte {
	if strings.HasSuffix(c.Expect, ".jsonld") {
		want, err := statements(t, dir, c.Expect, "", "", load)
		if err != nil {
			t.Fatal(err)
		}
		return want
	}
	b, err := os.ReadFile(filepath.Join(dir, c.Expect))
	if err != nil {
		t.Fatal(err)
	}
	quads, err := ParseNQuads(b)
	if err != nil {
		t.Fatal(err)
	}
	return canonicalText(t, quads)
}

func statements(t *testing.T, dir, file, base, expandContext string, load func(string) (any, error)) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := strict.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	x := newExpansion(context.Background(), load, base)
	if expandContext != "" {
		v, err := load("https://w3c.github.io/json-ld-api/tests/" + expandContext)
		if err != nil {
			t.Fatal(err)
		}
		doc = map[string]any{"@context": v, "@graph": doc}
	}
	if err := x.document(doc); err != nil {
		return nil, err
	}
	return canonicalText(t, x.out.quads()), nil
}

func canonicalText(t *testing.T, quads []Quad) []byte {
	c, err := RDFC10(context.Background(), quads, crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return c.NQuads()
}
