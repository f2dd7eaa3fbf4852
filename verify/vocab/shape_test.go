package vocab

import (
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/vc"
)

// flaws lists what was remarked on as code(member); grave ones begin with "!".
func flaws(c *vc.Credential) string {
	var out []string
	for _, f := range c.Shape {
		s := f.Code + "(" + f.Member + ")"
		if f.Grave {
			s = "!" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// TestShape changes one member of a good document at a time.
func TestShape(t *testing.T) {
	cases := []struct {
		name string
		doc  map[string]any
		want string
	}{
		{"good 2.0", plain20(), ""},
		{"good 1.1", plain11(), ""},
		{"good badge", badge(), ""},
		{"least 2.0", object(`{"@context":"https://www.w3.org/ns/credentials/v2","type":"VerifiableCredential","issuer":"did:example:1","credentialSubject":{"id":"did:example:2"}}`), ""},

		{"no context", with(plain20(), "@context", nil, "issuanceDate", "2026-01-02T03:04:05Z"), "!shape.member-missing(@context)"},
		{"another context first", with(plain20(), "@context", []any{"https://x.example", context20}), "!shape.context-first(@context)"},
		{"an object first", with(plain20(), "@context", []any{map[string]any{"a": "x:a"}, context20}), "!shape.context-first(@context)"},
		{"a context that is no address", with(plain20(), "@context", []any{context20, "https ://x"}), "!shape.not-a-link(@context)"},
		{"a context that is a number", with(plain20(), "@context", []any{context20, 7}), "!shape.member-type(@context)"},
		{"the context misspelt", with(plain11(), "@context", []any{"http://w3.org/2018/credentials/v1"}), "shape.context-alias(@context)"},
		{"no type", with(plain20(), "type", nil), "!shape.type-missing(type)"},
		{"only its own type", with(plain20(), "type", []any{"ExampleDegreeCredential"}), "!shape.type-missing(type)"},
		{"two ids", with(plain20(), "id", []any{"urn:a:1", "urn:a:2"}), "!shape.member-type(id)"},
		{"an id that is no address", with(plain20(), "id", "1"), "!shape.not-a-link(id)"},
		{"no issuer", with(plain20(), "issuer", nil), "!shape.member-missing(issuer)"},
		{"two issuers", with(plain20(), "issuer", []any{"did:example:1", "did:example:2"}), "!shape.member-type(issuer)"},
		{"an issuer that is no address", with(plain20(), "issuer", "example"), "!shape.not-a-link(issuer)"},
		{"an issuer without id", with(plain20(), "issuer", map[string]any{"name": "School"}), "!shape.member-missing(issuer.id)"},
		{"an issuer whose id is no address", with(plain20(), "issuer", map[string]any{"id": "school"}), "!shape.not-a-link(issuer.id)"},
		{"no subject", with(plain20(), "credentialSubject", nil), "!shape.member-missing(credentialSubject)"},
		{"an empty list of subjects", with(plain20(), "credentialSubject", []any{}), "!shape.member-type(credentialSubject)"},
		{"a subject that is a text", with(plain20(), "credentialSubject", "did:example:2"), "!shape.member-type(credentialSubject)"},
		{"a subject that says nothing", with(plain20(), "credentialSubject", map[string]any{}), "shape.member-empty(credentialSubject)"},

		{"1.1 without its date", with(plain11(), "issuanceDate", nil), "!shape.member-missing(issuanceDate)"},
		{"1.1 with two dates", with(plain11(), "issuanceDate", []any{"2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"}), "!shape.date(issuanceDate)"},
		{"1.1 without a time zone", with(plain11(), "issuanceDate", "2026-01-02T03:04:05"), "shape.date-zone(issuanceDate)"},
		{"1.1 with 31 April", with(plain11(), "expirationDate", "2026-04-31T00:00:00Z"), "!shape.date(expirationDate)"},
		{"2.0 without a time zone", with(plain20(), "validFrom", "2026-01-02T03:04:05"), "!shape.date-zone(validFrom)"},
		{"2.0 with a date in words", with(plain20(), "validFrom", "Sat 25 Feb 2023 07:16:31 PM CST"), "!shape.date(validFrom)"},
		{"2.0 that ends before it starts", with(plain20(), "validUntil", "2026-01-02T03:04:04Z"), "!shape.dates-order(validUntil)"},
		{"2.0 that ends when it starts", with(plain20(), "validUntil", "2026-01-02T03:04:05Z"), ""},
		{"2.0 with a date of 1.1", with(plain20(), "issuanceDate", "2026-01-02T03:04:05Z"), "shape.member-old(issuanceDate)"},

		{"2.0 a type that is no text", with(plain20(), "type", []any{"VerifiableCredential", 7}), "!shape.member-type(type)"},
		{"2.0 name in two languages", with(plain20(), "name", []any{map[string]any{"@value": "Dog", "@language": "en"}, map[string]any{"@value": "Hund", "@language": "de"}}), ""},
		{"2.0 name with a further member", with(plain20(), "name", map[string]any{"@value": "Dog", "url": "x:y"}), "!shape.member-type(name)"},
		{"2.0 issuer's name as number", with(plain20(), "issuer", map[string]any{"id": "did:example:1", "name": 7}), "!shape.member-type(issuer.name)"},

		{"2.0 status without id", with(plain20(), "credentialStatus", map[string]any{"type": "BitstringStatusListEntry"}), ""},
		{"1.1 status without id", with(plain11(), "credentialStatus", map[string]any{"type": "X"}), "!shape.member-missing(credentialStatus.id)"},
		{"status without type", with(plain20(), "credentialStatus", map[string]any{"id": "x:1"}), "!shape.member-missing(credentialStatus.type)"},
		{"status whose type is a number", with(plain20(), "credentialStatus", map[string]any{"id": "x:1", "type": 2}), "!shape.member-missing(credentialStatus.type)"},
		{"status with two ids", with(plain20(), "credentialStatus", map[string]any{"id": []any{"x:1", "x:2"}, "type": "X"}), "!shape.member-type(credentialStatus.id)"},
		{"status that is a text", with(plain20(), "credentialStatus", "x:1"), "!shape.member-type(credentialStatus)"},
		{"schema without id", with(plain20(), "credentialSchema", map[string]any{"type": "JsonSchema"}), "!shape.member-missing(credentialSchema.id)"},
		{"schema without type", with(plain20(), "credentialSchema", []any{map[string]any{"id": "x:1"}}), "!shape.member-missing(credentialSchema.type)"},
		{"evidence without type", with(plain20(), "evidence", map[string]any{"id": "x:1"}), "shape.member-missing(evidence.type)"},

		{"badge without id", with(badge(), "id", nil), "shape.member-missing(id)"},
		{"badge without start", with(badge(), "validFrom", nil), "shape.member-missing(validFrom)"},
		{"badge whose issuer has no type", with(badge(), "issuer", map[string]any{"id": "x:1"}), "shape.member-missing(issuer.type)"},
		{"badge whose issuer is only an id", with(badge(), "issuer", "x:1"), ""},
		{"badge without achievement", with(badge(), "credentialSubject", map[string]any{"id": "x:1"}), "!shape.member-missing(credentialSubject.achievement)"},
		{"badge for nobody", with(badge(), "credentialSubject", with(badge()["credentialSubject"].(map[string]any), "id", nil)), "shape.recipient-missing(credentialSubject)"},
	}
	words := assets.English()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := document(t, c.doc)
			Read(got)
			if flaws(got) != c.want {
				t.Errorf("got %q, want %q", flaws(got), c.want)
			}
			hasWords(t, words, got)
		})
	}
}

func TestAchievementShape(t *testing.T) {
	for name, want := range map[string]string{
		"name":        "!shape.member-missing(credentialSubject.achievement.name)",
		"id":          "shape.member-missing(credentialSubject.achievement.id)",
		"type":        "shape.member-missing(credentialSubject.achievement.type)",
		"criteria":    "shape.member-missing(credentialSubject.achievement.criteria)",
		"description": "shape.member-missing(credentialSubject.achievement.description)",
	} {
		b := badge()
		s := b["credentialSubject"].(map[string]any)
		s["achievement"] = with(s["achievement"].(map[string]any), name, nil)
		c := document(t, b)
		Read(c)
		if flaws(c) != want {
			t.Errorf("without %s: %q", name, flaws(c))
		}
	}
}

func TestPresentationShape(t *testing.T) {
	good := object(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation","holder":{"id":"did:example:1"}}`)
	for want, doc := range map[string]map[string]any{
		"":                               good,
		"!shape.not-a-link(holder)":      with(good, "holder", map[string]any{"name": "Acme"}),
		"!shape.context-first(@context)": with(good, "@context", []any{map[string]any{}, context20}),
		"!shape.not-a-link(id)":          with(good, "id", "1"),
	} {
		c := document(t, doc)
		Read(c)
		if flaws(c) != want {
			t.Errorf("got %q, want %q", flaws(c), want)
		}
	}
}

// hasWords demands words for every remark, with every slot filled.
func hasWords(t *testing.T, words assets.Words, c *vc.Credential) {
	t.Helper()
	for _, f := range c.Shape {
		for _, part := range []string{"title", "why", "remedy"} {
			if s := words.Text("check."+f.Code+"."+part, map[string]string{"member": f.Member}); s == "" || strings.ContainsAny(s, "{}[]") {
				t.Errorf("%s of %s: %q", part, f.Code, s)
			}
		}
	}
}
