package wallet

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/vc"
)

// drafts makes n drafts of badges from number first on, of the size of real ones.
func drafts(b *testing.B, w *Wallet, first, n int) []Draft {
	b.Helper()
	var out []Draft
	filler := strings.Repeat("words ", 600)
	for i := range n {
		raw := badge(first+i, func(m map[string]any) { m["description"] = filler })
		out = append(out, must(w.Review(context.Background(), raw, "bench.json", nil))...)
	}
	return out
}

func filled(b *testing.B, n int) (*bench, *Wallet) {
	b.Helper()
	place := newBench(b)
	w := place.open()
	must(w.Keep(context.Background(), drafts(b, w, 0, n)))
	b.ResetTimer()
	return place, w
}

// BenchmarkAddOne: review and keep one badge, durably, in a wallet of a thousand.
func BenchmarkAddOne(b *testing.B) {
	_, w := filled(b, 1000)
	n := 1_000_000
	for b.Loop() {
		n++
		add(b, w, badge(n))
	}
}

// BenchmarkKeepOne: the durable part of it alone.
func BenchmarkKeepOne(b *testing.B) {
	_, w := filled(b, 1000)
	more := drafts(b, w, 1_000_000, 1)
	n := 0
	for b.Loop() {
		n++
		more[0].ID = digest([]byte(strconv.Itoa(n)))
		must(w.Keep(context.Background(), more))
	}
}

// BenchmarkImport1000 keeps a thousand reviewed badges.
func BenchmarkImport1000(b *testing.B) {
	_, w := filled(b, 1)
	all := drafts(b, w, 1, 1000)
	for b.Loop() {
		b.StopTimer()
		w := newBench(b).open()
		b.StartTimer()
		must(w.Keep(context.Background(), all))
	}
}

// BenchmarkOpenRows10000: from a closed wallet to a drawable list.
func BenchmarkOpenRows10000(b *testing.B) {
	place, w := filled(b, 10_000)
	_ = w.Close()
	for b.Loop() {
		w := must(Open(context.Background(), place.o))
		if len(must(w.Rows())) != 10_000 {
			b.Fatal("rows are missing")
		}
		_ = w.Close()
	}
}

// BenchmarkRows10000: the list again.
func BenchmarkRows10000(b *testing.B) {
	_, w := filled(b, 10_000)
	for b.Loop() {
		must(w.Rows())
	}
}

func BenchmarkItem(b *testing.B) {
	_, w := filled(b, 1000)
	id := rowsOf(b, w)[500].ID
	for b.Loop() {
		must(w.Item(id))
	}
}

func BenchmarkHead(b *testing.B) {
	h := headOf(&vc.Credential{Kind: "ob3", Form: "json", Badge: vc.Badge{Name: "Badge", Skills: make([]vc.Alignment, 5)}},
		item{}, report{Report: check.Report{Checks: make([]check.Check, 10)}})
	text := encodeHead(h)
	b.ReportAllocs()
	for b.Loop() {
		must(decodeHead(text))
	}
}
