package model

import (
	"context"
	"testing"
)

const twofold = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"https://kolleg.example/","type":["Profile"],"name":"College"},
"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"type":["AchievementSubject"],"achievement":{"id":"urn:x:1","type":["Achievement"],
"name":{"de":"Erste Hilfe","en":"First Aid"},"description":"x","criteria":{"narrative":"x"}}}}`

// The language that is chosen in Settings holds for what is shown at that moment, and
// that of the computer where none is chosen.
func TestLanguageOfBadges(t *testing.T) {
	b := newBench(t, func(s *Session) { s.house.Spoken = []string{"de-AT"}; s.OpenOwn() })
	drafts, err := b.desk.Wallet.Review(context.Background(), []byte(twofold), "x", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.desk.Wallet.Keep(context.Background(), drafts); err != nil {
		t.Fatal(err)
	}
	badges := NewBadges(b.desk, "")
	defer badges.Close()
	settings := NewSettings(b.desk)
	defer settings.Close()
	called := func(name string) {
		t.Helper()
		b.until(t, "a badge called "+name, func() bool { return badges.Len() == 1 && badges.Card(0).Name == name })
	}
	called("Erste Hilfe")
	if on := chosenIn(settings.Languages); on != asComputer {
		t.Errorf("%q is chosen", on)
	}
	settings.SetLanguage("en")
	called("First Aid")
	settings.SetLanguage("fr") // which the badge has not; the computer's is next
	called("Erste Hilfe")
	if on := chosenIn(settings.Languages); on != "fr" {
		t.Errorf("%q is chosen", on)
	}
	settings.SetLanguage(asComputer)
	called("Erste Hilfe")
}

func chosenIn(all []OptionView) string {
	for _, o := range all {
		if o.On {
			return o.ID
		}
	}
	return ""
}
