package proof

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/jose"
)

// TestJCSCoverage: what a reader sees and the canonical text does not hold is named.
func TestJCSCoverage(t *testing.T) {
	suite, _ := Lookup("eddsa-jcs-2022")
	signer := throwAway(t, "Ed25519", "jcs coverage")
	sealed := func(edit func(doc map[string]any)) map[string]any {
		doc := badgeDoc(t)
		edit(doc)
		seal(t, suite, doc, signer, options(t, signer))
		return doc
	}
	cases := []struct {
		name   string
		before func(doc map[string]any) // what is signed
		after  func(doc map[string]any) // what is shown
		want   []string                 // uncovered members; the signature holds all the same
	}{
		{"nothing changed", func(map[string]any) {}, func(map[string]any) {}, nil},
		{"a number that is exact", func(d map[string]any) { d["credits"] = json.Number("2.5") }, func(map[string]any) {}, nil},
		{"the same number written otherwise", func(d map[string]any) { d["credits"] = json.Number("2.5") }, func(d map[string]any) { d["credits"] = json.Number("25e-1") }, nil},
		{"a number beyond what a double holds", func(d map[string]any) { d["credits"] = json.Number("9007199254740992") }, func(d map[string]any) { d["credits"] = json.Number("9007199254740993") }, []string{"credits"}},
		{"digits that are rounded away", func(d map[string]any) { d["credits"] = json.Number("0.1") }, func(d map[string]any) { d["credits"] = json.Number("0.10000000000000000001") }, []string{"credits"}},
		{"nothing but a number too small", func(d map[string]any) { d["credits"] = json.Number("0") }, func(d map[string]any) { d["credits"] = json.Number("1e-999999") }, []string{"credits"}},
		{"nought in other words", func(d map[string]any) { d["credits"] = json.Number("0") }, func(d map[string]any) { d["credits"] = json.Number("0.0E-999999") }, nil},
		{"a context put behind those that were signed", func(map[string]any) {}, func(d map[string]any) {
			d["@context"] = append(d["@context"].([]any), "https://evil.example/context")
		}, []string{"@context"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc := sealed(c.before)
			c.after(doc)
			p := doc["proof"].(map[string]any)
			in, err := suite.Input(ctx, doc, p, signer.Public())
			if err != nil {
				t.Fatal(err)
			}
			if err := suite.Check(in, p, jose.Key{Public: signer.Public()}); err != nil {
				t.Error(err)
			}
			if !slices.Equal(in.Uncovered, c.want) {
				t.Errorf("uncovered %q, want %q", in.Uncovered, c.want)
			}
		})
	}
	doc := sealed(func(map[string]any) {})
	doc["@context"] = doc["@context"].([]any)[1:]
	if err := Verify(ctx, suite, doc, doc["proof"].(map[string]any), jose.Key{Public: signer.Public()}); err == nil {
		t.Error("holds, though the document's contexts are others")
	}
}
