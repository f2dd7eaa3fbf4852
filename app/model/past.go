package model

import (
	"context"
	"time"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/wallet"
)

// historian is what the wallet knows of other days: of earlier ones, and of newer
// versions.
type historian interface {
	AsOf(ctx context.Context, id string, at time.Time) (wallet.Past, error)
	Refresh(ctx context.Context, id string) (wallet.Refreshed, error)
}

// PastView is a badge's check repeated as of an earlier day. It is never shown as
// what holds today.
type PastView struct {
	Title   string // "As of 1 June 2026, not today: …"
	Note    string // since when documents are kept
	Verdict VerdictView
	Checks  ChecksView
}

// CheckAsOf repeats the check as of a day, such as "2026-06-01", and shows it as
// Past. PastError says what is wrong with the text.
func (d *Detail) CheckAsOf(day string) {
	at, err := d.lastOf(day)
	d.past.Drop()
	d.Past, d.PastError = nil, ""
	if err != nil {
		d.PastError = d.t("asof.no-day")
		d.changed()
		return
	}
	id := d.ID
	d.past = task.Run(d.run, func(ctx context.Context) (wallet.Past, error) { return d.desk.Wallet.AsOf(ctx, id, at) }, func(p wallet.Past, err error) {
		switch {
		case err == nil:
			d.Past = d.pastView(p)
		case !stopped(err):
			d.PastError = d.fault(err).Line()
		}
		d.changed()
	})
	d.changed()
}

// lastOf gives the last second of a day where the learner is, or, of today, now.
func (d *Detail) lastOf(day string) (time.Time, error) {
	start, err := time.ParseInLocation(time.DateOnly, day, d.local(d.now()).Location())
	if err != nil {
		return start, err
	}
	end := start.AddDate(0, 0, 1).Add(-time.Second)
	if now := d.now(); end.After(now) && !start.After(now) {
		return now, nil
	}
	return end, nil
}

func (d *Detail) pastView(p wallet.Past) *PastView {
	v := &PastView{
		Title:   d.Text("asof.title", map[string]string{"day": d.date(p.At)}),
		Note:    d.Text("asof.none", nil),
		Verdict: d.verdict(judged{issuer: d.Issuer, from: p.Credential.From, until: p.Credential.Until, report: p.Report, others: true}),
		Checks:  d.checks(p.Report, true),
	}
	v.Verdict.Hint = "" // what can be done is said where the badge is shown as of today
	if !p.Since.IsZero() {
		v.Note = d.Text("asof.since", map[string]string{"since": d.date(p.Since)})
	}
	return v
}

// renewable says whether the issuer can be asked for a newer version.
func renewable(it wallet.Item) bool {
	return it.Report.Sealed() && verify.RefreshAt(it.Credential) != ""
}

// Refresh asks the issuer for a newer version and shows it in the place of this one.
func (d *Detail) Refresh() {
	if !d.CanRefresh || d.Progress.On {
		return
	}
	id := d.ID
	d.progress(ProgressView{On: true, Text: d.t("detail.asking"), Stop: d.t("stop")})
	d.check = task.Run(d.run, func(ctx context.Context) (wallet.Refreshed, error) { return d.desk.Wallet.Refresh(ctx, id) }, func(r wallet.Refreshed, err error) {
		d.progress(ProgressView{})
		switch {
		case stopped(err):
		case err != nil:
			d.toast(Toast{Text: d.fault(err).Line()})
		case r.Same:
			d.toast(Toast{Text: d.t("detail.same", "name", d.Title)})
		default:
			d.toast(Toast{Text: d.t("detail.replaced", "name", d.Title)})
			d.Show(r.ID)
		}
	})
}
