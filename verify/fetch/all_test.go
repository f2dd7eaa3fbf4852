package fetch

import (
	"context"
	"sync/atomic"
	"testing"
)

func TestAll(t *testing.T) {
	var sum, now, most atomic.Int64
	All(context.Background(), 100, 3, func(_ context.Context, i int) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		sum.Add(int64(i))
		now.Add(-1)
	})
	if sum.Load() != 4950 || most.Load() > 3 {
		t.Errorf("sum %d, %d at once", sum.Load(), most.Load())
	}
}

func TestAllStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var calls atomic.Int64
	All(ctx, 100, 1, func(context.Context, int) {
		calls.Add(1)
		cancel()
	})
	if calls.Load() != 1 {
		t.Errorf("%d calls", calls.Load())
	}
}

func TestAllPanicsInItsCaller(t *testing.T) {
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("recovered %v", p)
		}
	}()
	All(context.Background(), 3, 2, func(_ context.Context, i int) {
		if i == 1 {
			panic("broken")
		}
	})
	t.Error("no panic")
}
