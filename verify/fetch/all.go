package fetch

import (
	"context"
	"sync"
)

// All calls f for 0 to n-1, at most width of them at once, and returns when every
// call has returned. Calls that have not begun when ctx ends are left out. It owns
// its goroutines: a panic in one comes out of All, in the caller's.
func All(ctx context.Context, n, width int, f func(ctx context.Context, i int)) {
	var (
		wg     sync.WaitGroup
		once   sync.Once
		broken any
		slots  = make(chan struct{}, max(width, 1))
	)
	for i := range n {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					once.Do(func() { broken = p })
				}
				<-slots
			}()
			f(ctx, i)
		})
	}
	wg.Wait()
	if broken != nil {
		panic(broken)
	}
}
