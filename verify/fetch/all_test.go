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

// TestLine: those who come later take what is left, and nothing is done twice.
func TestLine(t *testing.T) {
	calls := make([]atomic.Int64, 100)
	joined := make(chan struct{})
	l := Queue(context.Background(), len(calls), func(_ context.Context, i int) {
		if calls[i].Add(1); i == 3 {
			<-joined // the first of them is held up, the others are not
		}
		if i == len(calls)-1 {
			close(joined)
		}
	})
	l.Work(1)
	l.Work(2)
	l.Wait()
	for i := range calls {
		if n := calls[i].Load(); n != 1 {
			t.Errorf("call %d was made %d times", i, n)
		}
	}
}

func TestLinePanicsOnce(t *testing.T) {
	l := Queue(context.Background(), 2, func(context.Context, int) { panic("broken") })
	l.Work(2)
	broken := func() (p any) {
		defer func() { p = recover() }()
		l.Wait()
		return nil
	}
	if first, second := broken(), broken(); first != "broken" || second != nil {
		t.Errorf("recovered %v, then %v", first, second)
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
