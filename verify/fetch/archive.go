package fetch

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// ErrNotStored is what an Archive answers for an address of which it has nothing
// from the day that is asked about. It is a kind of ErrOffline: nobody was asked.
var ErrNotStored = fmt.Errorf("%w: nothing was kept from that day", ErrOffline)

// Archive holds answers that were kept, so that a check can be repeated as it
// would have been on an earlier day. It never changes; nil is an empty one.
type Archive struct {
	pages map[string][]Page // by address, oldest first
}

// NewArchive makes an archive of pages, of which one address may have several.
// Pages without a body are left out: they were too large to keep.
func NewArchive(pages []Page) *Archive {
	a := &Archive{pages: map[string][]Page{}}
	for _, p := range pages {
		if len(p.Body) > 0 {
			a.pages[p.URL] = append(a.pages[p.URL], p)
		}
	}
	for _, versions := range a.pages {
		slices.SortStableFunc(versions, func(x, y Page) int { return x.AsOf.Compare(y.AsOf) })
	}
	return a
}

// At gives a Getter that answers each address as the archive last knew it at t,
// and asks nobody.
func (a *Archive) At(t time.Time) Getter { return past{a, t} }

// Dates lists the times of all pages, latest first, each once.
func (a *Archive) Dates() []time.Time {
	if a == nil {
		return nil
	}
	var out []time.Time
	for _, versions := range a.pages {
		for _, p := range versions {
			out = append(out, p.AsOf)
		}
	}
	slices.SortFunc(out, func(x, y time.Time) int { return y.Compare(x) })
	return slices.CompactFunc(out, time.Time.Equal)
}

// past is an archive at a time.
type past struct {
	from *Archive
	at   time.Time
}

// Get answers the latest page that is not of later than the time.
func (p past) Get(ctx context.Context, url, _ string) (Page, error) {
	if err := ctx.Err(); err != nil {
		return Page{}, err
	}
	if p.from != nil {
		for _, page := range slices.Backward(p.from.pages[url]) {
			if !page.AsOf.After(p.at) {
				return page, nil
			}
		}
	}
	return Page{}, ErrNotStored
}
