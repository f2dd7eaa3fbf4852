package fetch

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestJournal(t *testing.T) {
	noon := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	var j Journal
	for _, c := range []Contact{
		{noon, "a.example", "key"},
		{noon.Add(time.Hour), "a.example", "key"},
		{noon, "a.example", "status"},
		{noon.Add(12 * time.Hour), "a.example", "key"},
		{noon, "b.example", ""},
	} {
		j.Contact(c)
	}
	got := j.Take()
	want := []Tally{
		{"a.example", "key", noon.Add(12 * time.Hour), noon.Add(12 * time.Hour), 1},
		{"a.example", "key", noon, noon.Add(time.Hour), 2},
		{"a.example", "status", noon, noon, 1},
		{"b.example", "", noon, noon, 1},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if again := j.Take(); len(again) != 0 {
		t.Errorf("taken twice: %v", again)
	}
	j.Give(got)
	j.Contact(Contact{noon.Add(-time.Hour), "b.example", ""})
	if back := j.Take(); len(back) != 4 || back[3].Count != 2 || !back[3].First.Equal(noon.Add(-time.Hour)) {
		t.Errorf("put back: %v", back)
	}
	var none *Journal
	none.Give(got)
	if none.Take() != nil {
		t.Error("no journal has something")
	}
}

// The journal stays small, however much is asked, and loses no count of what it keeps.
func TestJournalIsBounded(t *testing.T) {
	noon := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	var j Journal
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for n := range 2 * MaxTallies {
				j.Contact(Contact{noon.Add(time.Duration(n) * time.Second), "often.example", "status"})
			}
		})
	}
	all.Wait()
	if got := j.Take(); len(got) != 1 || got[0].Count != 8*MaxTallies {
		t.Errorf("got %v", got)
	}
	for n := range 3 * MaxTallies {
		j.Contact(Contact{noon.Add(time.Duration(n) * time.Millisecond), fmt.Sprintf("%d.example", n), "link"})
	}
	if got := j.Take(); len(got) != MaxTallies || got[0].Host != fmt.Sprintf("%d.example", 3*MaxTallies-1) {
		t.Errorf("%d kept, first %v", len(got), got[0])
	}
}
