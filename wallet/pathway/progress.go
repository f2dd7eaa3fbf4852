package pathway

import (
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Held is what measuring needs to know of a badge.
type Held struct {
	ID          string // the wallet's id of the item
	In          string // name of the record it stands in; empty for a badge of its own
	Name        string // of the achievement
	Achievement string // id of the achievement
	Issuer      Issuer
	Alignments  []vc.Alignment
	Credits     string // credits earned, a JSON number as written; only used where a step asks for it
	Verdict     check.Verdict
	From, Until time.Time
	Awarded     time.Time
}

// State is how a layer, a group or a step stands.
type State string

// The states. A layer or group is Later, Open or Complete; a step is one of the
// others, or Later.
const (
	Later    State = "later"    // a prerequisite is open, and nothing is held for it
	Open     State = "open"     // can be worked on
	Complete State = "complete" // its rule is met

	Earned  State = "earned"  // a badge counts
	Waiting State = "waiting" // a badge is held that will count once the prerequisites are met
	Near    State = "held"    // badges are held that come close, none of them counts today
	Missing State = "missing"
	Unseen  State = "unseen" // no badge can show it
)

// Why is a reason code; its words stand under pathway.why.<code>.
type Why string

// Why a badge counts.
const (
	ByAchievement Why = "achievement" // it is the very achievement
	ByAlignment   Why = "alignment"   // it names the skill or standard
	ByName        Why = "name"        // issuer and name fit
	ByIssuer      Why = "issuer"      // any badge of this issuer will do
)

// Why a badge doesn't count.
const (
	Expired         Why = "expired"
	NotYetValid     Why = "not-yet-valid"
	Withdrawn       Why = "withdrawn"
	Problem         Why = "problem"
	Unsigned        Why = "unsigned"
	NotFullyChecked Why = "not-fully-checked"
	Unrecognised    Why = "unrecognised-issuer"
	IssuerDiffers   Why = "issuer-differs"
	NameDiffers     Why = "name-differs"
	SkillDiffers    Why = "skill-differs"
	Prerequisite    Why = "prerequisite"
)

// Match is a badge that counts for a step, or comes close.
type Match struct {
	ID      string    `json:"id"`   // of the wallet's item
	Name    string    `json:"name"` // of the badge
	Issuer  string    `json:"issuer"`
	In      string    `json:"in,omitempty"` // the record it stands in
	Counts  bool      `json:"counts"`
	Why     Why       `json:"why"`              // why it counts, or why it doesn't
	By      Why       `json:"by,omitempty"`     // how it fits the step; empty for near misses
	Vouched bool      `json:"vouched,omitzero"` // its issuer is on none of the person's lists: the pathway itself names it
	Awarded time.Time `json:"awarded,omitzero"`
	Until   time.Time `json:"until,omitzero"`
}

// Ref names a layer, a group or a step.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// RuleWords is a rule for people: the words of Code filled with Args.
type RuleWords struct {
	Kind Kind              `json:"kind"`
	Args map[string]string `json:"args"` // need, of, unit
}

// Code is the code of the rule's words.
func (r RuleWords) Code() string {
	switch {
	case r.Kind == CreditsRule && r.Args["unit"] == "":
		return "pathway.rule.credits-plain"
	case r.Kind == All && r.Args["need"] == "1":
		return "pathway.rule.one"
	}
	return "pathway.rule." + string(r.Kind)
}

// StepProgress is how one step or group stands.
type StepProgress struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	State    State   `json:"state"`
	Optional bool    `json:"optional,omitzero"`
	Credits  Credits `json:"credits,omitzero"`   // what it gives, or gave where they are taken from badges
	Badges   []Match `json:"badges,omitempty"`   // what counts first, then what doesn't; at most MaxMatches
	WaitsFor []Ref   `json:"waitsFor,omitempty"` // open prerequisites, its own and those of what it stands in

	Rule  *RuleWords     `json:"rule,omitempty"` // of a group
	Done  int            `json:"done,omitzero"`  // of a group, in steps
	Total int            `json:"total,omitzero"` // of a group
	Steps []StepProgress `json:"steps,omitempty"`
}

// MaxMatches bounds the badges listed at one step.
const MaxMatches = 20

// LayerProgress is how one layer stands.
type LayerProgress struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	State    State          `json:"state"`
	Optional bool           `json:"optional,omitzero"`
	Rule     RuleWords      `json:"rule"`
	Done     int            `json:"done"`             // steps done, at most Total
	Total    int            `json:"total"`            // the fewest steps that complete it
	Credits  Credits        `json:"credits,omitzero"` // gathered, under a rule about credits
	Needed   Credits        `json:"creditsNeeded,omitzero"`
	Fraction float64        `json:"fraction"`
	Badges   []Match        `json:"badges,omitempty"` // those that stand for all of it, or come close; at most MaxMatches
	WaitsFor []Ref          `json:"waitsFor,omitempty"`
	Steps    []StepProgress `json:"steps"`
}

// Next is a step that can be taken now.
type Next struct {
	Step     Ref  `json:"step"`
	Layer    Ref  `json:"layer"`
	Finishes bool `json:"finishes,omitzero"` // it completes its layer
}

// Progress is how far a collection of badges goes on a pathway.
type Progress struct {
	Pathway  Ref             `json:"pathway"`
	At       time.Time       `json:"at"`
	Fraction float64         `json:"fraction"` // 0 to 1; 1 only when complete
	Done     int             `json:"done"`     // steps done of all layers that aren't optional
	Total    int             `json:"total"`    // the fewest steps that complete the pathway
	Complete bool            `json:"complete"` // every layer that isn't optional is; it doesn't say anybody is qualified
	GoalHeld bool            `json:"goalHeld"` // the badge that is the qualification itself is held and holds today
	Layers   []LayerProgress `json:"layers"`
	Next     []Next          `json:"next,omitempty"` // what finishes a layer, then what nothing is held for, then what has to be mended; the goal last
}

// Percent gives the fraction as a whole number: 100 only when complete, 0 only
// when nothing is done.
func (p Progress) Percent() int {
	n := int(p.Fraction*100 + 0.5)
	if p.Fraction > 0 {
		n = max(n, 1)
	}
	if !p.Complete {
		n = min(n, 99)
	}
	return n
}
