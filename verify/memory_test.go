package verify

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/vc"
)

// What is remembered of a list never stands for its dates, its key or its answer.
func TestMemoryJudgesAnew(t *testing.T) {
	school, other := newSigner(t, 1), newSigner(t, 2)
	until := map[string]any{"validUntil": "2026-11-23T00:00:00Z"}
	good := school.token(t, "vc+jwt", listClaims(t, school, until, nil))
	withdrawn := school.token(t, "vc+jwt", listClaims(t, school, until, map[string]any{"encodedList": bits(t, 131072, 8)}))
	forged := other.token(t, "vc+jwt", listClaims(t, school, until, nil))
	steps := []struct {
		name   string
		now    time.Time
		body   string
		reason string
	}{
		{"good", statusNow, good, "status.clean"},
		{"again", statusNow.Add(time.Hour), good, "status.clean"},
		{"a day later", statusNow.AddDate(0, 0, 1), good, "status.list-expired"},
		{"a year before", statusNow.AddDate(-1, 0, 0), good, "status.list-not-yet"},
		{"a new list", statusNow, withdrawn, "status.revoked"},
		{"one letter of its signature", statusNow, good[:len(good)-20] + "AAAA" + good[len(good)-16:], "status.list-tampered"},
		{"another's key", statusNow, forged, "status.list-unconfirmed"},
		{"the good one again", statusNow, good, "status.clean"},
	}
	m := &Memory{}
	for _, s := range steps {
		for range 3 {
			get := webOf(map[string]string{listAt: s.body})
			get.Now = s.now.Add(-time.Minute)
			rows := statusRowsAt(s.now, get, m, school.id, statusEntry("8"))
			if len(rows) != 1 || rows[0].Reason != s.reason || !rows[0].AsOf.Equal(get.Now) {
				t.Errorf("%s: %+v, want %s as of %s", s.name, rows, s.reason, get.Now)
			}
			if !slices.Equal(get.Asked(), []string{listAt}) {
				t.Errorf("%s: asked %v", s.name, get.Asked())
			}
		}
	}
}

// A key that the person vouches for is no key of the next person.
func TestMemoryKnowsKeysApart(t *testing.T) {
	school, other := newSigner(t, 1), newSigner(t, 2)
	get := webOf(map[string]string{listAt: other.token(t, "vc+jwt", listClaims(t, school, nil, nil))})
	m := &Memory{}
	reason := func(vouched ...jose.Key) string {
		v := &Verifier{Now: func() time.Time { return statusNow }, Get: get, Memory: m, Vouched: vouched}
		page, err := get.Get(t.Context(), listAt, "")
		if err != nil {
			t.Fatal(err)
		}
		list := v.job(&vc.Credential{Issuer: vc.Party{ID: school.id}}, 0).sealedList(t.Context(), listAt, page)
		return list.doubt + list.lost
	}
	theirs := jose.Key{Public: other.key.Public()}
	if got := reason(theirs); got != "" {
		t.Errorf("vouched for: %s", got)
	}
	if got := reason(); got != doubtKey {
		t.Errorf("nobody vouches: %q, want %s", got, doubtKey)
	}
	for alg, want := range map[string]string{"EdDSA": "", "ES256": doubtKey} {
		if got := reason(jose.Key{Public: theirs.Public, Alg: alg}); got != want {
			t.Errorf("for %s only: %q, want %q", alg, got, want)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	m := &Memory{}
	for i := range 10 * maxKnown {
		m.list(fmt.Sprint(i), []byte("list"))
		if len(m.lists) > maxKnown {
			t.Fatalf("%d lists", len(m.lists))
		}
	}
	known := slices.Sorted(maps.Keys(m.lists))
	if m.list("large", make([]byte, maxKnownBytes+1)); !slices.Equal(slices.Sorted(maps.Keys(m.lists)), known) {
		t.Error("a list beyond the limit is kept")
	}
	if a, b := m.list("a", []byte("x")), m.list("b", []byte("x")); a == b || a != m.list("a", []byte("x")) || a == m.list("a", []byte("y")) {
		t.Error("lists are not told apart by address and bytes")
	}
}

// Bits are kept from the second question on, unless they are too many.
func TestMemoryKeepsBits(t *testing.T) {
	for entries, kept := range map[int]bool{131072: true, maxKnownBytes * 8: true, maxKnownBytes*8 + 8: false} {
		l, packed := newKnown(nil), bits(t, entries, 7)
		for n := range 4 {
			v, all, err := l.value(status.Bitstring, packed, 7, 1)
			if v != 1 || all != uint64(entries) || err != nil {
				t.Errorf("%d entries, question %d: %d of %d, %v", entries, n+1, v, all, err)
			}
			if got := l.unpacked[status.Bitstring] != nil; got != (kept && n > 0) {
				t.Errorf("%d entries, question %d: kept %v", entries, n+1, got)
			}
		}
	}
}

func TestMemoryTogether(t *testing.T) {
	school := newSigner(t, 1)
	get := webOf(map[string]string{listAt: school.token(t, "vc+jwt", listClaims(t, school, nil, nil))})
	want := statusRowsAt(statusNow, get, nil, school.id, statusEntry("7"), statusEntry("8"))
	var m Memory
	var all sync.WaitGroup
	rows := make([][]check.Check, 8)
	for i := range rows {
		all.Go(func() { rows[i] = statusRowsAt(statusNow, get, &m, school.id, statusEntry("7"), statusEntry("8")) })
	}
	all.Wait()
	for _, r := range rows {
		if !reflect.DeepEqual(r, want) {
			t.Errorf("got %+v, want %+v", r, want)
		}
	}
}

// BenchmarkStatus judges one entry after the other of the same list.
func BenchmarkStatus(b *testing.B) {
	school := newSigner(b, 1)
	get := webOf(map[string]string{listAt: school.token(b, "vc+jwt", listClaims(b, school, nil, nil))})
	for name, m := range map[string]*Memory{"alone": nil, "remembered": {}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				statusRowsAt(statusNow, get, m, school.id, statusEntry("8"))
			}
		})
	}
}

func BenchmarkKnownValue(b *testing.B) {
	l, packed := newKnown(nil), bits(b, 131072, 7)
	for b.Loop() {
		if v, _, err := l.value(status.Bitstring, packed, 7, 1); v != 1 || err != nil {
			b.Fatal(v, err)
		}
	}
}
