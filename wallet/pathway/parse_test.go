package pathway_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// base is a pathway that uses every member of the format.
const base = `{
  "cairnPathway": 1, "id": "https://a.example/p", "name": "P", "description": "D", "x-draft": [1, {"y": 2}],
  "issuer": {"id": "did:web:a.example", "name": "A", "url": "https://a.example"}, "goal": "s3",
  "layers": [
    {"id": "l1", "name": "One", "description": "First", "rule": {"all": true}, "steps": [
      {"id": "s1", "name": "S1", "description": "d", "offeredBy": {"name": "A", "url": "https://a.example/s1?x=1#y"}, "accepts": [{"achievement": "urn:a:1"}]},
      {"id": "s2", "name": "S2", "optional": true, "requires": ["s1"], "accepts": [{"alignment": {"url": "https://f.example/1"}}]},
      {"id": "g1", "name": "G1", "rule": {"any": true}, "steps": [
        {"id": "g1a", "name": "G1a", "accepts": [{"issuer": "A", "name": "N"}]},
        {"id": "g1b", "name": "G1b", "accepts": [{"alignment": {"code": "1.2", "framework": "F"}, "issuer": "did:web:a.example"}]}]}]},
    {"id": "l2", "name": "Two", "requires": ["l1"], "rule": {"credits": 4.5, "unit": "ECTS"}, "steps": [
      {"id": "s3", "name": "S3", "credits": 2.5, "accepts": [{"achievement": "urn:a:3"}]},
      {"id": "s4", "name": "S4", "credits": "awarded", "accepts": [{"issuer": "did:web:a.example"}]}]},
    {"id": "l3", "name": "Three", "optional": true, "rule": {"atLeast": 1}, "steps": [
      {"id": "s5", "name": "S5", "accepts": [{"achievement": "urn:a:5"}]},
      {"id": "s6", "name": "S6", "accepts": [{"achievement": "urn:a:6"}]}]}
  ]}`

// base2 is a pathway of version 2 that uses what it brought.
const base2 = `{
  "cairnPathway": 2, "id": "https://a.example/p", "name": "P",
  "layers": [
    {"id": "l1", "name": "One", "accepts": [{"achievement": "urn:a:one"}], "steps": [
      {"id": "g1", "name": "G1", "rule": {"any": true}, "accepts": [{"achievement": "urn:a:g1"}], "steps": [
        {"id": "s1", "name": "S1", "accepts": [{"achievement": "urn:a:1"}]},
        {"id": "s2", "name": "S2", "accepts": [{"achievement": "urn:a:2"}]}]}]},
    {"id": "l2", "name": "Two", "rule": {"atLeast": 2}, "steps": [
      {"id": "r1", "name": "S1 again", "description": "d", "requires": ["l1"], "same": "s1"},
      {"id": "r2", "name": "G1 again", "same": "g1"},
      {"id": "u1", "name": "An average of at least B", "unseen": true}]}
  ]}`

// offline refuses to load anything: the schema needs nothing but itself.
type offline struct{}

func (offline) Load(url string) (any, error) { return nil, fmt.Errorf("asked for %s", url) }

func schema(t testing.TB, version int) *jsonschema.Schema {
	t.Helper()
	name := fmt.Sprint("pathway-", version)
	raw, ok := assets.Schema(name)
	if !ok {
		t.Fatal("no schema")
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(offline{})
	id := "https://cairnwallet.github.io/schemas/" + name + ".json"
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile(id)
}

func fits(t testing.TB, s *jsonschema.Schema, raw string) bool {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(raw))
	if err != nil {
		if errors.Is(err, io.EOF) {
			return false
		}
		t.Fatal(err)
	}
	return s.Validate(v) == nil
}

func TestParse(t *testing.T) {
	p, err := pathway.Parse([]byte(base))
	if err != nil {
		t.Fatal(err)
	}
	if p.Goal != "s3" || p.Issuer.ID != "did:web:a.example" || len(p.Layers) != 3 {
		t.Errorf("read %+v", p)
	}
	g := p.Layers[0].Steps[2]
	if !g.Group() || g.Rule.Kind != pathway.Any || len(g.Steps) != 2 || g.Steps[1].Accepts[0].Alignment.Framework != "F" {
		t.Errorf("group %+v", g)
	}
	two := p.Layers[1]
	if two.Rule.Kind != pathway.CreditsRule || two.Rule.Credits.String() != "4.5" || two.Rule.Unit != "ECTS" || two.Steps[0].Credits.String() != "2.5" || !two.Steps[1].Awarded {
		t.Errorf("credits %+v", two)
	}
	if !fits(t, schema(t, 1), base) {
		t.Error("the schema refuses it")
	}
}

func TestParseVersion2(t *testing.T) {
	p, err := pathway.Parse([]byte(base2))
	if err != nil {
		t.Fatal(err)
	}
	one, two := p.Layers[0], p.Layers[1]
	if one.Accepts[0].Achievement != "urn:a:one" || one.Steps[0].Accepts[0].Achievement != "urn:a:g1" {
		t.Errorf("accepts %+v", one)
	}
	if two.Steps[0].Same != "s1" || two.Steps[1].Same != "g1" || !two.Steps[2].Unseen {
		t.Errorf("steps %+v", two.Steps)
	}
	if !fits(t, schema(t, 2), base2) {
		t.Error("the schema refuses it")
	}
	older := strings.Replace(base, `"cairnPathway": 1`, `"cairnPathway": 2`, 1)
	if _, err := pathway.Parse([]byte(older)); err != nil || !fits(t, schema(t, 2), older) {
		t.Errorf("what version 1 has: %v", err)
	}
}

// TestParseRefuses alters one thing of a good pathway. Every fault has words with
// the slots it fills, and the schema agrees wherever the thing is one of shape.
func TestParseRefuses(t *testing.T) {
	const shape, sense = true, false
	cases := []struct {
		name, old, new, code, arg string
		shape                     bool
	}{
		{"another kind of file", `"cairnPathway": 1, `, ``, "pathway.none", "", shape},
		{"a later version", `"cairnPathway": 1`, `"cairnPathway": 3`, "pathway.newer", "3", shape},
		{"a version that is a text", `"cairnPathway": 1`, `"cairnPathway": "1"`, "pathway.want-number", "cairnPathway", shape},
		{"no name", `"name": "P", `, ``, "pathway.member-missing", "name", shape},
		{"a blank name", `"name": "P"`, `"name": " "`, "pathway.want-text", "name", shape},
		{"a name that is a number", `"name": "S1"`, `"name": 7`, "pathway.want-text", "layers[0].steps[0].name", shape},
		{"a misspelt member", `"requires": ["l1"]`, `"require": ["l1"]`, "pathway.member-unknown", "layers[1].require", shape},
		{"a misspelt member of a step", `"optional": true, "requires": ["s1"]`, `"Optional": true`, "pathway.member-unknown", "layers[0].steps[1].Optional", shape},
		{"a step with a rule", `"id": "s5", `, `"id": "s5", "rule": {"any": true}, `, "pathway.member-unknown", "layers[2].steps[0].rule", shape},
		{"a group that accepts", `"id": "g1", `, `"id": "g1", "accepts": [{"achievement": "x"}], `, "pathway.member-unknown", "layers[0].steps[2].accepts", shape},
		{"an address to run", `https://a.example/s1?x=1#y`, `javascript:alert(1)`, "pathway.want-web", "layers[0].steps[0].offeredBy.url", shape},
		{"a plain http address", `"url": "https://a.example"`, `"url": "http://a.example"`, "pathway.want-web", "issuer.url", shape},
		{"an address with a user", `"url": "https://a.example"`, `"url": "https://bank.example@a.example"`, "pathway.want-web", "issuer.url", shape},
		{"optional: false", `"optional": true, "requires"`, `"optional": false, "requires"`, "pathway.want-true", "layers[0].steps[1].optional", shape},
		{"no layers", base[strings.Index(base, `"layers": [`):], `"layers": []}`, "pathway.want-list", "layers", shape},
		{"a layer that is a text", `"layers": [`, `"layers": ["x",`, "pathway.want-object", "layers[0]", shape},
		{"requires a number", `["l1"]`, `[1]`, "pathway.want-text", "layers[1].requires[0]", shape},
		{"two rules", `{"any": true}`, `{"any": true, "atLeast": 1}`, "pathway.rule", "layers[0].steps[2].rule", shape},
		{"an empty rule", `{"any": true}`, `{}`, "pathway.rule", "layers[0].steps[2].rule", shape},
		{"a unit without credits", `{"any": true}`, `{"any": true, "unit": "ECTS"}`, "pathway.rule", "layers[0].steps[2].rule", shape},
		{"at least none", `{"atLeast": 1}`, `{"atLeast": 0}`, "pathway.want-number", "layers[2].rule.atLeast", shape},
		{"at least one and a half", `{"atLeast": 1}`, `{"atLeast": 1.5}`, "pathway.want-number", "layers[2].rule.atLeast", shape},
		{"negative credits", `"credits": 2.5`, `"credits": -2.5`, "pathway.want-number", "layers[1].steps[0].credits", shape},
		{"absurd credits", `"credits": 2.5`, `"credits": 1e400`, "pathway.want-number", "layers[1].steps[0].credits", shape},
		{"credits as a text", `"awarded"`, `"3"`, "pathway.want-number", "layers[1].steps[1].credits", shape},
		{"nothing accepted", `{"achievement": "urn:a:1"}`, `{}`, "pathway.accepts", "layers[0].steps[0].accepts[0]", shape},
		{"a name alone", `{"achievement": "urn:a:1"}`, `{"name": "N"}`, "pathway.name-alone", "layers[0].steps[0].accepts[0].name", shape},
		{"a framework alone", `{"url": "https://f.example/1"}`, `{"framework": "F"}`, "pathway.alignment", "layers[0].steps[1].accepts[0].alignment", shape},

		{"an id twice", `"id": "s6"`, `"id": "l1"`, "pathway.id-twice", "l1", sense},
		{"an id that isn't there", `["l1"]`, `["l9"]`, "pathway.reference", "l9", sense},
		{"a goal that isn't there", `"goal": "s3"`, `"goal": "s9"`, "pathway.goal", "s9", sense},
		{"a goal that is a layer", `"goal": "s3"`, `"goal": "l2"`, "pathway.goal", "l2", sense},
		{"more than there are", `{"atLeast": 1}`, `{"atLeast": 3}`, "pathway.rule-unreachable", "Three", sense},
		{"more credits than there are", `"credits": "awarded"`, `"credits": 1.999`, "pathway.rule-unreachable", "Two", sense},
		{"optional where one may choose", `"id": "s5"`, `"optional": true, "id": "s5"`, "pathway.optional", "Three", sense},
		{"a step that waits for itself", `["s1"]`, `["s2"]`, "pathway.cycle", "S2", sense},
		{"a step that waits for its group", `"id": "g1a", `, `"id": "g1a", "requires": ["g1"], `, "pathway.cycle", "G1 → G1a", sense},
		{"a step that waits for its layer's follower", `["s1"]`, `["s4"]`, "pathway.cycle", "One", sense},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { wantRefused(t, base, c.old, c.new, c.code, c.arg, c.shape, 1) })
	}
}

func TestParseVersion2Refuses(t *testing.T) {
	for _, c := range []struct {
		name, old, new, code, arg string
		shape                     bool
	}{
		{"the older version knows none of it", `"cairnPathway": 2`, `"cairnPathway": 1`, "pathway.member-unknown", "accepts", true},
		{"the same as nothing", `"same": "s1"`, `"same": "s9"`, "pathway.same", "s9", false},
		{"the same as one that is the same", `"same": "s1"`, `"same": "r2"`, "pathway.same", "r2", false},
		{"the same as what it stands in", `"same": "g1"`, `"same": "l2"`, "pathway.cycle", "Two", false},
		{"the same and a badge", `"same": "s1"`, `"same": "s1", "accepts": [{"achievement": "x"}]`, "pathway.member-unknown", "accepts", true},
		{"the same as a number", `"same": "s1"`, `"same": 1`, "pathway.want-text", "same", true},
		{"seen after all", `"unseen": true`, `"unseen": false`, "pathway.want-true", "unseen", true},
		{"unseen and a badge", `"unseen": true`, `"unseen": true, "accepts": [{"achievement": "x"}]`, "pathway.member-unknown", "accepts", true},
		{"a layer that accepts nothing", `[{"achievement": "urn:a:one"}]`, `[]`, "pathway.want-list", "accepts", true},
		{"a step that says nothing", `, "same": "s1"`, ``, "pathway.member-missing", "accepts", true},
	} {
		t.Run(c.name, func(t *testing.T) { wantRefused(t, base2, c.old, c.new, c.code, c.arg, c.shape, 2) })
	}
}

// wantRefused alters one thing of a good pathway. Where the thing is one of shape,
// the schema must refuse it too, and only there.
func wantRefused(t *testing.T, good, old, new, code, arg string, shape bool, version int) {
	t.Helper()
	raw := strings.Replace(good, old, new, 1)
	if raw == good {
		t.Fatal("the case alters nothing")
	}
	_, err := pathway.Parse([]byte(raw))
	wantFault(t, assets.English(), err, code, arg)
	if got := fits(t, schema(t, version), raw); got == shape {
		t.Errorf("the schema says %v", got)
	}
}

// wantFault also demands words for the code, with no slot left open.
func wantFault(t *testing.T, words assets.Words, err error, code, arg string) {
	t.Helper()
	var f *fault.Fault
	if !errors.As(err, &f) || f.Code != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	found := arg == ""
	for _, v := range f.Args {
		found = found || strings.Contains(v, arg)
	}
	if !found {
		t.Errorf("no argument holds %q: %v", arg, f.Args)
	}
	for _, part := range []string{"title", "why", "do"} {
		text := words.Text("fault."+code+"."+part, f.Args)
		if strings.ContainsAny(text, "{}") || strings.HasPrefix(text, "[") && !strings.HasPrefix(text, arg) {
			t.Errorf("words: %s", text)
		}
	}
}

func TestParseLimits(t *testing.T) {
	steps := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `%s{"id":"s%d","name":"S","accepts":[{"achievement":"a"}]}`, strings.Repeat(",", min(i, 1)), i)
		}
		return b.String()
	}
	file := func(steps string) string {
		return `{"cairnPathway":1,"id":"i","name":"N","layers":[{"id":"l","name":"L","steps":[` + steps + `]}]}`
	}
	nested := func(n int) string {
		s := steps(1)
		for i := range n {
			s = fmt.Sprintf(`{"id":"g%d","name":"G","steps":[%s]}`, i, s)
		}
		return s
	}
	cases := []struct{ name, raw, code string }{
		{"as many steps as may be", file(steps(pathway.MaxSteps)), ""},
		{"one more", file(steps(pathway.MaxSteps + 1)), "pathway.too-many"},
		{"as deep as may be", file(nested(pathway.MaxDepth)), ""},
		{"one deeper", file(nested(pathway.MaxDepth + 1)), "pathway.too-deep"},
		{"deeper than JSON may be", file(nested(200)), "pathway.not-json"},
		{"too large", strings.Repeat(" ", pathway.MaxBytes) + file(steps(1)), "pathway.too-large"},
		{"a long text", strings.Replace(file(steps(1)), `"N"`, `"`+strings.Repeat("é", pathway.MaxText+1)+`"`, 1), "pathway.too-long"},
		{"nothing", "", "pathway.not-json"},
		{"cut off", base[:len(base)/2], "pathway.not-json"},
		{"a list", "[]", "pathway.not-json"},
		{"a member twice", strings.Replace(base, `"id": "s1"`, `"id": "s1", "id": "s2"`, 1), "pathway.name-twice"},
		{"only optional steps", file(strings.Replace(steps(1), `"id"`, `"optional":true,"id"`, 1)), "pathway.nothing-needed"},
		{"only optional layers", strings.Replace(file(steps(1)), `"id":"l"`, `"optional":true,"id":"l"`, 1), "pathway.nothing-needed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := pathway.Parse([]byte(c.raw))
			if c.code == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantFault(t, assets.English(), err, c.code, "")
		})
	}
}

func TestShipped(t *testing.T) {
	s := schema(t, 1)
	if len(assets.Pathways()) != 2 {
		t.Fatalf("pathways %v", assets.Pathways())
	}
	for _, name := range assets.Pathways() {
		raw, _ := assets.Pathway(name)
		if _, err := pathway.Parse(raw); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !fits(t, s, string(raw)) {
			t.Errorf("%s does not fit the schema", name)
		}
	}
}

func TestCredits(t *testing.T) {
	cases := []struct {
		in, out string
		ok      bool
	}{
		{"3", "3", true},
		{"0", "0", true},
		{"0.29", "0.29", true},
		{"2.50", "2.5", true},
		{"1.0019", "1.001", true},
		{"1e2", "100", true},
		{"1e400", "", false},
		{"-1", "", false},
		{"NaN", "", false},
		{"1000001", "", false},
		{"", "", false},
	}
	for _, c := range cases {
		got, ok := pathway.ParseCredits(c.in)
		if ok != c.ok || ok && got.String() != c.out {
			t.Errorf("%q: %v %v", c.in, got, ok)
		}
	}
	if b, _ := json.Marshal(pathway.Credits(2500)); string(b) != "2.5" {
		t.Errorf("JSON %s", b)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(base))
	for _, name := range assets.Pathways() {
		raw, _ := assets.Pathway(name)
		f.Add(raw)
	}
	f.Add([]byte(`{"cairnPathway":1,"layers":[{"steps":[{"steps":[{"accepts":[{}]}]}],"rule":{"credits":1e9}}]}`))
	f.Add([]byte(base2))
	schemas := map[string]*jsonschema.Schema{"1": schema(f, 1), "2": schema(f, 2)}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := pathway.Parse(raw)
		if err != nil {
			if fault.Code(err) == "" {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		var about struct {
			Version json.Number `json:"cairnPathway"`
		}
		if err := json.Unmarshal(raw, &about); err != nil {
			t.Fatal(err)
		}
		if !fits(t, schemas[about.Version.String()], string(raw)) {
			t.Fatal("read what the schema refuses")
		}
		if got := pathway.Measure(p, nil, noon); got.Complete || got.Fraction != 0 || got.Total == 0 {
			t.Fatalf("nothing held: %+v", got)
		}
	})
}
