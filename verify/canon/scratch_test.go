package canon

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestScratchForgets: nothing of a document is left in memory that is used again,
// neither after success nor after failure.
func TestScratchForgets(t *testing.T) {
	const secret = "of one learner only"
	for name, members := range map[string]string{
		"good": `, 'name': '` + secret + `'`, "bad": `, 'name': '` + secret + `', 'evidence': {'id': 1}`,
	} {
		s := &scratch{}
		d, _, err := stated(context.Background(), s, dataset{lines: &s.lines}, docOf(t, credential(members)))
		if err == nil {
			_, err = newCanonicaliser(context.Background(), s, d.nodes, crypto.SHA256)
		}
		if name == "bad" && !errors.Is(err, ErrInvalid) {
			t.Fatal(err)
		}
		s.release()
		for _, e := range s.entries[:cap(s.entries)] {
			if e.name != "" || e.v != nil {
				t.Errorf("%s: a member is left: %v", name, e)
			}
		}
		for _, p := range s.lines.pages {
			if bytes.Contains(p[:cap(p)], []byte(secret)) {
				t.Errorf("%s: a page is left", name)
			}
		}
		if bytes.Contains(s.labelled[:cap(s.labelled)], []byte(secret)) {
			t.Errorf("%s: its text is left", name)
		}
	}
}

// TestLargeText: a document whose text is too large to be kept comes out like one
// that is not.
func TestLargeText(t *testing.T) {
	long := strings.Repeat("x", maxScratch/4)
	var members []string
	for i := range 6 {
		members = append(members, fmt.Sprintf(`'urn:p:%d': '%s'`, i, long))
	}
	doc := docOf(t, `{'@id': 'urn:s', `+strings.Join(members, ", ")+`}`)
	for range 2 {
		text, _, err := Canonical(context.Background(), doc, crypto.SHA256)
		if err != nil || len(text) < maxScratch || string(text) != string(canonicalText(t, toRDF(t, doc))) {
			t.Fatalf("%d bytes, %v", len(text), err)
		}
	}
}

func toRDF(t *testing.T, doc map[string]any) []Quad {
	quads, _, err := ToRDF(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return quads
}
