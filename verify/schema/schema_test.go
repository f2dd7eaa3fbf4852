package schema

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/strict"
)

const (
	folder   = "https://purl.imsglobal.org/spec/ob/v3p0/schema/"
	badgeAt  = folder + "json/ob_v3p0_achievementcredential_schema.json"
	eitherAt = folder + "json-ld/ob_v3p0_anyachievementcredential_schema.json"
	praiseAt = folder + "json/ob_v3p0_endorsementcredential_schema.json"
)

const badge = `{
	"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
	"id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Barista",
	"issuer": {"id": "https://school.example", "type": ["Profile"], "name": "School"},
	"validFrom": "2026-01-01T00:00:00Z",
	"credentialSubject": {"type": ["AchievementSubject"], "achievement": {
		"id": "https://school.example/a", "type": ["Achievement"], "name": "Barista", "description": "Coffee", "criteria": {"narrative": "Make some."}}}}`

// parse reads a document as the program does.
func parse(t testing.TB, text string) map[string]any {
	t.Helper()
	doc, err := strict.Object([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEverySchemaCompiles(t *testing.T) {
	for url, s := range assets.PublishedSchemas() {
		if _, err := compile(s); err != nil {
			t.Errorf("%s: %v", url, err)
		}
		if !Shipped(url) || !Shipped(url+"#") || !Shipped(strings.Replace(url, "https:", "http:", 1)) || Shipped(url+"x") {
			t.Errorf("%s is not found under its address", url)
		}
	}
}

func TestFits(t *testing.T) {
	change := func(old, fresh string) string {
		if !strings.Contains(badge, old) {
			t.Fatalf("%q is not in the badge", old)
		}
		return strings.Replace(badge, old, fresh, 1)
	}
	cases := []struct {
		name, at, doc string
		want          []string
	}{
		{"a good badge", badgeAt, badge, nil},
		{"in the other folder", strings.Replace(badgeAt, "/json/", "/json-ld/", 1), badge, nil},
		{"the shorter form", badgeAt, change(`["Achievement"]`, `"Achievement"`), nil},
		{"either data model", eitherAt, badge, nil},
		{"the first data model", eitherAt, strings.Replace(change("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"), `"validFrom"`, `"issuanceDate"`, 1), nil},
		{"no name", badgeAt, change(`"name": "Barista", "description"`, `"description"`), []string{"credentialSubject.achievement.name"}},
		{"no date", badgeAt, change(`"validFrom": "2026-01-01T00:00:00Z",`, ``), []string{"validFrom"}},
		{"a date that is none", badgeAt, change("2026-01-01T00:00:00Z", "2026-02-31T00:00:00Z"), []string{"validFrom"}},
		{"a number for a text", badgeAt, change(`"description": "Coffee"`, `"description": 1e400`), []string{"credentialSubject.achievement.description"}},
		{"two breaks", badgeAt, strings.Replace(change(`"id": "urn:uuid:1", `, ``), `"criteria": {"narrative": "Make some."}`, `"criteria": 7`, 1), []string{"credentialSubject.achievement.criteria", "id"}},
		{"a badge is no endorsement", praiseAt, badge, []string{"credentialSubject.id", "credentialSubject.type", "type"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Fits(c.at, parse(t, c.doc), 3)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestFitsRefuses(t *testing.T) {
	for _, address := range []string{"", "https://evil.example/schema.json", "file:///etc/passwd", "did:example:1", badgeAt + "#/$defs/Profile"} {
		if _, err := Fits(address, parse(t, badge), 3); !errors.Is(err, ErrNotShipped) {
			t.Errorf("%q: %v", address, err)
		}
	}
	large := parse(t, `{"a":[`+strings.Repeat("0,", maxValues)+`0]}`)
	if _, err := Fits(badgeAt, large, 3); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a document beyond all measure: %v", err)
	}
}

// A document that breaks its schema in thousands of places, and one that is nested as
// deep as may be, are answered with a few places.
func TestFitsIsBounded(t *testing.T) {
	many := parse(t, strings.Replace(badge, `"achievement": {`, `"achievement": {"tag": [`+strings.Repeat("0,", maxValues/2)+`0],`, 1))
	if got, err := Fits(badgeAt, many, 3); err != nil || len(got) != 3 {
		t.Errorf("%d places, %v", len(got), err)
	}
	profile := `"https://school.example"`
	for range strict.MaxDepth/2 - 4 {
		profile = fmt.Sprintf(`{"id":"https://x.example","type":["Profile"],"parentOrg":%s,"endorsement":[]}`, profile)
	}
	deep := parse(t, strings.Replace(badge, `{"id": "https://school.example", "type": ["Profile"], "name": "School"}`, profile, 1))
	if _, err := Fits(badgeAt, deep, 3); err != nil {
		t.Errorf("deep: %v", err)
	}
}

func FuzzFits(f *testing.F) {
	f.Add([]byte(badge))
	f.Add([]byte(`{"issuer":{"endorsement":{}},"credentialSubject":[{}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := strict.Object(raw)
		if err != nil {
			return
		}
		for _, at := range []string{badgeAt, eitherAt, praiseAt} {
			places, err := Fits(at, doc, 3)
			if len(places) > 3 || err != nil && places != nil {
				t.Errorf("%q, %v", places, err)
			}
		}
	})
}

func BenchmarkFits(b *testing.B) {
	doc := parse(b, badge)
	b.Run("first time", func(b *testing.B) {
		for b.Loop() {
			if _, err := compile(assets.PublishedSchemas()[badgeAt]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			if places, err := Fits(badgeAt, doc, 3); err != nil || places != nil {
				b.Fatal(places, err)
			}
		}
	})
}
