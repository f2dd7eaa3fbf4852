package wallet

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/pathway"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// head is what the index keeps of an item: enough to list it, to judge its dates
// anew and to measure pathways, and all of it made from the item's own records.
type head struct {
	name, issuer, issuerID, issuerURL string
	image, kind, form                 string
	achievement, achievementName      string
	credits                           string
	from, until, awarded              time.Time
	added, checked, good              time.Time
	proofEnd                          time.Time     // when the first of its proofs expires
	rows                              []check.Check // id, outcome and reason only
	tags                              []string
	note                              string
	skills                            []vc.Alignment // without descriptions
	parts                             []head         // the badges inside, each as it was judged by itself
	damaged                           bool
	told                              told

	// What follows is computed from the above, never stored.
	found check.Verdict // what the rows add up to
	names []string      // of the skills
}

// told is how an item is listed in the learner's languages, where they differ from
// how everybody reads it. What is compared, as with the steps of pathways, is not in
// the learner's languages: else what counts would hang on them.
type told struct{ name, issuer string }

// Limits of what the index copies. A name may be cut short; an id, which may
// stand for something when compared, is left out instead.
const (
	maxName   = 200 // letters
	maxID     = 2000
	maxSkills = 60
	maxParts  = 1000
)

// title is what to call the item.
func (h *head) title() string { return firstOf(h.told.name, h.name) }

// headOf makes the head of an item of what c says. It depends on nothing but its
// arguments.
func headOf(c *vc.Credential, it item, r report) head {
	h := headOfOne(c, r.Report, r.Report.At)
	h.added, h.good, h.tags, h.note = it.Added.UTC(), r.Good.UTC(), it.Tags, it.Note
	h.carry(c, r.Report, r.Report.At)
	return h
}

// carry adds the badges inside, at any depth, but not what others say about them.
func (h *head) carry(c *vc.Credential, r check.Report, at time.Time) {
	for i, p := range c.Parts {
		if i == len(r.Parts) || len(h.parts) == maxParts {
			return
		}
		if !verify.Endorses(p) {
			h.parts = append(h.parts, headOfOne(p, r.Parts[i], at))
			h.carry(p, r.Parts[i], at)
		}
	}
}

// headOfOne makes the head of one credential as it was judged at some time.
func headOfOne(c *vc.Credential, r check.Report, at time.Time) head {
	h := head{
		name: cut(firstOf(c.Badge.Name, c.Name)), issuer: cut(c.Issuer.Label()),
		issuerID: whole(c.Issuer.ID), issuerURL: whole(c.Issuer.URL),
		image: imageOf(c), kind: c.Kind, form: c.Form,
		achievement: whole(c.Badge.AchievementID), achievementName: cut(c.Badge.Name),
		credits: whole(c.Badge.CreditsEarned),
		from:    c.From.UTC(), until: c.Until.UTC(), awarded: c.Badge.Awarded.UTC(), checked: at.UTC(),
	}
	for _, p := range c.Proofs {
		if !p.Expires.IsZero() && (h.proofEnd.IsZero() || p.Expires.Before(h.proofEnd)) {
			h.proofEnd = p.Expires.UTC()
		}
	}
	for _, row := range r.Checks {
		h.rows = append(h.rows, check.Check{ID: row.ID, Outcome: row.Outcome, Reason: row.Reason})
	}
	for _, s := range c.Badge.Skills[:min(len(c.Badge.Skills), maxSkills)] {
		h.skills = append(h.skills, vc.Alignment{
			Code: whole(s.Code), Name: cut(s.Name), Framework: whole(s.Framework), Type: whole(s.Type), URL: whole(s.URL),
		})
	}
	h.found, h.names = check.Report{Checks: h.rows}.Verdict(), names(h.skills)
	return h
}

// readHeads reads the index. An entry that can't be read any more is made anew
// from its item; when that can't be read either, the item is listed as damaged.
func readHeads(tx *vault.Tx, languages vc.Languages) (map[string]*head, error) {
	out := make(map[string]*head, tx.Count(bucketHeads))
	shared := newCommon()
	var torn []string
	err := tx.Each(bucketHeads, func(id string, b []byte, err error) error {
		h, bad := shared.decode(b)
		if err != nil || bad != nil {
			torn = append(torn, id)
			return nil
		}
		out[id] = &h
		return nil
	})
	for _, id := range torn {
		if h, err := remake(tx, id, languages); err == nil {
			out[id] = &h
		} else {
			out[id] = &head{damaged: true, found: check.NotFullyChecked}
		}
	}
	return out, err
}

// remake makes a head from the item's own records.
func remake(tx *vault.Tx, id string, languages vc.Languages) (head, error) {
	it, err := getItem(tx, id)
	if err != nil {
		return head{}, err
	}
	r, err := getReport(tx, id)
	if err != nil && !errors.Is(err, vault.ErrNone) {
		r = report{} // the check can be made again
	}
	return headIn(tx, id, it, r, languages)
}

// headIn makes the head of an item, as it is listed in some languages.
func headIn(tx *vault.Tx, id string, it item, r report, languages vc.Languages) (head, error) {
	c, err := it.read(id)
	if err != nil {
		return head{}, err
	}
	h := headOf(r.complete(tx, c), it, r)
	if len(languages) == 0 {
		return h, nil
	}
	if c, err = it.read(id, languages...); err != nil {
		return head{}, err
	}
	h.tell(headOf(r.complete(tx, c), it, r))
	return h, nil
}

// tell takes over how the item is called in other languages.
func (h *head) tell(other head) {
	if other.name != h.name {
		h.told.name = other.name
	}
	if other.issuer != h.issuer {
		h.told.issuer = other.issuer
	}
}

// row gives what a list shows, with the verdict as it is now.
func (h *head) row(id string, now time.Time) Row {
	return Row{
		ID: id, Name: h.title(), Issuer: firstOf(h.told.issuer, h.issuer), IssuerID: h.issuerID, Image: h.image, Kind: h.kind, Form: h.form,
		Verdict: h.verdict(now), From: h.from, Until: h.until, Added: h.added, Checked: h.checked, Good: h.good,
		Awarded: h.awarded, Tags: slices.Clip(h.tags), Note: h.note, Skills: slices.Clip(h.names), Damaged: h.damaged,
	}
}

// verdict is the verdict of the last check, with the dates judged by now.
func (h *head) verdict(now time.Time) check.Verdict {
	if !h.passed(now) {
		return h.found
	}
	c := &vc.Credential{From: h.from, Until: h.until, Proofs: []vc.Proof{{Expires: h.proofEnd}}}
	return current(check.Report{Checks: h.rows}, c, now).Verdict()
}

// passed says whether one of the dates lies between the last check and now, so
// that its rows on them may not hold any more.
func (h *head) passed(now time.Time) bool {
	between := func(t time.Time) bool { return !t.IsZero() && h.checked.Before(t) != now.Before(t) }
	return between(h.from) || between(h.until) || between(h.proofEnd)
}

// all gives what measuring a pathway needs to know of an item and of the badges
// inside it. These count by their own reports, whatever the record around them is worth.
func (h *head) all(id string, now time.Time) []pathway.Held {
	out := []pathway.Held{h.held(id, now)}
	for i := range h.parts {
		p := h.parts[i].held(id, now)
		p.In = firstOf(h.title(), h.issuer, id)
		out = append(out, p)
	}
	return out
}

func (h *head) held(id string, now time.Time) pathway.Held {
	return pathway.Held{
		ID: id, Name: firstOf(h.achievementName, h.name), Achievement: h.achievement,
		Issuer:     pathway.Issuer{ID: h.issuerID, Name: h.issuer, URL: h.issuerURL},
		Alignments: h.skills, Credits: h.credits, Verdict: h.verdict(now),
		From: h.from, Until: h.until, Awarded: h.awarded,
	}
}

// current gives a stored report with its period rows judged by now: whatever was
// found then, a credential whose dates have run out since is expired. Parts are
// treated alike. A report without rows stays one.
func current(r check.Report, c *vc.Credential, now time.Time) check.Report {
	out := check.Report{At: r.At, Parts: slices.Clone(r.Parts)}
	for i := range out.Parts {
		if i < len(c.Parts) {
			out.Parts[i] = current(out.Parts[i], c.Parts[i], now)
		}
	}
	done := false
	for _, row := range r.Checks {
		switch {
		case row.ID != check.Period:
			out.Checks = append(out.Checks, row)
		case row.Outcome == check.NotRun: // it rested on something that does not hold
			out.Checks = append(out.Checks, row)
		case !done:
			out.Checks = append(out.Checks, verify.Period(c, now)...)
			done = true
		}
	}
	return out
}

func names(skills []vc.Alignment) []string {
	if len(skills) == 0 {
		return nil
	}
	out := make([]string, 0, len(skills))
	for _, s := range skills {
		if n := firstOf(s.Name, s.Code, s.URL); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func cut(s string) string {
	if utf8.RuneCountInString(s) <= maxName {
		return s
	}
	return string([]rune(s)[:maxName-1]) + "…"
}

func whole(s string) string {
	if len(s) > maxID {
		return ""
	}
	return s
}
