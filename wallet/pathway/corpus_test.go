package pathway

import (
	"bytes"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// counts is what a file of others describes.
type counts struct {
	parts                    map[string]int // by class, each as often as it is described
	rules, limits, credits   int
	numbers                  map[int]int // how often a rule asks for so many
	elements, all, some, row int         // of a Badgr tree: elements and count rules; rows of a table
}

// counted counts what the readers of CTDL and of tables see.
func counted(t *testing.T, raw []byte) counts {
	t.Helper()
	out := counts{parts: map[string]int{}, numbers: map[int]int{}}
	var r *resources
	if isTable(raw) {
		var err error
		if r, err = rows(raw); err != nil {
			t.Fatal(err)
		}
		out.row = len(r.order) + 1 // and the headings
	} else {
		v, err := strict.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if m, ok := v.(map[string]any); ok && m["elementId"] != nil {
			out.tree(m)
			return out
		}
		r = gather(v)
	}
	c := sketched(r)
	rules := map[string]bool{}
	for _, id := range r.order {
		at := r.byID[id]
		if isPart(at) {
			out.parts[at.types[0]] += at.stands
		}
		for _, rule := range at.all("hasCondition") {
			rules[rule] = r.byID[rule] != nil
		}
		if at.is("ComponentCondition") {
			rules[id] = true
		}
		if at.is("Constraint") {
			out.limits++
		}
		if at.is("QuantitativeValue") {
			out.credits++
		}
		if n, err := strconv.Atoi(at.text("requiredNumber")); err == nil {
			out.numbers[n]++
		} else if n, ok := c.number(at, ""); ok {
			out.numbers[n]++
		}
	}
	for _, there := range rules {
		if there {
			out.rules++
		}
	}
	return out
}

func (c *counts) tree(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			c.tree(e)
		}
	case map[string]any:
		if v["elementId"] != nil {
			c.elements++
		}
		switch v["@type"] {
		case "all":
			c.all++
		case "atLeastN":
			c.some++
		}
		for _, e := range v {
			c.tree(e)
		}
	}
}

func (c counts) equal(d counts) bool {
	return maps.Equal(c.parts, d.parts) && (d.numbers == nil || maps.Equal(c.numbers, d.numbers)) &&
		c.rules == d.rules && c.limits == d.limits && c.credits == d.credits &&
		c.elements == d.elements && c.all == d.all && c.some == d.some && c.row == d.row
}

// TestCorpus reads the pathways of others, as VECTORS.md, section 11, describes them.
func TestCorpus(t *testing.T) {
	french := map[int]int{1: 17, 2: 6, 4: 3, 3: 2}
	frenchAnd5 := map[int]int{1: 17, 2: 6, 4: 3, 3: 2, 5: 1}
	for _, c := range []struct {
		file     string
		form     Form
		want     counts
		findings []string
	}{
		{"ce__Archive-Bakersfield_AS_CS_pathway-CSU_transfer-v2.json", CTDL, counts{
			parts: map[string]int{"CourseComponent": 30, "CredentialComponent": 1}, rules: 4, credits: 30,
		}, []string{"uncounted", "twice"}},
		{"ce__Badgr-Badgr_French_B.A.MarketableSkills_CR_sandbox.json", CTDL, counts{
			parts: map[string]int{"CredentialComponent": 30, "BasicComponent": 23}, rules: 28, numbers: french,
		}, []string{"uncounted", "owner-outside"}},
		{"ce__Badgr-Badgr__Final__-_CTDL-French_BA_Marketable_Skills-Nates.json", CTDL, counts{
			parts: map[string]int{"CredentialComponent": 30, "BasicComponent": 23}, rules: 29, numbers: french,
		}, nil},
		{"ce__CompTIA-CTDL-French_BA_Marketable_Skills.json", CTDL, counts{
			parts: map[string]int{"CredentialComponent": 25, "BasicComponent": 28}, rules: 29, numbers: frenchAnd5,
		}, []string{"twice", "outside"}},
		{"ce__Badgr-Badgr__Final__-_EmpoweringTeachingExcellence_Nate.json", CTDL, counts{
			parts: map[string]int{"CredentialComponent": 92, "BasicComponent": 11}, rules: 23,
		}, nil},
		{"ce__CompTIA-CompTIA-IT_Networking_Specialist.jsonld", CTDL, counts{
			parts: map[string]int{"Certification": 8, "BasicComponent": 1}, rules: 8, numbers: map[int]int{1: 8},
		}, []string{"ctid-form", "owner-outside", "unused"}},
		{"ce__HeriotWatt-pathway.json", CTDL, counts{
			parts: map[string]int{"CourseComponent": 45, "BasicComponent": 8, "CredentialComponent": 3}, rules: 25, limits: 37,
		}, []string{"uncounted", "twice", "outside", "order", "unseen", "unused"}},
		{"ce__Pathway-Examples-Illinois-IT.json", CTDL, counts{
			parts: map[string]int{"Course": 27, "Certification": 6, "Assessment": 3, "Basic": 1},
		}, []string{"uncounted", "outside"}},
		{"ce__PathwayConditions.json", CTDL, counts{
			parts: map[string]int{"CourseComponent": 4, "CredentialComponent": 1, "AssessmentComponent": 1}, rules: 4, numbers: map[int]int{1: 2, 2: 1},
		}, nil},
		{"ce__Badgr-EmpoweringTeachingExcellence_Badgr.json", BadgrTree, counts{elements: 15, all: 33, some: 12}, nil},
		{"ce__Badgr-French-B-A-Marketable-Skills.json", BadgrTree, counts{elements: 29, all: 58, some: 29}, nil},
		{"badgr__Badgr_French_BA_in_Marketable_Skills.csv", Table, counts{
			parts: map[string]int{"CredentialComponent": 30, "BasicComponent": 23}, rules: 28, numbers: french, row: 83,
		}, []string{"uncounted"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			raw := testkit.File(t, "ctdl-pathway", c.file)
			wantReading(t, raw, c.form, c.findings)
			if got := counted(t, raw); !got.equal(c.want) {
				t.Errorf("it describes %+v, want %+v", got, c.want)
			}
		})
	}
}

// wantReading reads a file and demands exactly these findings. With nothing held
// nothing is complete; with every badge of every step held, all is, but for what
// no badge can show.
func wantReading(t *testing.T, raw []byte, form Form, codes []string) {
	t.Helper()
	r, err := Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Code)
	}
	slices.Sort(got)
	slices.Sort(codes)
	if r.Form != form || !slices.Equal(got, codes) {
		t.Errorf("%s, findings %v, want %v", r.Form, r.Findings, codes)
	}
	if p := Measure(r.Pathway, nil, time.Unix(0, 0)); p.Complete || p.Done != 0 || p.Total == 0 {
		t.Errorf("with nothing held: %d of %d", p.Done, p.Total)
	}
	if p := Measure(r.Pathway, everything(r.Pathway), time.Unix(0, 0)); p.Complete == hasUnseen(r.Pathway) {
		t.Errorf("with everything held: %d of %d, complete %v", p.Done, p.Total, p.Complete)
	}
}

func hasUnseen(p Pathway) bool {
	return slices.ContainsFunc(newGraph(p).nodes, func(n node) bool { return n.step != nil && n.step.Unseen })
}

// everything holds a verified badge for each step.
func everything(p Pathway) []Held {
	var out []Held
	for i, n := range newGraph(p).nodes {
		for _, a := range n.accepts {
			out = append(out, Held{
				ID: strconv.Itoa(i), Achievement: a.Achievement, Verdict: check.Verified,
				Alignments: []vc.Alignment{{URL: a.Alignment.URL, Code: a.Alignment.Code}},
			})
		}
	}
	return out
}

func TestCorpusRefused(t *testing.T) {
	for _, c := range []struct{ file, code, line, column string }{
		{"ce__UseCaseExamples-UC10.jsonld", "pathway.none-rule", "", ""},
		{"ce__UseCaseExamples-UC12.jsonld", "pathway.none-rule", "", ""},
		{"ce__CompTIA-comptia-IT_progModel.json", "pathway.none-inside", "", ""},
		{"ce__Pathway-Examples-termScheduleType.json", "pathway.none-inside", "", ""},
		{"ce__PathwayBuilder-Constraints-API.json", "pathway.not-json", "110", "2"},
		{"ce__UseCaseExamples-UC26.jsonld", "pathway.not-json", "8", "2"},
		{"schema__CTDL_Json_Validation-pathway.json", "pathway.schema", "", ""},
		{"schema__CredentialRegistry-pathway.json", "pathway.schema", "", ""},
		{"schema__CredentialRegistry-pathway_component.json", "pathway.schema", "", ""},
	} {
		t.Run(c.file, func(t *testing.T) {
			raw := testkit.File(t, "ctdl-pathway", c.file)
			_, err := Read(raw)
			var f *fault.Fault
			if !errors.As(err, &f) || f.Code != c.code || f.Args["line"] != c.line || f.Args["column"] != c.column {
				t.Fatalf("got %v %v", err, f)
			}
			if c.code != "pathway.none-rule" {
				return
			}
			if got := counted(t, raw); got.rules != 1 || got.limits != 1 {
				t.Errorf("it holds %+v, want one rule with one constraint", got)
			}
		})
	}
}

// TestCorpusCTDL: things that are no pathway are read as steps, and what is wrong
// with them is told.
func TestCorpusCTDL(t *testing.T) {
	one := map[string]int{"Certification": 1}
	for _, c := range []struct {
		file     string
		parts    map[string]int
		findings []string
	}{
		{"clean_single_entity.json", one, []string{"no-pathway"}},
		{"clean_optional_only.json", one, []string{"no-pathway", "unmatched"}},
		{"external_reference.json", one, []string{"no-pathway", "owner-outside"}},
		{"bug_class_250_bare_uuid_for_ctid.json", one, []string{"no-pathway", "ctid-prefix"}},
		{"ctid_warnings.json", map[string]int{"Certification": 2}, []string{"no-pathway", "ctid-case", "ctid-version"}},
		{"inverse_mismatch.json", map[string]int{"Course": 3}, []string{"no-pathway", "inverse"}},
		{"unresolved_bnode.json", one, []string{"no-pathway", "undefined"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			raw := testkit.File(t, "ctdl", c.file)
			wantReading(t, raw, CTDL, c.findings)
			if got := counted(t, raw); !maps.Equal(got.parts, c.parts) {
				t.Errorf("it describes %v, want %v", got.parts, c.parts)
			}
		})
	}
}

// TestCorpusDamaged: whatever breaks in a pathway of the corpus, it is read or
// refused, and nothing is complete that wasn't held.
func TestCorpusDamaged(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Corpus(t, "ctdl-pathway"), "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	for _, path := range files {
		raw := testkit.File(t, "ctdl-pathway", filepath.Base(path))
		for _, broken := range [][]byte{
			raw[:len(raw)/2], raw[:len(raw)-1], bytes.Replace(raw, []byte(`"`), []byte(`'`), 1), bytes.ReplaceAll(raw, []byte("1"), []byte("0")),
			bytes.ReplaceAll(raw, []byte("hasChild"), []byte("isChildOf")), bytes.ReplaceAll(raw, []byte("http"), []byte("_:")),
		} {
			r, err := Read(broken)
			if err != nil && fault.Code(err) == "" {
				t.Errorf("%s: no fault: %v", filepath.Base(path), err)
			}
			if err == nil && Measure(r.Pathway, nil, time.Unix(0, 0)).Complete {
				t.Errorf("%s: complete with nothing held", filepath.Base(path))
			}
		}
	}
}
