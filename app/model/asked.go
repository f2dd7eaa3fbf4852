package model

import (
	"slices"

	"github.com/cairnwallet/cairn/share"
)

// asked makes a ShareFlow one that answers a request: for whom and in which form is
// given, and so are the lines that are ticked at first.
type asked struct {
	all   share.Asked
	picks map[string]share.Pick // by badge
}

// newAskedFlow starts at what to show.
func newAskedFlow(d *Desk, a *asked, id string) *ShareFlow {
	s := &ShareFlow{base: newBase(d), asked: a}
	s.Audience = a.all.Label()
	s.choose(id)
	return s
}

// choose answers with another badge.
func (s *ShareFlow) choose(id string) {
	s.chosen = id
	s.Pick(id)
}

// begin ticks what was asked for, and nothing else, and makes the proof.
func (s *ShareFlow) begin() {
	s.tick(nil)
	for i, t := range s.Ticks {
		if slices.Contains(s.asked.picks[s.item.ID].Show, t.Path) {
			s.set(i, true)
		}
	}
	s.Step = StepWhat
	s.make()
}

// request is what to make of the ticks as they are.
func (s *ShareFlow) request() share.Request {
	if s.asked == nil {
		return share.Request{Items: []string{s.item.ID}, Show: s.show(), Audience: s.Audience, Purpose: s.Purpose, Days: s.days}
	}
	return s.asked.all.Wants(s.pick())
}

// pick is what the ticks answer a request with.
func (s *ShareFlow) pick() share.Pick {
	p := s.asked.picks[s.item.ID]
	p.Show = s.show()
	return p
}

// made is the proof that the preview shows.
func (s *ShareFlow) made(query string) share.Made {
	p := s.pick()
	p.Query = query
	return share.Made{Pick: p, Proof: s.proof}
}

// short names the lines that were asked for and are not ticked.
func (s *ShareFlow) short() (out []string) {
	for _, t := range s.Ticks {
		if !t.On && slices.Contains(s.asked.picks[s.item.ID].Show, t.Path) {
			out = append(out, t.Label)
		}
	}
	return out
}
