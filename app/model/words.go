package model

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/fault"
)

// Tone is the colour family of something; it never stands without an icon and a
// word.
type Tone string

// The tones.
const (
	Plain Tone = "plain" // nothing is claimed
	Good  Tone = "good"
	Note  Tone = "note" // could not be judged, or nothing to judge
	Care  Tone = "care"
	Bad   Tone = "bad"
)

// The icons that stand for an outcome or a verdict.
const (
	IconTick     = "check"
	IconQuestion = "question"
	IconClock    = "clock"
	IconRefresh  = "refresh"
	IconStop     = "stop"
	IconWarning  = "warning"
	IconInfo     = "info"
	IconSkip     = "minus"
)

// Act says which act of a model a button stands for; empty for no button.
type Act string

// The acts.
const (
	ActShare    Act = "share"
	ActTrust    Act = "trust"
	ActDistrust Act = "distrust"
	ActAgain    Act = "again"    // check again
	ActExplain  Act = "explain"  // show what the verdict means
	ActSettings Act = "settings" // open the settings
)

// Pill is a verdict in one word.
type Pill struct {
	Tone Tone
	Icon string
	Text string
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

// count gives app.<code>.one or app.<code>.many with {count}, and more args.
func (w *words) count(code string, n int, args ...string) string {
	form := ".many"
	if n == 1 {
		form = ".one"
	}
	return w.t(code+form, append(args, "count", strconv.Itoa(n))...)
}

// options makes a list of choices with the words app.<code>.<id>.
func (w *words) options(code, on string, ids ...string) []OptionView {
	out := make([]OptionView, len(ids))
	for i, id := range ids {
		out[i] = OptionView{ID: id, Text: w.t(code + "." + id), On: id == on}
	}
	return out
}

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

// fault puts an error into words. One without words of its own is told as
// app.fault.other, never by its own text.
func (w *words) fault(err error) FaultView {
	var f *fault.Fault
	if !errors.As(err, &f) || !w.Has("fault."+f.Code+".title") {
		return FaultView{Title: w.t("fault.other.title"), Why: w.t("fault.other.why"), Do: w.t("fault.other.do")}
	}
	code := "fault." + f.Code
	return FaultView{Code: f.Code, Title: w.Text(code+".title", f.Args), Why: w.Text(code+".why", f.Args), Do: w.Text(code+".do", f.Args)}
}

func (w *words) faultView(err error) *FaultView {
	if err == nil {
		return nil
	}
	f := w.fault(err)
	return &f
}

func (w *words) local(t time.Time) time.Time {
	if w.zone != nil {
		return t.In(w.zone)
	}
	return t.Local()
}

// date is a date in full: "12 June 2026". No date is no text.
func (w *words) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.calendar(w.local(t))
}

// stated is a date that a badge states. Those are read in UTC, as in the rows of a
// report, so that the same badge shows the same day everywhere.
func (w *words) stated(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.calendar(t.UTC())
}

func (w *words) calendar(t time.Time) string {
	month := w.t("date.month." + strconv.Itoa(int(t.Month())))
	return w.t("date.full", "day", strconv.Itoa(t.Day()), "month", month, "year", strconv.Itoa(t.Year()))
}

// clock is the time of day: "09:14".
func (w *words) clock(t time.Time) string { return w.local(t).Format("15:04") }

// day is "today", "yesterday", or the date in full.
func (w *words) day(t time.Time) string {
	switch days(w.local(t), w.local(w.now())) {
	case 0:
		return w.t("date.today")
	case 1:
		return w.t("date.yesterday")
	}
	return w.date(t)
}

// moment is a day and a time: "today, 09:14".
func (w *words) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.t("date.moment", "day", w.day(t), "time", w.clock(t))
}

// days counts midnights from a to b, both in one zone.
func days(a, b time.Time) int {
	from := time.Date(a.Year(), a.Month(), a.Day(), 0, 0, 0, 0, time.UTC)
	to := time.Date(b.Year(), b.Month(), b.Day(), 0, 0, 0, 0, time.UTC)
	return int(to.Sub(from).Hours()) / 24
}

// sentence joins the parts that say something.
func sentence(between string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, between)
}

// upper makes the first letter of a line a capital.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
