package canon

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"runtime"
	"strconv"
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

func TestPoisonGraphs(t *testing.T) {
	cases := []struct {
		name    string
		quads   []Quad
		refused bool
	}{
		{"clique of three", clique(3), false},
		{"clique of ten", clique(10), true},
		{"clique of forty", clique(40), true},
		{"ring of ten", ring(10), false},
		{"ring of a hundred", ring(100), false},
		{"ring of ten thousand", ring(10_000), true},
		{"thousand twins", twins(1000), false},
		{"hundred lists of ten", lists(100, 10), false},
		{"list of three hundred equal cells", lists(1, 300), false},
		{"two cliques", append(clique(10), ring(5)...), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			_, err := RDFC10(context.Background(), c.quads, crypto.SHA256)
			runtime.ReadMemStats(&after)
			if got := errors.Is(err, ErrTooComplex); got != c.refused || err != nil && !got {
				t.Errorf("error %v, want refusal %v", err, c.refused)
			}
			if live := int64(after.HeapSys) - int64(before.HeapSys); live > 64<<20 {
				t.Errorf("heap grew by %d MiB", live>>20)
			}
		})
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
