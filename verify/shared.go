package verify

import "sync"

// shared are answers that hold for every credential inside one: many badges of a
// record name the same status list and the same issuer. Each is worked out once,
// by whoever comes first. It lives as long as one Verify.
type shared struct {
	mu      sync.Mutex
	answers map[any]*answer
}

type answer struct {
	once sync.Once
	of   any
}

// once gives what work gives, or gave to an earlier caller with the same key, which
// is an array of texts: strangers write some of them, and joined into one they could
// be made to look alike. Where work panics, later callers get the zero value: what
// they make of it is cautious.
func once[T any, K comparable](s *shared, key K, work func() T) T {
	s.mu.Lock()
	if s.answers == nil {
		s.answers = map[any]*answer{}
	}
	a, ok := s.answers[key]
	if !ok {
		a = &answer{}
		s.answers[key] = a
	}
	s.mu.Unlock()
	a.once.Do(func() { a.of = work() })
	v, _ := a.of.(T)
	return v
}

// part makes the job of a credential that stands inside j's.
func (j *job) part(i int) *job {
	inner := j.v.job(j.c.Parts[i], j.depth+1)
	inner.shared = j.shared
	return inner
}
