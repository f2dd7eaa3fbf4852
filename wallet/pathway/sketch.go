package pathway

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
)

// sketch is a pathway of others taken apart: its parts by id, and what they hold.
type sketch struct {
	about    Pathway // all but the layers
	parts    map[string]*part
	order    []string // ids, in the order of the file
	root     string   // the part that the pathway leads to
	stages   []string // parts that come before the root, the first one first
	findings findings
}

// part is anything that can be done on the way: what a badge is given for, a
// grouping, or a rule.
type part struct {
	id, name, about string
	offer           Offer
	accepts         []Accept // badges that count as it, or stand for all of it
	credits         Credits
	rule            Rule
	kids            []string        // what it consists of
	extra           map[string]bool // those of kids that are not needed; only under All
	requires        []string
	level           level
	badge           bool   // done only when its own badge is held: its kids are the way there
	unseen          string // the finding that says why no badge can show it; empty when one can
}

// level is a term or stage that a part is meant for; the zero value is none.
type level struct {
	order int
	name  string
}

func newSketch() *sketch { return &sketch{parts: map[string]*part{}} }

// add puts a part in, and gives a name to one that has none.
func (s *sketch) add(p *part) *part {
	p.name, p.about = clip(cmp.Or(p.name, p.id)), clip(p.about)
	p.accepts = p.accepts[:min(len(p.accepts), MaxAccepts)]
	if _, known := s.parts[p.id]; !known {
		s.order = append(s.order, p.id)
	}
	s.parts[p.id] = p
	return p
}

// hidden adds a part that no badge can show.
func (s *sketch) hidden(id, name string) string {
	return s.add(&part{id: id, name: name, unseen: "unseen"}).id
}

// mend makes the parts hang together: each kid exists, none holds itself, something
// in each is needed, and what is neither a grouping nor recognisable is unseen.
func (s *sketch) mend() {
	for _, id := range slices.Clone(s.order) {
		p := s.parts[id]
		if len(p.kids) > 0 && len(p.extra) == len(p.kids) {
			p.extra = nil
			s.findings.note("uncounted", p.name)
		}
		for _, kid := range p.kids {
			if s.parts[kid] == nil {
				s.findings.note("outside", kid)
				s.add(&part{id: kid, accepts: known(kid)})
			}
		}
	}
	s.cut()
	for _, id := range s.order {
		if p := s.parts[id]; len(p.kids) == 0 && len(p.accepts) == 0 && p.unseen == "" {
			p.unseen = "unmatched"
		}
	}
}

// known describes badges by the id of what they are given for.
func known(id string) []Accept {
	return []Accept{{Achievement: id}, {Alignment: Alignment{URL: id}}}
}

// cut takes out what leads from a part back to itself: it could never be met.
func (s *sketch) cut() {
	const (
		entered = 1
		left    = 2
	)
	state := map[string]int{}
	var visit func(p *part)
	visit = func(p *part) {
		state[p.id] = entered
		for i, kid := range p.kids {
			switch state[kid] {
			case 0:
				visit(s.parts[kid])
			case entered:
				again := s.add(&part{id: p.id + " → " + kid, name: s.parts[kid].name, unseen: "cycle"})
				p.kids[i], state[again.id] = again.id, left
			}
		}
		state[p.id] = left
	}
	for _, id := range slices.Clone(s.order) {
		if state[id] == 0 {
			visit(s.parts[id])
		}
	}
}

// numbered fits a rule about a number to how many there are. It says false where the
// number can't be met.
func numbered(n, of int) (Rule, bool) {
	switch {
	case n == of || n < 1:
		return Rule{Kind: All}, n > 0
	case n == 1:
		return Rule{Kind: Any, N: 1}, true
	}
	return Rule{Kind: AtLeast, N: n}, n < of
}

// read lays the sketch out as a pathway.
func (s *sketch) read(form Form) (Reading, error) {
	if len(s.parts) == 0 {
		return Reading{}, fault.New("pathway.none-inside")
	}
	s.mend()
	l := &layout{sketch: s, placed: map[string]string{}, used: map[string]int{}}
	p, err := l.pathway()
	return Reading{Pathway: p, Form: form, Findings: s.findings}, err
}

func clip(s string) string {
	if utf8.RuneCountInString(s) <= MaxText {
		return s
	}
	return string([]rune(s)[:MaxText-1]) + "…"
}
