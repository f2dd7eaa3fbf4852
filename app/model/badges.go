package model

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
)

// ChipView is a filter.
type ChipView struct {
	ID    string
	Text  string
	Count string
	On    bool
}

// OptionView is a choice of a list.
type OptionView struct {
	ID   string
	Text string
	On   bool
}

// Badges is S2: all badges, searched, filtered and sorted.
type Badges struct {
	base
	OnPicture func(id string) // a card got its picture; OnChange does where it is nil

	Loading  bool
	Fault    *FaultView
	Empty    bool // the wallet has no badge
	NoMatch  bool // the search or the filter leaves none
	Query    string
	Chips    []ChipView
	Sorts    []OptionView
	Summary  string       // "24 badges", "3 of 24 badges"
	Selected string       // id, or empty
	Progress ProgressView // of CheckAll

	shelf  shelf
	shown  []int // places on the shelf
	filter string
	sort   string
	check  *task.Task
}

// The filters that are always offered; tags come after them as "tag:…".
const (
	filterAll       = "all"
	filterVerified  = "verified"
	filterAttention = "attention"
	filterUnsure    = "unsure"
	tagPrefix       = "tag:"
	findPrefix      = "find:"
	maxTagChips     = 8
)

// filterOf sorts the verdicts into filters. Every verdict is in one.
var filterOf = map[check.Verdict]string{
	check.Verified: filterVerified,
	check.Problem:  filterAttention, check.Withdrawn: filterAttention, check.Expired: filterAttention, check.NotYetValid: filterAttention,
	check.NotFullyChecked: filterUnsure, check.UnrecognisedIssuer: filterUnsure, check.Unsigned: filterUnsure,
}

// The orders.
var sorts = []string{"newest", "name", "issuer", "earned"}

// NewBadges reads the badges, and again whenever the wallet changes. filter is a
// chip's ID, or "find:" and what is searched for, or empty.
func NewBadges(d *Desk, filter string) *Badges {
	b := &Badges{base: newBase(d), Loading: true, filter: orElse(filter, filterAll), sort: sorts[0]}
	if text, ok := strings.CutPrefix(filter, findPrefix); ok {
		b.Query, b.filter = text, filterAll
	}
	if saved := d.Prefs.Get("sort"); slices.Contains(sorts, saved) {
		b.sort = saved
	}
	b.Sorts = b.options("badges.sort", b.sort, sorts...)
	b.follow(b.read)
	b.read()
	return b
}

// shelf holds rows with what is needed to search and sort them at once.
type shelf struct {
	rows   []wallet.Row
	keys   []string         // what is searched
	orders map[string][]int // places by order
	tags   []string         // those of most badges first
	counts map[string]int   // badges by filter
	places map[string]int   // by id
}

// newShelf runs on a worker.
func newShelf(rows []wallet.Row) shelf {
	s := shelf{rows: rows, keys: make([]string, len(rows)), orders: map[string][]int{}, counts: map[string]int{filterAll: len(rows)}, places: make(map[string]int, len(rows))}
	names, issuers := make([]string, len(rows)), make([]string, len(rows))
	for i, r := range rows {
		names[i], issuers[i] = plain(r.Name), plain(r.Issuer)
		s.keys[i] = strings.Join([]string{names[i], issuers[i], plain(strings.Join(r.Skills, "\n")), plain(strings.Join(r.Tags, "\n")), plain(r.Note)}, "\n")
		s.places[r.ID] = i
		s.counts[filterFor(r)]++
		for _, t := range r.Tags {
			s.counts[tagPrefix+t]++
		}
	}
	s.orders["newest"] = order(len(rows), func(a, b int) int { return rows[b].Added.Compare(rows[a].Added) })
	s.orders["name"] = order(len(rows), func(a, b int) int { return strings.Compare(names[a], names[b]) })
	s.orders["issuer"] = order(len(rows), func(a, b int) int {
		return cmp.Or(strings.Compare(issuers[a], issuers[b]), strings.Compare(names[a], names[b]))
	})
	s.orders["earned"] = order(len(rows), func(a, b int) int { return earned(rows[b]).Compare(earned(rows[a])) })
	s.tags = s.topTags()
	return s
}

// earned is the day a badge was earned, as well as it is known.
func earned(r wallet.Row) time.Time {
	if !r.Awarded.IsZero() {
		return r.Awarded
	}
	return r.From
}

func order(n int, compare func(a, b int) int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, compare)
	return out
}

func (s *shelf) topTags() []string {
	var tags []string
	for _, id := range slices.Sorted(maps.Keys(s.counts)) {
		if tag, ok := strings.CutPrefix(id, tagPrefix); ok {
			tags = append(tags, tag)
		}
	}
	slices.SortStableFunc(tags, func(a, b string) int { return s.counts[tagPrefix+b] - s.counts[tagPrefix+a] })
	return tags
}

func filterFor(r wallet.Row) string {
	if r.Damaged {
		return filterAttention
	}
	return orElse(filterOf[r.Verdict], filterUnsure)
}

// pick lists the places of the rows that fit, in an order.
func (s *shelf) pick(q query, filter, sort string) []int {
	tag, byTag := strings.CutPrefix(filter, tagPrefix)
	out := make([]int, 0, len(s.rows))
	for _, i := range s.orders[sort] {
		switch {
		case byTag && !slices.Contains(s.rows[i].Tags, tag):
		case !byTag && filter != filterAll && filterFor(s.rows[i]) != filter:
		case !q.fits(s.keys[i]):
		default:
			out = append(out, i)
		}
	}
	return out
}

func (b *Badges) read() {
	reload(&b.base, func() (shelf, error) {
		rows, err := b.desk.Wallet.Rows()
		return newShelf(rows), err
	}, func(s shelf, err error) {
		b.Loading, b.Fault, b.shelf = false, b.faultView(err), s
		b.Empty = err == nil && len(s.rows) == 0
		if s.counts[b.filter] == 0 {
			b.filter = filterAll // the last badge of the filter is gone
		}
		if _, here := s.places[b.Selected]; !here {
			b.Selected = ""
		}
		b.show()
	})
}

// show picks what fits, and tells.
func (b *Badges) show() {
	b.shown = b.shelf.pick(newQuery(b.Query), b.filter, b.sort)
	b.NoMatch = len(b.shown) == 0 && len(b.shelf.rows) > 0
	b.Summary = b.count("badges.all", len(b.shelf.rows))
	if len(b.shown) < len(b.shelf.rows) {
		b.Summary = b.count("badges.some", len(b.shelf.rows), "shown", strconv.Itoa(len(b.shown)))
	}
	b.Chips = nil
	for _, id := range []string{filterAll, filterVerified, filterAttention, filterUnsure} {
		b.chip(id, b.t("badges.chip."+id))
	}
	for i, tag := range b.shelf.tags {
		if i < maxTagChips || b.filter == tagPrefix+tag {
			b.chip(tagPrefix+tag, tag)
		}
	}
	b.changed()
}

func (b *Badges) chip(id, text string) {
	if n := b.shelf.counts[id]; n > 0 || id == filterAll {
		b.Chips = append(b.Chips, ChipView{ID: id, Text: text, Count: strconv.Itoa(n), On: id == b.filter})
	}
}

// Len is how many badges are shown.
func (b *Badges) Len() int { return len(b.shown) }

// Card gives the card at a place.
func (b *Badges) Card(i int) CardView {
	if i < 0 || i >= len(b.shown) {
		return CardView{}
	}
	return b.card(b.shelf.rows[b.shown[i]], func(id string) {
		if b.OnPicture != nil {
			b.OnPicture(id)
		} else {
			b.changed()
		}
	})
}

// Index is the place of a badge, -1 when it is not shown.
func (b *Badges) Index(id string) int {
	place, ok := b.shelf.places[id]
	if !ok {
		return -1
	}
	return slices.Index(b.shown, place)
}

// Search shows what fits a text: names, issuers, skills, tags and notes, whatever
// their case and accents.
func (b *Badges) Search(text string) {
	if text != b.Query {
		b.Query = text
		b.show()
	}
}

// Filter shows the badges of one chip.
func (b *Badges) Filter(id string) {
	b.filter = id
	b.show()
}

// Sort orders the badges; it is remembered.
func (b *Badges) Sort(id string) {
	if !slices.Contains(sorts, id) {
		return
	}
	b.sort = id
	b.desk.Prefs.Set("sort", id)
	b.Sorts = b.options("badges.sort", id, sorts...)
	b.show()
}

// Clear takes search and filter away.
func (b *Badges) Clear() {
	b.Query, b.filter = "", filterAll
	b.show()
}

// Select marks a badge; empty for none.
func (b *Badges) Select(id string) {
	if b.Selected != id {
		b.Selected = id
		b.changed()
	}
}

// Open shows a badge on its own.
func (b *Badges) Open(id string) { b.desk.Way.Go(Route{Place: AtDetail, ID: id}) }

// Share starts sharing a badge.
func (b *Badges) Share(id string) { b.desk.Way.Go(Route{Place: AtShare, ID: id}) }

// Remove moves badges to the bin, with Undo in a toast.
func (b *Badges) Remove(ids ...string) { b.remove(ids...) }

// remove is shared with Detail.
func (b *base) remove(ids ...string) {
	if len(ids) == 0 {
		return
	}
	b.act(func() error { return b.desk.Wallet.Remove(ids...) }, func() {
		b.toast(Toast{Text: b.count("badges.removed", len(ids)), Action: b.t("undo"), Act: b.restore(ids)})
	})
}

// restore gives a toast's button, which outlives the screen it came from.
func (b *base) restore(ids []string) func() {
	d, w := b.desk, b.words
	return func() { d.act(w, func() error { return d.Wallet.Restore(ids...) }, nil) }
}

// CheckAll checks all badges again; Progress tells how far it is.
func (b *Badges) CheckAll() {
	if b.Progress.On {
		return
	}
	b.check = b.recheck(b.run, nil, func(p ProgressView) {
		b.Progress = p
		b.changed()
	}, nil)
}

// Stop stops the checking.
func (b *Badges) Stop() { b.check.Stop() }

// recheck checks badges again, all where no ids are given. show is told how far it
// is, and last with an empty view; then, what became of it.
func (b *base) recheck(r *task.Runner, ids []string, show func(ProgressView), then func(error)) *task.Task {
	view := func(s inside) ProgressView {
		if s.all > 1 {
			return b.within(s)
		}
		return ProgressView{On: true, Text: b.t("progress.checking"), Stop: b.t("stop")}
	}
	show(view(inside{}))
	return task.Stream(r, func(ctx context.Context, send func(inside)) (struct{}, error) {
		if len(ids) == 1 { // of one, what it carries is counted
			ctx = verify.Watch(ctx, func(done, all int) { send(inside{done, all}) })
		}
		return struct{}{}, b.desk.Wallet.Recheck(ctx, ids, func(n, total int) { send(inside{n, total}) })
	}, func(steps []inside) {
		show(view(steps[len(steps)-1]))
	}, func(_ struct{}, err error) {
		show(ProgressView{})
		if err != nil && !stopped(err) {
			b.toast(Toast{Text: b.fault(err).Line()})
		}
		if then != nil {
			then(err)
		}
	})
}
