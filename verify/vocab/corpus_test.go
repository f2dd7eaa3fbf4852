package vocab_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// expectation is a line of EXPECT.json, as far as opening and reading go.
type expectation struct {
	File, Verb    string
	Verdict, Kind []string
	Form          []string
	Rows          map[string][]string
	Error         bool
	Count         int
	Parts         struct{ Min int }
	Set           map[string]any
}

// TestCorpus holds opening and reading against what the corpus expects: refusals,
// kinds, forms, counts, and whether the shape may or must fail.
func TestCorpus(t *testing.T) {
	var all []expectation
	if err := json.Unmarshal(testkit.File(t, "EXPECT.json"), &all); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Verb != "skip" {
			t.Run(e.File, e.check)
		}
	}
}

func (e expectation) check(t *testing.T) {
	raw, err := os.ReadFile(testkit.Corpus(t, filepath.FromSlash(e.File)))
	if err != nil {
		t.Fatal(err)
	}
	found, err := readAll(e.apply(t, raw))
	if err != nil {
		if !e.Error {
			t.Errorf("refused: %v", err)
		}
		return
	}
	if e.Error && e.Verdict == nil && len(shown(found)) > 0 {
		t.Errorf("opened, want a refusal")
		return
	}
	if e.Count > 0 && len(found) != e.Count {
		t.Errorf("%d found, want %d", len(found), e.Count)
	}
	if n := inside(found); n < e.Parts.Min {
		t.Errorf("%d inside, want %d", n, e.Parts.Min)
	}
	judged := found
	if e.Verb == "verify" {
		judged = shown(found)
	}
	for _, c := range judged {
		e.judge(t, c)
	}
}

func (e expectation) judge(t *testing.T, c *vc.Credential) {
	if len(e.Kind) > 0 && c.Kind != vocab.Presentation && !slices.Contains(e.Kind, c.Kind) {
		t.Errorf("kind %s, want %v", c.Kind, e.Kind)
	}
	if len(e.Form) > 0 && !slices.Contains(e.Form, c.Form) {
		t.Errorf("form %s, want %v", c.Form, e.Form)
	}
	grave := slices.ContainsFunc(c.Shape, func(f vc.Flaw) bool { return f.Grave })
	want := e.Rows["shape"]
	switch {
	case grave && want != nil && !slices.Contains(want, "fail"):
		t.Errorf("grave flaws %+v, want %v", c.Shape, want)
	case grave && !slices.Contains(e.Verdict, "problem"):
		t.Errorf("grave flaws %+v, but the verdict is to be %v", c.Shape, e.Verdict)
	case !grave && slices.Equal(want, []string{"fail"}):
		t.Errorf("no grave flaw in %+v, want one", c.Shape)
	}
}

// apply sets the members a case asks for.
func (e expectation) apply(t *testing.T, raw []byte) []byte {
	if len(e.Set) == 0 {
		return raw
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for path, v := range e.Set {
		m, names := doc, strings.Split(path, ".")
		for _, name := range names[:len(names)-1] {
			inner, ok := m[name].(map[string]any)
			if !ok {
				inner = map[string]any{}
				m[name] = inner
			}
			m = inner
		}
		m[names[len(names)-1]] = v
	}
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readAll(raw []byte) ([]*vc.Credential, error) {
	before := bytes.Clone(raw)
	opened, err := envelope.Open(raw)
	if !bytes.Equal(before, raw) {
		panic("Open changed its input")
	}
	var out []*vc.Credential
	for _, o := range opened {
		c := o.Credential()
		vocab.Read(c)
		out = append(out, c)
	}
	return out, err
}

// shown gives the credentials, those of presentations in place of these.
func shown(all []*vc.Credential) []*vc.Credential {
	var out []*vc.Credential
	for _, c := range all {
		if c.Kind == vocab.Presentation {
			out = append(out, shown(c.Parts)...)
		} else {
			out = append(out, c)
		}
	}
	return out
}

func inside(all []*vc.Credential) int {
	n := 0
	for _, c := range all {
		n += len(c.Parts) + inside(c.Parts)
	}
	return n
}
