package wallet

import (
	"context"
	"sync"
	"testing"
)

// TestTogether: many goroutines use one wallet; the race detector watches, and in
// the end all fits together.
func TestTogether(t *testing.T) {
	b := newBench(t)
	k, web := issuer(t)
	b.o.Verifier.Get = web
	w := b.open()
	stop := w.Listen(func(c Changed) { _, _ = w.Rows() })
	defer stop()
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for i := range 12 {
				id := add(t, w, signed(t, k, n*100+i))
				switch i % 4 {
				case 0:
					ok(t, w.Tag(id, []string{"t"}))
				case 1:
					ok(t, w.Remove(id))
				case 2:
					must(w.Item(id))
				case 3:
					ok(t, w.Trust(school, "x"))
				}
			}
		})
	}
	all.Go(func() {
		for range 3 {
			ok(t, w.Recheck(context.Background(), nil, func(int, int) { _ = must(w.Rows()) }))
			must(w.Activity())
			must(w.Bin())
			must(w.Keys())
		}
	})
	all.Wait()
	sound(t, w)
	if n := len(rowsOf(t, w)) + len(must(w.Bin())); n != 48 {
		t.Errorf("%d items", n)
	}
	sound(t, b.reopen(w))
}
