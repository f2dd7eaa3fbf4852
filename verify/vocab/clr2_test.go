package vocab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/vc"
)

// record is a small learner record: two badges inside and one achievement beside.
func record() map[string]any {
	inside := func(id, achievement string) map[string]any {
		b := badge()
		b["id"] = id
		b["credentialSubject"].(map[string]any)["achievement"].(map[string]any)["id"] = achievement
		b["credentialSubject"].(map[string]any)["achievement"].(map[string]any)["name"] = "About " + achievement
		return b
	}
	return map[string]any{
		"@context": []any{context20, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:r", "type": []any{"VerifiableCredential", "ClrCredential"}, "name": "Transcript", "partial": true,
		"issuer": map[string]any{"id": "https://school.example", "type": "Profile", "name": "School"}, "validFrom": "2026-01-02T03:04:05Z",
		"credentialSubject": map[string]any{
			"id": "did:example:learner", "type": []any{"ClrSubject"},
			"verifiableCredential": []any{inside("urn:uuid:1", "urn:a:1"), inside("urn:uuid:2", "urn:a:2")},
			"achievement":          []any{map[string]any{"id": "urn:a:3", "type": "Achievement", "name": "Degree"}},
			"association": []any{
				association("isChildOf", "urn:a:1", "urn:a:3"), association("isParentOf", "urn:a:3", "urn:uuid:2"),
				association("precedes", "urn:a:1", "urn:a:2"),
			},
		},
	}
}

func association(kind, source, target string) map[string]any {
	return map[string]any{"type": "Association", "associationType": kind, "sourceId": source, "targetId": target}
}

func TestRecordIsReadInFull(t *testing.T) {
	c := document(t, record())
	Read(c)
	if c.Kind != CLR2 || c.Name != "Transcript" || c.Issuer.Name != "School" || len(c.Parts) != 2 || !c.Record.Partial {
		t.Fatalf("kind %s, name %q, %d parts, %+v", c.Kind, c.Name, len(c.Parts), c.Record)
	}
	if flaws(c) != "" || len(c.Notes) > 0 {
		t.Errorf("flaws %s, notes %v", flaws(c), c.Notes)
	}
	if len(c.Record.Claimed) != 1 || c.Record.Claimed[0].Name != "Degree" {
		t.Errorf("claimed %+v", c.Record.Claimed)
	}
	if got, want := drawn(c.Record.Roots), "Degree(About urn:a:1>precedes About urn:a:2 About urn:a:2)"; got != want {
		t.Errorf("tree %s, want %s", got, want)
	}
}

// drawn writes a tree in one line: a name, its links, and what is below it.
func drawn(nodes []vc.Node) string {
	var out []string
	for _, n := range nodes {
		s := n.Name
		for _, l := range n.Links {
			s += ">" + l.Type + " " + l.Name
		}
		if len(n.Children) > 0 {
			s += "(" + drawn(n.Children) + ")"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestRecordTree(t *testing.T) {
	for _, c := range []struct {
		name         string
		associations []any
		want         string
		dangling     int
		circular     bool
	}{
		{"none", nil, "1 2 3", 0, false},
		{"part of a whole", []any{association("isPartOf", "a1", "a2")}, "2(1) 3", 0, false},
		{"said from both ends", []any{association("isChildOf", "a1", "a2"), association("isParentOf", "a2", "a1")}, "2(1) 3", 0, false},
		{"of itself", []any{association("isChildOf", "a1", "a1")}, "1 2 3", 0, true},
		{"circle of two", []any{association("isChildOf", "a1", "a2"), association("isChildOf", "a2", "a1")}, "2(1) 3", 0, true},
		{"circle of three", []any{association("isChildOf", "a1", "a2"), association("isChildOf", "a2", "a3"), association("isChildOf", "a3", "a1")}, "3(2(1))", 0, true},
		{"two parents", []any{association("isChildOf", "a1", "a2"), association("isChildOf", "a1", "a3")}, "2(1>isPartOf 3) 3", 0, false},
		{"dangling", []any{association("isChildOf", "a1", "a9"), association("precedes", "", "a2")}, "1 2 3", 2, false},
		{"only a link", []any{association("replacedBy", "a1", "a2")}, "1>replacedBy 2 2 3", 0, false},
		{"not an association", []any{"a1", map[string]any{}}, "1 2 3", 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tangle := &tangle{at: map[string]int{}}
			for i := range 3 {
				tangle.add(vc.Node{Name: fmt.Sprint(i + 1), Part: i}, fmt.Sprintf("a%d", i+1))
			}
			got := drawn(tangle.tree(envelope.Objects(c.associations)))
			if got != c.want || tangle.dangling != c.dangling || tangle.circular != c.circular {
				t.Errorf("%s, dangling %d, circular %v; want %s, %d, %v", got, tangle.dangling, tangle.circular, c.want, c.dangling, c.circular)
			}
		})
	}
}

func TestRecordShape(t *testing.T) {
	subject := func(pairs ...any) map[string]any {
		r := record()
		return with(r, "credentialSubject", with(r["credentialSubject"].(map[string]any), pairs...))
	}
	for _, c := range []struct {
		name string
		doc  map[string]any
		want string
	}{
		{"nothing inside", subject("verifiableCredential", nil), "shape.member-missing(credentialSubject.verifiableCredential)"},
		{"no id", with(record(), "id", nil), "shape.member-missing(id)"},
		{"one inside is no credential", subject("verifiableCredential", []any{map[string]any{"id": "urn:x"}}), "shape.inside-unread(credentialSubject.verifiableCredential)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := document(t, c.doc)
			Read(d)
			if !strings.Contains(flaws(d), c.want) {
				t.Errorf("flaws %q, want %q", flaws(d), c.want)
			}
		})
	}
	lost := document(t, subject("association", []any{association("isChildOf", "urn:a:1", "urn:gone"), association("isChildOf", "urn:a:1", "urn:a:1")}))
	Read(lost)
	codes := []string{}
	for _, n := range lost.Notes {
		codes = append(codes, n.Code)
	}
	if !slices.Equal(codes, []string{"shape.record-dangling", "shape.record-circular"}) {
		t.Errorf("notes %v", codes)
	}
}

// TestResumeOpens: what a résumé rests on is found, however deep it stands.
func TestResumeOpens(t *testing.T) {
	doc := plain11()
	doc["@context"] = []any{context11, "https://schema.example/VerifiableCredentialLER-RSType.json"}
	doc["credentialSubject"] = map[string]any{
		"person": map[string]any{"name": map[string]any{"formattedName": "Ada Lovelace"}},
		"educationAndLearnings": []any{
			map[string]any{"institution": "School", "verifications": []any{badge(), map[string]any{"reference": "by telephone"}}},
			map[string]any{"verifications": badge()},
		},
	}
	c := document(t, doc)
	Read(c)
	if len(c.Parts) != 2 || c.Parts[0].Name != "Teamwork" || c.Subject.Name != "Ada Lovelace" {
		t.Fatalf("%d parts, subject %q", len(c.Parts), c.Subject.Name)
	}
	for _, l := range c.Badge.Claims {
		if strings.Contains(l.Path, "verifications") {
			t.Errorf("a credential inside is shown as a claim: %s", l.Path)
		}
	}
}
