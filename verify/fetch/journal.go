package fetch

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"
)

// MaxTallies bounds what is remembered of contacts; the oldest are let go of first.
const MaxTallies = 2000

// Tally is how often a host was asked for one reason on one day (UTC).
type Tally struct {
	Host  string    `json:"host"`
	Why   string    `json:"why,omitempty"` // code of the reason, as in Contact
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
	Count int       `json:"count"`
}

type tallyKey struct{ day, host, why string }

func (t Tally) key() tallyKey {
	return tallyKey{t.First.UTC().Format(time.DateOnly), t.Host, t.Why}
}

// Merge adds up tallies of the same host, reason and day, latest first.
func Merge(lists ...[]Tally) []Tally {
	sum := map[tallyKey]Tally{}
	for _, t := range slices.Concat(lists...) {
		s, ok := sum[t.key()]
		if !ok {
			sum[t.key()] = t
			continue
		}
		if t.First.Before(s.First) {
			s.First = t.First
		}
		if t.Last.After(s.Last) {
			s.Last = t.Last
		}
		s.Count += t.Count
		sum[t.key()] = s
	}
	out := slices.SortedFunc(maps.Values(sum), func(a, b Tally) int {
		return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.Host, b.Host), cmp.Compare(a.Why, b.Why))
	})
	return out[:min(len(out), MaxTallies)]
}

// Journal is a Ledger that remembers contacts until somebody takes them to keep.
// The zero value is ready for use, and nil is one that never heard of any.
type Journal struct {
	mu      sync.Mutex
	tallies []Tally
	waiting []Tally // not added up yet
}

// Contact notes one contact.
func (j *Journal) Contact(c Contact) {
	j.add([]Tally{{Host: c.Host, Why: c.Why, First: c.At, Last: c.At, Count: 1}})
}

// Give puts tallies back, as when they could not be kept.
func (j *Journal) Give(tallies []Tally) {
	if j != nil {
		j.add(tallies)
	}
}

func (j *Journal) add(tallies []Tally) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting = append(j.waiting, tallies...)
	if len(j.waiting) > MaxTallies {
		j.tallies, j.waiting = Merge(j.tallies, j.waiting), nil
	}
}

// Take gives what was heard since it was last called, and forgets it.
func (j *Journal) Take() []Tally {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	out := Merge(j.tallies, j.waiting)
	j.tallies, j.waiting = nil, nil
	return out
}
