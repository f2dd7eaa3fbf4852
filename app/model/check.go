package model

import (
	"context"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/share"
	"github.com/cairnwallet/cairn/share/link"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
)

// ShownView is one badge of a proof.
type ShownView struct {
	Card    CardView
	Verdict VerdictView
	Checks  ChecksView
	Lines   []LineView
	Inside  InsideView // what it carries, where it is a record or has endorsements

	one    share.Shown
	opened map[int]bool // rows of Inside that are open
}

// Check is S15: somebody's proof. Nothing of it is kept.
type Check struct {
	base
	Empty    bool // nothing to check yet: drop, paste or choose
	Progress ProgressView
	Live     []CheckRow // rows as they are found, while Progress is on
	Fault    *FaultView
	From     string // who shows it, as far as that is known
	For      string
	Purpose  string
	Made     string
	Me       string      // who the checker is: then it is compared for whom it was made
	Verdict  VerdictView // the gravest of what is shown
	Shown    []ShownView
	IsBadge  string // that it is a badge, not a proof: AddIt adds it; else empty
	Foot     string

	input Input
	raw   []byte
	task  *task.Task
}

// seen is what a worker found out about an input.
type seen struct {
	raw []byte
	share.Seen
	other bool // it is no proof and no badge: Add knows what to do
}

// NewCheck checks what came along, if anything.
func NewCheck(d *Desk, in []Input) *Check {
	c := &Check{base: newBase(d), Empty: true}
	c.Foot = c.t("check.foot")
	c.Receive(in...)
	return c
}

// Receive checks something else; of several inputs, the first.
func (c *Check) Receive(in ...Input) {
	if len(in) > 0 {
		c.input = in[0]
		c.Again()
	}
}

// SetMe says who the checker is, and checks again by it.
func (c *Check) SetMe(text string) {
	c.Me = text
	c.Again()
}

// Again checks it again.
func (c *Check) Again() {
	if c.input.Open == nil {
		return
	}
	c.task.Drop()
	c.Empty, c.Fault, c.Live, c.Shown, c.raw = false, nil, nil, nil, nil
	c.From, c.For, c.Purpose, c.Made, c.IsBadge, c.Verdict = "", "", "", "", "", VerdictView{}
	c.Progress = ProgressView{On: true, Text: c.t("progress.checking"), Stop: c.t("stop")}
	c.changed()
	in, e := c.input, verify.Expect{Audience: strings.TrimSpace(c.Me)}
	c.task = task.Stream(c.run, func(ctx context.Context, send func(check.Check)) (seen, error) {
		return c.look(ctx, in, e, send)
	}, func(rows []check.Check) {
		for _, r := range rows {
			c.Live = append(c.Live, c.row(r, true))
		}
		c.changed()
	}, c.done)
}

// look runs on a worker.
func (c *Check) look(ctx context.Context, in Input, e verify.Expect, send func(check.Check)) (seen, error) {
	raw, err := in.read(maxInput)
	if err != nil {
		return seen{}, err
	}
	found, err := link.Look(raw)
	if err != nil {
		return seen{}, err
	}
	if slices.Contains([]link.Kind{link.Web, link.Offer, link.Request}, found[0].Kind) {
		return seen{other: true}, nil
	}
	v := c.desk.Wallet.Checker(*c.desk.Checker)
	out, err := share.Check(ctx, &v, found[0].Raw, e, func(_ int, row check.Check) { send(row) })
	if err == nil {
		err = ctx.Err()
	}
	return seen{raw: found[0].Raw, Seen: out}, err
}

func (c *Check) done(s seen, err error) {
	c.Progress, c.Live = ProgressView{}, nil
	switch {
	case err != nil && stopped(err):
		c.Empty = true
	case err != nil:
		c.Fault = c.faultView(err)
	case s.other:
		c.desk.Way.Go(Route{Place: AtAdd, In: []Input{c.input}})
		return
	default:
		c.fill(s)
	}
	c.changed()
}

func (c *Check) fill(s seen) {
	c.raw = s.raw
	if s.Form == "" || s.Form == "sd-jwt" { // nobody signed it for anybody
		c.IsBadge = c.t("check.bare")
	} else {
		c.From = c.t("check.from-nobody")
		if s.Holder != "" {
			c.From = c.t("check.from", "key", tail(s.Holder))
		}
	}
	c.For, c.Purpose = s.Audience, s.Purpose
	if !s.Issued.IsZero() {
		c.Made = c.t("check.made", "when", c.day(s.Issued))
		if !s.Until.IsZero() {
			c.Made = c.t("check.made-until", "when", c.day(s.Issued), "until", c.date(s.Until))
		}
	}
	for _, one := range s.Shown {
		v := c.shown(one)
		if one.Report.Verdict() == s.Seen.Verdict() {
			c.Verdict = v.Verdict
		}
		c.Shown = append(c.Shown, v)
	}
}

// tail is the end of a long name, which is enough to compare.
func tail(s string) string {
	const most = 8
	if len(s) <= most {
		return s
	}
	return "…" + s[len(s)-most:]
}

func (c *Check) shown(one share.Shown) ShownView {
	cr := one.Credential
	name, issuer := orElse(orElse(cr.Badge.Name, cr.Name), c.t("card.unnamed")), orElse(cr.Issuer.Label(), c.t("issuer.unnamed"))
	v := ShownView{
		Card:    CardView{Name: name, Issuer: orElse(issuer, c.t("issuer.unnamed")), Pill: c.pill(one.Report.Verdict()), Emblem: emblem(name, issuer)},
		Verdict: c.verdict(judged{issuer: cr.Issuer.Label(), from: cr.From, until: cr.Until, report: one.Report, others: true}),
		Checks:  c.checks(one.Report, true),
		Inside:  c.inside(cr, one.Report, nil),
		one:     one, opened: map[int]bool{},
	}
	for _, l := range one.Lines {
		v.Lines = append(v.Lines, LineView{Label: l.Label, Value: l.Value})
	}
	return v
}

// OpenInside opens or closes one row of what the badge with a number carries.
func (c *Check) OpenInside(badge, key int) {
	v := &c.Shown[badge]
	v.opened[key] = !v.opened[key]
	v.Inside = c.inside(v.one.Credential, v.one.Report, v.opened)
	c.changed()
}

// Stop stops the checking.
func (c *Check) Stop() { c.task.Stop() }

// AddIt takes what was checked into the wallet, by review: for a bare badge.
func (c *Check) AddIt() {
	if c.IsBadge != "" {
		c.desk.Way.Go(Route{Place: AtAdd, In: []Input{TextInput(c.raw)}})
	}
}

// Report is what was found, as plain text.
func (c *Check) Report() string {
	var b strings.Builder
	line := func(parts ...string) {
		if text := sentence(" ", parts...); text != "" {
			b.WriteString(text + "\n")
		}
	}
	line(c.From)
	if c.For != "" {
		line(c.t("check.for", "audience", sentence(", ", c.For, c.Purpose)))
	}
	line(c.Made)
	for _, s := range c.Shown {
		line("\n" + s.Card.Name + " · " + s.Card.Issuer)
		line(s.Verdict.Headline+".", s.Verdict.Body)
		for _, l := range s.Lines {
			line(l.Label+":", l.Value)
		}
		for _, r := range append(s.Checks.Rows, s.Checks.Minor...) {
			line("- "+r.State+":", r.Title+".", r.Why)
		}
		line(s.Checks.Hidden)
		for _, r := range s.Inside.Rows {
			line(strings.Repeat("  ", r.Depth)+"· "+r.Name+":", r.Pill.Text)
		}
	}
	line("\n" + c.t("check.report", "when", c.moment(c.now())))
	return b.String()
}

// SaveReport writes Report to a file.
func (c *Check) SaveReport(path string) { c.saveFile(path, []byte(c.Report())) }
