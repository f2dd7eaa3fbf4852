package trust

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func addresses(r Registries) []string {
	var out []string
	for _, one := range r.List {
		out = append(out, one.Address())
	}
	return out
}

func TestLists(t *testing.T) {
	const a, b, own = "https://a.example/r.json", "https://b.example/r.json", "https://own.example/r.json"
	source, shipped := snapshot()
	web := &testkit.Web{Pages: map[string]string{source: `[{"name":"A","type":"dcc-legacy","url":"` + a + `"},{"name":"B","type":"dcc-legacy","url":"` + b + `"}]`}}
	mine := []Registry{{Name: "Own", File: own}, {Name: "A again", File: a}}
	for _, c := range []struct {
		name  string
		lists Lists
		want  []string
	}{
		{"none", Lists{}, nil},
		{"the public ones", Lists{Public: true}, []string{a, b}},
		{"one switched off", Lists{Public: true, Off: []string{a}}, []string{b}},
		{"the person's own", Lists{More: mine}, []string{own, a}},
		{"each once", Lists{Public: true, More: mine}, []string{a, b, own}},
		{"one's own switched off", Lists{Public: true, More: mine, Off: []string{own, b}}, []string{a}},
	} {
		if got := addresses(c.lists.All(context.Background(), web)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if got := addresses(Lists{}.All(context.Background(), fetch.Offline{})); got != nil {
		t.Errorf("offline, none: %v", got)
	}
	off := shipped.List[0].Address()
	if got := addresses(Lists{Public: true, Off: []string{off}}.Shipped()); len(got) != len(shipped.List)-1 || slices.Contains(got, off) {
		t.Errorf("shipped: %v", got)
	}
	if got := (Lists{}).Shipped(); got.List != nil {
		t.Errorf("shipped, none: %v", got)
	}
}

func TestParseRegistryAt(t *testing.T) {
	f := newFederation(t)
	const at = anchorID + wellKnown
	mute := maps.Clone(f.anchor)
	mute["metadata"] = nil
	for _, c := range []struct {
		name, address, body string
		want                Registry
		bad                 bool
	}{
		{"a file", "https://r.example/r.json", `{"meta":{"name":"Board"},"registry":{}}`, Registry{Name: "Board", File: "https://r.example/r.json"}, false},
		{"a file without a name", "https://r.example/r.json", `{"registry":{"did:x":{}}}`, Registry{File: "https://r.example/r.json"}, false},
		{"a trust anchor", at, f.sign(f.anchor), Registry{Anchor: at}, false},
		{"an anchor at another address", "https://other.example" + wellKnown, f.sign(f.anchor), Registry{}, true},
		{"a statement about somebody else", at, f.sign(f.of), Registry{}, true},
		{"an anchor that can't be asked", at, f.sign(mute), Registry{}, true},
		{"another JSON file", "https://r.example/r.json", `{"issuers":[]}`, Registry{}, true},
		{"a web page", "https://r.example/", "<html>", Registry{}, true},
		{"nothing", "https://r.example/", "", Registry{}, true},
	} {
		got, err := ParseRegistryAt(c.address, []byte(c.body))
		if got != c.want || c.bad != errors.Is(err, ErrBroken) {
			t.Errorf("%s: got %+v, %v", c.name, got, err)
		}
	}
}

func FuzzParseRegistryAt(f *testing.F) {
	f.Add("https://r.example/r.json", []byte(`{"meta":{"name":"Board"},"registry":{}}`))
	f.Add("https://a.example"+wellKnown, []byte("e30.e30.AA"))
	f.Fuzz(func(t *testing.T, address string, body []byte) {
		r, err := ParseRegistryAt(address, body)
		if (err == nil) == (r == Registry{}) && address != "" {
			t.Errorf("%+v, %v", r, err)
		}
		if err == nil && r.Address() != address {
			t.Errorf("at %q it is %q", address, r.Address())
		}
	})
}
