package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/check"
)

// VerdictView is a verdict as it is shown: the pill, the headline and line two.
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
	State  string // the outcome as a word: a skipped check says so
	Title  string
	Why    string
	Remedy string
	When   string // how old the evidence is, empty where it has no age
	Act    Act
	Action string
}

// ChecksView is a report as it is shown.
type ChecksView struct {
	Rows   []CheckRow
	Minor  []CheckRow // about what the badge does not have: folded, last
	Hidden string     // why rows are left out; empty when none is
}

// judged is what a verdict is told of.
type judged struct {
	issuer      string
	from, until time.Time
	good        time.Time // the last time it was found verified; zero for never
	report      check.Report
	others      bool // somebody else's badge: there is nothing to share or trust
}

var faces = map[check.Verdict]Pill{
	check.Verified:           {Tone: Good, Icon: IconTick},
	check.UnrecognisedIssuer: {Tone: Note, Icon: IconQuestion},
	check.NotFullyChecked:    {Tone: Note, Icon: IconRefresh},
	check.Expired:            {Tone: Care, Icon: IconClock},
	check.NotYetValid:        {Tone: Care, Icon: IconClock},
	check.Unsigned:           {Tone: Note, Icon: IconInfo},
	check.Withdrawn:          {Tone: Bad, Icon: IconStop},
	check.Problem:            {Tone: Bad, Icon: IconWarning},
}

var verdictActs = map[check.Verdict]Act{
	check.Verified:           ActShare,
	check.UnrecognisedIssuer: ActTrust,
	check.NotFullyChecked:    ActAgain,
	check.Expired:            ActShare,
	check.NotYetValid:        ActAgain,
	check.Unsigned:           ActExplain,
	check.Withdrawn:          ActExplain,
	check.Problem:            ActExplain,
}

// pill is a verdict in one word. A verdict we don't know is not fully checked.
func (w *words) pill(v check.Verdict) Pill {
	p, ok := faces[v]
	if !ok {
		v, p = check.NotFullyChecked, faces[check.NotFullyChecked]
	}
	p.Text = w.Text("verdict."+string(v)+".title", nil)
	return p
}

// verdict puts the verdict of a report into words: the plain ones, or those of a
// case that can be told more exactly.
func (w *words) verdict(j judged) VerdictView {
	v := j.report.Verdict()
	args := w.verdictArgs(v, j)
	out := VerdictView{Pill: w.pill(v)}
	code := "verdict." + string(v)
	out.Headline, out.Body, out.Hint = out.Text, w.Text(code+".why", args), w.Text(code+".do", args)
	if over := code + "." + j.report.Ended(); v == check.Expired && w.Has(over+".why") { // not the badge itself
		out.Body = w.Text(over+".why", args)
		if w.Has(over + ".do") {
			out.Hint = w.Text(over+".do", args)
		}
	} else if v == check.Expired && !j.report.Proven() {
		out.Body = w.Text(code+"."+unproven(args)+".why", args)
	} else if variant := variantOf(v, j, args); variant != "" {
		out.Body = w.Text("app."+code+"."+variant+".why", args)
	}
	if special := "app." + code + "." + headlineOf(v, j, args); w.Has(special) {
		out.Headline = w.Text(special, args)
	}
	if j.issuer == "" { // what stands for it may begin the sentence
		out.Body = capital(out.Body)
	}
	if !j.others {
		out.Act = verdictActs[v]
		out.Action = w.t("act." + string(out.Act))
	}
	return out
}

// verdictArgs fills the slots of a verdict's words. The dates are those of the
// rows that decided it, where they state some.
func (w *words) verdictArgs(v check.Verdict, j judged) map[string]string {
	args := map[string]string{"issuer": j.issuer, "from": w.stated(j.from), "until": w.stated(j.until), "seen": w.date(j.report.At), "good": w.t("date.never")}
	if j.issuer == "" {
		args["issuer"] = w.t("issuer.some")
	}
	if !j.good.IsZero() {
		args["good"] = w.date(j.good)
	}
	for _, r := range j.report.Checks {
		switch {
		case v == check.Expired && r.Reason == j.report.Ended():
			args["until"] = orElse(r.Args["until"], args["until"])
		case v == check.NotYetValid && slices.Contains([]string{check.ReasonNotYet, check.ReasonEarly}, r.Reason):
			args["from"] = orElse(r.Args["from"], args["from"])
		case v == check.NotFullyChecked && r.Outcome == check.Unknown && r.Args["where"] != "" && strings.HasSuffix(r.Reason, ".unreachable"):
			args["host"] = orElse(args["host"], r.Args["where"])
		}
	}
	return args
}

// capital makes the first letter a large one.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// unproven names the words for what has ended and was not found to be genuine.
func unproven(args map[string]string) string {
	if args["until"] == "" {
		return "unproven-undated"
	}
	return "unproven"
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// variantOf names the words for a case that can be told more exactly.
func variantOf(v check.Verdict, j judged, args map[string]string) string {
	switch {
	case v == check.Verified && !j.others && passed(j.report, check.Holder, ""):
		return "yours"
	case v == check.NotFullyChecked && args["host"] != "":
		return "host"
	case v == check.NotFullyChecked && len(j.report.Checks) == 0:
		return "never"
	case v == check.Problem && broken(j.report):
		return "broken"
	case v == check.Withdrawn && suspended(j.report):
		return "suspended"
	case v == check.Expired && args["until"] == "":
		return "undated"
	case v == check.Expired && j.others:
		return "others"
	}
	return ""
}

// headlineOf names the words of a headline that says more than the pill.
func headlineOf(v check.Verdict, j judged, args map[string]string) string {
	switch {
	case v == check.Verified && byLearner(j.report):
		return "trusted.title"
	case v == check.Expired && args["until"] != "", v == check.NotYetValid && args["from"] != "":
		return "dated.title"
	case v == check.Withdrawn && suspended(j.report):
		return "suspended.title"
	}
	return ""
}

func passed(r check.Report, id, reason string) bool {
	return slices.ContainsFunc(r.Checks, func(c check.Check) bool {
		return c.ID == id && c.Outcome == check.Pass && (reason == "" || c.Reason == reason)
	})
}

// byLearner says whether nobody but the learner vouches for the issuer.
func byLearner(r check.Report) bool {
	return passed(r, check.Issuer, "") && !passed(r, check.Issuer, "issuer.listed")
}

// broken says whether a signature fails, so that nothing else can be vouched for.
func broken(r check.Report) bool {
	return slices.ContainsFunc(r.Checks, func(c check.Check) bool { return c.ID == check.Signature && c.Outcome == check.Fail })
}

func suspended(r check.Report) bool {
	has := func(reason string) bool {
		return slices.ContainsFunc(r.Checks, func(c check.Check) bool { return c.Reason == reason })
	}
	return has(check.ReasonSuspended) && !has(check.ReasonRevoked)
}

// outcomes say how the outcome of a row looks.
var outcomes = map[check.Outcome]Pill{
	check.Pass:    {Tone: Good, Icon: IconTick},
	check.Caution: {Tone: Care, Icon: IconWarning},
	check.Fail:    {Tone: Bad, Icon: IconStop},
	check.Unknown: {Tone: Note, Icon: IconQuestion},
	check.NotRun:  {Tone: Plain, Icon: IconSkip},
	check.Absent:  {Tone: Plain, Icon: IconInfo},
}

// rowActs are the rows with a button.
var rowActs = map[string]Act{
	"issuer.unrecognised":   ActTrust,
	"issuer.trusted-by-you": ActDistrust,
	"holder.other-address":  ActSettings,
	"anchor.not-checked":    ActSettings,
	"key.certificate":       ActSettings,
}

// lacking are the rows that are no news where the badge has no such thing. That it
// has no signature is news, once: nothing else need be said of the key and the lines.
var lacking = []string{check.Schema, check.Parts, check.Anchor, check.Key, check.Terms}

// checks puts a report into words. After a signature that fails, what else was
// found is left out, but not what was skipped.
func (w *words) checks(r check.Report, others bool) ChecksView {
	var out ChecksView
	hidden := 0
	sealBroken := broken(r)
	for _, c := range check.Together(r.Checks) {
		row := w.row(c, others)
		switch {
		case sealBroken && c.Outcome != check.Fail && c.Outcome != check.NotRun:
			hidden++
		case others && c.Reason == "holder.not-asked":
			out.Minor = append(out.Minor, row)
		case c.Outcome == check.Absent && slices.Contains(lacking, c.ID):
			out.Minor = append(out.Minor, row)
		default:
			out.Rows = append(out.Rows, row)
		}
	}
	if hidden > 0 {
		out.Hidden = w.count("checks.hidden", hidden)
	}
	return out
}

func (w *words) row(c check.Check, others bool) CheckRow {
	code, face := "check."+c.Reason, outcomes[c.Outcome]
	row := CheckRow{
		ID: c.ID, Tone: face.Tone, Icon: face.Icon, State: w.t("outcome." + c.Outcome.String()),
		Title: w.Text(code+".title", c.Args), Why: strings.TrimSpace(w.Text(code+".why", c.Args)), Remedy: w.Text(code+".remedy", c.Args),
	}
	if !c.AsOf.IsZero() {
		row.When = w.t("checks.as-of", "when", w.moment(c.AsOf))
	}
	if !others {
		row.Act = rowAct(c)
	}
	if row.Act != "" {
		row.Action = w.t("act." + string(row.Act))
	}
	return row
}

func rowAct(c check.Check) Act {
	switch {
	case strings.HasSuffix(c.Reason, ".offline"):
		return ActSettings
	case strings.HasSuffix(c.Reason, ".unreachable"), c.Reason == "check.stopped":
		return ActAgain
	}
	return rowActs[c.Reason]
}
