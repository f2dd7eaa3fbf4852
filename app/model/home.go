package model

import (
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// NextView is a step of a pathway that can be taken now.
type NextView struct {
	Percent  int
	Fraction float64
	Title    string
	Pathway  string // its name
	Action   string
	Route    Route
}

// NoticeView is something that needs attention.
type NoticeView struct {
	Tone   Tone
	Icon   string
	Text   string
	Action string
	Route  Route
}

// Home is S1: what changed, what to do next.
type Home struct {
	base
	Loading  bool
	Fault    *FaultView // a banner; the rest still works
	Empty    bool       // no badge yet: the welcome card
	Greeting string
	Next     []NextView
	Notices  []NoticeView
	Calm     string // when nothing needs attention
	Recent   []CardView

	rows []wallet.Row
}

// Limits of what Home shows.
const (
	homeNext    = 3
	homeRecent  = 6
	homeNotices = 3 // of one kind, by name; more are told as a number
	soonDays    = 30
	staleDays   = 90
)

// homeFacts is what Home reads.
type homeFacts struct {
	rows []wallet.Row
	next []NextView
}

// NewHome reads what Home shows, and again whenever the wallet changes.
func NewHome(d *Desk) *Home {
	h := &Home{base: newBase(d), Loading: true}
	h.Greeting = h.greeting()
	h.follow(h.read)
	h.read()
	return h
}

func (h *Home) greeting() string {
	switch hour := h.local(h.now()).Hour(); {
	case hour < 5 || hour >= 18:
		return h.t("home.evening")
	case hour < 12:
		return h.t("home.morning")
	}
	return h.t("home.afternoon")
}

func (h *Home) read() {
	reload(&h.base, func() (f homeFacts, err error) {
		if f.rows, err = h.desk.Wallet.Rows(); err != nil {
			return f, err
		}
		f.next, err = h.steps()
		return f, err
	}, func(f homeFacts, err error) {
		h.Loading, h.Fault, h.rows, h.Next = false, h.faultView(err), f.rows, f.next
		h.Empty = err == nil && len(f.rows) == 0
		h.Notices = h.notices(f.rows)
		h.Calm = ""
		if len(f.rows) > 0 && len(h.Notices) == 0 {
			h.Calm = h.t("home.calm")
		}
		h.recent()
	})
}

func (h *Home) recent() {
	h.Recent = nil
	for _, r := range h.rows[:min(len(h.rows), homeRecent)] {
		h.Recent = append(h.Recent, h.card(r, func(string) { h.recent() }))
	}
	h.changed()
}

// steps runs on a worker: the step that each pathway has next, what finishes a
// layer first.
func (h *Home) steps() ([]NextView, error) {
	routes, err := h.desk.Wallet.Pathways()
	if err != nil {
		return nil, err
	}
	type step struct {
		view     NextView
		finishes bool
	}
	var all []step
	for _, r := range routes {
		_, p, err := h.desk.Wallet.Measure(r.ID)
		if err != nil || len(p.Next) == 0 {
			continue // the list of pathways says what is wrong with it
		}
		all = append(all, step{h.next(r.ID, p), p.Next[0].Finishes})
	}
	slices.SortStableFunc(all, func(a, b step) int {
		switch {
		case a.finishes == b.finishes:
			return b.view.Percent - a.view.Percent
		case a.finishes:
			return -1
		}
		return 1
	})
	var out []NextView
	for _, s := range all[:min(len(all), homeNext)] {
		out = append(out, s.view)
	}
	return out, nil
}

func (h *Home) next(id string, p pathway.Progress) NextView {
	n := p.Next[0]
	code := "home.next"
	if n.Finishes {
		code = "home.finishes"
	}
	return NextView{
		Percent: p.Percent(), Fraction: p.Fraction, Pathway: p.Pathway.Name, Action: h.t("home.see"),
		Title: h.t(code, "step", n.Step.Name, "layer", n.Layer.Name), Route: Route{Place: AtStack, ID: id},
	}
}

// notices lists what needs attention, gravest first.
func (h *Home) notices(rows []wallet.Row) []NoticeView {
	out := h.kind(rows, "home.bad", Bad, IconWarning, "attention", func(r wallet.Row) bool {
		return r.Damaged || r.Verdict == check.Problem || r.Verdict == check.Withdrawn
	})
	now := h.now()
	out = append(out, h.kind(rows, "home.ending", Care, IconClock, "", func(r wallet.Row) bool { return endsSoon(r, now) })...)
	out = append(out, h.kind(rows, "home.expired", Care, IconClock, "attention", func(r wallet.Row) bool { return r.Verdict == check.Expired })...)
	return append(out, h.unchecked(rows)...)
}

func endsSoon(r wallet.Row, now time.Time) bool {
	holds := r.Verdict == check.Verified || r.Verdict == check.UnrecognisedIssuer
	return holds && r.Until.After(now) && r.Until.Before(now.AddDate(0, 0, soonDays))
}

// kind tells of the rows of one kind: a few by name, more as a number.
func (h *Home) kind(rows []wallet.Row, code string, tone Tone, icon, filter string, is func(wallet.Row) bool) []NoticeView {
	var out []NoticeView
	n := 0
	for _, r := range rows {
		if is(r) {
			n++
		}
		if is(r) && n <= homeNotices {
			out = append(out, h.named(r, code, tone, icon))
		}
	}
	if n <= homeNotices {
		return out
	}
	return []NoticeView{{Tone: tone, Icon: icon, Text: h.count(code+".number", n), Action: h.t("home.show"), Route: Route{Place: AtBadges, Filter: filter}}}
}

func (h *Home) named(r wallet.Row, code string, tone Tone, icon string) NoticeView {
	v := NoticeView{Tone: tone, Icon: icon, Action: h.t("home.open"), Route: Route{Place: AtDetail, ID: r.ID}}
	name := orElse(r.Name, h.t("card.unnamed"))
	if r.Damaged { // there is nothing to open
		name, v.Route = h.t("card.damaged"), Route{Place: AtBadges, Filter: filterAttention}
	}
	left := days(h.local(h.now()), h.local(r.Until))
	switch {
	case code == "home.ending" && left == 0:
		v.Text = h.t("home.ending.today", "name", name)
	case code == "home.ending":
		v.Text = h.count("home.ending.days", left, "name", name)
	default:
		v.Text = h.t(code+".named", "name", name, "until", h.stated(r.Until))
	}
	return v
}

// unchecked tells of badges that could not be judged, or not for a long time.
func (h *Home) unchecked(rows []wallet.Row) []NoticeView {
	stale := h.now().AddDate(0, 0, -staleDays)
	n, since := 0, time.Time{}
	for _, r := range rows {
		if r.Damaged || r.Verdict != check.NotFullyChecked && !r.Checked.Before(stale) {
			continue
		}
		n++
		if since.IsZero() || r.Checked.Before(since) {
			since = r.Checked
		}
	}
	if n == 0 {
		return nil
	}
	return []NoticeView{{
		Tone: Note, Icon: IconQuestion, Text: h.count("home.unchecked", n, "date", h.date(since)),
		Action: h.t("home.show"), Route: Route{Place: AtBadges, Filter: "unsure"},
	}}
}

// Open goes where a notice, a step or a card leads.
func (h *Home) Open(r Route) { h.desk.Way.Go(r) }
