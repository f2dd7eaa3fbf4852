// Package tasktest plays the screen's goroutine for tests. Nothing in it waits for
// a time: work that is under way is waited for, and where there is none, what has
// not come never will. Start at New.
package tasktest

import "github.com/cairnwallet/cairn/app/task"

// Loop is a screen whose goroutine is the test's own.
type Loop struct {
	*task.Screen
	posted chan func()
}

// New gives a loop with nothing posted.
func New() *Loop {
	posted := make(chan func(), 10_000)
	return &Loop{&task.Screen{Post: func(f func()) { posted <- f }}, posted}
}

// Until runs what is posted until cond holds. It gives false when all has become
// quiet and cond does not hold.
func (l *Loop) Until(cond func() bool) bool {
	for !cond() {
		if !l.one() {
			return false
		}
	}
	return true
}

// Settle runs what is posted until all is quiet. It never ends while work waits
// for the learner.
func (l *Loop) Settle() {
	for l.one() {
	}
}

// one runs the next thing that is posted, and waits for it while work is under
// way. It gives false when nothing comes any more.
func (l *Loop) one() bool {
	if len(l.posted) == 0 && l.Quiet() {
		return false
	}
	(<-l.posted)()
	return true
}
