package verify

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
)

// partsAtOnce is how many credentials inside one are judged at the same time: more
// than there are cores, because some wait for a server.
const partsAtOnce = 8

// checkShapeBeforeParts is checkShape for a credential with others inside. What
// these are is settled then, so they are begun to be judged beside the record around
// them: to bring it into one form takes about as long as they do. One core stays with
// the record, so there must be another. checkParts tells what was found.
func checkShapeBeforeParts(ctx context.Context, j *job) []check.Check {
	rows := checkShape(ctx, j)
	if spare := runtime.GOMAXPROCS(0) - 1; spare > 0 && len(j.c.Parts) > 0 && j.depth == 0 {
		j.queueParts(fetch.Because(ctx, check.Parts))
		j.inside.Work(min(spare, partsAtOnce))
	}
	return rows
}

// checkParts judges each credential inside by itself: a good outer record says
// nothing of what it carries. The reports stand in Report.Parts, in the order of
// the parts; this row only sums them up.
func checkParts(ctx context.Context, j *job) []check.Check {
	if len(j.c.Parts) == 0 {
		return one(row(check.Parts, check.Absent, "parts.none"))
	}
	if j.depth >= maxDepth {
		return one(row(check.Parts, check.Unknown, "parts.too-deep"))
	}
	width := partsAtOnce
	if j.depth > 0 { // the outermost keeps the cores busy by itself
		width = 1
	}
	if j.inside == nil {
		j.queueParts(ctx)
	}
	j.inside.Work(width)
	j.inside.Wait()
	return j.fare()
}

func (j *job) queueParts(ctx context.Context) {
	n := len(j.c.Parts)
	j.parts = make([]check.Report, n)
	w := j.watching(ctx, n)
	j.inside = fetch.Queue(ctx, n, func(ctx context.Context, i int) {
		j.parts[i] = j.part(i).follow(ctx, plan, func(check.Check) {})
		w.step()
	})
}

// fare sums up how the parts fare, and apart from them the endorsements: what others
// say about the badge is no part of what it is worth. One that was not come to,
// because ctx ended, has an empty report, which is not good news.
func (j *job) fare() []check.Check {
	var inside, praise tally
	for i, r := range j.parts {
		if Endorses(j.c.Parts[i]) {
			praise.count(r)
		} else {
			inside.count(r)
		}
	}
	return append(inside.row("parts.hold", "parts.some-not"), praise.row("parts.endorsements-hold", "parts.endorsements-some-not")...)
}

// tally counts how many of some parts hold.
type tally struct{ good, all int }

func (t *tally) count(r check.Report) {
	t.all++
	if v := r.Verdict(); v == check.Verified || v == check.UnrecognisedIssuer {
		t.good++
	}
}

// row gives the row of a tally, none where it is of nothing.
func (t tally) row(hold, someNot string) []check.Check {
	args := []string{"good", strconv.Itoa(t.good), "all", strconv.Itoa(t.all)}
	switch {
	case t.all == 0:
		return nil
	case t.good < t.all:
		return one(row(check.Parts, check.Caution, someNot, args...))
	}
	return one(row(check.Parts, check.Pass, hold, args...))
}

// Endorses says whether a part is what somebody says about the badge, its issuer or
// its achievement (Open Badges 3.0, section B.1.9; 2.0, Endorsement).
func Endorses(c *vc.Credential) bool {
	types := envelope.Strings(c.Doc["type"])
	return slices.Contains(types, "EndorsementCredential") || slices.Contains(types, "Endorsement")
}

type watchKey struct{}

// Watch gives a context that tells f how far a Verify under it has come with a
// record of many credentials: done of all inside the outermost were judged. f is
// called from goroutines of Verify's, one call at a time; it must be quick.
func Watch(ctx context.Context, f func(done, all int)) context.Context {
	return context.WithValue(ctx, watchKey{}, f)
}

// watch counts the parts that are done.
type watch struct {
	mu        sync.Mutex
	done, all int
	f         func(done, all int)
}

func (j *job) watching(ctx context.Context, all int) *watch {
	w := &watch{all: all}
	if f, ok := ctx.Value(watchKey{}).(func(done, all int)); ok && j.depth == 0 {
		w.f = f
	}
	return w
}

func (w *watch) step() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done++; w.f != nil {
		w.f(w.done, w.all)
	}
}
