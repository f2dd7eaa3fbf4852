package vocab

import (
	"reflect"
	"testing"

	"github.com/cairnwallet/cairn/verify/vc"
)

func TestPlain(t *testing.T) {
	c := document(t, plain20())
	Read(c)
	claims := []vc.Claim{{Path: "/degree/name", Label: "Degree: Name", Value: "Bachelor"}, {Path: "/name", Label: "Name", Value: "Ada"}}
	if !reflect.DeepEqual(c.Badge.Claims, claims) {
		t.Errorf("claims %+v", c.Badge.Claims)
	}
	if c.Name != "Bachelor" || c.Badge.Type != "ExampleDegreeCredential" || c.Subject.Name != "Ada" || c.Issuer.Name != "Example School" {
		t.Errorf("%q %q %q %q", c.Name, c.Badge.Type, c.Subject.Name, c.Issuer.Name)
	}
	for want, doc := range map[string]map[string]any{
		"Called so":                 with(plain20(), "name", "Called so"),
		"Example degree credential": with(plain20(), "credentialSubject", map[string]any{"id": "x:1"}),
		"Credential":                with(plain20(), "credentialSubject", map[string]any{"id": "x:1"}, "type", "VerifiableCredential"),
	} {
		c := document(t, doc)
		Read(c)
		if c.Name != want {
			t.Errorf("name %q, want %q", c.Name, want)
		}
	}
}

func TestCredentialsInASubject(t *testing.T) {
	c := document(t, with(plain20(), "credentialSubject", map[string]any{"verifiableCredential": []any{badge(), plain11()}}))
	Read(c)
	if len(c.Parts) != 2 || c.Parts[0].Kind != OB3 || c.Parts[1].Kind != Plain || len(c.Badge.Claims) != 0 {
		t.Errorf("%+v", c.Parts)
	}
}

func TestSDJWTVC(t *testing.T) {
	c := card(t, "dc+sd-jwt", studentCard())
	Read(c)
	if flaws(c) != "" || c.Name != "Student card" || c.Issuer.ID != "https://school.example" || c.Subject.Name != "Ada Lovelace" || c.Badge.Type != "https://school.example/student_card" {
		t.Errorf("%s %q %q %q", flaws(c), c.Name, c.Issuer.ID, c.Subject.Name)
	}
	if c.Badge.Awarded.Unix() != 1767323045 || c.Until.Unix() != 1798859045 || !c.From.IsZero() {
		t.Errorf("%v %v %v", c.Badge.Awarded, c.From, c.Until)
	}
	claims := []vc.Claim{
		{Path: "/address/locality", Label: "Address: Locality", Value: "London"},
		{Path: "/family_name", Label: "Family name", Value: "Lovelace"},
		{Path: "/given_name", Label: "Given name", Value: "Ada"},
		{Path: "/nationalities", Label: "Nationalities", Value: "GB, FR"},
	}
	if !reflect.DeepEqual(c.Badge.Claims, claims) {
		t.Errorf("claims %+v", c.Badge.Claims)
	}
	if len(c.Status) != 1 || c.Status[0].Type != "TokenStatusList" || c.Status[0].List != "https://school.example/list" || c.Status[0].Index != "7" {
		t.Errorf("status %+v", c.Status)
	}
}

func TestSDJWTVCShape(t *testing.T) {
	for want, m := range map[string]map[string]any{
		"!shape.member-missing(vct)":                with(studentCard(), "vct", nil),
		"!shape.member-type(vct)":                   with(studentCard(), "vct", 7),
		"!shape.member-type(cnf)":                   with(studentCard(), "cnf", "x"),
		"!shape.member-type(status)":                with(studentCard(), "status", "good"),
		"!shape.member-missing(status.status_list)": with(studentCard(), "status", object(`{"status_list":{"idx":1}}`)),
		"!shape.claim-type(exp)":                    with(studentCard(), "exp", "2027"),
		"shape.claim-type(iat)":                     with(studentCard(), "iat", "2027"),
		"!shape.claim-type(iss)":                    with(studentCard(), "iss", 7),
		"!shape.dates-order(exp)":                   with(studentCard(), "nbf", 1798859046),
	} {
		c := card(t, "dc+sd-jwt", m)
		Read(c)
		if flaws(c) != want {
			t.Errorf("got %q, want %q", flaws(c), want)
		}
	}
}

func TestSDJWTVCThatIsABadge(t *testing.T) {
	m := with(studentCard(), "achievement", object(`{"id": "https://school.example/a/1", "name": "Teamwork", "criteria": {"narrative": "Do it"}}`))
	c := card(t, "dc+sd-jwt", m)
	Read(c)
	if c.Kind != SDJWTVC || c.Name != "Teamwork" || c.Badge.AchievementID != "https://school.example/a/1" || c.Badge.Criteria.Narrative != "Do it" {
		t.Errorf("%s %q %+v", c.Kind, c.Name, c.Badge)
	}
}

// TestTokenDates: a token's own end counts when it comes before the credential's.
func TestTokenDates(t *testing.T) {
	read := func(pairs ...any) *vc.Credential {
		c := card(t, "vc+jwt", with(plain20(), pairs...))
		c.Form = "jwt"
		Read(c)
		return c
	}
	if c := read("exp", 1767400000, "nbf", 1767390000); c.From.Unix() != 1767390000 || c.Until.Unix() != 1767400000 {
		t.Errorf("%v %v", c.From, c.Until)
	}
	if c := read("exp", 1898859045, "nbf", 1); c.From.Unix() != 1767323045 || c.Until.Unix() != 1798859045 {
		t.Errorf("%v %v", c.From, c.Until)
	}
}

func TestStatus(t *testing.T) {
	c := document(t, with(plain20(), "credentialStatus", []any{
		object(`{"id": "https://l.example#1", "type": "BitstringStatusListEntry", "statusPurpose": "suspension", "statusListIndex": "94567", "statusListCredential": "https://l.example", "statusSize": 2}`),
		object(`{"id": "https://l.example#2", "type": ["StatusList2021Entry"], "statusPurpose": "revocation", "statusListIndex": 2, "statusListCredential": "https://l.example"}`),
		object(`{"id": "https://l.example#3", "type": "RevocationList2020Status", "revocationListIndex": "3", "revocationListCredential": "https://l.example"}`),
		object(`{"id": "https://l.example/revoked", "type": "1EdTechRevocationList"}`),
		object(`{"id": "https://l.example/x", "type": "SomethingElse"}`),
	}))
	Read(c)
	want := []vc.StatusRef{
		{ID: "https://l.example#1", Type: "BitstringStatusListEntry", Purpose: "suspension", List: "https://l.example", Index: "94567", Size: "2"},
		{ID: "https://l.example#2", Type: "StatusList2021Entry", Purpose: "revocation", List: "https://l.example", Index: "2"},
		{ID: "https://l.example#3", Type: "RevocationList2020Status", Purpose: "revocation", List: "https://l.example", Index: "3"},
		{ID: "https://l.example/revoked", Type: "1EdTechRevocationList", Purpose: "revocation", List: "https://l.example/revoked"},
		{ID: "https://l.example/x", Type: "SomethingElse"},
	}
	for i := range c.Status {
		c.Status[i].Doc = nil
	}
	if !reflect.DeepEqual(c.Status, want) {
		t.Errorf("%+v", c.Status)
	}
}

func TestLabel(t *testing.T) {
	for in, want := range map[string]string{
		"alumniOf": "Alumni of", "birth_date": "Birth date", "given-name": "Given name", "URL": "URL", "credentialID": "Credential ID",
		"VerifiableId": "Verifiable id", "https://schema.org/jobTitle": "Job title", "HTMLPage": "HTML page", "x": "X", "": "", "a b": "A b",
		"ISO8601Date": "ISO8601 date", "straße": "Straße",
	} {
		if got := label(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestTypeName(t *testing.T) {
	for in, want := range map[string]string{
		"https://credentials.example.com/identity_credential": "identity_credential", "urn:eudi:pid:1": "pid",
		"eu.europa.ec.eudi.pid.1": "pid", "StudentCard": "StudentCard", "1": "1", "https://x.example/card/v2.1": "card",
	} {
		if got := typeName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	list := []any{map[string]any{"@value": "Hund", "@language": "de"}, map[string]any{"@value": "Dog", "@language": "en-GB"}}
	cases := []struct {
		in   any
		want string
	}{
		{"Dog", "Dog"},
		{map[string]any{"@value": "Dog", "@direction": "ltr"}, "Dog"},
		{list, "Dog"},
		{list[:1], "Hund"},
		{map[string]any{"de": "Hund", "en": "Dog"}, "Dog"},
		{map[string]any{"fr": "Chien", "de": "Hund"}, "Hund"},
		{map[string]any{"id": "x", "name": "y"}, ""},
		{nil, ""},
		{true, ""},
	}
	for _, c := range cases {
		if got := tongues(nil).words(c.in); got != c.want {
			t.Errorf("%v: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestPersonName(t *testing.T) {
	for want, m := range map[string]map[string]any{
		"Ada Lovelace": {"given_name": "Ada", "family_name": "Lovelace"},
		"Ada":          {"givenName": "Ada"},
		"A. Lovelace":  {"fullName": "A. Lovelace"},
		"Called":       {"name": "Called", "givenName": "Ada"},
	} {
		if got := tongues(nil).party(m).Name; got != want {
			t.Errorf("%v: %q", m, got)
		}
	}
}

func TestClaimsAreBounded(t *testing.T) {
	m := map[string]any{}
	for i := range 2 * maxClaims {
		m[string(rune('A'+i%50))+string(rune(0x4e00+i))] = "x"
	}
	if n := len(tongues(nil).claimsOf(m)); n != maxClaims {
		t.Errorf("%d claims", n)
	}
}
