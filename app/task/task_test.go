package task

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/cairnwallet/cairn/verify/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// screen is a screen's goroutine that the test plays itself.
type screen chan func()

func newScreen() screen { return make(screen, 1000) }

func (s screen) post(f func()) { s <- f }

// until runs what is posted, until cond holds.
func (s screen) until(t *testing.T, cond func() bool) {
	t.Helper()
	for !cond() {
		select {
		case f := <-s:
			f()
		case <-time.After(20 * time.Second):
			t.Fatal("nothing was posted")
		}
	}
}

// one runs the next thing that is posted.
func (s screen) one() { (<-s)() }

func TestRun(t *testing.T) {
	bad := errors.New("bad")
	for name, c := range map[string]struct {
		work func(context.Context) (int, error)
		want int
		err  error
	}{
		"a result": {func(context.Context) (int, error) { return 7, nil }, 7, nil},
		"an error": {func(context.Context) (int, error) { return 1, bad }, 1, bad},
		"a panic":  {func(context.Context) (int, error) { panic("oh") }, 0, fault.New("task.broke")},
	} {
		t.Run(name, func(t *testing.T) {
			s, got, over := newScreen(), 0, false
			r := New(s.post)
			defer r.Close()
			Run(r, c.work, func(v int, err error) {
				got, over = v, true
				if !errors.Is(err, c.err) {
					t.Errorf("got error %v", err)
				}
			})
			s.until(t, func() bool { return over })
			if got != c.want {
				t.Errorf("got %d", got)
			}
		})
	}
}

// wait is work that takes until it is stopped.
func wait(ctx context.Context) (int, error) {
	<-ctx.Done()
	return 3, ctx.Err()
}

func TestStop(t *testing.T) {
	s, over := newScreen(), false
	r := New(s.post)
	defer r.Close()
	task := Run(r, wait, func(n int, err error) {
		over = true
		if n != 3 || !errors.Is(err, context.Canceled) {
			t.Errorf("got %d, %v", n, err)
		}
	})
	task.Stop()
	s.until(t, func() bool { return over })
	task.Stop() // of work that is over does nothing
	var none *Task
	none.Stop()
	none.Drop()
}

func TestDroppedIsNotHeardOf(t *testing.T) {
	s := newScreen()
	r := New(s.post)
	defer r.Close()
	Run(r, wait, func(int, error) { t.Error("done was called") }).Drop()
	s.one()
	finished := Run(r, func(context.Context) (int, error) { return 1, nil }, func(int, error) { t.Error("done was called") })
	f := <-s // the result is on its way
	finished.Drop()
	f()
}

func TestClosedIsNotHeardOf(t *testing.T) {
	s := newScreen()
	r := New(s.post)
	Run(r, wait, func(int, error) { t.Error("done was called") })
	r.Post(func() { t.Error("a post got through") })
	r.Close()
	s.one()
	s.one()
	Run(r, func(ctx context.Context) (int, error) { return 0, ctx.Err() }, func(int, error) { t.Error("done was called") })
	s.one()
}

func TestStream(t *testing.T) {
	s := newScreen()
	r := New(s.post)
	defer r.Close()
	var got []int
	calls, over := 0, false
	Stream(r, func(_ context.Context, send func(int)) (string, error) {
		for i := range 1000 {
			send(i)
		}
		return "end", nil
	}, func(rows []int) {
		if over {
			t.Error("rows after done")
		}
		got, calls = append(got, rows...), calls+1
	}, func(v string, err error) {
		over = true
		if v != "end" || err != nil {
			t.Errorf("got %q, %v", v, err)
		}
	})
	s.until(t, func() bool { return over })
	if len(got) != 1000 || !slices.IsSorted(got) {
		t.Errorf("%d rows in %d calls", len(got), calls)
	}
}

func TestRowsThatWaitComeTogether(t *testing.T) {
	s := newScreen()
	r := New(s.post)
	defer r.Close()
	sent := make(chan bool)
	calls := 0
	Stream(r, func(_ context.Context, send func(int)) (int, error) {
		for i := range 5 {
			send(i)
		}
		close(sent)
		return 0, nil
	}, func(rows []int) {
		calls++
		if len(rows) != 5 {
			t.Errorf("got %v", rows)
		}
	}, func(int, error) {})
	<-sent // the screen was busy meanwhile
	s.one()
	s.one()
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

func TestStreamDropped(t *testing.T) {
	s := newScreen()
	r := New(s.post)
	defer r.Close()
	begin := make(chan bool)
	task := Stream(r, func(ctx context.Context, send func(int)) (int, error) {
		<-begin
		send(1)
		return 0, nil
	}, func([]int) { t.Error("rows came") }, func(int, error) { t.Error("done came") })
	task.Drop()
	close(begin)
	s.one()
	s.one()
}
