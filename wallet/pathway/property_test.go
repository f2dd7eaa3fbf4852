package pathway_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// drawer draws pathways. Prerequisites name what was drawn before, so that most
// of them run in no circle; those that do are drawn again.
type drawer struct {
	t   *rapid.T
	ids []string
}

func (d *drawer) id() string { return fmt.Sprintf("n%d", len(d.ids)) }

func (d *drawer) requires() []string {
	if len(d.ids) == 0 || rapid.IntRange(0, 3).Draw(d.t, "requires") > 0 {
		return nil
	}
	return []string{rapid.SampledFrom(d.ids).Draw(d.t, "required")}
}

func (d *drawer) steps(depth int) []pathway.Step {
	var out []pathway.Step
	for range rapid.IntRange(1, 4).Draw(d.t, "steps") {
		if depth < 3 && rapid.IntRange(0, 3).Draw(d.t, "group") == 0 {
			s := pathway.Step{Requires: d.requires(), Steps: d.steps(depth + 1)}
			s.ID, s.Rule = d.id(), d.rule(s.Steps)
			d.ids = append(d.ids, s.ID)
			out = append(out, s)
			continue
		}
		s := pathway.Step{ID: d.id(), Requires: d.requires(), Accepts: []pathway.Accept{d.accept()}}
		s.Credits = pathway.Credits(1000 * rapid.IntRange(0, 3).Draw(d.t, "credits"))
		if s.Awarded = rapid.Bool().Draw(d.t, "awarded"); s.Awarded {
			s.Credits = 0
		}
		d.ids = append(d.ids, s.ID)
		out = append(out, s)
	}
	return out
}

func (d *drawer) rule(steps []pathway.Step) pathway.Rule {
	switch rapid.IntRange(0, 3).Draw(d.t, "rule") {
	case 0:
		return pathway.Rule{Kind: pathway.Any, N: 1}
	case 1:
		return pathway.Rule{Kind: pathway.AtLeast, N: rapid.IntRange(1, len(steps)).Draw(d.t, "n")}
	case 2:
		return pathway.Rule{Kind: pathway.CreditsRule, Credits: pathway.Credits(1000 * rapid.IntRange(1, 6).Draw(d.t, "need"))}
	}
	for i := range steps[1:] {
		steps[i+1].Optional = rapid.Bool().Draw(d.t, "optional")
	}
	return pathway.Rule{Kind: pathway.All}
}

func (d *drawer) accept() pathway.Accept {
	n := rapid.IntRange(0, 4).Draw(d.t, "which")
	switch rapid.IntRange(0, 3).Draw(d.t, "accept") {
	case 0:
		return pathway.Accept{Alignment: pathway.Alignment{Code: fmt.Sprint("k", n)}}
	case 1:
		return pathway.Accept{Issuer: fmt.Sprint("did:", n%2), Name: fmt.Sprint("name ", n)}
	case 2:
		return pathway.Accept{Issuer: fmt.Sprint("did:", n%2)}
	}
	return pathway.Accept{Achievement: fmt.Sprint("a", n)}
}

func drawPathway(t *rapid.T) pathway.Pathway {
	d := &drawer{t: t}
	p := pathway.Pathway{ID: "p"}
	for range rapid.IntRange(1, 3).Draw(t, "layers") {
		l := pathway.Layer{Requires: d.requires(), Steps: d.steps(1)}
		l.ID, l.Rule = d.id(), d.rule(l.Steps)
		d.ids = append(d.ids, l.ID)
		p.Layers = append(p.Layers, l)
	}
	p.Goal = p.Layers[0].Steps[0].ID
	return p
}

func drawHeld(t *rapid.T, n int) pathway.Held {
	k := rapid.IntRange(0, 4).Draw(t, "badge")
	return pathway.Held{
		ID: fmt.Sprint("h", n), Name: fmt.Sprint("name ", rapid.IntRange(0, 4).Draw(t, "name")), Achievement: fmt.Sprint("a", k),
		Issuer:     pathway.Issuer{ID: fmt.Sprint("did:", k%2)},
		Alignments: []vc.Alignment{{Code: fmt.Sprint("k", rapid.IntRange(0, 4).Draw(t, "skill"))}},
		Credits:    fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "earned")),
		Verdict:    rapid.SampledFrom([]check.Verdict{check.Verified, check.Verified, check.UnrecognisedIssuer, check.Expired, check.Withdrawn}).Draw(t, "verdict"),
	}
}

func drawHolding(t *rapid.T) []pathway.Held {
	var out []pathway.Held
	for i := range rapid.IntRange(0, 8).Draw(t, "held") {
		out = append(out, drawHeld(t, i))
	}
	return out
}

// notLower reports what went down from one progress to the next.
func notLower(t *rapid.T, from, to pathway.Progress) {
	if to.Fraction < from.Fraction || to.Done < from.Done || from.Complete && !to.Complete || from.GoalHeld && !to.GoalHeld || to.Total != from.Total {
		t.Fatalf("from %d/%d %v to %d/%d %v", from.Done, from.Total, from.Fraction, to.Done, to.Total, to.Fraction)
	}
	for i, l := range to.Layers {
		if f := from.Layers[i]; l.Fraction < f.Fraction || l.Done < f.Done || l.Credits < f.Credits {
			t.Fatalf("layer %s: from %+v to %+v", l.ID, f, l)
		}
	}
}

func sane(t *rapid.T, p pathway.Progress) {
	if p.Fraction < 0 || p.Fraction > 1 || (p.Fraction == 1) != p.Complete || p.Done > p.Total || (p.Done == p.Total) != p.Complete {
		t.Fatalf("done %d of %d, %v, complete %v", p.Done, p.Total, p.Fraction, p.Complete)
	}
	for _, l := range p.Layers {
		if l.Fraction < 0 || l.Fraction > 1 || (l.State == pathway.Complete) != (l.Done == l.Total) {
			t.Fatalf("layer %+v", l)
		}
	}
}

func TestOneMoreNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, have := drawPathway(t), drawHolding(t)
		before := pathway.Measure(p, have, noon)
		after := pathway.Measure(p, append(have, drawHeld(t, len(have))), noon)
		sane(t, before)
		sane(t, after)
		notLower(t, before, after)
	})
}

func TestWithdrawingNeverRaises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, have := drawPathway(t), append(drawHolding(t), drawHeld(t, 99))
		before := pathway.Measure(p, have, noon)
		have[rapid.IntRange(0, len(have)-1).Draw(t, "gone")].Verdict = check.Withdrawn
		notLower(t, pathway.Measure(p, have, noon), before)
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, have := drawPathway(t), drawHolding(t)
		before := pathway.Measure(p, have, noon)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(have), func(i, j int) { have[i], have[j] = have[j], have[i] })
		if after := pathway.Measure(p, have, noon); !reflect.DeepEqual(before, after) {
			t.Fatalf("before %+v\nafter %+v", before, after)
		}
	})
}

// TestFinishesIsTrue: a step that is said to finish its layer does.
func TestFinishesIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, have := drawPathway(t), drawHolding(t)
		before := pathway.Measure(p, have, noon)
		for _, n := range before.Next {
			if !n.Finishes {
				continue
			}
			after := pathway.Measure(p, append(have[:len(have):len(have)], badgeFor(p, n.Step.ID)), noon)
			for _, l := range after.Layers {
				if l.ID == n.Layer.ID && l.State != pathway.Complete {
					t.Fatalf("%s doesn't finish %s: %+v", n.Step.ID, l.ID, l)
				}
			}
		}
	})
}

// badgeFor makes a verified badge for a step.
func badgeFor(p pathway.Pathway, id string) pathway.Held {
	var find func([]pathway.Step) pathway.Accept
	find = func(steps []pathway.Step) pathway.Accept {
		for _, s := range steps {
			if s.ID == id {
				return s.Accepts[0]
			}
			if a := find(s.Steps); a != (pathway.Accept{}) {
				return a
			}
		}
		return pathway.Accept{}
	}
	var a pathway.Accept
	for _, l := range p.Layers {
		if found := find(l.Steps); found != (pathway.Accept{}) {
			a = found
		}
	}
	return pathway.Held{ID: "new", Name: a.Name, Achievement: a.Achievement, Issuer: pathway.Issuer{ID: a.Issuer}, Alignments: []vc.Alignment{{Code: a.Alignment.Code}}, Verdict: check.Verified}
}

// large makes a pathway of 2,000 steps and 10,000 badges. When alike, every step
// accepts every badge, which is the worst case.
func large(b *testing.B, alike bool) (pathway.Pathway, []pathway.Held) {
	var steps []string
	for i := range pathway.MaxSteps {
		accept := fmt.Sprintf(`{"achievement":"a%d"},{"issuer":"did:web:i%d.example","name":"Name %d"}`, i, i%50, i)
		if alike {
			accept = `{"alignment":{"code":"K-1"},"issuer":"did:web:i0.example"}`
		}
		steps = append(steps, fmt.Sprintf(`{"id":"s%d","name":"S","credits":1,"accepts":[%s]}`, i, accept))
	}
	p := parse(b, layer("l", `{"credits":2000}`, steps...))
	held := make([]pathway.Held, 10000)
	for i := range held {
		held[i] = pathway.Held{
			ID: fmt.Sprint(i), Name: fmt.Sprint("Name ", i), Achievement: fmt.Sprint("a", i), Issuer: pathway.Issuer{ID: fmt.Sprintf("did:web:i%d.example", i%50), Name: strings.Repeat("x", i%20)},
			Alignments: []vc.Alignment{{Code: "K-1"}}, Verdict: check.Verified,
		}
	}
	return p, held
}

func BenchmarkMeasure(b *testing.B) {
	for _, c := range []struct {
		name  string
		alike bool
	}{{"2000 steps, 10000 badges", false}, {"every badge fits every step", true}} {
		b.Run(c.name, func(b *testing.B) {
			p, held := large(b, c.alike)
			for b.Loop() {
				pathway.Measure(p, held, noon)
			}
		})
	}
}
