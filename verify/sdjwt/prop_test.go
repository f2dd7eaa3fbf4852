package sdjwt

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tree draws a value in which anything may be hidden. Scalars are texts, so that
// what comes back is equal without a thought to numbers.
func tree(t *rapid.T, depth int, label string) any {
	kind := rapid.IntRange(0, 2).Draw(t, label)
	if depth == 0 {
		kind = 0
	}
	switch kind {
	case 1:
		return members(t, depth, label)
	case 2:
		out := []any{}
		for i := range rapid.IntRange(0, 3).Draw(t, label+"#") {
			out = append(out, maybe(t, tree(t, depth-1, fmt.Sprint(label, i))))
		}
		return out
	}
	return rapid.StringN(0, 5, -1).Draw(t, label+"=")
}

func members(t *rapid.T, depth int, label string) map[string]any {
	out := map[string]any{}
	for i := range rapid.IntRange(0, 3).Draw(t, label+"#") {
		name := rapid.StringMatching(`[a-z/~ü]{1,3}`).Draw(t, label+"name")
		out[name] = maybe(t, tree(t, depth-1, fmt.Sprint(label, i)))
	}
	return out
}

func maybe(t *rapid.T, v any) any {
	if rapid.Bool().Draw(t, "hide") {
		return Hidden{v}
	}
	return v
}

// keep gives v as it looks when only the hidden places in shown are shown. Paths
// are those of the whole tree.
func keep(v any, path string, shown map[string]bool) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, m := range v {
			at := path + "/" + escape(name)
			if h, hidden := m.(Hidden); !hidden {
				out[name] = keep(m, at, shown)
			} else if shown[at] {
				out[name] = keep(h.Value, at, shown)
			}
		}
		return out
	case []any:
		out := []any{}
		for i, m := range v {
			at := fmt.Sprint(path, "/", i)
			if h, hidden := m.(Hidden); !hidden {
				out = append(out, keep(m, at, shown))
			} else if shown[at] {
				out = append(out, keep(h.Value, at, shown))
			}
		}
		return out
	}
	return v
}

// TestPresentShowsExactlyThePicks: for any claims and any picks, what is read is
// what was picked and what it stands in, and any disclosure can then be dropped.
func TestPresentShowsExactlyThePicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := members(t, 4, "c")
		text, err := Issue(Draft{Header: edDSA, Claims: claims, Decoys: rapid.IntRange(0, 2).Draw(t, "decoys")}, random(), issuer)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := Parse(text)
		if err != nil || len(whole.Flaws) > 0 {
			t.Fatal(err, whole.Flaws)
		}
		var picks []string
		shown := map[string]bool{}
		for _, d := range whole.Disclosures {
			if rapid.Bool().Draw(t, "pick "+d.Path) {
				picks = append(picks, d.Path)
				for j := d; ; j = whole.Disclosures[j.Parent] {
					if shown[j.Path] = true; j.Parent < 0 {
						break
					}
				}
			}
		}
		out, err := whole.Present(picks)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Parse(out)
		if err != nil || len(got.Flaws) > 0 || len(got.Disclosures) != len(shown) {
			t.Fatal(err, got)
		}
		if diff := cmp.Diff(keep(claims, "", shown), any(got.Claims())); diff != "" {
			t.Fatalf("shown (-want +got):\n%s", diff)
		}
		drop(t, got)
	})
}

func drop(t *rapid.T, s *SDJWT) {
	for i := range s.Disclosures {
		less, err := Parse(s.Select(func(d Disclosure) bool {
			return d.Path != s.Disclosures[i].Path && !strings.HasPrefix(d.Path, s.Disclosures[i].Path+"/")
		}))
		if err != nil || len(less.Flaws) > 0 || len(less.Disclosures) >= len(s.Disclosures) {
			t.Fatalf("without %s: %v, %v", s.Disclosures[i].Path, err, less)
		}
	}
}

func FuzzParse(f *testing.F) {
	text := issue(f, Draft{Claims: nested(), Decoys: 1})
	f.Add(text)
	f.Add(strings.TrimRight(text, "~"))
	f.Add(text + "a.b.c")
	f.Add(signed(f, `{"_sd":["x","x"],"a":[{"...":"y"}],"_sd_alg":"sha-384"}`, dis(`["s",1]`)))
	f.Add("~~~")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(s.Select(func(Disclosure) bool { return true }))
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Flaws) == 0 && len(again.Flaws) > 0 {
			t.Errorf("presenting all of a good one breaks it: %v", again.Flaws)
		}
	})
}

// flat makes an SD-JWT with n disclosures.
func flat(b *testing.B, n int) string {
	b.Helper()
	claims := map[string]any{}
	for i := range n {
		claims[fmt.Sprint("claim", i)] = Hidden{fmt.Sprint("value ", i)}
	}
	return issue(b, Draft{Claims: claims})
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		text := flat(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPresentHalf(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		s := good(b, flat(b, n))
		var paths []string
		for i := 0; i < n; i += 2 {
			paths = append(paths, s.Disclosures[i].Path)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Present(paths); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
