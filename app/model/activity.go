package model

import (
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/wallet"
)

// EventView is a line of the Activity.
type EventView struct {
	ID     string
	Icon   string
	Title  string
	Time   string
	Detail []LineView // of a share: to whom, what was shown, what was kept back, until when
	Note   string     // about a share: it can't be called back
	Badge  string     // id of the badge it is about, when that is one and still there
	Taken  string     // that it was taken back, or empty
}

// DayView is a day of the Activity.
type DayView struct {
	Title  string
	Events []EventView
}

// Activity is S11.
type Activity struct {
	base
	Loading bool
	Fault   *FaultView
	Empty   bool
	NoMatch bool
	Query   string
	Kinds   []OptionView
	Days    []DayView

	kind   string
	events []wallet.Event
	views  []EventView
	keys   []string
}

// kinds sort what was done; everything else is a change.
var kinds = []string{"all", "shared", "added", "checked", "changed"}

var kindOf = map[string]string{wallet.Shared: "shared", wallet.Added: "added", wallet.Restored: "added", wallet.Rechecked: "checked"}

var eventIcons = map[string]string{
	wallet.Shared: "share", wallet.Added: "plus", wallet.Restored: "undo", wallet.Removed: "trash",
	wallet.Rechecked: "refresh", wallet.Tagged: "tag", wallet.Noted: "pencil", wallet.Undone: "undo",
	wallet.Replaced: "refresh",
}

// acts is what Activity reads.
type acts struct {
	events []wallet.Event
	views  []EventView
	keys   []string
}

// NewActivity reads what was done, and again whenever the wallet changes.
func NewActivity(d *Desk) *Activity {
	a := &Activity{base: newBase(d), Loading: true, kind: kinds[0]}
	a.Kinds = a.options("activity.kind", a.kind, kinds...)
	a.follow(a.read)
	a.read()
	return a
}

func (a *Activity) read() {
	reload(&a.base, func() (acts, error) {
		events, err := a.desk.Wallet.Activity()
		if err != nil {
			return acts{}, err
		}
		rows, err := a.desk.Wallet.Rows()
		return a.see(events, rows), err
	}, func(got acts, err error) {
		a.Loading, a.Fault = false, a.faultView(err)
		a.events, a.views, a.keys = got.events, got.views, got.keys
		a.Empty = err == nil && len(got.events) == 0
		a.show()
	})
}

// see runs on a worker.
func (a *Activity) see(events []wallet.Event, rows []wallet.Row) acts {
	listed := make(map[string]string, len(rows))
	for _, r := range rows {
		listed[r.ID] = orElse(r.Name, a.t("card.unnamed"))
	}
	out := acts{events: events}
	for _, e := range events {
		badge, name := "", ""
		if len(e.Items) == 1 && listed[e.Items[0]] != "" {
			badge, name = e.Items[0], listed[e.Items[0]]
		}
		v := a.line(e, name)
		v.Badge = badge
		key := []string{v.Title}
		for _, l := range v.Detail {
			key = append(key, l.Value)
		}
		out.views, out.keys = append(out.views, v), append(out.keys, plain(strings.Join(key, "\n")))
	}
	return out
}

func (w *words) line(e wallet.Event, name string) EventView {
	v := EventView{ID: e.ID, Icon: orElse(eventIcons[e.What], IconInfo), Title: w.event(e, name), Time: w.clock(e.At)}
	if e.Taken {
		v.Taken = w.t("activity.taken")
	}
	if e.Share != nil {
		v.Detail, v.Note = w.receipt(*e.Share), w.t("activity.note")
		if !e.Share.Until.IsZero() {
			v.Note = w.t("activity.note-until", "date", w.date(e.Share.Until))
		}
	}
	return v
}

// receipt is what the learner can read later of a share.
func (w *words) receipt(s wallet.Share) []LineView {
	kept := strings.Join(s.Withheld, ", ")
	if kept == "" {
		kept = w.t("activity.nothing")
	}
	var out []LineView
	for _, l := range []struct{ id, value string }{
		{"to", s.Audience}, {"purpose", s.Purpose}, {"shown", strings.Join(s.Shown, ", ")}, {"withheld", kept}, {"until", w.date(s.Until)},
	} {
		if l.value != "" {
			out = append(out, LineView{Label: w.t("activity." + l.id), Value: l.value})
		}
	}
	return out
}

// show picks what fits, by days.
func (a *Activity) show() {
	q := newQuery(a.Query)
	a.Days = nil
	last := ""
	for i, e := range a.events {
		kind := orElse(kindOf[e.What], "changed")
		if a.kind != kinds[0] && a.kind != kind || !q.fits(a.keys[i]) {
			continue
		}
		if day := upper(a.day(e.At)); day != last || len(a.Days) == 0 {
			last, a.Days = day, append(a.Days, DayView{Title: day})
		}
		d := &a.Days[len(a.Days)-1]
		d.Events = append(d.Events, a.views[i])
	}
	a.NoMatch = len(a.Days) == 0 && len(a.events) > 0
	a.changed()
}

// Search shows what fits a text.
func (a *Activity) Search(text string) {
	a.Query = text
	a.show()
}

// Filter shows one of Kinds.
func (a *Activity) Filter(id string) {
	if slices.Contains(kinds, id) {
		a.kind = id
		a.Kinds = a.options("activity.kind", id, kinds...)
		a.show()
	}
}

// OpenBadge shows the badge an event is about.
func (a *Activity) OpenBadge(id string) { a.desk.Way.Go(Route{Place: AtDetail, ID: id}) }
