package verify

import (
	"bytes"
	"maps"
	"sync"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Memory keeps status lists for the credentials that name them next: a learner's
// badges often share an issuer, and so a list.
//
// It keeps only what follows from a list's bytes: what it says, what its seals
// protect, and the keys under which they hold. Its address is asked, who stands
// behind these keys, its dates and its age are judged for each credential anew, by
// its own clock; so its rows and its evidence are what they would be without.
//
// The zero value is ready, nil keeps nothing. It is safe for concurrent use.
type Memory struct {
	mu    sync.Mutex
	lists map[string]*knownList // by address
}

// The bounds of a Memory: some 25 MB at worst, and 2 MB for lists of 131,072 entries.
const (
	maxKnown      = 16        // lists
	maxKnownBytes = 512 << 10 // of one list, as it came and again unpacked
)

// list gives what is known of the list that an address answered with. One whose
// bytes are not exactly those of before is another list. A full memory begins anew.
func (m *Memory) list(address string, body []byte) *knownList {
	if m == nil || len(body) > maxKnownBytes {
		return newKnown(body)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if l, ok := m.lists[address]; ok && bytes.Equal(l.body, body) {
		return l
	}
	if m.lists == nil || len(m.lists) >= maxKnown {
		m.lists = map[string]*knownList{}
	}
	l := newKnown(body)
	m.lists[address] = l
	return l
}

// knownList is what follows from the bytes of one list. None of it hangs on the
// clock, on who asks, or on what anybody says about keys.
type knownList struct {
	body []byte

	mu       sync.Mutex
	read     *vc.Credential
	err      error
	inputs   map[int]*input // those that could be worked out
	holding  []holding
	asked    map[status.Kind]int // how often for a value
	unpacked map[status.Kind]*status.Unpacked
}

func newKnown(body []byte) *knownList {
	return &knownList{
		body: body, inputs: map[int]*input{},
		asked: map[status.Kind]int{}, unpacked: map[status.Kind]*status.Unpacked{},
	}
}

// holding says that a proof holds under a key.
type holding struct {
	proof int
	key   jose.Key
	row   check.Check
}

// credential reads the list as a credential. Each caller gets its own, since a check
// may complete it; what it points to is the same, and nobody changes that.
func (l *knownList) credential() (*vc.Credential, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.read == nil && l.err == nil {
		l.read, l.err = readOne(l.body)
	}
	if l.err != nil {
		return nil, l.err
	}
	c := *l.read
	return &c, nil
}

// readOne reads a document that is one credential.
func readOne(raw []byte) (*vc.Credential, error) {
	found, err := Read(raw)
	switch {
	case err != nil:
		return nil, err
	case len(found) != 1:
		return nil, fault.New("input.not-one")
	}
	return found[0], nil
}

// protected gives what is known of what the proofs protect.
func (l *knownList) protected() map[int]*input {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.inputs)
}

// learn keeps what the proofs protect. What went wrong may go right another time.
func (l *knownList) learn(inputs map[int]*input) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, in := range inputs {
		if in.err == nil {
			l.inputs[i] = in
		}
	}
}

// holds gives the row of a proof that is known to hold under a key.
func (l *knownList) holds(proof int, k jose.Key) (check.Check, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, h := range l.holding {
		if h.proof == proof && h.key.Alg == k.Alg && h.key.Equal(k) {
			return h.row, true
		}
	}
	return check.Check{}, false
}

// maxHolding bounds the keys of one list; more would be a person's who vouches for
// many that are the same.
const maxHolding = 16

func (l *knownList) hold(proof int, k jose.Key, row check.Check) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.holding) < maxHolding {
		l.holding = append(l.holding, holding{proof, k, row})
	}
}

// value is Kind.Value for the list's bits. From the second question on they are
// kept, if they are few enough.
func (l *knownList) value(k status.Kind, packed string, index uint64, size uint) (value, entries uint64, err error) {
	if u := l.bits(k, packed); u != nil {
		return u.Value(index, size)
	}
	return k.Value(packed, index, size)
}

func (l *knownList) bits(k status.Kind, packed string) *status.Unpacked {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.asked[k]++; l.asked[k] == 2 {
		l.unpacked[k], _ = k.Unpack(packed, maxKnownBytes) // what is wrong with them, streaming tells
	}
	return l.unpacked[k]
}
