package share

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/wallet/key"
)

// anyClaims draws claims, some of which can be held back, nested and in lists.
// Every value is a text of its own, so that a leak can be found by looking for it.
func anyClaims(t *rapid.T) map[string]any {
	n := 0
	var value func(depth int) any
	hide := func(v any) any {
		if rapid.Bool().Draw(t, "hide") {
			return sdjwt.Hidden{Value: v}
		}
		return v
	}
	value = func(depth int) any {
		n++
		switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
		case kind == 1 && depth > 0:
			out := map[string]any{}
			for i := range rapid.IntRange(1, 3).Draw(t, "members") {
				out[fmt.Sprint("m", i)] = hide(value(depth - 1))
			}
			return out
		case kind == 2 && depth > 0:
			var out []any
			for range rapid.IntRange(1, 3).Draw(t, "elements") {
				out = append(out, hide(value(depth-1)))
			}
			return out
		}
		return fmt.Sprintf("value-%d-", n)
	}
	out := map[string]any{"kept": sdjwt.Hidden{Value: "value-0-"}}
	for i := range rapid.IntRange(1, 5).Draw(t, "claims") {
		out[fmt.Sprint("claim", i)] = hide(value(3))
	}
	return out
}

// TestTicksPreviewAndBytesAgree: for any claims and any ticks, the proof holds
// exactly the ticked lines and those they stand in; the preview shows these lines
// and no others; and nothing that was left out is in the bytes.
func TestTicksPreviewAndBytesAgree(t *testing.T) {
	h := derive(key.ES256, "any")
	rapid.Check(t, func(rt *rapid.T) {
		s := holding(t, []key.Holder{h}, lines(t, &h, anyClaims(rt)))
		c := s.Wallet.(fake).items["1"]
		all := Look(c).Lines
		r := request("1")
		ticked := map[string]string{} // by value, which no two lines of a leaf share
		for i, l := range all {
			if l.Fixed || !rapid.Bool().Draw(rt, "tick "+l.Path) {
				continue
			}
			r.Show = append(r.Show, l.Path)
			for j := i; j >= 0; j = all[j].Parent {
				ticked[all[j].Path] = all[j].Value
			}
		}
		p, err := s.Make(t.Context(), r)
		if err != nil {
			rt.Fatal(err)
		}
		agree(rt, all, ticked, p)
	})
}

func agree(t *rapid.T, all []Line, ticked map[string]string, p Proof) {
	sent, err := sdjwt.Parse(string(p.Bytes))
	if err != nil || len(sent.Flaws) > 0 || len(sent.Disclosures) != len(ticked) {
		t.Fatalf("bytes hold %d lines, %d were ticked: %v", len(sent.Disclosures), len(ticked), err)
	}
	var want, shown, kept []string
	for _, l := range all {
		_, on := ticked[l.Path]
		switch {
		case l.Fixed || on:
			want = append(want, l.Value)
		default:
			kept = append(kept, l.Label)
		}
	}
	for _, l := range p.Preview.Shown[0].Lines {
		shown = append(shown, l.Value)
	}
	if diff := cmp.Diff(want, shown); diff != "" {
		t.Fatalf("ticks and preview differ (-ticked +preview):\n%s", diff)
	}
	if diff := cmp.Diff(kept, p.Withheld); diff != "" {
		t.Fatalf("held back (-want +got):\n%s", diff)
	}
	noLeak(t, all, ticked, p.Bytes)
}

// noLeak looks for the values of lines that were not ticked in everything the
// bytes say.
func noLeak(t *rapid.T, all []Line, ticked map[string]string, sent []byte) {
	found, err := verify.Read(sent)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sdjwt.Parse(string(sent))
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(found[0].Doc, string(s.Token.Payload), string(s.KB.Payload))
	for _, d := range s.Disclosures {
		said += fmt.Sprint(d.Value)
	}
	for _, l := range all {
		if _, on := ticked[l.Path]; on || l.Fixed {
			continue
		}
		for _, value := range strings.Split(l.Value, ", ") {
			if value != "" && strings.Contains(said, value) {
				t.Fatalf("%s was held back, and %q is in the bytes", l.Path, value)
			}
		}
	}
}
