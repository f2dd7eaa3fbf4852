package wallet

import (
	"context"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cairnwallet/cairn/verify/fault"
)

// plain is a wallet as a child would write it down: what is listed and what is in
// the bin, with tags, and all earlier states for going back.
type plain struct {
	listed, bin map[int][]string
	past        []plain
}

func (p plain) then(change func(next *plain)) plain {
	next := plain{maps.Clone(p.listed), maps.Clone(p.bin), append(slices.Clone(p.past), p)}
	change(&next)
	return next
}

// TestModel compares random acts with the plain wallet, over closing and opening.
func TestModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := newBench(t)
		w := b.open()
		defer func() { _ = w.Close() }()
		p := plain{listed: map[int][]string{}, bin: map[int][]string{}}
		for range rapid.IntRange(1, 15).Draw(r, "acts") {
			n := rapid.IntRange(0, 3).Draw(r, "badge")
			id := digest(badge(n))
			_, isListed := p.listed[n]
			_, isBinned := p.bin[n]
			switch rapid.SampledFrom([]string{"add", "remove", "restore", "tag", "undo", "reopen"}).Draw(r, "act") {
			case "add":
				add(t, w, badge(n))
				if !isListed {
					p = p.then(func(next *plain) { next.listed[n] = next.bin[n]; delete(next.bin, n) })
				}
			case "remove":
				if err := w.Remove(id); (err == nil) != isListed {
					r.Fatal(err)
				} else if err == nil {
					p = p.then(func(next *plain) { next.bin[n] = next.listed[n]; delete(next.listed, n) })
				}
			case "restore":
				if err := w.Restore(id); (err == nil) != isBinned {
					r.Fatal(err)
				} else if err == nil {
					p = p.then(func(next *plain) { next.listed[n] = next.bin[n]; delete(next.bin, n) })
				}
			case "tag":
				tags := []string{rapid.StringMatching("[ab]").Draw(r, "tag")}
				if err := w.Tag(id, tags); (err == nil) != isListed {
					r.Fatal(err)
				} else if err == nil && !slices.Equal(tags, p.listed[n]) {
					p = p.then(func(next *plain) { next.listed[n] = tags })
				}
			case "undo":
				_, err := w.Undo()
				if len(p.past) == 0 && fault.Code(err) != "wallet.nothing-to-undo" || len(p.past) > 0 && err != nil {
					r.Fatal(err)
				}
				if len(p.past) > 0 {
					p = p.back()
				}
			case "reopen":
				w = b.reopen(w)
			}
			compare(t, r, w, p)
		}
		sound(t, w)
	})
}

// back goes to the state before the last act; what was added then is in the bin
// now, not gone.
func (p plain) back() plain {
	last := p.past[len(p.past)-1]
	next := plain{maps.Clone(last.listed), maps.Clone(last.bin), last.past}
	for n, tags := range p.listed {
		_, a := last.listed[n]
		_, b := last.bin[n]
		if !a && !b {
			next.bin[n] = tags
		}
	}
	for n, tags := range p.bin {
		_, a := last.listed[n]
		_, b := last.bin[n]
		if !a && !b {
			next.bin[n] = tags
		}
	}
	return next
}

func compare(t *testing.T, r *rapid.T, w *Wallet, p plain) {
	t.Helper()
	got := map[string][]string{}
	for _, row := range rowsOf(t, w) {
		got[row.ID] = row.Tags
	}
	want := map[string][]string{}
	for n, tags := range p.listed {
		want[digest(badge(n))] = tags
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		r.Fatalf("listed %v, want %v", got, want)
	}
	bin := must(w.Bin())
	if len(bin) != len(p.bin) {
		r.Fatalf("%d in the bin, want %d", len(bin), len(p.bin))
	}
	if _, err := w.Review(context.Background(), badge(0), "", nil); err != nil {
		r.Fatal(err)
	}
}
