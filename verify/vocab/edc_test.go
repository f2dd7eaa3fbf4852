package vocab

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/vc"
)

// microCredential is a European micro-credential as the Commission's tools write
// them: ids that mean something inside only, one or a list anywhere.
const microCredential = `{"@context":["https://www.w3.org/2018/credentials/v1","http://data.europa.eu/snb/model/context/edc-ap"],
"id":"urn:credential:1","type":["VerifiableCredential","EuropeanDigitalCredential"],
"credentialProfiles":{"id":"x:p","type":"Concept","prefLabel":{"en":"Generic"}},
"identifier":{"id":"urn:epass:identifier:1","type":"Identifier","schemeName":"Certificate number","notation":"C012"},
"displayParameter":{"id":"urn:epass:displayParameter:1","type":"DisplayParameter","title":{"en":"Guest care","fr":"Accueil"},"description":{"en":"has completed a course"},
 "primaryLanguage":{"id":"http://publications.europa.eu/resource/authority/language/FRA","type":"Concept"},
 "individualDisplay":[
  {"language":{"id":"http://publications.europa.eu/resource/authority/language/FRA"},"displayDetail":{"page":1,"image":{"type":"MediaObject","content":"RlI=","contentType":{"id":"http://x/file-type/PNG"},"contentEncoding":{"id":"http://data.europa.eu/snb/encoding/6146cde7dd"}}}},
  {"language":{"id":"http://publications.europa.eu/resource/authority/language/ENG"},"displayDetail":[{"page":2,"image":{"content":"Mg==","contentType":{"id":"http://x/file-type/PNG"}}},{"page":1,"image":{"content":"MQ==","contentType":{"id":"http://x/file-type/JPEG"}}}]}]},
"issuer":{"id":"urn:epass:org:1","type":"Organisation","legalName":{"en":"Alpine College","de":"Alpenkolleg"},"altLabel":{"en":["AC"]},
 "registration":{"id":"urn:epass:legalIdentifier:2","notation":"77","spatial":{"id":"http://publications.europa.eu/resource/authority/country/AUT"}},
 "vatIdentifier":[{"notation":"U123","spatial":{"id":"http://publications.europa.eu/resource/authority/country/AUT"}}],
 "identifier":[{"type":"Identifier","notation":"not legal"},{"type":"LegalIdentifier","notation":"L1"}],
 "homepage":{"contentURL":"https://college.example"},"contactPoint":{"emailAddress":{"id":"mailto:info@college.example"}},
 "location":{"address":{"countryCode":{"id":"http://publications.europa.eu/resource/authority/country/AUT","prefLabel":{"en":"Austria"}}}}},
"issuanceDate":"2026-03-01T00:00:00Z","issued":"2026-02-28T00:00:00Z","validFrom":"2026-03-01T00:00:00Z","validUntil":"2028-03-01T00:00:00Z",
"evidence":{"id":"urn:epass:evidence:1","type":"Evidence","dcType":{"prefLabel":{"en":"Accreditation"}},"accreditation":{"title":{"en":"Licence of 2025"}}},
"credentialSubject":{"id":"urn:epass:person:1","type":"Person","givenName":{"en":"Ada"},"familyName":{"en":"Andromeda"},
 "contactPoint":{"emailAddress":{"id":"mailto:ada@mail.example"}},"nationalID":{"notation":"N1","spatial":{"id":"http://x/country/ITA"}},
 "hasClaim":[{"id":"urn:epass:learningAchievement:1","type":"LearningAchievement","title":{"en":"Caring for guests"},"description":{"en":"What it is"},
  "awardedBy":{"awardingDate":"2026-02-20T00:00:00Z","awardingBody":{"id":"urn:epass:org:1","type":"Organisation","legalName":{"en":"Alpine College"},"accreditation":{"type":"Accreditation","title":{"en":"Audit of 2025"}},
   "location":{"address":{"countryCode":{"id":"http://publications.europa.eu/resource/authority/country/AUT"}}}}},
  "influencedBy":[{"temporal":{"startDate":"2026-01-10T00:00:00Z","endDate":"2026-02-01T00:00:00Z"}},{"temporal":{"startDate":"2026-01-05T00:00:00Z","endDate":"2026-01-20T00:00:00Z"}}],
  "provenBy":{"type":"LearningAssessment","title":{"en":"Exam"},"grade":{"type":"Note","noteLiteral":{"en":"Pass"}},"idVerification":{"prefLabel":{"en":"Supervised with ID Verification"}},
   "specifiedBy":{"dcType":{"prefLabel":{"en":"written exam"}},"gradingScheme":{"description":{"en":"Half the points"}}},"hasPart":{"title":{"en":"Part one"},"grade":{"noteLiteral":{"en":"5"}}}},
  "entitlesTo":{"title":{"en":"Enter the second course"}},
  "specifiedBy":{"id":"urn:epass:qualification:1","type":"Qualification","dcType":{"prefLabel":{"en":"Short learning programme"}},
   "learningOutcomeSummary":{"noteLiteral":{"en":"Cares for guests"}},
   "learningOutcome":{"id":"urn:epass:learningOutcome:1","title":{"en":"Welcomes guests"},"relatedESCOSkill":[{"id":"http://data.europa.eu/esco/skill/1","inScheme":{"id":"http://data.europa.eu/esco/concept-scheme/skills"},"prefLabel":{"en":"assist visitors"}}]},
   "creditPoint":{"point":"2","framework":{"prefLabel":{"en":"European Credit Transfer System"}}},"volumeOfLearning":"PT60H","eqfLevel":{"prefLabel":{"en":"Level 6"}},
   "mode":{"prefLabel":{"en":"Blended"}},"entryRequirement":{"noteLiteral":{"en":"None"}},"thematicArea":[{"prefLabel":{"en":"Travel"}},{"prefLabel":{"en":"Hotels"}}],
   "language":{"prefLabel":{"en":"English"}},"homepage":{"contentURL":"https://college.example/guests"}},
  "hasPart":[{"id":"urn:epass:learningAchievement:2","type":"LearningAchievement","title":{"en":"First half"}}]}]}}`

func elm(t testing.TB, change ...string) *vc.Credential {
	t.Helper()
	text := microCredential
	for i := 0; i+1 < len(change); i += 2 {
		if !strings.Contains(text, change[i]) {
			t.Fatalf("nothing to change: %s", change[i])
		}
		text = strings.ReplaceAll(text, change[i], change[i+1])
	}
	c := unread(t, text)
	Read(c)
	return c
}

func unread(t testing.TB, text string) *vc.Credential {
	t.Helper()
	m, err := strict.Object([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &vc.Credential{Form: "json", Doc: m}
}

func TestEDC(t *testing.T) {
	c := elm(t)
	if c.Kind != EDC || c.Name != "Guest care" || c.Badge.Name != "Caring for guests" || len(c.Shape) != 0 {
		t.Errorf("%s, %q, %q, %v", c.Kind, c.Name, c.Badge.Name, c.Shape)
	}
	want := vc.Party{
		ID: "NTRAT-77", Name: "Alpine College", Names: []string{"Alpenkolleg", "Alpine College", "AC"},
		URL: "https://college.example", Email: "info@college.example",
		Identifiers: []vc.Identifier{{Type: "registration", Value: "77", Country: "AT"}, {Type: "vatIdentifier", Value: "U123", Country: "AT"}, {Type: "identifier", Value: "L1"}},
	}
	if diff := cmp.Diff(want, c.Issuer); diff != "" {
		t.Error(diff)
	}
	if c.Subject.Name != "Ada Andromeda" || c.Subject.Email != "ada@mail.example" || c.Subject.ID != "" {
		t.Errorf("%+v", c.Subject)
	}
	if got := elm(t, "urn:epass:person:1", "did:example:ada").Subject.ID; got != "did:example:ada" {
		t.Errorf("%q", got)
	}
	if !c.From.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)) || !c.Until.Equal(time.Date(2028, 3, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%v, %v", c.From, c.Until)
	}
}

func TestEDCBadge(t *testing.T) {
	b := elm(t).Badge
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	want := vc.Badge{
		Type: "Short learning programme", Name: "Caring for guests", Description: "What it is", Language: "English", FieldOfStudy: "Travel; Hotels",
		Criteria: vc.Criteria{ID: "https://college.example/guests", Narrative: "Cares for guests\n\nHalf the points"},
		Image:    vc.Image{URL: "data:image/jpeg;base64,MQ=="},
		Skills:   []vc.Alignment{{Name: "Welcomes guests"}, {Name: "assist visitors", Framework: "ESCO", URL: "http://data.europa.eu/esco/skill/1"}},
		Results:  []vc.Result{{Name: "Exam", Type: "written exam", Value: "Pass"}, {Name: "Part one", Value: "5"}},
		Evidence: []vc.Evidence{{Name: "Accreditation", Narrative: "Licence of 2025"}},

		CreditsOffered: "2", Awarded: day(2, 20), ActivityStart: day(1, 5), ActivityEnd: day(2, 1),
		Creator: vc.Party{Name: "Alpine College", Names: []string{"Alpine College"}},
		Claims: []vc.Claim{
			{Path: "/credentialProfiles", Label: "Profile", Value: "Generic"},
			{Path: "/identifier", Label: "Certificate number", Value: "C012"},
			{Path: "/credentialSubject/hasClaim/0/awardedBy/awardingBody/location", Label: "Country", Value: "AT"},
			{Path: "/credentialSubject/hasClaim/0/specifiedBy/volumeOfLearning", Label: "Workload", Value: "60 hours"},
			{Path: "/credentialSubject/hasClaim/0/specifiedBy/creditPoint", Label: "Credit system", Value: "European Credit Transfer System"},
			{Path: "/credentialSubject/hasClaim/0/specifiedBy/eqfLevel", Label: "European qualifications framework", Value: "Level 6"},
			{Path: "/credentialSubject/hasClaim/0/specifiedBy/mode", Label: "Form of participation", Value: "Blended"},
			{Path: "/credentialSubject/hasClaim/0/specifiedBy/entryRequirement", Label: "Prerequisites", Value: "None"},
			{Path: "/credentialSubject/hasClaim/0/provenBy/0/idVerification", Label: "Supervision and identity check", Value: "Supervised with ID Verification"},
			{Path: "/credentialSubject/hasClaim/0/awardedBy/awardingBody/accreditation", Label: "Quality assurance of the awarding body", Value: "Audit of 2025"},
			{Path: "/credentialSubject/hasClaim/0/entitlesTo", Label: "Gives the right to", Value: "Enter the second course"},
		},
	}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
}

// TestEDCParts: achievements with parts, or several claims, are a record.
func TestEDCParts(t *testing.T) {
	r := elm(t).Record
	if len(r.Claimed) != 2 || len(r.Roots) != 1 || r.Roots[0].Part != -1 || r.Roots[0].Children[0].Part != -2 || r.Roots[0].Children[0].Name != "First half" {
		t.Errorf("%+v", r.Roots)
	}
	if r := elm(t, `"hasPart":[{"id":"urn:epass:learningAchievement:2"`, `"other":[{"id":"urn:epass:learningAchievement:2"`).Record; len(r.Claimed) != 0 || len(r.Roots) != 0 {
		t.Errorf("a single achievement is its own record: %+v", r)
	}
	deep := strings.Repeat(`"hasPart":{"title":{"en":"x"},`, 40) + `"id":"x"` + strings.Repeat("}", 40)
	if got := len(elm(t, `"hasPart":[{"id":"urn:epass:learningAchievement:2","type":"LearningAchievement","title":{"en":"First half"}}]`, deep).Record.Claimed); got != maxAchievementDepth+1 {
		t.Errorf("%d achievements inside each other, want %d", got, maxAchievementDepth+1)
	}
	wide := `"hasPart":[` + strings.TrimSuffix(strings.Repeat(`{"title":"x"},`, 2*maxAchievements), ",") + `]`
	if got := len(elm(t, `"hasPart":[{"id":"urn:epass:learningAchievement:2","type":"LearningAchievement","title":{"en":"First half"}}]`, wide).Record.Claimed); got != maxAchievements {
		t.Errorf("%d achievements, want %d", got, maxAchievements)
	}
}

func TestEDCShape(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		want           vc.Flaw
	}{
		{"no profile", `"credentialProfiles"`, `"x"`, vc.Flaw{Code: "shape.member-missing", Member: "credentialProfiles"}},
		{"no title", `"title":{"en":"Guest care","fr":"Accueil"}`, `"x":1`, vc.Flaw{Code: "shape.member-missing", Member: "displayParameter.title"}},
		{"no display", `"displayParameter"`, `"x"`, vc.Flaw{Code: "shape.member-missing", Member: "displayParameter"}},
		{"no legal name", `"legalName":{"en":"Alpine College","de":"Alpenkolleg"}`, `"x":1`, vc.Flaw{Code: "shape.member-missing", Member: "issuer.legalName"}},
		{"no claim", `"hasClaim"`, `"x"`, vc.Flaw{Code: "shape.member-missing", Member: "credentialSubject.hasClaim"}},
		{"no beginning", `"validFrom"`, `"x"`, vc.Flaw{Code: "shape.member-missing", Member: "validFrom"}},
		{"no issuer", `"issuer"`, `"x"`, vc.Flaw{Code: "shape.member-missing", Member: "issuer", Grave: true}},
		{"no date of issue", `"issuanceDate"`, `"x"`, vc.Flaw{Code: "shape.member-missing", Member: "issuanceDate", Grave: true}},
	} {
		if got := elm(t, tt.old, tt.new).Shape; !slices.Equal(got, []vc.Flaw{tt.want}) {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestTongues(t *testing.T) {
	for _, tt := range []struct {
		name, json string
		wanted     tongues
		want       string
	}{
		{"the first wanted", `{"de":"Haus","en":"house","fr":"maison"}`, tongues{"fr", "de"}, "maison"},
		{"the second wanted", `{"de":"Haus","en":"house"}`, tongues{"fr", "de"}, "Haus"},
		{"English before others", `{"de":"Haus","en":"house"}`, tongues{"fr"}, "house"},
		{"the first there is", `{"fr":"maison","de":"Haus"}`, tongues{"es"}, "Haus"},
		{"of another country", `{"en":"house","pt-BR":"casa"}`, tongues{"pt"}, "casa"},
		{"not another language that begins alike", `{"en":"house","ptx":"x"}`, tongues{"pt"}, "house"},
		{"code with a blank", `{"en ":"house"}`, nil, "house"},
		{"several texts", `{"en":["house","home"]}`, nil, "house; home"},
		{"plain", `"house"`, nil, "house"},
		{"a number", `3`, nil, "3"},
		{"a note", `{"type":"Note","noteLiteral":{"en":"house"}}`, nil, "house"},
		{"notes", `[{"noteLiteral":{"en":"house"}},{"noteLiteral":{"en":["home"]}}]`, nil, "house; home"},
		{"a concept", `{"id":"x:y","prefLabel":{"en":"house"}}`, nil, "house"},
		{"a concept without a label", `{"id":"x:y","type":"Concept"}`, nil, ""},
		{"an id alone", `{"id":"x:y"}`, nil, ""},
		{"nothing", `null`, nil, ""},
		{"lists in lists", `[[[[[["house"]]]]]]`, nil, ""},
	} {
		var v any
		if err := json.Unmarshal([]byte(tt.json), &v); err != nil {
			t.Fatal(err)
		}
		if tt.name == "a number" {
			v = json.Number("3")
		}
		if got := tt.wanted.notes(v); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for in, want := range map[string]string{
		"PT60H": "60 hours", "P1M": "1 month", "P1Y2M3DT4H5M": "1 year, 2 months, 3 days, 4 hours, 5 minutes", "P2W": "2 weeks",
		"P0D": "P0D", "PT": "PT", "P": "P", "60 hours": "60 hours", "": "", "-P1D": "-P1D", "P1.5D": "P1.5D",
	} {
		if got := duration(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestMedia(t *testing.T) {
	base64 := `,"contentEncoding":{"id":"http://data.europa.eu/snb/encoding/6146cde7dd"}`
	for in, want := range map[string]string{
		`{"content":"QQ==","contentType":{"id":"http://x/file-type/PNG"}` + base64 + `}`:                                  "data:image/png;base64,QQ==",
		`{"content":"QQ==","contentType":{"id":"http://x/file-type/PDF"}` + base64 + `}`:                                  "",
		`{"content":"QQ==","contentType":{"id":"http://x/file-type/PNG"},"contentEncoding":{"prefLabel":{"en":"plain"}}}`: "",
		`{"contentURL":"https://x.example/a.png"}`:                                                                        "https://x.example/a.png",
		`{}`: "",
	} {
		m, err := strict.Object([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := media(m); got != want {
			t.Errorf("%s: %q", in, got)
		}
	}
}

// TestCorpusEDC: the samples of the European Commission say what they are about.
func TestCorpusEDC(t *testing.T) {
	for _, tt := range []struct{ file, name, achievement, issuer, subject string }{
		{"elm__Sample-MC-Annex1-unsigned.jsonld", "Micro-Credential", "Digital micro-credential creation", "University of Zed", "Ana Andromeda"},
		{"elm__credential-sample.jsonld", "Some kind of credential", "some kind of learning achievement", "some legal name", "Max Power"},
		{"elm__credential_shouldValidate.jsonld", "Some kind of credential", "some kind of learning achievement", "some legal name", "Max Power"},
	} {
		c := unread(t, string(testkit.File(t, "edc", tt.file)))
		Read(c)
		if c.Kind != EDC || c.Name != tt.name || c.Badge.Name != tt.achievement || c.Issuer.Name != tt.issuer || c.Subject.Name != tt.subject {
			t.Errorf("%s: %s, %q, %q, %q, %q", tt.file, c.Kind, c.Name, c.Badge.Name, c.Issuer.Name, c.Subject.Name)
		}
	}
}
