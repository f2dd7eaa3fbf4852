package canon

import (
	"context"
	"crypto"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/cairnwallet/cairn/verify/strict"
)

var hashes = []crypto.Hash{crypto.SHA256, crypto.SHA384}

func TestCanonical(t *testing.T) {
	const want = `<https://example.org/i> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> .
<https://example.org/i> <https://schema.org/name> "School" .
<urn:example:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement> .
<urn:example:a> <https://schema.org/name> "A" .
<urn:example:c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential> .
<urn:example:c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .
<urn:example:c> <https://www.w3.org/2018/credentials#credentialSubject> _:c14n0 .
<urn:example:c> <https://www.w3.org/2018/credentials#issuer> <https://example.org/i> .
<urn:example:c> <https://www.w3.org/2018/credentials#validFrom> "2024-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#AchievementSubject> .
_:c14n0 <https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement> <urn:example:a> .
`
	doc := docOf(t, credential(`, 'validFrom': '2024-01-01T00:00:00Z'`))
	for _, h := range hashes {
		got, uncovered, err := Canonical(context.Background(), doc, h)
		if err != nil || string(got) != want || len(uncovered) > 0 {
			t.Errorf("%v: got\n%swant\n%suncovered %q, %v", h, got, want, uncovered, err)
		}
	}
}

// TestCanonicalTogether: many documents at once share what is kept of contexts.
func TestCanonicalTogether(t *testing.T) {
	want, _, err := Canonical(context.Background(), docOf(t, string(badge(1))), crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			doc, err := strict.Object(badge(1))
			if err != nil {
				t.Error(err)
			}
			got, _, err := Canonical(context.Background(), doc, crypto.SHA256)
			if err != nil || string(got) != string(want) {
				t.Errorf("differs: %v", err)
			}
		})
	}
	all.Wait()
}

// badge makes a badge of about 5 KB with n further pieces of evidence.
func badge(n int) []byte {
	evidence := []string{}
	for i := range n + 2 {
		evidence = append(evidence, fmt.Sprintf(`{"id": "https://school.example/evidence/%d", "type": ["Evidence"], "name": "Piece %d",
			"narrative": "What was made, why, and how it was assessed, in a few lines of text that nobody skips.", "genre": "Project"}`, i, i))
	}
	skills := []string{}
	for _, code := range []string{"S1", "S2", "S3"} {
		skills = append(skills, fmt.Sprintf(`{"type": ["Alignment"], "targetCode": %q, "targetName": "Skill %s", "targetFramework": "Frame",
			"targetDescription": "Is able to plan, carry out and explain a piece of work of this kind on their own.",
			"targetType": "ext:Skill", "targetUrl": "https://frame.example/%s"}`, code, code, code))
	}
	return fmt.Appendf(nil, `{
	"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
	"id": "urn:uuid:5a1bd7b2-9c36-4a43-a3d1-2b1b5a3d6a01", "type": ["VerifiableCredential", "OpenBadgeCredential"],
	"name": "Data analysis", "validFrom": "2024-05-01T09:00:00Z", "validUntil": "2034-05-01T09:00:00Z",
	"issuer": {"id": "https://school.example", "type": ["Profile"], "name": "Example School", "url": "https://school.example",
		"email": "badges@school.example", "description": "A school in an example.",
		"image": {"id": "https://school.example/logo.png", "type": "Image", "caption": "Logo"}},
	"credentialSubject": {"id": "did:example:learner", "type": ["AchievementSubject"], "creditsEarned": 2.5, "role": "Author",
		"identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "learner@school.example", "identityType": "emailAddress"}],
		"achievement": {"id": "https://school.example/badges/data", "type": ["Achievement"], "achievementType": "Course",
			"name": "Data analysis", "description": "Collects, cleans, reads and presents data.", "humanCode": "DA-1", "inLanguage": "en",
			"criteria": {"narrative": "Three assignments and a **project**, each assessed by rubric."}, "creditsAvailable": 3,
			"alignment": [%s],
			"resultDescription": [
				{"id": "urn:uuid:r1", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade", "allowedValue": ["A", "B", "C", "D", "E", "F"]},
				{"id": "urn:uuid:r2", "type": ["ResultDescription"], "name": "Rubric", "resultType": "RubricCriterionLevel", "rubricCriterionLevel": [
					{"id": "urn:uuid:l1", "type": ["RubricCriterionLevel"], "name": "Good", "level": "2", "points": "2"},
					{"id": "urn:uuid:l2", "type": ["RubricCriterionLevel"], "name": "Very good", "level": "3", "points": "3"}]}],
			"tag": ["data", "statistics"]},
		"result": [{"type": ["Result"], "resultDescription": "urn:uuid:r1", "value": "A"},
			{"type": ["Result"], "resultDescription": "urn:uuid:r2", "achievedLevel": "urn:uuid:l2"}]},
	"evidence": [%s],
	"credentialStatus": {"id": "https://school.example/status/3#94", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
		"statusListIndex": "94", "statusListCredential": "https://school.example/status/3"}}`,
		strings.Join(skills, ","), strings.Join(evidence, ","))
}

// FuzzCanonical: no document makes Canonical panic, and what it gives is made
// again from the same document.
func FuzzCanonical(f *testing.F) {
	f.Add(badge(0))
	for _, s := range []string{
		credential(`, '@included': {'@id': '_:x', '@reverse': {'urn:p': {'@list': [1, [2], 1e-7]}}}`),
		`{'@context': {'@vocab': 'urn:v:', 'm': {'@container': '@language'}, 'j': {'@type': '@json'}}, 'm': {'en': 'x'}, 'j': [null, 1]}`,
		`{'@context': {'g': {'@id': 'urn:g', '@container': ['@graph', '@id']}}, 'g': {'urn:a': {'urn:p': 1}}}`,
		`{'@context': {'a': {'@id': 'urn:a', '@context': {'@propagate': false, 'b': 'urn:b'}}}, 'a': {'b': {'@value': 1.5}}}`,
		`{'@context': [null, {'@base': 'http://x/'}, {'@base': null}], '@id': '../a', '@graph': [{'urn:p': true}]}`,
	} {
		f.Add([]byte(strings.ReplaceAll(s, "'", `"`)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := strict.Object(text)
		if err != nil {
			return
		}
		got, _, err := Canonical(t.Context(), doc, crypto.SHA256)
		if err != nil {
			if strings.Contains(err.Error(), "runtime error") {
				t.Fatal(err)
			}
			return
		}
		again, _, err := Canonical(t.Context(), doc, crypto.SHA256)
		if err != nil || string(got) != string(again) {
			t.Fatalf("not the same twice: %v\n%s\n%s", err, got, again)
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	for name, n := range map[string]int{"badge": 10, "100KB": 500} {
		text := badge(n)
		b.Run(name, func(b *testing.B) {
			doc, err := strict.Object(text)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, uncovered, err := Canonical(context.Background(), doc, crypto.SHA256); err != nil || len(uncovered) > 0 {
					b.Fatal(uncovered, err)
				}
			}
		})
	}
}
