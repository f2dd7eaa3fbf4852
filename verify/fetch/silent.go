package fetch

import (
	"sync"
	"time"
)

// silent remembers which servers let us wait in vain, so that a wallet of a
// thousand badges does not wait a thousand times for the same one.
type silent struct {
	mu    sync.Mutex
	since map[string]time.Time
}

func (s *silent) add(host string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.since == nil {
		s.since = map[string]time.Time{}
	}
	s.since[host] = now
}

func (s *silent) has(host string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	since, ok := s.since[host]
	age := now.Sub(since)
	if ok && (age < 0 || age >= silence) {
		delete(s.since, host)
		return false
	}
	return ok
}
