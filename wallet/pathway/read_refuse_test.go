package pathway_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

func TestReadRefuses(t *testing.T) {
	deep := `{"elementId": "e", "name": "n"}`
	for i := range 60 {
		deep = fmt.Sprintf(`{"elementId": "e%d", "name": "n", "children": [%s]}`, i, deep)
	}
	var many strings.Builder
	for i := range pathway.MaxSteps + 1 {
		fmt.Fprintf(&many, `%s{"@id": "urn:%d", "@type": "Course"}`, strings.Repeat(",", min(i, 1)), i)
	}
	for _, c := range []struct{ name, raw, code, arg string }{
		{"nothing", ``, "pathway.not-json", "1"},
		{"cut off", graph[:len(graph)/2], "pathway.not-json", "11"},
		{"two values", "{}\n,\n{}", "pathway.not-json", "2"},
		{"a list of nothing", `[]`, "pathway.none", ""},
		{"another kind of file", `{"hello": "world"}`, "pathway.none", ""},
		{"a text", `"hello"`, "pathway.none", ""},
		{"terms and levels", `{"@graph": [{"@type": ["skos:ConceptScheme", "asn:ProgressionModel"], "@id": "x"}, {"@type": "skos:Concept"}]}`, "pathway.none-inside", ""},
		{"a rule alone", `{"@id": "x", "@type": "_:ComponentCondition", ":hasConstraint": [{"@type": "_:Constraint"}]}`, "pathway.none-rule", ""},
		{"a JSON schema", `{"$schema": "https://json-schema.org/draft/2020-12/schema", "elementId": "e"}`, "pathway.schema", ""},
		{"too many parts", `[` + many.String() + `]`, "pathway.too-many", "2000"},
		{"too much of one member", `{"@type": "Course", "hasChild": ["urn:a"` + urns(pathway.MaxSteps) + `]}`, "pathway.too-many", "hasChild"},
		{"an element without an id", strings.Replace(tree, `"elementId": "e1"`, `"elementId": ""`, 1), "pathway.element", "One"},
		{"two elements of one id", strings.Replace(tree, `"elementId": "e2"`, `"elementId": "e1"`, 1), "pathway.element", "Two"},
		{"a child that is none", strings.Replace(tree, `"children": []`, `"children": [1]`, 1), "pathway.element", "One"},
		{"a table that breaks off", table[:strings.Index(table, "and a comma")], "pathway.not-table", "2"},
		{"a row too long", table + "C,CredentialComponent,C,,,,,,,,,more\n", "pathway.not-table", "8"},
		{"a table in another coding", table + "C,CredentialComponent,\xff,,,,,,,\n", "pathway.not-table", "1"},
		{"too large", strings.Repeat(" ", pathway.MaxBytes) + graph, "pathway.too-large", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := pathway.Read([]byte(c.raw))
			wantFault(t, assets.English(), err, c.code, c.arg)
		})
	}
	t.Run("deeper than groups may stand", func(t *testing.T) {
		if _, err := pathway.Read([]byte(deep)); err != nil && fault.Code(err) != "pathway.not-json" {
			t.Error(err)
		}
	})
}

func urns(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"urn:%d"`, i)
	}
	return b.String()
}

func TestReadDeep(t *testing.T) {
	inner := `{"elementId": "leaf", "name": "Leaf", "completionBadge": {"badgeUrl": "https://b.example/leaf"}}`
	for i := range 12 {
		inner = fmt.Sprintf(`{"elementId": "e%d", "name": "E%d", "children": [%s]}`, i, i, inner)
	}
	p := read(t, inner).Pathway
	held := []pathway.Held{{ID: "1", Achievement: "https://b.example/leaf", Verdict: check.Verified}}
	if got := pathway.Measure(p, held, noon); !got.Complete || pathway.Measure(p, nil, noon).Complete {
		t.Errorf("%s\n%+v", outline(p), got)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{base2, graph, tree, table} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := pathway.Read(raw)
		if err != nil {
			if fault.Code(err) == "" {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		if got := pathway.Measure(r.Pathway, nil, noon); got.Complete || got.Done != 0 || r.Form == "" {
			t.Fatalf("nothing held: %+v", got)
		}
	})
}
