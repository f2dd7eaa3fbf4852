package fetch

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

func TestArchive(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 6, n, 0, 0, 0, 0, time.UTC) }
	page := func(url, body string, n int) Page { return Page{URL: url, Body: []byte(body), AsOf: day(n)} }
	const a, b = "https://a.example/", "https://b.example/"
	kept := NewArchive([]Page{page(a, "new", 9), page(a, "old", 3), page(b, "other", 5), page(b, "", 2)})
	for _, c := range []struct {
		name, url string
		at        int
		want      string
	}{
		{"before all", a, 2, ""},
		{"on the very time", a, 3, "old"},
		{"between", a, 8, "old"},
		{"after", a, 30, "new"},
		{"too large to keep", b, 3, ""},
		{"an address never asked", "https://c.example/", 30, ""},
	} {
		p, err := kept.At(day(c.at)).Get(context.Background(), c.url, "")
		if string(p.Body) != c.want || (c.want == "") != errors.Is(err, ErrNotStored) || err != nil && !errors.Is(err, ErrOffline) {
			t.Errorf("%s: %q, %v", c.name, p.Body, err)
		}
	}
	if got := kept.Dates(); !slices.Equal(got, []time.Time{day(9), day(5), day(3)}) {
		t.Errorf("dates %v", got)
	}
	var none *Archive
	if _, err := none.At(day(1)).Get(context.Background(), a, ""); !errors.Is(err, ErrNotStored) || none.Dates() != nil {
		t.Errorf("an empty archive: %v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := kept.At(day(9)).Get(stopped, a, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped question: %v", err)
	}
}
