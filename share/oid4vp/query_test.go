package oid4vp

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
)

// member gives the member that a fault names; "" for another fault or none.
func member(err error) string {
	var f *fault.Fault
	if !errors.As(err, &f) || f.Code != "request.member" {
		return ""
	}
	return f.Args["member"]
}

// wide is a query that has everything a query can have.
const wide = `{
	"credentials": [
		{"id": "badge", "format": "dc+sd-jwt", "meta": {"vct_values": ["https://example.org/badge"]}, "multiple": true,
			"trusted_authorities": [{"type": "aki", "values": ["s9tIpPmhxdiuNkHMEWNpYim8S8Y"]}],
			"claims": [{"id": "a", "path": ["name"]}, {"id": "b", "path": ["skills", null], "values": ["cooking", 7, true]}, {"id": "c", "path": ["skills", 0]}],
			"claim_sets": [["a", "b"], ["c"]]},
		{"id": "other", "format": "ldp_vc", "meta": {"type_values": [["OpenBadgeCredential"], ["A", "B"]]}, "require_cryptographic_holder_binding": false},
		{"id": "card", "format": "mso_mdoc", "meta": {"doctype_value": "org.example.card"}, "surprise": 1}],
	"credential_sets": [{"options": [["badge"], ["other"]]}, {"options": [["card"]], "required": false}]}`

func TestParseQuery(t *testing.T) {
	q, err := ParseQuery([]byte(wide))
	if err != nil {
		t.Fatal(err)
	}
	want := Query{
		Credentials: []CredentialQuery{
			{
				ID: "badge", Format: SDJWT, VCTs: []string{"https://example.org/badge"}, Authorities: []Authority{{"aki", []string{"s9tIpPmhxdiuNkHMEWNpYim8S8Y"}}},
				Claims: []ClaimQuery{
					{ID: "a", Path: Path{"name"}},
					{ID: "b", Path: Path{"skills", nil}, Values: []any{"cooking", json.Number("7"), true}},
					{ID: "c", Path: Path{"skills", 0}},
				},
				ClaimSets: [][]string{{"a", "b"}, {"c"}},
			},
			{ID: "other", Format: LDP, Types: [][]string{{"OpenBadgeCredential"}, {"A", "B"}}, Unbound: true},
			{ID: "card", Format: MDoc},
		},
		Sets: []Set{{Options: [][]string{{"badge"}, {"other"}}}, {Options: [][]string{{"card"}}, Optional: true}},
	}
	if diff := cmp.Diff(want, q); diff != "" {
		t.Error(diff)
	}
}

// TestQueryRefused changes one thing of a good query each time.
func TestQueryRefused(t *testing.T) {
	for _, c := range []struct{ name, from, to, member string }{
		{"no credentials", `"credentials": [`, `"credential": [`, "dcql_query/credentials"},
		{"an id with a letter that ids lack", `"id": "badge"`, `"id": "ba dge"`, "dcql_query/credentials/0/id"},
		{"an id twice", `"id": "other"`, `"id": "badge"`, "dcql_query/credentials/1/id"},
		{"a number for a format", `"format": "ldp_vc"`, `"format": 1`, "dcql_query/credentials/1/format"},
		{"no meta", `"meta": {"vct_values"`, `"mate": {"vct_values"`, "dcql_query/credentials/0/meta"},
		{"no type", `["https://example.org/badge"]`, `[]`, "dcql_query/credentials/0/meta/vct_values"},
		{"a list of types that is flat", `[["OpenBadgeCredential"], ["A", "B"]]`, `["OpenBadgeCredential"]`, "dcql_query/credentials/1/meta/type_values/0"},
		{"no type of document", `"doctype_value"`, `"doctype"`, "dcql_query/credentials/2/meta/doctype_value"},
		{"multiple is a text", `"multiple": true`, `"multiple": "true"`, "dcql_query/credentials/0/multiple"},
		{"binding is a number", `_binding": false`, `_binding": 0`, "dcql_query/credentials/1/require_cryptographic_holder_binding"},
		{"an authority without values", `["s9tIpPmhxdiuNkHMEWNpYim8S8Y"]`, `[]`, "dcql_query/credentials/0/trusted_authorities/0/values"},
		{"an empty path", `["name"]`, `[]`, "dcql_query/credentials/0/claims/0/path"},
		{"a negative place", `["skills", 0]`, `["skills", -1]`, "dcql_query/credentials/0/claims/2/path"},
		{"a fraction for a place", `["skills", 0]`, `["skills", 0.5]`, "dcql_query/credentials/0/claims/2/path"},
		{"a truth value in a path", `["skills", 0]`, `["skills", true]`, "dcql_query/credentials/0/claims/2/path"},
		{"a claim twice", `["skills", 0]`, `["skills", null]`, "dcql_query/credentials/0/claims/2/path"},
		{"a claim's id twice", `"id": "c"`, `"id": "a"`, "dcql_query/credentials/0/claims/2/id"},
		{"a claim without an id where there are sets", `"id": "c", `, ``, "dcql_query/credentials/0/claims/2/id"},
		{"an object for a value", `"cooking", 7`, `{}, 7`, "dcql_query/credentials/0/claims/1/values"},
		{"a fraction for a value", `"cooking", 7`, `"cooking", 7.5`, "dcql_query/credentials/0/claims/1/values"},
		{"a claim set of a claim that is not there", `["c"]]`, `["d"]]`, "dcql_query/credentials/0/claim_sets"},
		{"an empty claim set", `["c"]]`, `[]]`, "dcql_query/credentials/0/claim_sets/1"},
		{"claim sets without claims", `"claims": [`, `"claim": [`, "dcql_query/credentials/0/claims"},
		{"an option that is not there", `["other"]]}`, `["others"]]}`, "dcql_query/credential_sets/0/options"},
		{"no options", `{"options": [["card"]], `, `{`, "dcql_query/credential_sets/1/options"},
		{"required is a text", `"required": false`, `"required": "no"`, "dcql_query/credential_sets/1/required"},
		{"cut off", `"required": false}]}`, `"required": false}]`, "dcql_query"},
		{"a member twice", `"multiple": true`, `"multiple": true, "multiple": false`, "dcql_query"},
		{"too many", `"cooking", 7`, strings.Repeat(`"x",`, maxList) + `7`, "dcql_query/credentials/0/claims/1/values"},
		{"a long text", `"cooking", 7`, `"cooking", 7], "x": ["` + strings.Repeat("x", maxRequest) + `"`, "dcql_query"},
	} {
		text := strings.Replace(wide, c.from, c.to, 1)
		if text == wide {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		if _, err := ParseQuery([]byte(text)); member(err) != c.member {
			t.Errorf("%s: %v names %q, want %q", c.name, err, member(err), c.member)
		}
	}
}

func TestPath(t *testing.T) {
	doc, err := strict.Parse([]byte(`{"name": "Maya", "address": {"a/b": 1, "~": 2}, "degrees": [{"type": "BSc"}, {"type": "MSc", "year": 3}], "flat": ["x", "y"], "null": null}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		path Path
		want []string
	}{
		{"a member", Path{"name"}, []string{"/name"}},
		{"a member that says nothing", Path{"null"}, []string{"/null"}},
		{"a member of a member", Path{"address", "a/b"}, []string{"/address/a~1b"}},
		{"a name with a tilde", Path{"address", "~"}, []string{"/address/~0"}},
		{"an element", Path{"flat", 1}, []string{"/flat/1"}},
		{"all elements", Path{"flat", nil}, []string{"/flat/0", "/flat/1"}},
		{"a member of all that have it", Path{"degrees", nil, "year"}, []string{"/degrees/1/year"}},
		{"a whole object", Path{"address"}, []string{"/address"}},
		{"a member that is not there", Path{"nobody"}, nil},
		{"an element that is not there", Path{"flat", 2}, nil},
		{"a member of a text", Path{"name", "x"}, nil},
		{"a member of a list", Path{"flat", "x"}, nil},
		{"an element of an object", Path{"address", 0}, nil},
		{"all elements of an object", Path{"address", nil}, nil},
	} {
		var got []string
		for _, f := range c.path.Select(doc) {
			got = append(got, f.Pointer)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	rows := make([]any, 100)
	for i := range rows {
		rows[i] = make([]any, 100)
	}
	if got := (Path{nil, nil}).Select(rows); got != nil {
		t.Errorf("a path that leads to everything gives %d claims", len(got))
	}
	if got := (Path{"degrees", 1, nil, "year"}).String(); got != "degrees 2 year" {
		t.Errorf("in words: %q", got)
	}
}

func TestEqual(t *testing.T) {
	values := []any{"7", json.Number("8"), true}
	for _, c := range []struct {
		name  string
		claim any
		want  bool
	}{
		{"the text", "7", true},
		{"the number", json.Number("8"), true},
		{"the truth value", true, true},
		{"a number for a text", json.Number("7"), false},
		{"a text for a number", "8", false},
		{"a number written otherwise", json.Number("8.0"), false},
		{"another truth value", false, false},
		{"a list", []any{"7"}, false},
		{"nothing", nil, false},
	} {
		if got := equal(c.claim, values); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestPlan(t *testing.T) {
	q := Query{
		Credentials: []CredentialQuery{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}},
		Sets:        []Set{{Options: [][]string{{"a", "b"}, {"c"}}}, {Options: [][]string{{"d"}}, Optional: true}},
	}
	all := Query{Credentials: []CredentialQuery{{ID: "a"}, {ID: "b"}}}
	for _, c := range []struct {
		name      string
		query     Query
		can       string
		need, may string
		ok        bool
	}{
		{"the best of what can be", q, "abcd", "ab", "d", true},
		{"the second best", q, "acd", "c", "d", true},
		{"without what is optional", q, "ab", "ab", "", true},
		{"not what is needed", q, "bd", "ab", "d", false},
		{"all of those without groups", all, "ab", "ab", "", true},
		{"one of those without groups is missing", all, "a", "ab", "", false},
	} {
		need, may, ok := c.query.Plan(func(id string) bool { return strings.Contains(c.can, id) })
		if strings.Join(need, "") != c.need || strings.Join(may, "") != c.may || ok != c.ok {
			t.Errorf("%s: %v %v %v", c.name, need, may, ok)
		}
	}
	for _, c := range []struct {
		name   string
		query  Query
		chosen string
		want   bool
	}{
		{"the best", q, "ab", true},
		{"another", q, "c", true},
		{"with what is optional", q, "cd", true},
		{"half of a combination", q, "a", false},
		{"only what is optional", q, "d", false},
		{"one more than a combination has", q, "ac", false},
		{"nothing", q, "", false},
		{"all", all, "ab", true},
		{"not all", all, "a", false},
		{"what nobody asked for", all, "ax", false},
	} {
		if got := c.query.Complete(strings.Split(c.chosen, "")); got != c.want && c.chosen != "" || c.chosen == "" && c.query.Complete(nil) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	f.Add([]byte(wide))
	f.Add([]byte(`{"credentials":[{"id":"a","format":"jwt_vc_json","meta":{"type_values":[["B"]]},"claims":[{"path":[null,0,"x"]}]}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		q, err := ParseQuery(raw)
		if err != nil {
			if member(err) == "" {
				t.Errorf("a refusal that names no member: %v", err)
			}
			return
		}
		doc, _ := strict.Object(raw)
		for _, c := range q.Credentials {
			for _, claim := range c.Claims {
				claim.Path.Select(doc)
			}
		}
		if _, _, ok := q.Plan(func(string) bool { return true }); !ok {
			t.Error("a query that nobody can answer")
		}
	})
}
