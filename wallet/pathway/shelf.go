package pathway

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/cairnwallet/cairn/verify/check"
)

// shelf is a collection of badges, sorted so that the order they came in doesn't
// matter, and indexed so that a step finds its badges without asking all.
type shelf struct {
	badges []badge
	index  map[key][]int
}

// badge is a held badge with what is compared in its plain form.
type badge struct {
	Held
	name, issuer string
	skills       []Alignment
	why          Why // why it can't count today; empty when it can; Unrecognised when that depends on the step
}

// key is what a badge can be looked up by.
type key struct {
	by         byte
	what, more string
}

const (
	byAchievement = iota
	byURL
	byCode
	byIssuer
	byIssuerName
	byIssuerPrefix // issuer and the first words of the name
	byName
)

func newShelf(held []Held, now time.Time) *shelf {
	s := &shelf{badges: make([]badge, len(held)), index: make(map[key][]int, 4*len(held))}
	for i, h := range held {
		b := badge{Held: h, name: plain(h.Name), issuer: plain(h.Issuer.Name), why: standing(h, now)}
		for _, a := range h.Alignments {
			b.skills = append(b.skills, Alignment{URL: a.URL, Code: plain(a.Code), Framework: plain(a.Framework)})
		}
		s.badges[i] = b
	}
	slices.SortFunc(s.badges, compare)
	for i := range s.badges {
		s.put(i, &s.badges[i])
	}
	return s
}

// compare puts what counts before what doesn't, then the older badge first.
func compare(a, b badge) int {
	return cmp.Or(
		cmp.Compare(rank(a.why), rank(b.why)),
		a.Awarded.Compare(b.Awarded),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.In, b.In), cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Issuer.ID, b.Issuer.ID), cmp.Compare(a.Achievement, b.Achievement), cmp.Compare(a.Credits, b.Credits),
	)
}

func rank(w Why) int {
	switch w {
	case "":
		return 0
	case Unrecognised:
		return 1
	}
	return 2
}

// standing says why a badge can't count now. A verdict may be older than now, so
// the dates are looked at again.
func standing(h Held, now time.Time) Why {
	switch h.Verdict {
	case check.Verified, check.UnrecognisedIssuer:
	case check.Expired, check.NotYetValid, check.Withdrawn, check.Problem, check.Unsigned:
		return Why(h.Verdict)
	default:
		return NotFullyChecked
	}
	if !h.Until.IsZero() && now.After(h.Until) {
		return Expired
	}
	if !h.From.IsZero() && now.Before(h.From) {
		return NotYetValid
	}
	if h.Verdict == check.UnrecognisedIssuer {
		return Unrecognised
	}
	return ""
}

func (s *shelf) put(i int, b *badge) {
	if b.Achievement != "" {
		s.add(i, key{by: byAchievement, what: b.Achievement})
	}
	for _, a := range b.skills {
		if a.URL != "" {
			s.add(i, key{by: byURL, what: a.URL})
		}
		if a.Code != "" {
			s.add(i, key{by: byCode, what: a.Code})
		}
	}
	if b.name != "" {
		s.add(i, key{by: byName, what: b.name})
	}
	for _, by := range []string{b.Issuer.ID, b.issuer} {
		if by == "" {
			continue
		}
		s.add(i, key{by: byIssuer, what: by})
		s.add(i, key{by: byIssuerName, what: by, more: b.name})
		for _, p := range prefixes(b.name) {
			s.add(i, key{by: byIssuerPrefix, what: by, more: p})
		}
	}
}

// add puts a badge under a key, once.
func (s *shelf) add(i int, k key) {
	list := s.index[k]
	if len(list) == 0 || list[len(list)-1] != i {
		s.index[k] = append(list, i)
	}
}

// plain makes two spellings of a name equal that a person would not tell apart.
func plain(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(name)), " "))
}

// prefixes gives the shorter names a name begins with, at whole words; of a long
// name the shortest eight.
func prefixes(name string) []string {
	var out []string
	for i, r := range name {
		if r == ' ' && len(out) < 8 {
			out = append(out, name[:i])
		}
	}
	return out
}

// isID says whether an issuer is stated by its id, a URI (RFC 3986, section 3),
// rather than by a name.
func isID(issuer string) bool {
	scheme, rest, ok := strings.Cut(issuer, ":")
	return ok && rest != "" && scheme != "" && !strings.ContainsAny(issuer, " \t\n")
}

// want is an accept in its plain form.
type want struct {
	Accept
	id bool // the issuer is stated by its id
}

func wanted(a Accept) want {
	w := want{Accept: a, id: isID(a.Issuer)}
	if !w.id {
		w.Issuer = plain(a.Issuer)
	}
	w.Name, w.Alignment.Code, w.Alignment.Framework = plain(a.Name), plain(a.Alignment.Code), plain(a.Alignment.Framework)
	return w
}

// keys lists where to look for badges that fit, then for those that come close.
func (w want) keys() []key {
	switch {
	case w.Achievement != "":
		return []key{{by: byAchievement, what: w.Achievement}}
	case w.Alignment.URL != "":
		return []key{{by: byURL, what: w.Alignment.URL}}
	case w.Alignment.Code != "":
		return []key{{by: byCode, what: w.Alignment.Code}}
	case w.Name == "":
		return []key{{by: byIssuer, what: w.Issuer}}
	}
	keys := []key{{by: byIssuerName, what: w.Issuer, more: w.Name}, {by: byName, what: w.Name}, {by: byIssuerPrefix, what: w.Issuer, more: w.Name}}
	for _, p := range prefixes(w.Name) {
		keys = append(keys, key{by: byIssuerName, what: w.Issuer, more: p})
	}
	return keys
}

// fit says by what a badge fits, or, when that is empty, what differs.
func (w want) fit(b *badge) (by, differs Why) {
	switch {
	case w.Issuer != "" && w.Issuer != b.Issuer.ID && (w.id || w.Issuer != b.issuer):
		return "", IssuerDiffers
	case w.Name != "" && w.Name != b.name:
		return "", NameDiffers
	case w.Alignment != (Alignment{}) && !slices.ContainsFunc(b.skills, w.skill):
		return "", SkillDiffers
	case w.Achievement != "":
		return ByAchievement, ""
	case w.Alignment != (Alignment{}):
		return ByAlignment, ""
	case w.Name != "":
		return ByName, ""
	}
	return ByIssuer, ""
}

func (w want) skill(have Alignment) bool {
	a := w.Alignment
	return (a.URL == "" || a.URL == have.URL) && (a.Code == "" || a.Code == have.Code) && (a.Framework == "" || a.Framework == have.Framework)
}
