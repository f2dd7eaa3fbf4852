package fetch

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
)

// Store keeps answers under their addresses. How long one is good for is decided
// by who reads it, from its AsOf. It is used from several goroutines.
type Store interface {
	Load(url string) (Page, bool)
	Save(Page)
}

// maxMemory bounds what a Memory keeps, in bytes of bodies.
const maxMemory = 32 << 20

// Memory is a Store for the life of the program. When it is full, the oldest
// answers go first. The zero value is ready for use.
type Memory struct {
	mu    sync.Mutex
	pages map[string]Page
	size  int
}

// Load gives the answer kept for an address.
func (m *Memory) Load(url string) (Page, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.pages[url]
	return p, ok
}

// Save keeps an answer in the place of an earlier one.
func (m *Memory) Save(p Page) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pages == nil {
		m.pages = map[string]Page{}
	}
	m.size += len(p.Body) - len(m.pages[p.URL].Body)
	m.pages[p.URL] = p
	if m.size <= maxMemory {
		return
	}
	for _, old := range byAge(m.pages) {
		if m.size <= maxMemory/2 {
			return
		}
		m.size -= len(old.Body)
		delete(m.pages, old.URL)
	}
}

func byAge(pages map[string]Page) []Page {
	return slices.SortedFunc(maps.Values(pages), func(a, b Page) int {
		return cmp.Or(a.AsOf.Compare(b.AsOf), cmp.Compare(a.URL, b.URL))
	})
}

// Recorder is a Getter that remembers what another one answered: the documents one
// verification relied on.
type Recorder struct {
	from  Getter
	mu    sync.Mutex
	pages map[string]Page
}

// NewRecorder records what from answers.
func NewRecorder(from Getter) *Recorder { return &Recorder{from: from, pages: map[string]Page{}} }

// Get passes the question on and remembers a page, not a failure.
func (r *Recorder) Get(ctx context.Context, url, accept string) (Page, error) {
	p, err := r.from.Get(ctx, url, accept)
	if err == nil {
		r.keep(url, p)
	}
	return p, err
}

func (r *Recorder) keep(url string, p Page) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pages[url] = p
}

// Pages lists what was answered, each address once, sorted.
func (r *Recorder) Pages() []Page {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.SortedFunc(maps.Values(r.pages), func(a, b Page) int { return cmp.Compare(a.URL, b.URL) })
}
