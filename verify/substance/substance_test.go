package substance_test

import (
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/substance"
	"github.com/cairnwallet/cairn/verify/vc"
)

const badge = `{
  "issuer": {"id": "https://college.example", "type": "Profile", "name": "Alpine College", "address": {"addressCountry": "AT"},
    "endorsement": [{"issuer": {"name": "Accreditation Board"}, "name": "Accredited"}]},
  "validFrom": "2026-01-01T00:00:00Z", "evidence": [{"id": "https://college.example/e/1", "name": "Film of the test"}],
  "credentialSubject": {
    "id": "did:example:maya", "identifier": [{"identityType": "name", "identityHash": "Maya Lindqvist", "hashed": false}],
    "creditsEarned": 2.5, "result": [{"value": "B"}],
    "achievement": {"name": "Food Safety", "achievementType": "Course", "criteria": {"narrative": "Pass the test."},
      "alignment": [{"targetName": "Handle food", "targetFramework": "ESCO"}, {"targetName": "Level 4", "targetFramework": "European Qualifications Framework"}],
      "resultDescription": [{"name": "Grade"}, {"resultType": "LetterGrade", "rubricCriterionLevel": [{"name": "Good"}, {"name": "Better"}]}]}},
  "proof": {"type": "DataIntegrityProof"}
}`

const european = `{
  "issuer": {"legalName": {"de": "Universität", "en": "University of Zed"}},
  "credentialSubject": {"fullName": {"en": "Ana Andromeda"}, "hasClaim": [{
    "title": {"en": "Digital credentials"},
    "awardedBy": {"awardingBody": {"legalName": {"en": "University of Zed"}, "location": {"address": {"countryCode": {"id": "x", "prefLabel": {"en": "Ireland"}}}}}},
    "provenBy": {"grade": {"noteLiteral": {"en": "Pass"}}, "idVerification": {"prefLabel": {"en": "Unsupervised without ID Verification"}},
      "specifiedBy": {"gradingScheme": {"title": {"en": "Standard"}}, "dcType": {"prefLabel": {"en": "artefact assessment"}}}},
    "specifiedBy": {"creditPoint": {"point": 2, "framework": {"prefLabel": {"en": "ECTS"}}}, "eqfLevel": {"prefLabel": {"en": "Level 6"}},
      "mode": {"prefLabel": {"en": "Blended"}}, "learningOutcome": [{"title": {"en": "Creativity"}}, {"title": {"en": "Teamwork"}}]}}]}
}`

func of(t *testing.T, doc string, proofs ...vc.Proof) string {
	t.Helper()
	m, err := strict.Object([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	s := substance.Of(&vc.Credential{Form: "jwt", Doc: m, Proofs: proofs})
	var out []string
	for _, group := range [][]substance.Element{s.Portable, s.European, s.Credible} {
		for _, e := range group {
			out = append(out, e.ID+" "+string(e.State)+" | "+e.Value+" | "+e.Member)
		}
	}
	return strings.Join(out, "\n")
}

func TestOf(t *testing.T) {
	signed := vc.Proof{Suite: "jws"}
	for _, c := range []struct {
		name, doc string
		proofs    []vc.Proof
		want      []string
	}{
		{"a badge", badge, []vc.Proof{signed}, []string{
			"issuer found | Alpine College | issuer", "recipient found | Maya Lindqvist | credentialSubject.identifier",
			"skill found | Handle food, Level 4 | credentialSubject.achievement.alignment",
			"criteria found | Pass the test. | credentialSubject.achievement.criteria", "evidence found | Film of the test | evidence",
			"dates found | 2026-01-01 | validFrom", "signature found |  | proof",
			"country found | AT | issuer.address.addressCountry", "workload found | 2.5 | credentialSubject.creditsEarned",
			"assessment found | LetterGrade | credentialSubject.achievement.resultDescription[1].resultType",
			"participation not-stated |  | ", "quality found | Accredited | issuer.endorsement",
			"assessed found | B | credentialSubject.result", "identity not-stated |  | ",
			"graded found | Good, Better | credentialSubject.achievement.resultDescription[1].rubricCriterionLevel",
		}},
		{"a European one, unsigned", european, nil, []string{
			"recipient found | Ana Andromeda | credentialSubject.fullName", "signature missing |  | ", "dates missing |  | ",
			"skill found | Creativity, Teamwork | credentialSubject.hasClaim[0].specifiedBy.learningOutcome",
			"country found | Ireland | credentialSubject.hasClaim[0].awardedBy.awardingBody.location.address.countryCode",
			"workload found | 2 ECTS | credentialSubject.hasClaim[0].specifiedBy.creditPoint",
			"level found | Level 6 | credentialSubject.hasClaim[0].specifiedBy.eqfLevel", "participation found | Blended | credentialSubject.hasClaim[0].specifiedBy.mode",
			"identity missing | Unsupervised without ID Verification | credentialSubject.hasClaim[0].provenBy.idVerification",
			"assessed found | Pass | credentialSubject.hasClaim[0].provenBy.grade",
		}},
		{"a token's signature is its wrapping", `{"iss": "https://school.example", "iat": 1767323045}`, []vc.Proof{signed}, []string{
			"issuer found | https://school.example | iss", "signature found |  | jwt", "dates found | 2026-01-02 | iat", "criteria missing |  | ",
		}},
		{"a type alone may tell of an assessment", `{"credentialSubject": {"achievement": {"achievementType": "Certification"}}}`, nil, []string{
			"assessed found | Certification | credentialSubject.achievement.achievementType",
		}},
		{"attendance is no assessment", `{"credentialSubject": {"achievement": {"achievementType": "CertificateOfCompletion", "alignment": {"targetName": "x"}}}}`, nil, []string{
			"assessed not-stated |  | ", "level not-stated |  | ",
		}},
		{"a mandate is no work", `{"evidence": [{"id": "urn:epass:evidence:1", "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_18016257", "prefLabel": {"en": "Mandate"}}}]}`, nil, []string{
			"evidence missing |  | ",
		}},
		{"a mandate beside work", `{"evidence": [{"id": "urn:epass:evidence:2", "dcType": {"id": "urn:report", "prefLabel": {"en": "Report"}}}, {"id": "urn:epass:evidence:1", "dcType": {"id": "http://data.europa.eu/snb/evidence-type/c_18016257", "prefLabel": {"en": "Mandate"}}}]}`, nil, []string{
			"evidence found | Report, Mandate | evidence",
		}},
		{"what is asked to begin with is no criterion", `{"credentialSubject": {"hasClaim": {"specifiedBy": {"entryRequirement": {"noteLiteral": {"en": "None"}}}}}}`, nil, []string{
			"criteria missing |  | ",
		}},
		{"nothing, and what is empty", `{"issuer": "", "evidence": [], "name": {"id": "data:image/png;base64,AA"}}`, nil, []string{
			"issuer missing |  | ", "evidence missing |  | ", "title-of not-stated |  | ", "body not-stated |  | ",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := of(t, c.doc, c.proofs...)
			for _, want := range c.want {
				if !strings.Contains("\n"+got+"\n", "\n"+want+"\n") {
					t.Errorf("no line %q in\n%s", want, got)
				}
			}
		})
	}
}

// TestEveryElementHasWords: the panel and the command line find them by these codes.
func TestEveryElementHasWords(t *testing.T) {
	s := substance.Of(&vc.Credential{})
	for group, all := range map[string][]substance.Element{"portable": s.Portable, "european": s.European, "credible": s.Credible} {
		for _, e := range all {
			for _, part := range []string{"title", "none"} {
				if code := "substance." + group + "." + e.ID + "." + part; !assets.English().Has(code) {
					t.Errorf("no words for %s", code)
				}
			}
		}
	}
}

// FuzzOf: any document gives every element, in one line each.
func FuzzOf(f *testing.F) {
	f.Add([]byte(badge))
	f.Add([]byte(european))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := strict.Object(raw)
		if err != nil {
			return
		}
		s := substance.Of(&vc.Credential{Doc: m})
		if len(s.Portable) != 7 || len(s.European) != 11 || len(s.Credible) != 5 {
			t.Fatalf("%+v", s)
		}
		for _, e := range s.European {
			if strings.ContainsAny(e.Value, "\n\r") || (e.State == substance.Found) != (e.Value != "" && e.Member != "") {
				t.Errorf("%+v", e)
			}
		}
	})
}
