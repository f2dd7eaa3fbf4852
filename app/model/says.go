package model

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet"
)

// Section is a part of what a badge says.
type Section struct {
	ID    string
	Title string
	Lines []LineView
	Fold  bool // folded at first
}

// LineView is a label and its value; a text of its own has no label.
type LineView struct {
	Label string
	Value string
	Link  string // https address the value leads to; only of issuers that are recognised
}

// sections is what a badge says, in the order in which it is read. Links are
// given only when the badge is verified.
func (w *words) sections(c *vc.Credential, links bool) []Section {
	b := c.Badge
	all := []Section{
		{ID: "about", Lines: texts(b.Description, b.Narrative)},
		{ID: "criteria", Lines: slices.Concat(texts(b.Criteria.Narrative), address("", b.Criteria.ID, links))},
		{ID: "skills", Lines: skills(b.Skills, links)},
		{ID: "results", Lines: results(b.Results)},
		{ID: "facts", Lines: w.facts(c)},
		{ID: "claims", Lines: claims(b.Claims)},
		{ID: "evidence", Lines: evidence(b.Evidence, links), Fold: true},
		{ID: "endorsements", Lines: endorsements(b.Endorsements), Fold: true},
		{ID: "issuer", Lines: w.issuer(c.Issuer, links), Fold: true},
	}
	var out []Section
	for _, s := range all {
		if len(s.Lines) > 0 {
			s.Title = w.t("section."+s.ID, "count", strconv.Itoa(len(s.Lines)))
			out = append(out, s)
		}
	}
	return out
}

func texts(all ...string) []LineView {
	var out []LineView
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, LineView{Value: s})
		}
	}
	return out
}

// address shows an address, as a link where that is allowed.
func address(label, url string, links bool) []LineView {
	if !strings.HasPrefix(url, "https://") {
		return nil
	}
	l := LineView{Label: label, Value: url}
	if links {
		l.Link = url
	}
	return []LineView{l}
}

func skills(all []vc.Alignment, links bool) []LineView {
	var out []LineView
	for _, a := range all {
		l := LineView{Label: a.Framework, Value: orElse(a.Name, orElse(a.Code, a.URL))}
		if a.Name != "" && a.Code != "" {
			l.Value += " (" + a.Code + ")"
		}
		if links && strings.HasPrefix(a.URL, "https://") {
			l.Link = a.URL
		}
		out = append(out, l)
	}
	return out
}

func results(all []vc.Result) []LineView {
	var out []LineView
	for _, r := range all {
		value := orElse(r.Value, orElse(r.AchievedLevel, r.Status))
		if r.Value != "" && r.AchievedLevel != "" && r.Value != r.AchievedLevel {
			value = r.Value + " · " + r.AchievedLevel
		}
		out = append(out, LineView{Label: r.Name, Value: value})
	}
	return out
}

func claims(all []vc.Claim) []LineView {
	var out []LineView
	for _, c := range all {
		out = append(out, LineView{Label: c.Label, Value: c.Value})
	}
	return out
}

func evidence(all []vc.Evidence, links bool) []LineView {
	var out []LineView
	for _, e := range all {
		l := LineView{Label: e.Name, Value: sentence("\n", e.Description, e.Narrative)}
		if links && strings.HasPrefix(e.ID, "https://") {
			l.Link = e.ID
		}
		if l.Value == "" {
			l.Value = orElse(e.ID, e.Genre)
		}
		out = append(out, l)
	}
	return out
}

func endorsements(all []vc.Endorsement) []LineView {
	var out []LineView
	for _, e := range all {
		out = append(out, LineView{Label: orElse(e.By.Name, e.By.ID), Value: e.Comment})
	}
	return out
}

// facts are the short ones, each with its label.
func (w *words) facts(c *vc.Credential) []LineView {
	b := c.Badge
	var out []LineView
	add := func(id, value string) {
		if value != "" {
			out = append(out, LineView{Label: w.t("fact." + id), Value: value})
		}
	}
	add("for", recipient(c.Subject))
	add("earned", w.stated(b.Awarded))
	add("from", w.stated(c.From))
	add("until", w.stated(c.Until))
	add("kind", b.Type)
	add("credits", orElse(b.CreditsEarned, b.CreditsOffered))
	add("period", sentence(" – ", w.stated(b.ActivityStart), w.stated(b.ActivityEnd)))
	add("role", b.Role)
	add("term", b.Term)
	add("field", sentence(", ", b.FieldOfStudy, b.Specialization))
	add("license", b.License)
	return out
}

// recipient is the name of the person it was given to, if it says one.
func recipient(p vc.Party) string {
	if p.Name != "" {
		return p.Name
	}
	for _, id := range p.Identifiers {
		if id.Type == "name" && !id.Hashed {
			return id.Value
		}
	}
	return p.Email
}

func (w *words) issuer(p vc.Party, links bool) []LineView {
	out := texts(p.Description)
	if p.Email != "" {
		out = append(out, LineView{Label: w.t("fact.email"), Value: p.Email})
	}
	return append(out, address(w.t("fact.web"), p.URL, links)...)
}

// technical is what somebody may need who looks into a badge. DIDs and formats
// are named here and nowhere else.
func (w *words) technical(c *vc.Credential, it wallet.Item) []LineView {
	var out []LineView
	add := func(id, value string) {
		if value != "" {
			out = append(out, LineView{Label: w.t("technical." + id), Value: value})
		}
	}
	add("form", c.Form)
	add("kind", c.Kind)
	add("id", c.ID)
	add("issuer", c.Issuer.ID)
	add("subject", c.Subject.ID)
	for _, p := range c.Proofs {
		add("proof", sentence(" · ", p.Suite, p.Alg, p.Method, w.stated(p.Created)))
	}
	for _, s := range c.Status {
		add("status", sentence(" · ", s.Type, s.Purpose, s.List, s.Index))
	}
	add("achievement", c.Badge.AchievementID)
	add("digest", it.ID)
	add("source", it.Source)
	return out
}

// maxRaw is how much of a raw text is shown; saving gives all of it.
const maxRaw = 100_000

func rawText(c *vc.Credential) string {
	s := c.Sealed
	if len(s) > maxRaw {
		s = s[:maxRaw]
	}
	if !utf8.Valid(s) {
		return strings.ToValidUTF8(string(s), "�")
	}
	return string(s)
}

func notSaved(err error, path string) error { return fault.Wrap(err, "file.not-saved", "path", path) }
