package wallet

import (
	"context"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/vc"
)

func TestSpoken(t *testing.T) {
	for _, c := range []struct {
		name string
		env  map[string]string
		want vc.Languages
	}{
		{"nothing said", nil, nil},
		{"a plain locale", map[string]string{"LANG": "de_AT.UTF-8"}, vc.Languages{"de-AT"}},
		{"with a modifier", map[string]string{"LANG": "ca_ES@valencia"}, vc.Languages{"ca-ES"}},
		{"messages before the rest", map[string]string{"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, vc.Languages{"fr-FR"}},
		{"one for all", map[string]string{"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8", "LC_ALL": "it"}, vc.Languages{"it"}},
		{"none", map[string]string{"LANG": "C.UTF-8"}, nil},
		{"none, whatever the list says", map[string]string{"LC_ALL": "POSIX", "LANG": "de", "LANGUAGE": "de:fr"}, nil},
		{"a list", map[string]string{"LANG": "de_AT.UTF-8", "LANGUAGE": "de_AT:de::fr"}, vc.Languages{"de-AT", "de", "fr"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Spoken(func(name string) string { return c.env[name] }); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A badge that says everything in three languages.
const threefold = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"https://kolleg.example/","type":["Profile"],"name":{"de":"Alpenkolleg","en":"Alpine College"}},
"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"type":["AchievementSubject"],"achievement":{"id":"urn:x:1","type":["Achievement"],
"name":{"de":"Erste Hilfe","en":"First Aid","fr":"Premiers secours"},"description":{"de":"Hilft.","en":"Helps."},"criteria":{"narrative":"x"}}}}`

func TestLanguagesOfTheList(t *testing.T) {
	ctx := context.Background()
	b := newBench(t)
	w := b.open()
	id := add(t, w, []byte(threefold))
	for _, c := range []struct {
		reads                     vc.Languages
		name, issuer, description string
	}{
		{nil, "First Aid", "Alpine College", "Helps."},
		{vc.Languages{"de-AT"}, "Erste Hilfe", "Alpenkolleg", "Hilft."},
		{vc.Languages{"fr", "de"}, "Premiers secours", "Alpenkolleg", "Hilft."},
		{vc.Languages{"fr", "en", "de"}, "Premiers secours", "Alpine College", "Helps."},
		{vc.Languages{"dd"}, "First Aid", "Alpine College", "Helps."},
		{vc.Languages{"en-GB", "de"}, "First Aid", "Alpine College", "Helps."},
	} {
		ok(t, w.SetLanguages(ctx, c.reads))
		row := must(w.Rows())[0]
		it := must(w.Item(id))
		if row.Name != c.name || row.Issuer != c.issuer || it.Name != c.name || it.Credential.Badge.Description != c.description {
			t.Errorf("%q: listed as %q of %q; opened as %q: %q", c.reads, row.Name, row.Issuer, it.Name, it.Credential.Badge.Description)
		}
		sound(t, w)
	}
}

// Languages outlive the program and the bin, and what counts for a pathway does not
// hang on them.
// TestLanguagesChangeDuringAReview: what was looked at in one language is listed in
// the one that holds when it is kept.
func TestLanguagesChangeDuringAReview(t *testing.T) {
	ctx := context.Background()
	w := newBench(t).open()
	drafts := must(w.Review(ctx, []byte(threefold), "x", nil))
	ok(t, w.SetLanguages(ctx, vc.Languages{"de"}))
	must(w.Keep(ctx, drafts))
	if got := rowsOf(t, w)[0].Name; got != "Erste Hilfe" {
		t.Errorf("listed as %q", got)
	}
	sound(t, w)
}

func TestLanguagesAreKept(t *testing.T) {
	ctx := context.Background()
	b := newBench(t)
	w := b.open()
	ok(t, w.SetLanguages(ctx, vc.Languages{"de"}))
	id := add(t, w, []byte(threefold))
	w = b.reopen(w)
	ok(t, w.Remove(id))
	ok(t, w.SetLanguages(ctx, vc.Languages{"fr"}))
	ok(t, w.Restore(id))
	sound(t, w)
	row := must(w.Rows())[0]
	if row.Name != "Premiers secours" {
		t.Errorf("listed as %q after it came back", row.Name)
	}
	if h := w.heads[id].held(id, b.Now()); h.Name != "First Aid" || h.Issuer.Name != "Alpine College" {
		t.Errorf("pathways compare %q of %q", h.Name, h.Issuer.Name)
	}
}

// What was not read anew before somebody stopped it is, the next time.
func TestLanguagesStopped(t *testing.T) {
	w := newBench(t).open()
	add(t, w, []byte(threefold))
	ended, end := context.WithCancel(context.Background())
	end()
	if err := w.SetLanguages(ended, vc.Languages{"de"}); err == nil {
		t.Error("stopped without a word")
	}
	ok(t, w.SetLanguages(context.Background(), vc.Languages{"de"}))
	if row := must(w.Rows())[0]; row.Name != "Erste Hilfe" {
		t.Errorf("listed as %q", row.Name)
	}
}
