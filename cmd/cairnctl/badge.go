package main

import (
	"fmt"
	"strings"

	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
)

// printBadge prints what a badge says to a person.
func (t *tool) printBadge(item wallet.Item) {
	b := item.Credential.Badge
	t.section("What it is for", b.Description)
	t.section("What had to be done", b.Criteria.Narrative, b.Criteria.ID)
	t.section("Skills", each(b.Skills, func(a vc.Alignment) string { return joined(" · ", a.Name, a.Code, a.Framework) })...)
	t.section("Results", each(b.Results, func(r vc.Result) string {
		return joined(": ", r.Name, joined(" ", r.Value, r.AchievedLevel, r.Status))
	})...)
	t.section("Credits", joined(" of ", b.CreditsEarned, b.CreditsOffered))
	t.section("Evidence", each(b.Evidence, func(e vc.Evidence) string { return joined(" · ", e.Name, e.Description, e.ID) })...)
	t.section("Endorsed by", each(b.Endorsements, func(e vc.Endorsement) string { return joined(": ", e.By.Name, e.Comment) })...)
	t.section("What it states", each(b.Claims, func(c vc.Claim) string { return joined(": ", c.Label, c.Value) })...)
	t.section("Tags", strings.Join(item.Tags, ", "))
	t.section("Note", item.Note)
}

func (t *tool) section(title string, lines ...string) {
	printed := false
	for _, l := range lines {
		if l == "" {
			continue
		}
		if !printed {
			fmt.Fprintf(t.out, "\n%s\n", title)
			printed = true
		}
		fmt.Fprintf(t.out, "  %s\n", strings.ReplaceAll(l, "\n", "\n  "))
	}
}

func each[T any](list []T, say func(T) string) []string {
	var out []string
	for _, e := range list {
		out = append(out, say(e))
	}
	return out
}

// joined joins the texts that are not empty.
func joined(between string, texts ...string) string {
	var out []string
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, between)
}
