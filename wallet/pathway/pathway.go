// Package pathway reads a pathway, which says what badges add up to, and measures
// a collection of badges against it. Both are pure functions: nothing here reads a
// clock, a disk or the network. Read opens a pathway in any form, those of others
// (CTDL, Badgr) among them, and says what of it could not be taken over as it is;
// Parse reads Cairn's own.
//
// Cairn's own format is small and open; assets/schemas/pathway-2.json is its JSON
// Schema (2020-12), and pathway-1.json that of the version before. A file is one
// JSON object:
//
//	{"cairnPathway": 2, "id": "https://…", "name": "…", "issuer": {"id", "name", "url"},
//	 "description": "…", "goal": "id of the step that is the qualification itself",
//	 "layers": [{"id", "name", "description", "rule", "requires", "optional", "steps": […]}]}
//
// A step says what it accepts; a group has steps of its own and a rule, like a layer,
// and counts as one step of what it stands in:
//
//	{"id", "name", "description", "offeredBy": {"name", "url"}, "credits": 3, "optional": true,
//	 "requires": ["another id"], "accepts": [{"achievement": "…"},
//	   {"alignment": {"url": "…"}}, {"alignment": {"code": "…", "framework": "…"}}, {"issuer": "…", "name": "…"}]}
//
// Since version 2, a layer or a group may state accepts too: badges that stand for
// all of it, whatever is done below. A step may state, in place of accepts, "same":
// the id of another layer, group or step, with which it is done; or "unseen": true,
// for what no badge can show, so that it is never taken for done.
//
// A rule is {"all": true} (also when left out), {"any": true}, {"atLeast": n} or
// {"credits": x, "unit": "…"}. Ids are unique over the file, and requires may name a layer,
// a group or a step. Within one entry of accepts everything stated must fit; of
// several entries one is enough. Credits are the author's own number, in the
// author's unit. Only {"credits": "awarded"} takes the number in the badge: Open
// Badges give it no unit, so the author must know that those issuers use the rule's.
//
// A member this version doesn't know is refused, not skipped: a reader that
// overlooks a condition would call a pathway complete that isn't. Names that begin
// with "x-" are free for everybody and skipped.
package pathway

import (
	"strconv"
	"strings"
)

// Version is the newest version of the format that this package reads, as the
// member cairnPathway states it. Older ones are read as well.
const Version = 2

// Limits of a pathway file.
const (
	MaxBytes    = 4 << 20
	MaxSteps    = 2000 // steps and groups together
	MaxLayers   = 200
	MaxDepth    = 5   // groups within groups
	MaxAccepts  = 100 // entries of one step
	MaxRequires = 100 // prerequisites of one layer, group or step
	MaxText     = 10000
)

// Pathway is a pathway as its author wrote it.
type Pathway struct {
	ID          string
	Name        string
	Description string
	Issuer      Issuer // who made the pathway; a claim, nobody has signed it
	Goal        string // id of the step whose badge is the qualification itself; may be empty
	Layers      []Layer
}

// Issuer is who made a pathway or issued a badge.
type Issuer struct {
	ID   string // a URI, often a DID
	Name string
	URL  string
}

// Offer says where a step can be taken.
type Offer struct {
	Name string
	URL  string
}

// Layer is one layer of the stack. Layers come in the order of the file, lowest
// first.
type Layer struct {
	ID          string
	Name        string
	Description string
	Rule        Rule
	Requires    []string
	Optional    bool     // the pathway is complete without it
	Accepts     []Accept // badges that stand for all of it; may be empty
	Steps       []Step
}

// Step is a step, or a group where it has steps of its own.
type Step struct {
	ID          string
	Name        string
	Description string
	OfferedBy   Offer
	Credits     Credits
	Awarded     bool // the credits are those stated in the badges
	Optional    bool
	Requires    []string
	Accepts     []Accept // badges that count; of a group, those that stand for all of it
	Same        string   // id of the part it is done with; such a step accepts nothing itself
	Unseen      bool     // no badge can show it; it is never done

	Rule  Rule   // of a group
	Steps []Step // of a group
}

// Group says whether the step is a group.
func (s Step) Group() bool { return len(s.Steps) > 0 }

// Accept describes a badge that counts as a step. Everything stated must fit.
type Accept struct {
	Achievement string    // id of the achievement
	Alignment   Alignment // a skill or standard the badge names
	Issuer      string    // the issuer's id, or its name when it is no URI
	Name        string    // name of the achievement; only together with Issuer
}

// Alignment is a skill or standard, named by its address, or by its code and,
// where codes of several frameworks could be mixed up, the framework.
type Alignment struct {
	URL, Code, Framework string
}

// Kind is the kind of a rule.
type Kind string

// The kinds of rules.
const (
	All         Kind = "all"
	Any         Kind = "any"
	AtLeast     Kind = "at-least"
	CreditsRule Kind = "credits"
)

// Rule says when a layer or a group is complete. The zero value asks for all.
type Rule struct {
	Kind    Kind
	N       int     // for AtLeast
	Credits Credits // for CreditsRule
	Unit    string  // of the credits, as the author calls it
}

// Credits is a number of credits in thousandths, so that sums are exact.
type Credits int64

// maxCredits bounds one number of credits, so that sums can't overflow.
const maxCredits = 1_000_000

// ParseCredits reads a JSON number. It says false to what is no number of
// credits: negative, absurdly large, or not a number at all. More than three
// decimals are cut off, never rounded up.
func ParseCredits(s string) (Credits, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 0 && f <= maxCredits) {
		return 0, false
	}
	const nudge = 1e-7 // 0.29*1000 is 289.99999999999994
	return Credits(f*1000 + nudge), true
}

// String writes credits as a decimal number without needless zeros.
func (c Credits) String() string {
	s := strconv.FormatInt(int64(c/1000), 10)
	if rest := int64(c % 1000); rest > 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(1000+rest, 10)[1:], "0")
	}
	return s
}

// MarshalJSON writes credits as a JSON number.
func (c Credits) MarshalJSON() ([]byte, error) { return []byte(c.String()), nil }
