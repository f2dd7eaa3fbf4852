package fetch

import (
	"context"
	"sync"
	"sync/atomic"
)

// All calls f for 0 to n-1, at most width of them at once, and returns when every
// call has returned. Calls that have not begun when ctx ends are left out. It owns
// its goroutines: a panic in one comes out of All, in the caller's.
func All(ctx context.Context, n, width int, f func(ctx context.Context, i int)) {
	l := Queue(ctx, n, f)
	l.Work(width)
	l.Wait()
}

// Line is calls that wait to be made, each once and in their order, by those who
// were put to work on it. It owns its goroutines: whoever queued a Line and put
// somebody to work must Wait. Its methods are for one goroutine.
type Line struct {
	ctx    context.Context
	f      func(ctx context.Context, i int)
	n      int
	next   atomic.Int64
	at     sync.WaitGroup
	broken atomic.Pointer[any]
}

// Queue makes a Line of calls of f for 0 to n-1. Nobody works on it yet.
func Queue(ctx context.Context, n int, f func(ctx context.Context, i int)) *Line {
	return &Line{ctx: ctx, n: n, f: f}
}

// Work puts width more to work, one at the least, and returns at once. Calls that
// have not begun when the context ends are left out.
func (l *Line) Work(width int) {
	for range min(max(width, 1), l.n) {
		l.at.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					l.broken.CompareAndSwap(nil, &p)
				}
			}()
			for i := l.take(); i < l.n; i = l.take() {
				l.f(l.ctx, i)
			}
		})
	}
}

// take gives the place of the next call, n or beyond where there is none.
func (l *Line) take() int {
	if l.ctx.Err() != nil {
		return l.n
	}
	return int(l.next.Add(1)) - 1
}

// Wait returns when every call that began has returned. A panic in one comes out of
// the first Wait after it, and ends the work of who made that call.
func (l *Line) Wait() {
	l.at.Wait()
	if p := l.broken.Swap(nil); p != nil {
		panic(*p)
	}
}
