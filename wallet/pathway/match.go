package pathway

import (
	"cmp"
	"slices"
)

// haul is what a shelf has for one node, prerequisites aside.
type haul struct {
	good    bool // at least one badge counts
	matches []Match
	awarded map[string]Credits // credits by achievement, of the badges that count; only where the step takes them from badges
}

// picker looks for the badges of steps, one step after the other.
type picker struct {
	shelf *shelf
	seen  []int // the round in which a badge was last looked at with this result
	round int
}

func (p *picker) pick(accepts []Accept, awarded bool) haul {
	var h haul
	var good, bad []found
	p.round++
	for _, a := range accepts {
		p.look(wanted(a), awarded, &good, &bad)
	}
	h.good = len(good) > 0
	if awarded {
		h.awarded = p.awarded(good)
	}
	h.matches = p.matches(good, bad)
	return h
}

// found is a badge by its place on the shelf.
type found struct {
	badge   int
	by, why Why // as in Match
	vouched bool
}

// look sorts the badges that fit a description, or come close, into good and bad.
// It stops when it has enough to show, unless all are asked for.
func (p *picker) look(w want, all bool, good, bad *[]found) {
	for _, k := range w.keys() {
		for _, i := range p.shelf.index[k] {
			if !all && len(*good) >= MaxMatches {
				return
			}
			f := p.judge(w, i)
			if f.why == f.by && p.seen[i] != 2*p.round {
				p.seen[i] = 2 * p.round
				*good = append(*good, f)
			} else if f.why != f.by && p.seen[i] < 2*p.round-1 && len(*bad) < MaxMatches {
				p.seen[i] = 2*p.round - 1
				*bad = append(*bad, f)
			}
		}
	}
}

// judge decides whether a badge counts. One whose issuer is on none of the
// person's lists counts only where the pathway names that issuer by its id: then
// its author vouches for it. Names and achievement ids anybody can copy.
func (p *picker) judge(w want, i int) found {
	b := &p.shelf.badges[i]
	by, differs := w.fit(b)
	switch {
	case by == "":
		return found{badge: i, why: differs}
	case b.why == "":
		return found{badge: i, by: by, why: by}
	case b.why == Unrecognised && w.id:
		return found{badge: i, by: by, why: by, vouched: true}
	}
	return found{badge: i, by: by, why: b.why}
}

// awarded takes each achievement once, at its best: a badge that was renewed, or
// is held in two forms, is no second achievement.
func (p *picker) awarded(good []found) map[string]Credits {
	out := map[string]Credits{}
	for _, f := range good {
		b := &p.shelf.badges[f.badge]
		id := b.identity()
		if c, ok := ParseCredits(b.Credits); ok {
			out[id] = max(out[id], c)
		}
	}
	return out
}

// identity names what a badge was given for, however often it is held.
func (b *badge) identity() string {
	if b.Achievement != "" {
		return b.Achievement
	}
	return cmp.Or(b.Issuer.ID, b.issuer) + "\x00" + b.name
}

// once leaves out what stands in a record, and is held by itself or in a record
// before it too.
func (p *picker) once(good []found) []found {
	seen := map[string]bool{}
	for _, f := range good {
		if b := &p.shelf.badges[f.badge]; b.In == "" {
			seen[b.identity()] = true
		}
	}
	return slices.DeleteFunc(good, func(f found) bool {
		b := &p.shelf.badges[f.badge]
		again := b.In != "" && seen[b.identity()]
		seen[b.identity()] = true
		return again
	})
}

// matches lists good before bad, each in the order of the shelf. A badge that was
// close to one description and fits another is only listed as good.
func (p *picker) matches(good, bad []found) []Match {
	bad = slices.DeleteFunc(bad, func(f found) bool { return p.seen[f.badge] == 2*p.round })
	inOrder := func(a, b found) int { return cmp.Compare(a.badge, b.badge) }
	slices.SortFunc(good, inOrder)
	slices.SortFunc(bad, inOrder)
	good = p.once(good)
	list := append(good[:len(good):len(good)], bad...)
	var out []Match
	for _, f := range list[:min(len(list), MaxMatches)] {
		b := p.shelf.badges[f.badge]
		out = append(out, Match{
			ID: b.ID, Name: b.Name, Issuer: cmp.Or(b.Issuer.Name, b.Issuer.ID), In: b.In,
			Counts: f.why == f.by, Why: f.why, By: f.by, Vouched: f.vouched, Awarded: b.Awarded, Until: b.Until,
		})
	}
	return out
}
