package model

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
)

func TestCheckAsOf(t *testing.T) {
	b := sampleBench(t)
	d := detail(b, "Guest Care")
	today := d.Verdict
	d.CheckAsOf("last week")
	if d.PastError == "" || d.Past != nil {
		t.Errorf("no day: %q, %+v", d.PastError, d.Past)
	}
	d.CheckAsOf("2026-11-22")
	b.until(t, "the check of today", func() bool { return d.Past != nil })
	if d.PastError != "" || d.Past.Verdict.Tone != today.Tone || d.Past.Verdict.Act != "" || len(d.Past.Checks.Rows) == 0 {
		t.Errorf("%q, %+v", d.PastError, d.Past)
	}
	noGaps(t, d.Past.Title, d.Past.Note, d.Past.Verdict.Headline, d.Past.Verdict.Body)
	d.CheckAsOf("2026-01-01")
	b.until(t, "a day before anything was kept", func() bool { return d.Past != nil })
	if d.Past.Verdict.Tone == Good || d.Verdict != today {
		t.Errorf("then %+v, today %+v", d.Past.Verdict, d.Verdict)
	}
	d.CheckAsOf("2031-01-01")
	b.until(t, "a fault", func() bool { return d.PastError != "" })
	if d.Past != nil {
		t.Errorf("a day to come: %+v", d.Past)
	}
	d.Show(d.ID)
	if d.PastError != "" || d.CanRefresh {
		t.Errorf("another badge: %q, %v", d.PastError, d.CanRefresh)
	}
}

// refreshing is a wallet whose badge has a newer version, or an error in its place.
type refreshing struct {
	Wallet
	r   wallet.Refreshed
	err error
}

func (r *refreshing) Refresh(context.Context, string) (wallet.Refreshed, error) { return r.r, r.err }

func TestRefresh(t *testing.T) {
	b := sampleBench(t)
	other := b.row("Barista").ID
	answering := &refreshing{Wallet: b.desk.Wallet}
	b.desk.Wallet = answering // before anything is read in the background
	for _, c := range []struct {
		name   string
		answer wallet.Refreshed
		err    error
		shows  bool // the newer one
		toasts int
	}{
		{"a newer one", wallet.Refreshed{ID: other}, nil, true, 1},
		{"nothing newer", wallet.Refreshed{Same: true}, nil, false, 1},
		{"one that does not hold", wallet.Refreshed{}, fault.New("wallet.refresh-doubtful"), false, 1},
		{"stopped", wallet.Refreshed{}, errors.Join(context.Canceled), false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			answering.r, answering.err, b.toasts = c.answer, c.err, nil
			d := detail(b, "Guest Care")
			d.Refresh()
			if d.Progress.On {
				t.Error("asked though there is nowhere to ask")
			}
			d.CanRefresh = true
			d.Refresh()
			b.until(t, "the answer", func() bool { return !d.Progress.On })
			b.until(t, "the badge", func() bool { return !d.Loading })
			if (d.ID == other) != c.shows || len(b.toasts) != c.toasts {
				t.Errorf("shows %s, toasts %+v", d.ID, b.toasts)
			}
			for _, x := range b.toasts {
				noGaps(t, x.Text)
			}
		})
	}
}

func TestLastOfDay(t *testing.T) {
	b := ownBench(t)
	d := NewDetail(b.desk, "")
	defer d.Close()
	for day, want := range map[string]time.Time{
		"2026-06-01": time.Date(2026, 6, 1, 23, 59, 59, 0, time.UTC),
		"2026-11-22": today,
	} {
		if got, err := d.lastOf(day); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v", day, got, err)
		}
	}
}
