package model

import (
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
)

// Tone is the colour family of something; it never stands without an icon and a
// word.
type Tone string

// The tones.
const (
	Good  Tone = "good"
	Care  Tone = "care"
	Info  Tone = "info"
	Bad   Tone = "bad"
	Plain Tone = "plain"
)

// The icons that stand for an outcome or a verdict.
const (
	IconTick     = "tick"
	IconQuestion = "question"
	IconClock    = "clock"
	IconRefresh  = "refresh"
	IconStop     = "stop"
	IconWarning  = "warning"
	IconInfo     = "info"
	IconSkip     = "skip"
)

// Act says which act of a model a button stands for; empty for no button.
type Act string

// The acts.
const (
	ActShare    Act = "share"
	ActTrust    Act = "trust"
	ActDistrust Act = "distrust"
	ActAgain    Act = "again"    // check again
	ActExplain  Act = "explain"  // open Explain
	ActSettings Act = "settings" // open the settings
	ActAdd      Act = "add"
	ActOpen     Act = "open"
)

// Pill is a verdict in one word.
type Pill struct {
	Tone Tone
	Icon string
	Text string
}

// VerdictView is a verdict as it is shown: the pill's word, the headline, line two.
type VerdictView struct {
	Pill
	Headline string
	Body     string
	Hint     string // what the learner can do, in words
	Act      Act    // of the one button
	Action   string // its text
}

// CheckRow is one row of a report.
type CheckRow struct {
	ID     string
	Tone   Tone
	Icon   string
	State  string // the outcome as a word
	Title  string
	Why    string
	Remedy string
	When   string // "Read on 12 June 2026, 09:14", empty where the evidence has no age
	Act    Act
	Action string
}

// ChecksView is a report as it is shown.
type ChecksView struct {
	Rows   []CheckRow
	Minor  []CheckRow // about what the badge does not have: folded, last
	Hidden string     // why rows are left out; empty when none is
}

// FaultView is an error as it is shown: what happened, why it matters, what to do.
type FaultView struct {
	Code           string
	Title, Why, Do string
}

// Line is the fault in one line.
func (f FaultView) Line() string { return f.Title + ". " + f.Do }

// words puts values into words. It holds no wording itself.
type words struct {
	assets.Words
	now  func() time.Time
	zone *time.Location
}

// t gives the text app.<code>; args are pairs of slot and value.
func (w *words) t(code string, args ...string) string { return w.Text("app."+code, pairs(args)) }

func pairs(args []string) map[string]string {
	if len(args) == 0 {
		return nil
	}
	m := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return m
}

func (w *words) fault(err error) FaultView { return FaultView{} }

func (w *words) verdict(v check.Verdict, r check.Report, issuer string) VerdictView {
	return VerdictView{}
}
