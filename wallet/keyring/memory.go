package keyring

import (
	"bytes"
	"context"
	"sync"
)

// Memory keeps roots until the program ends: for the practice wallet, whose keys
// are to be thrown away, and for tests. The zero value is ready.
type Memory struct {
	mu    sync.Mutex
	roots map[string][]byte
	err   error
}

// Fail makes every call answer err from now on, until it is told nil.
func (m *Memory) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err = err
}

// Get gives a copy of a root.
func (m *Memory) Get(_ context.Context, wallet string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	root, ok := m.roots[wallet]
	switch {
	case m.err != nil:
		return nil, m.err
	case !ok:
		return nil, ErrNone
	}
	return bytes.Clone(root), nil
}

// Put keeps a copy of a root.
func (m *Memory) Put(_ context.Context, wallet string, root []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return m.err
	}
	if m.roots == nil {
		m.roots = map[string][]byte{}
	}
	m.roots[wallet] = bytes.Clone(root)
	return nil
}

// Delete forgets a root.
func (m *Memory) Delete(_ context.Context, wallet string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return m.err
	}
	delete(m.roots, wallet)
	return nil
}
