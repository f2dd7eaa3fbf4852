// Package task is the one bridge between the screen's goroutine and work that
// takes time. Nothing else in the app room starts a goroutine.
//
// A Runner belongs to one model and dies with its screen: after Close nothing it
// started is heard of again. Start at New and Run; Stream is for work whose
// results arrive bit by bit.
package task

import (
	"context"
	"fmt"
	"sync"

	"github.com/cairnwallet/cairn/verify/fault"
)

// Screen is the goroutine that draws, where all results are brought home.
type Screen struct {
	// Post hands a function over to it, in the order of the calls, and may be
	// called from any goroutine.
	Post func(func())

	away int // works that began and are not home yet; touched on the screen's goroutine only
}

// Quiet says whether all work that began has come home, dropped and closed work
// too: until other work begins nothing more is posted. It is for the screen's
// goroutine only.
func (s *Screen) Quiet() bool { return s.away == 0 }

// Runner starts work and brings its results home. Its methods are for the
// screen's goroutine only.
type Runner struct {
	screen *Screen
	ctx    context.Context
	cancel context.CancelFunc
}

// New makes a runner that brings its results to a screen.
func New(s *Screen) *Runner {
	ctx, cancel := context.WithCancel(context.Background())
	return &Runner{screen: s, ctx: ctx, cancel: cancel}
}

// Close stops all work. No callback of this runner runs afterwards, not even one
// that was posted before.
func (r *Runner) Close() { r.cancel() }

// Post runs f on the screen's goroutine, unless the runner is closed by then. It
// may be called from any goroutine.
func (r *Runner) Post(f func()) {
	r.screen.Post(func() {
		if r.ctx.Err() == nil {
			f()
		}
	})
}

// Task is work under way. A nil Task is work that is over.
type Task struct {
	ctx     context.Context
	cancel  context.CancelFunc
	dropped bool // touched on the screen's goroutine only
}

// Stop ends the work's context. done still comes, with what the work made of it.
func (t *Task) Stop() {
	if t != nil {
		t.cancel()
	}
}

// Drop stops the work, and nothing is heard of it any more: for results that
// newer work replaces.
func (t *Task) Drop() {
	if t != nil {
		t.dropped = true
		t.cancel()
	}
}

// Run does work on a goroutine of its own and hands its result to done on the
// screen's goroutine. Work that panics ends with the fault task.broke.
func Run[T any](r *Runner, work func(ctx context.Context) (T, error), done func(T, error)) *Task {
	t := r.task()
	start(r, t, work, done)
	return t
}

func (r *Runner) task() *Task {
	ctx, cancel := context.WithCancel(r.ctx)
	return &Task{ctx: ctx, cancel: cancel}
}

func start[T any](r *Runner, t *Task, work func(ctx context.Context) (T, error), done func(T, error)) {
	r.screen.away++
	go func() {
		v, err := guarded(t.ctx, work)
		r.screen.Post(func() {
			r.screen.away--
			t.cancel()
			if r.ctx.Err() == nil && !t.dropped {
				done(v, err)
			}
		})
	}()
}

func guarded[T any](ctx context.Context, work func(ctx context.Context) (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.New("task.broke", "what", fmt.Sprint(p))
		}
	}()
	return work(ctx)
}

// Stream is Run for work that sends rows while it goes on. rows gets them in
// order on the screen's goroutine, all that arrived since it was last called, and
// done comes after the last of them.
func Stream[R, T any](r *Runner, work func(ctx context.Context, send func(R)) (T, error), rows func([]R), done func(T, error)) *Task {
	t, box := r.task(), &mailbox[R]{}
	send := func(row R) {
		if first := box.put(row); !first {
			return // somebody is on the way
		}
		r.Post(func() {
			if got := box.take(); !t.dropped {
				rows(got)
			}
		})
	}
	start(r, t, func(ctx context.Context) (T, error) { return work(ctx, send) }, done)
	return t
}

// mailbox collects rows until somebody comes for them.
type mailbox[R any] struct {
	mu   sync.Mutex
	rows []R
}

// put adds a row and says whether somebody has to be sent for it.
func (m *mailbox[R]) put(row R) (first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows = append(m.rows, row)
	return len(m.rows) == 1
}

func (m *mailbox[R]) take() []R {
	m.mu.Lock()
	defer m.mu.Unlock()
	rows := m.rows
	m.rows = nil
	return rows
}
