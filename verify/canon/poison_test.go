package canon

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func iri(s string) Term   { return Term{Kind: IRI, Value: "http://example.org/" + s} }
func bnode(i int) Term    { return Term{Kind: Blank, Value: "n" + strconv.Itoa(i)} }
func link(a, b Term) Quad { return Quad{Subject: a, Predicate: iri("p"), Object: b} }

// clique links n blank nodes to each other.
func clique(n int) (quads []Quad) {
	for i := range n {
		for j := range n {
			if i != j {
				quads = append(quads, link(bnode(i), bnode(j)))
			}
		}
	}
	return quads
}

// ring links n blank nodes to one cycle.
func ring(n int) (quads []Quad) {
	for i := range n {
		quads = append(quads, link(bnode(i), bnode((i+1)%n)))
	}
	return quads
}

// twins hangs n blank nodes that look alike under one subject.
func twins(n int) (quads []Quad) {
	for i := range n {
		quads = append(quads, link(iri("s"), bnode(i)), Quad{Subject: bnode(i), Predicate: iri("q"), Object: Term{Kind: Literal, Value: "x"}})
	}
	return quads
}

// lists makes n lists of m equal cells, as the allowed values of results are.
func lists(n, m int) (quads []Quad) {
	next := 0
	for i := range n {
		from := iri("s" + strconv.Itoa(i))
		for range m {
			quads = append(quads, link(from, bnode(next)),
				Quad{Subject: bnode(next), Predicate: iri("first"), Object: Term{Kind: Literal, Value: "x"}})
			from, next = bnode(next), next+1
		}
	}
	return quads
}

// hubs makes n blank nodes that look alike, each with m others that do.
func hubs(n, m int) (quads []Quad) {
	for i := range n {
		for j := range m {
			quads = append(quads, link(bnode(i), bnode(n+i*m+j)))
		}
	}
	return quads
}

// TestPoisonGraphs: every graph is accepted or refused within a bounded number of
// steps, each about a hash, and within 32 MiB. No graph is refused that
// rdf-canonize 5 accepts as it comes: neither rings nor cliques are, there.
func TestPoisonGraphs(t *testing.T) {
	cases := []struct {
		name    string
		quads   []Quad
		refused bool
		steps   int // no more than these
	}{
		{"all differ", lists(100, 1), false, 0},
		{"clique of three", clique(3), false, 200},
		{"clique of six", clique(6), false, 60_000},
		{"clique of ten", clique(10), true, maxWork + 10_000},
		{"clique of forty", clique(40), true, maxWork + 10_000},
		{"clique of two hundred", clique(200), true, maxWork + 110_000},
		{"ring of ten", ring(10), false, 400},
		{"ring of a hundred", ring(100), false, 40_000},
		{"ring of a thousand", ring(1000), true, maxWork + 10_000},
		{"ring of ten thousand", ring(10_000), true, maxWork},
		{"thousand twins", twins(1000), false, 1000},
		{"fifty thousand twins", twins(50_000), false, 50_000},
		{"hundred lists of ten", lists(100, 10), false, 50_000},
		{"list of three hundred equal cells", lists(1, 300), false, maxWork + 10_000},
		{"list of a thousand equal cells", lists(1, 1000), true, maxWork + 100_000},
		{"one hub of twenty thousand", hubs(1, 20_000), false, 60_000},
		{"two hubs of three hundred", hubs(2, 300), true, maxWork + 10_000},
		{"two cliques", append(clique(10), ring(5)...), true, maxWork + 10_000},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			work := &scratch{}
			nodes, _ := numbered(&work.lines, c.quads)
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			state, err := newCanonicaliser(context.Background(), work, nodes, crypto.SHA256)
			runtime.ReadMemStats(&after)
			if got := errors.Is(err, ErrTooComplex); got != c.refused || err != nil && !got {
				t.Errorf("error %v, want refusal %v", err, c.refused)
			}
			if state.budget.steps > c.steps {
				t.Errorf("%d steps, want at most %d", state.budget.steps, c.steps)
			}
			if live := int64(after.HeapSys) - int64(before.HeapSys); live > 32<<20 {
				t.Errorf("heap grew by %d MiB", live>>20)
			}
		})
	}
}

// TestBudget: as many n-degree hashes as there are nodes that look alike are free, so
// a large graph that needs no more is accepted, whatever they cost.
func TestBudget(t *testing.T) {
	b := newBudget(context.Background(), 10, 3)
	for range 3 {
		if err := errors.Join(b.deeper(), b.spend(maxWork)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(b.deeper(), b.spend(maxWork)); !errors.Is(err, ErrTooComplex) {
		t.Errorf("the fourth: %v", err)
	}
}

func TestRDFC10Stops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, quads := range map[string][]Quad{"poison": clique(10), "harmless": twins(2)} {
		if _, err := RDFC10(ctx, quads, crypto.SHA256); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want the context's error", name, err)
		}
	}
}

// TestRDFC10IgnoresLabels: neither labels nor order nor repetition of
// statements change the canonical text.
func TestRDFC10IgnoresLabels(t *testing.T) {
	for name, quads := range map[string][]Quad{
		"clique": clique(4), "ring": ring(9), "twins": twins(5), "lists": lists(3, 4),
		"mixed": append(append(ring(3), lists(1, 5)...), link(bnode(0), bnode(1))),
	} {
		want := canonicalText(t, quads)
		var other []Quad
		for i := range quads {
			q := quads[len(quads)-1-i]
			for _, end := range []*Term{&q.Subject, &q.Object} {
				if end.Kind == Blank {
					n, _ := strconv.Atoi(end.Value[1:])
					end.Value = fmt.Sprintf("other%d", 1000-n)
				}
			}
			other = append(other, q, q)
		}
		if got := canonicalText(t, other); string(got) != string(want) {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
	}
}

// TestRDFC10TextIsBounded: a long name that stands in many statements.
func TestRDFC10TextIsBounded(t *testing.T) {
	long := iri(strings.Repeat("a", 1<<20))
	var quads []Quad
	for i := range maxText>>20 + 1 {
		quads = append(quads, link(long, bnode(i)))
	}
	if _, err := RDFC10(context.Background(), quads, crypto.SHA256); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v, want %v", err, ErrTooLarge)
	}
}

func TestRDFC10OtherHash(t *testing.T) {
	if _, err := RDFC10(context.Background(), ring(3), crypto.SHA512); err == nil {
		t.Error("a hash that RDFC-1.0 does not use")
	}
}

func BenchmarkRDFC10(b *testing.B) {
	for name, quads := range map[string][]Quad{
		"ring-100": ring(100), "twins-1000": twins(1000), "lists-200x10": lists(200, 10), "clique-10-refused": clique(10),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				RDFC10(context.Background(), quads, crypto.SHA256)
			}
		})
	}
}
