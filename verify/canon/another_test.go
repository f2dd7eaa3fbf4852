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
