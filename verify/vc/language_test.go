package vc_test

import (
	"testing"

	"github.com/cairnwallet/cairn/verify/vc"
)

func TestLanguagesOf(t *testing.T) {
	for _, c := range []struct {
		name  string
		reads vc.Languages
		tags  []string
		want  string
	}{
		{"nobody said anything", nil, []string{"de", "en", "fr"}, "en"},
		{"no English either", nil, []string{"de", "fr"}, "de"},
		{"nothing to choose from", vc.Languages{"de"}, nil, ""},
		{"the wanted one", vc.Languages{"fr"}, []string{"de", "en", "fr"}, "fr"},
		{"the better of two", vc.Languages{"it", "fr", "de"}, []string{"de", "en", "fr"}, "fr"},
		{"one letter of the tag differs", vc.Languages{"fy"}, []string{"de", "en", "fr"}, "en"},
		{"no case, any separator", vc.Languages{"DE_at"}, []string{"de-CH", "De-AT"}, "De-AT"},
		{"the language without the country", vc.Languages{"de-AT"}, []string{"de-CH", "de", "en"}, "de"},
		{"another country's form", vc.Languages{"de-AT"}, []string{"en", "de-CH"}, "de-CH"},
		{"a form where the plain one is wanted", vc.Languages{"pt"}, []string{"en", "pt-BR"}, "pt-BR"},
		{"not another language that begins alike", vc.Languages{"sl"}, []string{"en", "sla"}, "en"},
		{"script and country", vc.Languages{"zh-Hant-TW"}, []string{"zh-Hans", "zh-Hant"}, "zh-Hant"},
		{"private parts fall off with what introduces them", vc.Languages{"de-x-work"}, []string{"en", "de"}, "de"},
		{"a country's English is English", vc.Languages{"fr"}, []string{"de", "en-GB"}, "en-GB"},
		{"broken tags are no language", vc.Languages{"", "-", "--"}, []string{"de", "en"}, "en"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if i := c.reads.Of(c.tags); i >= 0 {
				got = c.tags[i]
			}
			if got != c.want {
				t.Errorf("%v of %v: %q, not %q", c.reads, c.tags, got, c.want)
			}
		})
	}
}
