package share

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Line is one thing a credential says, as a learner ticks it and an employer
// reads it.
type Line struct {
	Path      string // JSON pointer, what Request.Show takes; for the lines of a whole badge the name of the line
	Name      string // the claim's own name
	Label     string // what to call it
	Value     string
	Fixed     bool // can't be left out
	Depth     int  // how many lines stand around it
	Parent    int  // the index of the line it stands in, which is shown with it; -1 for none
	Sensitive bool // about the person rather than the achievement: think twice
}

// Choices are the lines of one credential.
type Choices struct {
	Whole bool   // signed as one piece: all of it is shown, or nothing
	Why   string // for Whole, why, as a code under share.whole
	Lines []Line
}

// The presets.
const (
	Minimum = "minimum" // nothing that can be left out
	Usual   = "usual"   // everything but what is sensitive
	All     = "all"
)

// Look lists the lines of c in a stable order: what it is and who issued it
// first, then the rest by path, what stands inside something below it.
func Look(c *vc.Credential) Choices {
	if d := divisible(c); d != nil {
		return d.look()
	}
	s := disclosable(c)
	if s == nil {
		return Choices{Whole: true, Why: whyWhole(c), Lines: summary(c)}
	}
	above := heads(least(s, c))
	lines := append(above, fixedLines(s, above)...)
	fixed := len(lines)
	for _, l := range choiceLines(s) {
		if l.Parent >= 0 {
			l.Parent += fixed
		}
		lines = append(lines, l)
	}
	if len(s.Disclosures) == 0 {
		return Choices{Whole: true, Why: whyWhole(c), Lines: lines}
	}
	return Choices{Lines: lines}
}

// Preset gives the paths to tick.
func (ch Choices) Preset(name string) []string {
	var out []string
	for _, l := range ch.Lines {
		if !l.Fixed && (name == All || name == Usual && !l.Sensitive) {
			out = append(out, l.Path)
		}
	}
	return out
}

// disclosable takes an SD-JWT apart; nil for anything else.
func disclosable(c *vc.Credential) *sdjwt.SDJWT {
	if !strings.HasSuffix(c.Form, "sd-jwt") {
		return nil
	}
	s, err := sdjwt.Parse(strings.TrimSpace(string(c.Sealed)))
	if err != nil {
		return nil
	}
	return s
}

// least reads the credential with everything left out that can be, so that what
// is said to be always shown is nothing a learner could hold back.
func least(s *sdjwt.SDJWT, c *vc.Credential) *vc.Credential {
	text := s.Select(func(sdjwt.Disclosure) bool { return false })
	if found, err := verify.Read([]byte(text), c.Languages...); err == nil && len(found) == 1 {
		return found[0]
	}
	return &vc.Credential{Issuer: vc.Party{ID: c.Issuer.ID}}
}

func whyWhole(c *vc.Credential) string {
	switch {
	case older(c):
		return "share.whole.older-badge"
	case strings.HasSuffix(c.Form, "sd-jwt"):
		return "share.whole.no-lines"
	case len(c.Proofs) == 0:
		return "share.whole.unsigned"
	}
	return "share.whole.one-piece"
}

// heads are the lines an employer looks for first.
func heads(c *vc.Credential) []Line {
	var out []Line
	add := func(name, value string) {
		if value != "" {
			out = append(out, Line{Path: name, Name: name, Label: label(name), Value: value, Fixed: true, Parent: -1})
		}
	}
	add("badge", c.Name)
	add("issuer", cmp.Or(c.Issuer.Name, c.Issuer.ID))
	add("awarded", date(c.Badge.Awarded))
	add("from", date(c.From))
	add("until", date(c.Until))
	return out
}

// summary is what a credential signed as one piece says.
func summary(c *vc.Credential) []Line {
	out := heads(c)
	for _, l := range []struct {
		name, value string
		sensitive   bool
	}{
		{"holder", c.Subject.Name, false},
		{"email", c.Subject.Email, true},
		{"description", c.Badge.Description, false},
		{"skills", skills(c.Badge.Skills), false},
		{"results", results(c.Badge.Results), false},
		{"evidence", count(len(c.Badge.Evidence)), false},
		{"license", c.Badge.License, true},
	} {
		if l.value != "" {
			out = append(out, Line{Path: l.name, Name: l.name, Label: label(l.name), Value: short(l.value), Fixed: true, Parent: -1, Sensitive: l.sensitive})
		}
	}
	for _, claim := range c.Badge.Claims {
		out = append(out, Line{Path: claim.Path, Name: claim.Label, Label: assets.OneLine(claim.Label), Value: short(claim.Value), Fixed: true, Parent: -1, Sensitive: sensitive(claim.Path)})
	}
	return out
}

// silent are the claims that steer the checking and tell a person nothing.
var silent = []string{"/iat", "/nbf", "/exp", "/cnf", "/status", "/vct#integrity", "/aka_vcts", "/jti", "/sub", "/iss", "/vct", "/@context", "/type", "/id", "/credentialStatus", "/credentialSchema", "/issuer"}

// technical are the last names of claims inside others that only a program reads,
// or that repeat what a head line says.
var technical = []string{"id", "type", "targetUrl", "targetType", "@context"}

func steers(path string) bool {
	last := path[strings.LastIndexByte(path, '/')+1:]
	inside := strings.Count(path, "/") > 1
	return slices.Contains(silent, path) || inside && slices.Contains(technical, last) || path == "/achievement/name"
}

// fixedLines are the claims outside of every disclosure, but for those the heads
// say already.
func fixedLines(s *sdjwt.SDJWT, heads []Line) []Line {
	said := map[string]bool{}
	for _, h := range heads {
		said[h.Value] = true
	}
	hidden := map[string]bool{}
	for _, d := range s.Disclosures {
		hidden[d.Path] = true
	}
	var out []Line
	walk(s.Claims(), "", func(path string, v any) bool {
		if steers(path) || hidden[path] {
			return false
		}
		if text, leaf := scalar(v); leaf && text != "" && !(said[text] && strings.Count(path, "/") == 1) {
			out = append(out, line(path, text, true))
		}
		return true
	})
	return out
}

// choiceLines are the disclosures, each below the one it stands in. Parents are
// counted from the first of them.
func choiceLines(s *sdjwt.SDJWT) []Line {
	hidden, index := map[string]bool{}, map[string]int{}
	for _, d := range s.Disclosures {
		hidden[d.Path] = d.Path != ""
	}
	ordered := slices.Clone(s.Disclosures)
	slices.SortStableFunc(ordered, func(a, b sdjwt.Disclosure) int { return comparePaths(a.Path, b.Path) })
	var out []Line
	for _, d := range ordered {
		if d.Path == "" {
			continue
		}
		l := line(d.Path, inline(at(s.Claims(), d.Path), d.Path, hidden), false)
		if d.Parent >= 0 {
			l.Parent = index[s.Disclosures[d.Parent].Path]
			l.Depth = out[l.Parent].Depth + 1
			l.Sensitive = l.Sensitive || out[l.Parent].Sensitive
		}
		index[d.Path] = len(out)
		out = append(out, l)
	}
	return out
}

func line(path, value string, fixed bool) Line {
	name := path[strings.LastIndexByte(path, '/')+1:]
	l := Line{Path: path, Name: unescape(name), Value: short(value), Fixed: fixed, Parent: -1, Sensitive: sensitive(path)}
	l.Label = label(l.Name)
	if n, err := strconv.Atoi(name); err == nil { // an element is called by its list
		list := path[:len(path)-len(name)-1]
		l.Label = label(unescape(list[strings.LastIndexByte(list, '/')+1:])) + " " + strconv.Itoa(n+1)
	}
	return l
}

// longest is how much of a value a line shows.
const longest = 300

func short(s string) string {
	s = assets.OneLine(s)
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006")
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func skills(all []vc.Alignment) string {
	var names []string
	for _, a := range all {
		names = append(names, cmp.Or(a.Name, a.Code, a.URL))
	}
	return strings.Join(names, ", ")
}

func results(all []vc.Result) string {
	var out []string
	for _, r := range all {
		out = append(out, strings.TrimPrefix(r.Name+": ", ": ")+cmp.Or(r.Value, r.AchievedLevel, r.Status))
	}
	return strings.Join(out, ", ")
}
