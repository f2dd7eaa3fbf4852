package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/assets"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
)

// The JSON below is a promise to scripts: members are added, never changed.

type jsonReport struct {
	Input        string        `json:"input,omitempty"`
	Index        int           `json:"index"`
	Form         string        `json:"form"`
	Kind         string        `json:"kind"`
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Issuer       jsonParty     `json:"issuer"`
	Verdict      check.Verdict `json:"verdict"`
	Checks       []jsonCheck   `json:"checks"`
	Parts        []jsonReport  `json:"parts"`
	Presentation any           `json:"presentation,omitempty"`
}

type jsonParty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type jsonCheck struct {
	ID      string        `json:"id"`
	About   string        `json:"about,omitempty"`
	Outcome check.Outcome `json:"outcome"`
	Reason  string        `json:"reason"`
	Title   string        `json:"title"`
	Why     string        `json:"why"`
	Remedy  *jsonRemedy   `json:"remedy,omitempty"`
	AsOf    string        `json:"asOf,omitempty"`
}

type jsonRemedy struct {
	Who    string `json:"who"`
	Action string `json:"action"`
}

type jsonError struct {
	Input string    `json:"input,omitempty"`
	Error jsonFault `json:"error"`
}

type jsonFault struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Why   string `json:"why"`
	Do    string `json:"do"`
}

func (t *tool) report(c *vc.Credential, r check.Report) jsonReport {
	out := jsonReport{
		Form: c.Form, Kind: c.Kind, ID: c.ID, Name: c.Name,
		Issuer:  jsonParty{c.Issuer.ID, c.Issuer.Name},
		Verdict: r.Verdict(), Checks: []jsonCheck{}, Parts: []jsonReport{},
	}
	for _, k := range r.Checks {
		out.Checks = append(out.Checks, t.checkWords(k))
	}
	for i, p := range c.Parts {
		if i < len(r.Parts) {
			part := t.report(p, r.Parts[i])
			part.Index = i
			out.Parts = append(out.Parts, part)
		}
	}
	return out
}

func (t *tool) checkWords(k check.Check) jsonCheck {
	code := "check." + k.Reason
	out := jsonCheck{
		ID: k.ID, About: k.About, Outcome: k.Outcome, Reason: k.Reason,
		Title: t.words.Text(code+".title", k.Args), Why: t.words.Text(code+".why", k.Args),
	}
	if action := t.words.Text(code+".remedy", k.Args); action != "" {
		out.Remedy = &jsonRemedy{Who: k.Who, Action: action}
	}
	if !k.AsOf.IsZero() {
		out.AsOf = k.AsOf.UTC().Format(time.RFC3339)
	}
	return out
}

func (t *tool) faultWords(err error) jsonFault {
	var f *fault.Fault
	if !errors.As(err, &f) {
		f = fault.New("input.reader-broke", "what", err.Error())
	}
	code := "fault." + f.Code
	return jsonFault{f.Code, t.words.Text(code+".title", f.Args), t.words.Text(code+".why", f.Args), t.words.Text(code+".do", f.Args)}
}

// printFault says what could not be read or done, and what to do.
func (t *tool) printFault(input string, err error) {
	w := t.faultWords(err)
	if t.json {
		t.line(jsonError{input, w})
		return
	}
	if input != "" {
		fmt.Fprintf(t.err, "%s\n", input)
	}
	fmt.Fprintf(t.err, "  %s\n", strings.Join([]string{w.Title + ".", w.Why, w.Do}, "\n  "))
}

// printReport prints one credential and what was found about it.
func (t *tool) printReport(input string, index int, c *vc.Credential, r check.Report) {
	if t.json {
		out := t.report(c, r)
		out.Input, out.Index = input, index
		t.line(out)
		return
	}
	fmt.Fprintf(t.out, "%s\n", input)
	t.printCredential("  ", c, r)
	fmt.Fprintln(t.out)
}

var marks = map[check.Outcome]string{
	check.Pass: "✓", check.Caution: "!", check.Fail: "✗", check.Unknown: "?", check.NotRun: "-", check.Absent: "·",
}

func (t *tool) printCredential(indent string, c *vc.Credential, r check.Report) {
	v := r.Verdict()
	args := verdictArgs(c, r)
	fmt.Fprintf(t.out, "%s%s\n%s%s\n", indent, titleOf(c), indent, issuedBy(c))
	fmt.Fprintf(t.out, "%s%s. %s\n", indent, strings.ToUpper(t.words.Text("verdict."+string(v)+".title", args)), t.words.Text(verdictWhy(r, args), args))
	for _, k := range check.Together(r.Checks) {
		if k.Outcome != check.Absent {
			t.printRow(indent, k)
		}
	}
	for i, p := range c.Parts {
		if i < len(r.Parts) {
			fmt.Fprintf(t.out, "%s  inside:\n", indent)
			t.printCredential(indent+"    ", p, r.Parts[i])
		}
	}
}

func (t *tool) printRow(indent string, k check.Check) {
	w := t.checkWords(k)
	title := w.Title
	if k.About != "" {
		title += " (" + k.About + ")"
	}
	fmt.Fprintf(t.out, "%s  %s %s\n%s      %s\n", indent, marks[k.Outcome], title, indent, w.Why)
	if w.Remedy != nil && k.Outcome != check.Pass {
		fmt.Fprintf(t.out, "%s      → %s\n", indent, w.Remedy.Action)
	}
}

func orUnnamed(name string) string {
	if name == "" {
		return "(a badge without a name)"
	}
	return name
}

// titleOf is what the badge is called: the window says the same.
func titleOf(c *vc.Credential) string { return orUnnamed(cmp.Or(c.Badge.Name, c.Name)) }

func issuedBy(c *vc.Credential) string {
	if issuer := issuerOf(c); issuer != "" {
		return "Issued by " + issuer
	}
	return "The file does not say who issued it"
}

// issuerOf is what to call the issuer, empty where nothing names it.
func issuerOf(c *vc.Credential) string {
	return assets.OneLine(cmp.Or(c.Issuer.Label(), c.Issuer.ID))
}

// verdictWhy is the code of the second line of a verdict. What has ended is called
// genuine only where that was found out.
func verdictWhy(r check.Report, args map[string]string) string {
	code := "verdict." + string(r.Verdict())
	switch over := r.Ended(); {
	case r.Verdict() == check.Expired && over != check.ReasonExpired:
		return code + "." + over + ".why"
	case r.Verdict() != check.Expired || r.Proven():
		return code + ".why"
	case args["until"] == "":
		return code + ".unproven-undated.why"
	}
	return code + ".unproven.why"
}

// verdictArgs fills the slots of a verdict's words. The first and the last day are
// those of the row that decided it, where it states some.
func verdictArgs(c *vc.Credential, r check.Report) map[string]string {
	from, until := date(c.From), date(c.Until)
	for _, k := range r.Checks {
		if stated := k.Args["from"]; stated != "" && slices.Contains([]string{check.ReasonNotYet, check.ReasonEarly}, k.Reason) {
			from = stated
		}
		if stated := k.Args["until"]; stated != "" && k.Reason == r.Ended() {
			until = stated
		}
	}
	return map[string]string{"issuer": cmp.Or(issuerOf(c), "the issuer"), "from": from, "until": until}
}

// date is a day in words, empty where there is none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

// with adds values to a copy of args.
func with(args map[string]string, pairs ...string) map[string]string {
	out := maps.Clone(args)
	if out == nil {
		out = map[string]string{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

// line prints one JSON object on a line of its own.
func (t *tool) line(v any) {
	enc := json.NewEncoder(t.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		fmt.Fprintln(t.err, err)
		t.status = exitFailed
	}
}
