// Package check holds the shared answer of Cairn: the rows of a report and the
// verdict they add up to. It imports nothing of ours and knows no words: those
// live in assets, under the reason codes used here.
package check

import (
	"time"
)

// Outcome is what one check found. The zero value is the cautious one.
type Outcome uint8

// The outcomes. "Could not judge" is neither good nor bad.
const (
	NotRun  Outcome = iota // skipped, because what it rests on did not hold
	Pass                   // proven good
	Caution                // true, yet worth knowing
	Fail                   // proven bad
	Unknown                // could not be found out
	Absent                 // the credential has no such thing
)

var outcomeNames = [...]string{"not-run", "pass", "caution", "fail", "unknown", "absent"}

// String gives the outcome's stable name, as used in JSON.
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return "not-run"
}

// ParseOutcome reads a name that String gave; anything else is NotRun.
func ParseOutcome(s string) Outcome {
	for i, n := range outcomeNames {
		if n == s {
			return Outcome(i)
		}
	}
	return NotRun
}

// MarshalText writes the outcome's name.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the outcome's name; an unknown one becomes NotRun.
func (o *Outcome) UnmarshalText(b []byte) error { *o = ParseOutcome(string(b)); return nil }

// The ids of the rows, in the order of the plan.
const (
	Shape     = "shape"
	Terms     = "terms"
	Key       = "key"
	Signature = "signature"
	Anchor    = "anchor"
	Period    = "period"
	Status    = "status"
	Schema    = "schema"
	Issuer    = "issuer"
	Holder    = "holder"
	Parts     = "parts"

	Binding    = "binding"
	Audience   = "audience"
	Fresh      = "fresh"
	Disclosure = "disclosure"
)

// Check is one row of a report.
type Check struct {
	ID      string            `json:"id"`
	About   string            `json:"about,omitempty"` // which proof, list or part, where there is more than one
	Outcome Outcome           `json:"outcome"`
	Reason  string            `json:"reason"`         // stable code, such as "status.unreachable"
	Args    map[string]string `json:"args,omitempty"` // fill the slots of the reason's words
	Who     string            `json:"who,omitempty"`  // who can mend it: "you", "issuer", "presenter" or empty
	On      []string          `json:"on,omitempty"`   // ids of the rows it rests on
	AsOf    time.Time         `json:"asOf,omitzero"`  // age of the evidence; zero when it has none
}

// Report is all that was found about one credential.
type Report struct {
	At     time.Time `json:"at"` // the clock it was judged by
	Checks []Check   `json:"checks"`
	Parts  []Report  `json:"parts,omitempty"` // one for each part, in the order of Credential.Parts
}

// Verdict is the one word for a report. It is computed, never stored.
type Verdict string

// The verdicts, gravest first.
const (
	Problem            Verdict = "problem"
	Withdrawn          Verdict = "withdrawn"
	Unsigned           Verdict = "unsigned"
	Expired            Verdict = "expired"
	NotYetValid        Verdict = "not-yet-valid"
	NotFullyChecked    Verdict = "not-fully-checked"
	UnrecognisedIssuer Verdict = "unrecognised-issuer"
	Verified           Verdict = "verified"
)

// Verdicts lists all verdicts, gravest first.
var Verdicts = []Verdict{Problem, Withdrawn, Unsigned, Expired, NotYetValid, NotFullyChecked, UnrecognisedIssuer, Verified}

// Class says how a verdict is to be taken: "bad", "care" or "good".
func (v Verdict) Class() string {
	switch v {
	case Verified:
		return "good"
	case Expired, NotYetValid, NotFullyChecked, UnrecognisedIssuer:
		return "care"
	}
	return "bad"
}

// Reasons that decide a verdict by themselves.
const (
	ReasonNoProof     = "signature.none"
	ReasonExpired     = "period.expired"
	ReasonNotYet      = "period.not-yet"
	ReasonRevoked     = "status.revoked"
	ReasonSuspended   = "status.suspended"
	ReasonStatusClean = "status.clean"

	ReasonProofExpired = "period.proof-expired"
	ReasonStale        = "fresh.expired"
	ReasonEarly        = "fresh.not-yet"
	ReasonUnsignedShow = "binding.unsigned"
)

// Rows gives the rows with this id.
func (r Report) Rows(id string) []Check {
	var out []Check
	for _, c := range r.Checks {
		if c.ID == id {
			out = append(out, c)
		}
	}
	return out
}

func (r Report) has(id string, o Outcome) bool {
	for _, c := range r.Checks {
		if c.ID == id && c.Outcome == o {
			return true
		}
	}
	return false
}

// Verdict computes the verdict of this report's own rows. The zero report is
// not-fully-checked: nothing was found out, so nothing is promised.
func (r Report) Verdict() Verdict {
	for _, rule := range rules {
		if rule.when(r) {
			return rule.verdict
		}
	}
	return NotFullyChecked
}
