package vocab

import (
	"testing"

	"github.com/cairnwallet/cairn/verify/vc"
)

// Each way of writing a text in several languages, read by several people.
func TestTextsInTheLanguagesOfThePerson(t *testing.T) {
	byLanguage := map[string]any{"de": "Hund", "en": "Dog", "fr": "Chien"}
	values := []any{
		map[string]any{"@value": "Hund", "@language": "de"},
		map[string]any{"@value": "Dog", "@language": "en"},
		map[string]any{"@value": "Chien", "@language": "fr"},
	}
	for _, c := range []struct {
		name  string
		reads vc.Languages
		want  string
	}{
		{"nobody said", nil, "Dog"},
		{"one that is there", vc.Languages{"fr"}, "Chien"},
		{"a country's form of it", vc.Languages{"de-AT"}, "Hund"},
		{"the second", vc.Languages{"it", "de"}, "Hund"},
		{"none that is there", vc.Languages{"it"}, "Dog"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []any{byLanguage, values} {
				ob3 := readFor(c.reads, vc.Doc{
					"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
					"type":     []any{"VerifiableCredential", "OpenBadgeCredential"}, "issuer": map[string]any{"id": "urn:i", "name": name},
					"credentialSubject": map[string]any{"achievement": map[string]any{"name": name}},
				})
				if ob3.Name != c.want || ob3.Issuer.Name != c.want {
					t.Errorf("Open Badge: %q of %q, not %q", ob3.Name, ob3.Issuer.Name, c.want)
				}
			}
			edc := readFor(c.reads, vc.Doc{
				"@context": []any{"https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"},
				"type":     []any{"VerifiableCredential", "EuropeanDigitalCredential"}, "displayParameter": map[string]any{"title": byLanguage},
				"issuer": map[string]any{"id": "urn:i", "legalName": byLanguage},
			})
			if edc.Kind != EDC || edc.Name != c.want || edc.Issuer.Name != c.want {
				t.Errorf("European credential (%s): %q of %q, not %q", edc.Kind, edc.Name, edc.Issuer.Name, c.want)
			}
		})
	}
}

// After English comes the language that a European credential was written in.
func TestTextsInTheOwnLanguage(t *testing.T) {
	doc := vc.Doc{
		"type": []any{"VerifiableCredential", "EuropeanDigitalCredential"},
		"displayParameter": map[string]any{
			"title":           map[string]any{"bg": "Куче", "mt": "Kelb"},
			"primaryLanguage": map[string]any{"id": "http://publications.europa.eu/resource/authority/language/MLT"},
		},
	}
	if c := readFor(vc.Languages{"fr"}, doc); c.Name != "Kelb" {
		t.Errorf("%q", c.Name)
	}
}

// What stands inside is read in the languages of the whole.
func TestTextsInsideARecord(t *testing.T) {
	badge := vc.Doc{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"type":     []any{"VerifiableCredential", "OpenBadgeCredential"}, "issuer": "urn:i",
		"credentialSubject": map[string]any{"achievement": map[string]any{"name": map[string]any{"de": "Hund", "en": "Dog"}}},
	}
	record := vc.Doc{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"},
		"type":     []any{"VerifiableCredential", "ClrCredential"}, "issuer": "urn:i",
		"credentialSubject": map[string]any{"verifiableCredential": []any{map[string]any(badge)}},
	}
	c := readFor(vc.Languages{"de"}, record)
	if len(c.Parts) != 1 || c.Parts[0].Name != "Hund" {
		t.Fatalf("%d inside: %+v", len(c.Parts), c.Parts)
	}
	if again := Again(c, c.Doc); again.Parts[0].Name != "Hund" {
		t.Errorf("read again: %q", again.Parts[0].Name)
	}
}

func readFor(reads vc.Languages, doc vc.Doc) *vc.Credential {
	c := &vc.Credential{Languages: reads, Form: "json", Doc: doc}
	Read(c)
	return c
}
