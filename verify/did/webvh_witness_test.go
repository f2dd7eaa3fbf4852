package did

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/testkit/webvh"
)

func TestWebVHWitnesses(t *testing.T) {
	a, one, two, stranger := webvh.NewPen(t, 1), webvh.NewPen(t, 4), webvh.NewPen(t, 5), webvh.NewPen(t, 6)
	council := func(threshold int, pens ...webvh.Pen) map[string]any {
		var list []any
		for _, p := range pens {
			list = append(list, map[string]any{"id": "did:key:" + p.Multi})
		}
		return map[string]any{"threshold": threshold, "witnesses": list}
	}
	w := webvh.New(t, "issuer.example").
		Add(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a), "witness", council(2, one, two))})
	v1 := w.Last
	w.Add(webvh.Entry{By: a, Lists: a, Params: params("witness", map[string]any{})}) // still theirs to witness
	v2 := w.Last
	w.Add(webvh.Entry{By: a, Lists: a}) // needs nobody
	said := func(version string, pens ...webvh.Pen) map[string]any {
		doc := map[string]any{"versionId": version}
		list := []any{}
		for _, p := range pens {
			list = append(list, p.Proof(t, doc))
		}
		return map[string]any{"versionId": version, "proof": list}
	}
	cases := []struct {
		name string
		file []any
		want error
	}{
		{"both, on the later version", []any{said(v2, one, two)}, nil},
		{"each version by both", []any{said(v1, one, two), said(v2, two, one)}, nil},
		{"one has not said yes to the later", []any{said(v1, one, two), said(v2, one)}, ErrWitness},
		{"one says it twice", []any{said(v2, one, one)}, ErrWitness},
		{"a stranger says it", []any{said(v2, one, stranger)}, ErrWitness},
		{"of an entry that is not there", []any{said("9-x", one, two)}, ErrWitness},
		{"moved to another version", []any{map[string]any{"versionId": v2, "proof": said(v1, one, two)["proof"]}}, ErrWitness},
		{"nothing", []any{}, ErrWitness},
		{"more than there can be versions", append(make([]any, maxVersions), said(v2, one, two)), ErrWitness},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, err := json.Marshal(c.file)
			if err != nil {
				t.Fatal(err)
			}
			web := &testkit.Web{Pages: map[string]string{
				"https://issuer.example/.well-known/did.jsonl":        w.Text(),
				"https://issuer.example/.well-known/did-witness.json": string(text),
			}}
			if _, err := Resolve(t.Context(), web, w.DID()); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	gone := &testkit.Web{
		Pages: map[string]string{"https://issuer.example/.well-known/did.jsonl": w.Text()},
		Errs:  map[string]error{"https://issuer.example/.well-known/did-witness.json": fetch.ErrGone},
	}
	if _, err := Resolve(t.Context(), gone, w.DID()); !errors.Is(err, ErrWitness) {
		t.Errorf("no file: %v, want ErrWitness", err)
	}
	for name, bad := range map[string]any{
		"more than there are": council(3, one, two), "nobody": council(0, one), "the same twice": council(1, one, one),
		"no list": map[string]any{"threshold": 1}, "a text": "x",
	} {
		if _, ok := readWitnesses(plain(t, bad)); ok {
			t.Errorf("%s: taken", name)
		}
	}
}

// plain makes a value into what a reader of JSON gives.
func plain(t *testing.T, v any) any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := strict.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func FuzzWebVHWitnesses(f *testing.F) {
	a, one := webvh.NewPen(f, 1), webvh.NewPen(f, 4)
	w := webvh.New(f, "issuer.example").Add(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a))})
	h, err := replay(f.Context(), []byte(w.Text()), later)
	if err != nil {
		f.Fatal(err)
	}
	said := map[string]any{"versionId": w.Last}
	good, err := json.Marshal([]any{map[string]any{"versionId": w.Last, "proof": []any{one.Proof(f, said)}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`[{"versionId":"1-x","proof":{}},7,null]`))
	f.Fuzz(func(t *testing.T, b []byte) {
		upTo, err := h.heard(t.Context(), b)
		if err != nil && !errors.Is(err, ErrWitness) {
			t.Errorf("an error of no kind: %v", err)
		}
		for key, n := range upTo {
			if key != one.Multi || n != 1 {
				t.Errorf("%s signed version %d", key, n)
			}
		}
	})
}
