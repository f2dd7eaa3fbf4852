package pathway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// graph is a pathway in CTDL: a degree that two of three courses lead to, one of
// which may be taken in two ways, and an exam that a grade is asked for.
const graph = `{
  "@context": "https://credreg.net/ctdl/schema/context/json",
  "@graph": [
    {"@id": "https://r.example/p", "@type": "ceterms:Pathway", "ceterms:name": {"en-US": "Way"},
     "ceterms:ownedBy": ["https://r.example/owner"], "ceterms:hasDestinationComponent": ["https://r.example/degree"]},
    {"@id": "https://r.example/owner", "@type": "ceterms:Organization", "ceterms:name": "School"},
    {"@id": "https://r.example/degree", "@type": "ceterms:CredentialComponent", "ceterms:name": {"de": "Abschluss", "en": "Degree"},
     "ceterms:hasCondition": [
       {"@type": "ceterms:ComponentCondition", "ceterms:name": {"en": "Courses"}, "ceterms:requiredNumber": 2,
        "ceterms:targetComponent": ["https://r.example/a", "https://r.example/b", "https://r.example/c", "https://r.example/c"]},
       {"@type": "ceterms:ComponentCondition", "ceterms:description": {"en": "Exam"}, "ceterms:targetComponent": ["https://r.example/x"]}]},
    {"@id": "https://r.example/a", "@type": "ceterms:CourseComponent", "ceterms:name": {"en": "A"}},
    {"@id": "https://r.example/b", "@type": "ceterms:CourseComponent", "ceterms:name": {"en": "B"}, "ceterms:prerequisite": "https://r.example/a"},
    {"@id": "https://r.example/c", "@type": "ceterms:BasicComponent", "ceterms:name": {"en": "C"},
     "ceterms:hasCondition": {"@type": "ceterms:ComponentCondition", "ceterms:logicalOperator": "logic:Or",
       "ceterms:targetComponent": ["https://r.example/a", "https://r.example/c2"]}},
    {"@id": "https://r.example/c2", "@type": "ceterms:CourseComponent", "ceterms:name": {"en": "C2"},
     "ceterms:proxyFor": "https://r.example/real-c2"},
    {"@id": "https://r.example/x", "@type": "ceterms:AssessmentComponent", "ceterms:name": {"en": "Exam"}}
  ]}`

// tree is a pathway as Badgr exports it.
const tree = `{
  "elementId": "e0", "name": "Root", "description": "D", "completionBadge": {"badgeUrl": "https://b.example/root"},
  "requirements": {"childElementRequirements": {"countRule": {"@type": "all"}}},
  "children": [
    {"elementId": "e1", "name": "One", "completionBadge": {"badgeUrl": "https://b.example/one"},
     "requirements": {"allowCompletionBadgeShortcut": true, "shortcutBadges": [{"badgeUrl": "https://b.example/short"}],
       "badgeRequirements": {"countRule": {"@type": "atLeastN", "requiredCount": 2}, "requiredBadges": [
         {"badgeUrl": "https://b.example/1"}, {"badgeUrl": "https://b.example/2"}, {"badgeUrl": "https://b.example/3"}]}},
     "requiredForParentCompletion": true, "children": []},
    {"elementId": "e2", "name": "Two", "requirements": {
       "nonChildElementRequirements": {"countRule": {"@type": "all"}, "elementIds": ["e1"]},
       "badgeRequirements": {"countRule": {"@type": "all"}, "requiredBadges": [{"badgeUrl": "https://b.example/1"}]}},
     "children": []},
    {"elementId": "e3", "name": "Three", "requiredForParentCompletion": false, "completionBadge": {"badgeUrl": "https://b.example/three"}, "children": []}
  ]}`

// table is a pathway in columns.
const table = "External Identifier,Pathway Component Type,name,description,hasDestinationComponent,sourceData,Has Child,has Condition,required Number,target Component\n" +
	"P,Pathway,Way,\"Two lines,\nand a comma\",D,,,,,\n" +
	"D,CredentialComponent,Degree,,,https://b.example/d,,R,,\n" +
	"R,ComponentCondition,One of two,,,,,,1,A | B\n" +
	"A,CredentialComponent,A,,,https://b.example/a,,,,\n" +
	"B,CredentialComponent,B,,,https://b.example/b,,,,\n"

func read(t testing.TB, raw string) pathway.Reading {
	t.Helper()
	r, err := pathway.Read([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outline draws a pathway as text: the lowest layer first.
func outline(p pathway.Pathway) string {
	var b strings.Builder
	var steps func(indent string, list []pathway.Step)
	rule := func(r pathway.Rule) string { return strings.TrimSuffix(fmt.Sprint(r.Kind, " ", r.N), " 0") }
	steps = func(indent string, list []pathway.Step) {
		for _, s := range list {
			fmt.Fprintf(&b, "%s%s", indent, s.Name)
			switch {
			case s.Group():
				fmt.Fprintf(&b, " (%s)", rule(s.Rule))
			case s.Same != "":
				fmt.Fprintf(&b, " = %s", s.Same)
			case s.Unseen:
				b.WriteString(" ?")
			}
			if s.Optional {
				b.WriteString(" optional")
			}
			for _, id := range s.Requires {
				fmt.Fprintf(&b, " after %s", id)
			}
			b.WriteString("\n")
			steps(indent+"  ", s.Steps)
		}
	}
	for _, l := range p.Layers {
		fmt.Fprintf(&b, "%s (%s)", l.Name, rule(l.Rule))
		if l.Optional {
			b.WriteString(" optional")
		}
		b.WriteString("\n")
		steps("  ", l.Steps)
	}
	return b.String()
}

func TestReadForms(t *testing.T) {
	for _, c := range []struct {
		name, raw string
		form      pathway.Form
		want      string
	}{
		{"our own", base2, pathway.Cairn, `One (all)
  G1 (any 1)
    S1
    S2
Two (at-least 2)
  S1 again = s1 after l1
  G1 again = g1
  An average of at least B ?
`},
		{"CTDL", graph, pathway.CTDL, `Courses (at-least 2)
  A
  B after https://r.example/a
  C (any 1)
    A = https://r.example/a
    C2
Exam (all)
  Exam
Degree (all)
  Degree
`},
		{"a Badgr tree", tree, pathway.BadgrTree, `One (at-least 2)
  b.example/1
  b.example/2
  b.example/3
Two (all)
  Two (all)
    One = e1
  Two (all)
    b.example/1 = badge https://b.example/1
→ Root (all) optional
  Three
Root (all) optional
  Root
`},
		{"a table", table, pathway.Table, `→ Degree (any 1)
  A
  B
Degree (all)
  Degree
`},
		{"a table with a mark in front", "\xef\xbb\xbf" + table, pathway.Table, `→ Degree (any 1)
  A
  B
Degree (all)
  Degree
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := read(t, c.raw)
			if got := outline(r.Pathway); got != c.want || r.Form != c.form {
				t.Errorf("%s:\n%s\nwant\n%s", r.Form, got, c.want)
			}
			if len(r.Findings) > 0 {
				t.Errorf("findings %v", r.Findings)
			}
		})
	}
}

// TestReadShapes: one pathway in every shape that JSON-LD gives it is one pathway.
func TestReadShapes(t *testing.T) {
	want := outline(read(t, graph).Pathway)
	list := graph[strings.Index(graph, "[\n") : strings.LastIndex(graph, "]")+1]
	bare := strings.NewReplacer("ceterms:", "", `"@id"`, `"id"`, `"@type"`, `"type"`).Replace(graph)
	var parsed struct {
		Graph []any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(graph), &parsed); err != nil {
		t.Fatal(err)
	}
	expanded, err := json.Marshal(expand("", parsed.Graph))
	if err != nil {
		t.Fatal(err)
	}
	draft := strings.Replace(graph, `"ceterms:requiredNumber": 2`, `"leftOperand": "reqNum", "operand": "=", "rightOperand": 2`, 1)
	for name, raw := range map[string]string{"an array": list, "bare names": bare, "expanded": string(expanded), "the draft of 2022": draft} {
		t.Run(name, func(t *testing.T) {
			if got := outline(read(t, raw).Pathway); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// expand writes the values of a member as JSON-LD expansion does.
func expand(member string, v any) any {
	switch v := v.(type) {
	case []any:
		out := []any{}
		for _, e := range v {
			if x, ok := expand(member, e).([]any); ok {
				out = append(out, x...)
			} else {
				out = append(out, expand(member, e))
			}
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, e := range v {
			switch {
			case strings.HasPrefix(name, "@"):
				out[name] = e
			case strings.Contains(name, ":"):
				out[strings.Replace(name, "ceterms:", "https://purl.org/ctdl/terms/", 1)] = expand(name, e)
			case strings.HasPrefix(name, "en"): // a language, the one that is shown
				return []any{map[string]any{"@language": "en", "@value": e}}
			}
		}
		return []any{out}
	case string:
		if member != "ceterms:name" {
			return []any{map[string]any{"@id": v}}
		}
	}
	return []any{map[string]any{"@value": v}}
}

// TestReadMeasures: what others' rules mean is what is counted.
func TestReadMeasures(t *testing.T) {
	badge := func(ids ...string) []pathway.Held {
		var out []pathway.Held
		for _, id := range ids {
			out = append(out, pathway.Held{ID: id, Achievement: id, Verdict: check.Verified})
		}
		return out
	}
	for _, c := range []struct {
		name, raw   string
		held        []string
		done, total int
		complete    bool
	}{
		{"nothing", graph, nil, 0, 4, false},
		{"one course stands twice and counts once", graph, []string{"https://r.example/a"}, 2, 4, false},
		{"what a component stands for counts", graph, []string{"https://r.example/real-c2"}, 1, 4, false},
		{"a course waits for another", graph, []string{"https://r.example/b"}, 0, 4, false},
		{"the degree alone", graph, []string{"https://r.example/degree"}, 1, 4, false},
		{"all of it", graph, []string{"https://r.example/a", "https://r.example/b", "https://r.example/x", "https://r.example/degree"}, 4, 4, true},
		{"a shortcut", tree, []string{"https://b.example/short"}, 3, 4, false},
		{"the badge of an element", tree, []string{"https://b.example/one", "https://b.example/1"}, 4, 4, true},
		{"two of three", tree, []string{"https://b.example/1", "https://b.example/2"}, 4, 4, true},
		{"one of three", tree, []string{"https://b.example/2"}, 1, 4, false},
		{"the goal of a table", table, []string{"https://b.example/d"}, 1, 2, false},
		{"all of a table", table, []string{"https://b.example/d", "https://b.example/b"}, 2, 2, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := pathway.Measure(read(t, c.raw).Pathway, badge(c.held...), noon)
			if got.Done != c.done || got.Total != c.total || got.Complete != c.complete {
				t.Errorf("%d of %d, complete %v: %+v", got.Done, got.Total, got.Complete, got.Layers)
			}
		})
	}
}

// TestReadFindings alters one thing of a good file: it is read, and told.
func TestReadFindings(t *testing.T) {
	for _, c := range []struct{ name, raw, old, new, code, about string }{
		{"a target that isn't there", graph, `"https://r.example/b", `, `"https://r.example/z", `, "outside", "https://r.example/z"},
		{"a condition that isn't there", graph, `"ceterms:hasCondition": {"@type"`, `"ceterms:hasCondition": "_:none", "ceterms:x": {"@type"`, "outside", "_:none"},
		{"a goal that isn't there", graph, `["https://r.example/degree"]`, `["https://r.example/z"]`, "outside", "https://r.example/z"},
		{"an owner that isn't there", graph, `["https://r.example/owner"]`, `["https://r.example/z"]`, "owner-outside", "https://r.example/z"},
		{"a name of nothing", graph, `["https://r.example/owner"]`, `["_:z"]`, "undefined", "_:z"},
		{"a circle", graph, `["https://r.example/a", "https://r.example/c2"]`, `["https://r.example/c"]`, "cycle", "C"},
		{"exactly one", graph, `logic:Or`, `logic:OnlyOne`, "exactly", "C"},
		{"more than there are", graph, `"ceterms:requiredNumber": 2`, `"ceterms:requiredNumber": 9`, "unreachable", "Courses"},
		{"a number in words", graph, `"ceterms:requiredNumber": 2`, `"ceterms:requiredNumber": "two"`, "number", "Courses"},
		{"a number below one", graph, `"ceterms:requiredNumber": 2`, `"ceterms:requiredNumber": 0`, "number", "Courses"},
		{"a number on the component", graph, `"ceterms:hasCondition": {`, `"ceterms:requiredNumber": 2, "ceterms:hasCondition": {`, "number-elsewhere", "C"},
		{"a grade", graph, `"ceterms:requiredNumber": 2`, `"ceterms:hasConstraint": [{"ceterms:leftSource": "ex:grade", "ceterms:comparator": "compare:GTEQ", "ceterms:rightSource": "B"}], "ceterms:requiredNumber": 2`, "unseen", "grade ≥ B"},
		{"a comparison we can't make", graph, `"ceterms:requiredNumber": 2`, `"leftOperand": "reqNum", "operand": "<", "rightOperand": 2`, "unseen", "reqNum < 2"},
		{"one id for two", graph, `"@id": "https://r.example/x"`, `"@id": "https://r.example/a"`, "twice", "A / Exam"},
		{"children without a number", graph, `"ceterms:proxyFor"`, `"ceasn:hasChild": "https://r.example/x", "ceterms:proxyFor"`, "uncounted", "C2"},
		{"a part that leads nowhere", graph, `{"@id": "https://r.example/x"`, `{"@id": "https://r.example/y", "@type": "ceterms:JobComponent", "ceterms:name": "Y"}, {"@id": "https://r.example/x"`, "unused", "Y"},
		{"an order", graph, `{"@id": "https://r.example/x"`, `{"@id": "https://r.example/y", "@type": "ceterms:JobComponent", "ceterms:name": "Y", "ceterms:precedes": "https://r.example/degree"}, {"@id": "https://r.example/x"`, "order", "Y"},
		{"two that wait for each other", graph, `"ceterms:name": {"en": "A"}`, `"ceterms:name": {"en": "A"}, "ceterms:prerequisite": "https://r.example/b"`, "requires-circle", "A"},
		{"a need outside", graph, `"ceterms:prerequisite": "https://r.example/a"`, `"ceterms:prerequisite": "https://r.example/z"`, "requires-outside", "B"},
		{"no goal", graph, `, "ceterms:hasDestinationComponent": ["https://r.example/degree"]`, ``, "", ""},
		{"no goal, several tops", graph, `, "ceterms:hasDestinationComponent": ["https://r.example/degree"]}`, `}, {"@id": "https://r.example/y", "@type": "ceterms:JobComponent", "ceterms:name": "Y"}`, "no-goal", "Way"},
		{"no pathway", graph, `ceterms:Pathway`, `ceterms:Organization`, "no-pathway", "A"},
		{"two pathways", graph, `"@type": "ceterms:Organization"`, `"@type": "ceterms:Pathway"`, "more-pathways", "School"},
		{"an identifier without ce-", graph, `"@type": "ceterms:AssessmentComponent"`, `"@type": "ceterms:AssessmentComponent", "ceterms:ctid": "59e8d15f-7895-4346-a5a8-7a0739a3d344"`, "ctid-prefix", "59e8d15f-7895-4346-a5a8-7a0739a3d344"},
		{"an identifier in capitals", graph, `"@type": "ceterms:AssessmentComponent"`, `"@type": "ceterms:AssessmentComponent", "ceterms:ctid": "ce-59E8D15F-7895-4346-A5A8-7A0739A3D344"`, "ctid-case", "ce-59E8D15F-7895-4346-A5A8-7A0739A3D344"},
		{"an identifier of version 1", graph, `"@type": "ceterms:AssessmentComponent"`, `"@type": "ceterms:AssessmentComponent", "ceterms:ctid": "ce-59e8d15f-7895-1346-a5a8-7a0739a3d344"`, "ctid-version", "ce-59e8d15f-7895-1346-a5a8-7a0739a3d344"},
		{"an identifier cut short", graph, `"@type": "ceterms:AssessmentComponent"`, `"@type": "ceterms:AssessmentComponent", "ceterms:ctid": "ce-59e8d15f"`, "ctid-form", "ce-59e8d15f"},
		{"a right identifier", graph, `"@type": "ceterms:AssessmentComponent"`, `"@type": "ceterms:AssessmentComponent", "ceterms:ctid": "ce-59e8d15f-7895-4346-a5a8-7a0739a3d344"`, "", ""},
		{"a part of another", graph, `"@type": "ceterms:AssessmentComponent"`, `"@type": "ceterms:AssessmentComponent", "ceterms:isPartOf": "https://r.example/q", "ceterms:hasPart": "https://r.example/x"`, "inverse", "Exam"},
		{"an element elsewhere that isn't there", tree, `["e1"]`, `["e9"]`, "outside", "e9"},
		{"more badges than there are", tree, `"requiredCount": 2`, `"requiredCount": 4`, "unreachable", "One"},
		{"a rule of another kind", tree, `"atLeastN"`, `"atMostN"`, "number", "One"},
		{"an element that nothing completes", tree, `"requiredForParentCompletion": false, "completionBadge": {"badgeUrl": "https://b.example/three"}`, `"requiredForParentCompletion": false`, "unmatched", "Three"},
		{"an element that waits for itself", tree, `["e1"]`, `["e2"]`, "cycle", "Two"},
		{"a row that isn't there", table, "A | B", "A | Z", "outside", "Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := strings.Replace(c.raw, c.old, c.new, 1)
			if raw == c.raw {
				t.Fatal("the case alters nothing")
			}
			r := read(t, raw)
			if c.code == "" {
				if len(r.Findings) > 0 {
					t.Errorf("findings %v", r.Findings)
				}
				return
			}
			found := slices.ContainsFunc(r.Findings, func(f pathway.Finding) bool {
				return f.Code == c.code && slices.ContainsFunc(f.Names, func(n string) bool { return strings.Contains(n, c.about) })
			})
			if !found {
				t.Errorf("findings %v, want %s about %s", r.Findings, c.code, c.about)
			}
			if words := assets.English().Text("pathway.find."+c.code, map[string]string{"names": "X"}); !strings.Contains(words, "X") {
				t.Errorf("words %q", words)
			}
			if pathway.Measure(r.Pathway, nil, noon).Complete {
				t.Error("complete with nothing held")
			}
		})
	}
}

// TestUnseenStaysOpen: what can't be judged from badges is never taken for done.
func TestUnseenStaysOpen(t *testing.T) {
	raw := strings.Replace(graph, `"ceterms:requiredNumber": 2`, `"ceterms:hasConstraint": {"ceterms:leftSource": "ex:grade"}, "ceterms:requiredNumber": 2`, 1)
	var all []pathway.Held
	for _, id := range []string{"a", "b", "c2", "x", "degree"} {
		all = append(all, pathway.Held{ID: id, Achievement: "https://r.example/" + id, Verdict: check.Verified})
	}
	got := pathway.Measure(read(t, raw).Pathway, all, noon)
	if got.Complete || got.Percent() == 100 || got.Layers[0].State != pathway.Open || got.Layers[0].Steps[1].State != pathway.Unseen {
		t.Errorf("%+v", got.Layers[0])
	}
	if got.Next != nil {
		t.Errorf("next %v: no badge can bring it on", got.Next)
	}
}

// TestReadDeep: what is nested deeper than groups may stand gets layers of its own,
// and is counted all the same.
