//go:build jsongold

package canon

// These tests compare with another library, json-gold, which nothing else needs:
//
//	go test -tags jsongold ./verify/canon

import (
	"context"
	"crypto"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
)

// offline lets json-gold load shipped contexts only.
type offline struct{}

func (offline) LoadDocument(url string) (*ld.RemoteDocument, error) {
	b, ok := assets.Context(url)
	if !ok {
		return nil, fmt.Errorf("%s is not shipped", url)
	}
	var v any
	err := json.Unmarshal(b, &v)
	return &ld.RemoteDocument{DocumentURL: url, Document: v}, err
}

// independent gives the canonical statements of a document by way of another
// library's expansion and statements.
func independent(t *testing.T, text []byte) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	delete(doc, "proof")
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader = offline{}
	v, err := ld.NewJsonLdProcessor().ToRDF(doc, o)
	if err != nil {
		return nil, err
	}
	written, err := (&ld.NQuadRDFSerializer{}).Serialize(v.(*ld.RDFDataset))
	if err != nil {
		t.Fatal(err)
	}
	quads, err := ParseNQuads([]byte(written.(string)))
	if err != nil {
		return nil, err
	}
	return canonicalText(t, quads), nil
}

// compareText compares our statements with those of the other library.
func compareText(t *testing.T, text []byte) {
	t.Helper()
	doc, err := strict.Object(text)
	if err != nil {
		t.Skip("not strict JSON")
	}
	delete(doc, "proof")
	got, uncovered, err := Canonical(context.Background(), doc, crypto.SHA256)
	if err != nil || len(uncovered) > 0 {
		t.Skip("not covered by statements alone")
	}
	want, err := independent(t, text)
	if err != nil {
		t.Skipf("the other library can't: %v", err)
	}
	if string(got) != string(want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAgainstAnotherLibrary(t *testing.T) {
	for n := range 4 {
		compareText(t, badge(n))
	}
}

func TestAgainstAnotherLibraryOnRealBadges(t *testing.T) {
	for _, kind := range []string{"ob3-di", "ob3-unsigned", "vc-di", "status-list", "clr2"} {
		files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, kind), "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files, %v", kind, err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(kind+"/"+filepath.Base(f), func(t *testing.T) { compareText(t, text) })
		}
	}
}

// vocabulary defines a term for each kind of definition, but for @json: json-gold
// fails on empty texts and on objects there.
const vocabulary = `{"@version": 1.1, "id": "@id", "type": "@type", "text": "urn:v:text", "ref": {"@id": "urn:v:ref", "@type": "@id"},
	"list": {"@id": "urn:v:list", "@container": "@list"}, "refs": {"@id": "urn:v:refs", "@container": "@list", "@type": "@id"},
	"set": {"@id": "urn:v:set", "@container": "@set"}, "lang": {"@id": "urn:v:lang", "@container": "@language"},
	"day": {"@id": "urn:v:day", "@type": "urn:v:date"},
	"graph": {"@id": "urn:v:graph", "@container": "@graph"}, "deep": {"@id": "urn:v:deep", "@context": {"inner": "urn:v:inner"}},
	"Scope": {"@id": "urn:v:Scope", "@context": {"only": "urn:v:only", "@language": "de"}}, "Plain": "urn:v:Plain",
	"word": {"@id": "urn:v:word", "@language": "en"}, "kept": {"@id": "urn:v:kept", "@context": {"@propagate": false, "text": "urn:v:kept/text"}}}`

// randomDocument makes a document whose members are all covered by statements.
func randomDocument(r *rand.Rand) []byte {
	var context any
	if err := json.Unmarshal([]byte(vocabulary), &context); err != nil {
		panic(err)
	}
	doc := randomNode(r, 5)
	doc["@context"], doc["id"] = context, "urn:root"
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return text
}

func randomNode(r *rand.Rand, depth int) map[string]any {
	node := map[string]any{}
	if r.Intn(2) == 0 {
		node["id"] = fmt.Sprintf("urn:n:%d", r.Intn(20))
	}
	switch r.Intn(3) {
	case 0:
		node["type"] = "Plain"
	case 1:
		node["type"] = []string{"Scope", "Plain"}
		node["only"] = randomText(r)
	}
	for range 1 + r.Intn(4) {
		name := []string{"text", "ref", "list", "refs", "set", "lang", "day", "graph", "deep", "word", "kept"}[r.Intn(11)]
		node[name] = randomMember(r, name, depth-1)
	}
	return node
}

func randomText(r *rand.Rand) any {
	return []any{"a", "A text with \"quotes\"\n", "é😀", 7, 2.5, true, ""}[r.Intn(7)]
}

func randomMember(r *rand.Rand, name string, depth int) any {
	ref := func() any { return fmt.Sprintf("urn:n:%d", r.Intn(20)) }
	switch name {
	case "ref":
		return ref()
	case "refs":
		return []any{ref(), ref()}
	case "lang":
		return map[string]any{"en": "word", "de-ch": []string{"Wort", "Woerter"}}
	case "day":
		return "2024-05-01"
	case "word":
		return "word"
	case "graph":
		return randomNode(r, min(depth, 1))
	case "deep":
		return map[string]any{"inner": randomText(r)}
	}
	if depth <= 0 {
		return randomText(r)
	}
	return []any{randomNode(r, depth), randomText(r), randomNode(r, depth)}
}

// TestAgainstAnotherLibraryOnRandomDocuments: most of them are to be comparable.
func TestAgainstAnotherLibraryOnRandomDocuments(t *testing.T) {
	compared := 0
	for seed := range int64(2000) {
		text := randomDocument(rand.New(rand.NewSource(seed)))
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			compareText(t, text)
			compared++
		})
	}
	if compared < 1000 {
		t.Errorf("only %d could be compared", compared)
	}
}
