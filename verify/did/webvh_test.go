package did

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
	"github.com/cairnwallet/cairn/verify/testkit/webvh"
)

func params(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

func keys(pens ...webvh.Pen) []any {
	var out []any
	for _, p := range pens {
		out = append(out, p.Multi)
	}
	return out
}

func hashes(pens ...webvh.Pen) []any {
	out := []any{}
	for _, p := range pens {
		out = append(out, p.Hash())
	}
	return out
}

func set(path string, v any) func(map[string]any) {
	return func(m map[string]any) {
		names := strings.Split(path, ".")
		for _, n := range names[:len(names)-1] {
			if list, ok := m[n].([]any); ok {
				m = list[0].(map[string]any)
				continue
			}
			m = m[n].(map[string]any)
		}
		if v == nil {
			delete(m, names[len(names)-1])
			return
		}
		m[names[len(names)-1]] = v
	}
}

// resolved resolves a log at its own address.
func resolved(t *testing.T, w *webvh.Log, now time.Time) (Document, error) {
	t.Helper()
	web := &testkit.Web{Now: now, Pages: map[string]string{"https://" + w.Host + "/.well-known/did.jsonl": w.Text()}}
	return Resolve(t.Context(), web, w.DID())
}

var later = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func TestWebVH(t *testing.T) {
	a, b, c := webvh.NewPen(t, 1), webvh.NewPen(t, 2), webvh.NewPen(t, 3)
	first := webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a))}
	committed := webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a), "nextKeyHashes", hashes(b))}
	start := func(d webvh.Entry) *webvh.Log { return webvh.New(t, "issuer.example").Add(d) }
	cases := []struct {
		name string
		log  *webvh.Log
		want error
		key  webvh.Pen
	}{
		{"one entry", start(first), nil, a},
		{"another key, signed by the old one", start(first).Add(webvh.Entry{By: a, Lists: b, Params: params("updateKeys", keys(b))}), nil, b},
		{"nothing changes", start(first).Add(webvh.Entry{By: a, Lists: b}), nil, b},
		{"signed by the new key at once", start(first).Add(webvh.Entry{By: b, Lists: b, Params: params("updateKeys", keys(b))}), ErrHistory, webvh.Pen{}},
		{"signed by a stranger", start(webvh.Entry{By: c, Lists: a, Params: params("updateKeys", keys(a))}), ErrHistory, webvh.Pen{}},
		{"pre-rotation kept", start(committed).Add(webvh.Entry{By: b, Lists: b, Params: params("updateKeys", keys(b), "nextKeyHashes", hashes(c))}), nil, b},
		{"pre-rotation ended", start(committed).
			Add(webvh.Entry{By: b, Lists: b, Params: params("updateKeys", keys(b), "nextKeyHashes", hashes())}).
			Add(webvh.Entry{By: b, Lists: c, Params: params("updateKeys", keys(c))}), nil, c},
		{"a key nobody committed to", start(committed).Add(webvh.Entry{By: c, Lists: c, Params: params("updateKeys", keys(c), "nextKeyHashes", hashes())}), ErrHistory, webvh.Pen{}},
		{"pre-rotation left out", start(committed).Add(webvh.Entry{By: a, Lists: c}), ErrHistory, webvh.Pen{}},
		{"next hashes left out", start(committed).Add(webvh.Entry{By: b, Lists: b, Params: params("updateKeys", keys(b))}), ErrHistory, webvh.Pen{}},
		{"no key at first", start(webvh.Entry{By: a, Lists: a}), ErrHistory, webvh.Pen{}},
		{"null for empty", start(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a), "nextKeyHashes", nil, "witness", nil, "watchers", nil, "ttl", nil)}), nil, a},
		{"a version to come", start(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a), "method", "did:webvh:2.0")}), ErrUnsupported, webvh.Pen{}},
		{"an unknown parameter", start(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a), "prerotation", true)}), ErrHistory, webvh.Pen{}},
		{"a parameter of another type", start(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", a.Multi)}), ErrHistory, webvh.Pen{}},
		{"scid said twice", start(first).Add(webvh.Entry{By: a, Lists: a, Params: params("scid", strings.Repeat("1", 46))}), ErrHistory, webvh.Pen{}},
		{"portable later on", start(first).Add(webvh.Entry{By: a, Lists: a, Params: params("portable", true)}), ErrHistory, webvh.Pen{}},
		{"goes on after the end", start(first).Add(webvh.Entry{By: a, Lists: a, Params: params("deactivated", true)}).Add(webvh.Entry{By: a, Lists: a}), ErrHistory, webvh.Pen{}},
		{"time stands still", start(first).Add(webvh.Entry{By: a, Lists: a, Before: set("versionTime", "2026-01-01T00:00:00Z")}), ErrHistory, webvh.Pen{}},
		{"time runs back", start(first).Add(webvh.Entry{By: a, Lists: a, Before: set("versionTime", "2025-12-31T00:00:00Z")}), ErrHistory, webvh.Pen{}},
		{"time of another zone", start(webvh.Entry{By: a, Lists: a, Params: first.Params, Before: set("versionTime", "2026-01-01T00:00:00+02:00")}), ErrHistory, webvh.Pen{}},
		{"time to come", start(first).Add(webvh.Entry{By: a, Lists: a, Before: set("versionTime", "2026-06-01T00:00:01Z")}), ErrHistory, webvh.Pen{}},
		{"one letter changed", start(webvh.Entry{By: a, Lists: a, Params: first.Params, After: set("state.alsoKnownAs", "x")}), ErrHistory, webvh.Pen{}},
		{"a number skipped", start(webvh.Entry{By: a, Lists: a, Params: first.Params, After: set("versionId", "2-x")}), ErrHistory, webvh.Pen{}},
		{"a member too many", start(webvh.Entry{By: a, Lists: a, Params: first.Params, Before: set("note", "x")}), ErrHistory, webvh.Pen{}},
		{"without proof", start(webvh.Entry{By: a, Lists: a, Params: first.Params, After: set("proof", []any{})}), ErrHistory, webvh.Pen{}},
		{"another suite", start(webvh.Entry{By: a, Lists: a, Params: first.Params, After: set("proof.cryptosuite", "eddsa-rdfc-2022")}), ErrHistory, webvh.Pen{}},
		{"another purpose", start(webvh.Entry{By: a, Lists: a, Params: first.Params, After: set("proof.proofPurpose", "authentication")}), ErrHistory, webvh.Pen{}},
		{"method of two keys", start(webvh.Entry{By: c, Lists: a, Params: first.Params, After: set("proof.verificationMethod", "did:key:"+c.Multi+"#"+a.Multi)}), ErrHistory, webvh.Pen{}},
		{"document of somebody else", start(webvh.Entry{By: a, Lists: a, Params: first.Params, Before: set("state.id", "did:webvh:"+strings.Repeat("Qm", 23)+":issuer.example")}), ErrHistory, webvh.Pen{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := resolved(t, c.log, later)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if c.want != nil {
				return
			}
			m := doc.For(Assertion)
			if doc.ID != c.log.DID() || doc.Version != c.log.Last || len(m) != 1 || m[0].Key.JWK()["x"] == "" {
				t.Errorf("%+v", doc)
			}
			if want, _ := Key(c.key.Key.Public()); len(m) == 1 {
				if got, _ := Key(m[0].Key.Public); got != want {
					t.Errorf("key %s, want %s", got, want)
				}
			}
		})
	}
}

func TestWebVHTwins(t *testing.T) {
	a := webvh.NewPen(t, 1)
	w := webvh.New(t, "issuer.example").Add(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a))})
	w.Add(webvh.Entry{By: a, Lists: webvh.NewPen(t, 2)})
	good := w.Text()
	if _, err := replay(t.Context(), []byte(good), later); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(good); i += 7 { // a letter changed anywhere breaks it
		c := good[i]
		if c < '0' || c > 'z' || c == '\\' {
			continue
		}
		bad := good[:i] + string(rune(c^1)) + good[i+1:]
		if _, err := replay(t.Context(), []byte(bad), later); err == nil {
			t.Fatalf("letter %d changed, and it still holds: %q", i, bad[max(0, i-30):i+10])
		}
	}
}

func TestWebVHMoves(t *testing.T) {
	a := webvh.NewPen(t, 1)
	move := func(portable any, known bool) (*webvh.Log, string) {
		p := params("updateKeys", keys(a))
		if portable != nil {
			p["portable"] = portable
		}
		w := webvh.New(t, "old.example").Add(webvh.Entry{By: a, Lists: a, Params: p})
		old := w.DID()
		w.Host = "new.example"
		more := map[string]any{}
		if known {
			more["alsoKnownAs"] = []any{old}
		}
		return w.Add(webvh.Entry{By: a, Lists: a, More: more}), old
	}
	good, old := move(true, true)
	if doc, err := resolved(t, good, later); err != nil || doc.ID != good.DID() {
		t.Errorf("under its new name: %v", err)
	}
	web := &testkit.Web{Pages: map[string]string{"https://old.example/.well-known/did.jsonl": good.Text()}}
	if _, err := Resolve(t.Context(), web, old); !errors.Is(err, ErrMoved) {
		t.Errorf("under its old name: %v, want ErrMoved", err)
	}
	for name, bad := range map[string]func() (*webvh.Log, string){
		"not portable":      func() (*webvh.Log, string) { return move(nil, true) },
		"portable false":    func() (*webvh.Log, string) { return move(false, true) },
		"old name disowned": func() (*webvh.Log, string) { return move(true, false) },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := bad()
			if _, err := resolved(t, w, later); !errors.Is(err, ErrHistory) {
				t.Errorf("got %v, want ErrHistory", err)
			}
		})
	}
	elsewhere := &testkit.Web{Pages: map[string]string{"https://thief.example/.well-known/did.jsonl": good.Text()}}
	if _, err := Resolve(t.Context(), elsewhere, "did:webvh:"+good.SCID+":thief.example"); !errors.Is(err, ErrHistory) {
		t.Errorf("a copy at another address: %v, want ErrHistory", err)
	}
}

func TestWebVHFormer(t *testing.T) {
	a, b := webvh.NewPen(t, 1), webvh.NewPen(t, 2)
	gone := map[string]any{"verificationMethod": []any{}, "assertionMethod": []any{}}
	w := webvh.New(t, "issuer.example").Add(webvh.Entry{By: a, Lists: b, Params: params("updateKeys", keys(a))})
	w.Add(webvh.Entry{By: a, Lists: b}).Add(webvh.Entry{By: a, Lists: b, More: gone})
	doc, err := resolved(t, w, later)
	if err != nil {
		t.Fatal(err)
	}
	m, until, ok := doc.Former(w.DID()+"#key-1", Assertion)
	if want, _ := Key(b.Key.Public()); !ok || until != time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC) {
		t.Errorf("%+v, %v, %v, want %s", m, until, ok, want)
	} else if got, _ := Key(m.Key.Public); got != want {
		t.Errorf("key %s, want %s", got, want)
	}
	if _, _, ok := doc.Former(w.DID()+"#key-1", Authentication); ok {
		t.Error("found for what it was not listed for")
	}
	if _, _, ok := doc.Former(w.DID()+"#key-2", Assertion); ok {
		t.Error("found what never was")
	}
	if _, _, ok := (Document{ID: w.DID()}).Former(w.DID()+"#key-1", Assertion); ok {
		t.Error("found without a history")
	}
}

func TestWebVHDeactivated(t *testing.T) {
	a := webvh.NewPen(t, 1)
	w := webvh.New(t, "issuer.example").Add(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a))})
	w.Add(webvh.Entry{By: a, Lists: a, Params: params("deactivated", true, "updateKeys", []any{})})
	doc, err := resolved(t, w, later)
	if err != nil || !doc.Deactivated {
		t.Fatalf("deactivated %v, %v", doc.Deactivated, err)
	}
	if m := doc.For(Assertion); m != nil {
		t.Errorf("it still lists %d keys", len(m))
	}
}

// TestWebVHAddresses: a DID that could lead elsewhere than it seems is refused
// before anybody is asked.
func TestWebVHAddresses(t *testing.T) {
	scid := "Qmdxt11AjZewCNXX69bpEDobgjySeZ7eFwjf4tgpF6p2Dg"
	good := map[string]string{
		"example.com":                        "https://example.com/.well-known",
		"example.com:dids:issuer":            "https://example.com/dids/issuer",
		"example.com%3A3000:dids":            "https://example.com:3000/dids",
		scid + ".example.com":                "https://" + scid + ".example.com/.well-known",
		"example.com:%E7%94%A8%E6%88%B7":     "https://example.com/%E7%94%A8%E6%88%B7",
		"xn--jp-cd2fp15c.xn--fsq.jp:a.b_c-d": "https://xn--jp-cd2fp15c.xn--fsq.jp/a.b_c-d",
	}
	for id, want := range good {
		web := &testkit.Web{}
		if _, err := Resolve(t.Context(), web, "did:webvh:"+scid+":"+id); !errors.Is(err, fetch.ErrUnreachable) {
			t.Errorf("%s: %v", id, err)
		}
		if got := fmt.Sprint(web.Asked()); got != "["+want+"/did.jsonl]" {
			t.Errorf("%s: asked %s, want %s", id, got, want)
		}
	}
	bad := []string{
		scid, scid + ":", scid + ":localhost", scid + ":127.0.0.1", scid + ":127.0.0.1#x", scid + ":127%2E0%2E0%2E1", scid + ":127%2e0%2e0%2e1",
		scid + ":169%2E254%2E169%2E254", scid + ":127.0.0.1%3a8080", scid + ":127.0.0.1%3A8080", scid + ":0x7f.1", scid + ":2130706433", scid + ":%5B%3A%3A1%5D",
		scid + ":example.com%3a8080", scid + ":example.com%3A0", scid + ":example.com%3A080", scid + ":example.com%3A65536", scid + ":example.com%253A80",
		scid + ":example.com:..:x", scid + ":example.com:%2e%2e", scid + ":example.com:a%2Fb", scid + ":example.com:a%5Cb", scid + ":example.com:%252e%252e",
		scid + ":example.com::x", scid + ":example.com?versionId=1", scid + ":user@example.com", scid + ":example.com/did.jsonl", scid + ":exa mple.com",
		"example.com", "Qm0000000000000000000000000000000000000000000000:example.com", strings.ToLower(scid) + ":example.com", scid[:45] + ":example.com",
	}
	for _, id := range bad {
		web := &testkit.Web{}
		if _, err := Resolve(t.Context(), web, "did:webvh:"+id); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", id, err)
		}
		if asked := web.Asked(); len(asked) > 0 {
			t.Errorf("%s: asked %v", id, asked)
		}
	}
}

func TestWebVHTooLong(t *testing.T) {
	if _, err := replay(t.Context(), []byte(strings.Repeat("{}\n", maxVersions+1)), later); !errors.Is(err, ErrHistory) {
		t.Errorf("got %v, want ErrHistory", err)
	}
}

func FuzzWebVH(f *testing.F) {
	a := webvh.NewPen(f, 1)
	w := webvh.New(f, "issuer.example").Add(webvh.Entry{By: a, Lists: a, Params: params("updateKeys", keys(a))})
	f.Add([]byte(w.Text()))
	f.Add([]byte(`{"versionId":"1-Qm","versionTime":"2026-01-01T00:00:00Z","parameters":{},"state":{},"proof":[]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := replay(t.Context(), b, later)
		if err != nil {
			if !errors.Is(err, ErrHistory) && !errors.Is(err, ErrUnsupported) {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		if _, err := h.document(); err != nil {
			t.Errorf("it holds and gives no document: %v", err)
		}
	})
}
