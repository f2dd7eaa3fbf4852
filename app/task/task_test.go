package task_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/cairnwallet/cairn/app/task"
	"github.com/cairnwallet/cairn/app/task/tasktest"
	"github.com/cairnwallet/cairn/verify/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// until runs what is posted, until cond holds.
func until(t *testing.T, s *tasktest.Loop, cond func() bool) {
	t.Helper()
	if !s.Until(cond) {
		t.Fatal("nothing was posted")
	}
}

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
			s, got, over := tasktest.New(), 0, false
			r := task.New(s.Screen)
			defer r.Close()
			task.Run(r, c.work, func(v int, err error) {
				got, over = v, true
				if !errors.Is(err, c.err) {
					t.Errorf("got error %v", err)
				}
			})
			until(t, s, func() bool { return over })
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
	s, over := tasktest.New(), false
	r := task.New(s.Screen)
	defer r.Close()
	work := task.Run(r, wait, func(n int, err error) {
		over = true
		if n != 3 || !errors.Is(err, context.Canceled) {
			t.Errorf("got %d, %v", n, err)
		}
	})
	work.Stop()
	until(t, s, func() bool { return over })
	work.Stop() // of work that is over does nothing
	var none *task.Task
	none.Stop()
	none.Drop()
}

func TestDroppedIsNotHeardOf(t *testing.T) {
	posted := make(chan func(), 1)
	s := &task.Screen{Post: func(f func()) { posted <- f }}
	r := task.New(s)
	defer r.Close()
	task.Run(r, wait, func(int, error) { t.Error("done was called") }).Drop()
	(<-posted)()
	finished := task.Run(r, func(context.Context) (int, error) { return 1, nil }, func(int, error) { t.Error("done was called") })
	f := <-posted // the result is on its way
	finished.Drop()
	if s.Quiet() {
		t.Error("the result is forgotten before it came")
	}
	if f(); !s.Quiet() {
		t.Error("what was dropped never came home")
	}
}

func TestClosedIsNotHeardOf(t *testing.T) {
	s := tasktest.New()
	r := task.New(s.Screen)
	task.Run(r, wait, func(int, error) { t.Error("done was called") })
	r.Post(func() { t.Error("a post got through") })
	r.Close()
	s.Settle()
	task.Run(r, func(ctx context.Context) (int, error) { return 0, ctx.Err() }, func(int, error) { t.Error("done was called") })
	s.Settle()
}

func TestStream(t *testing.T) {
	s := tasktest.New()
	r := task.New(s.Screen)
	defer r.Close()
	var got []int
	calls, over := 0, false
	task.Stream(r, func(_ context.Context, send func(int)) (string, error) {
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
	until(t, s, func() bool { return over })
	if len(got) != 1000 || !slices.IsSorted(got) {
		t.Errorf("%d rows in %d calls", len(got), calls)
	}
}

func TestRowsThatWaitComeTogether(t *testing.T) {
	s := tasktest.New()
	r := task.New(s.Screen)
	defer r.Close()
	sent := make(chan bool)
	calls := 0
	task.Stream(r, func(_ context.Context, send func(int)) (int, error) {
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
	s.Settle()
	if calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

func TestStreamDropped(t *testing.T) {
	s := tasktest.New()
	r := task.New(s.Screen)
	defer r.Close()
	begin := make(chan bool)
	work := task.Stream(r, func(ctx context.Context, send func(int)) (int, error) {
		<-begin
		send(1)
		return 0, nil
	}, func([]int) { t.Error("rows came") }, func(int, error) { t.Error("done came") })
	work.Drop()
	close(begin)
	s.Settle()
}
