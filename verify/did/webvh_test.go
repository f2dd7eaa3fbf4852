package did

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/testkit"
)

func params(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

func keys(pens ...pen) []any {
	var out []any
	for _, p := range pens {
		out = append(out, p.multi)
	}
	return out
}

func hashes(pens ...pen) []any {
	out := []any{}
	for _, p := range pens {
		out = append(out, p.hash())
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
func resolved(t *testing.T, w *writer, now time.Time) (Document, error) {
	t.Helper()
	web := &testkit.Web{Now: now, Pages: map[string]string{"https://" + w.host + "/.well-known/did.jsonl": w.log()}}
	return Resolve(t.Context(), web, w.did())
}

var later = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

func TestWebVH(t *testing.T) {
	a, b, c := newPen(t, 1), newPen(t, 2), newPen(t, 3)
	first := draft{by: a, lists: a, params: params("updateKeys", keys(a))}
	committed := draft{by: a, lists: a, params: params("updateKeys", keys(a), "nextKeyHashes", hashes(b))}
	start := func(d draft) *writer { return (&writer{t: t, host: "issuer.example"}).add(d) }
	cases := []struct {
		name string
		log  *writer
		want error
		key  pen
	}{
		{"one entry", start(first), nil, a},
		{"another key, signed by the old one", start(first).add(draft{by: a, lists: b, params: params("updateKeys", keys(b))}), nil, b},
		{"nothing changes", start(first).add(draft{by: a, lists: b}), nil, b},
		{"signed by the new key at once", start(first).add(draft{by: b, lists: b, params: params("updateKeys", keys(b))}), ErrHistory, pen{}},
		{"signed by a stranger", start(draft{by: c, lists: a, params: params("updateKeys", keys(a))}), ErrHistory, pen{}},
		{"pre-rotation kept", start(committed).add(draft{by: b, lists: b, params: params("updateKeys", keys(b), "nextKeyHashes", hashes(c))}), nil, b},
		{"pre-rotation ended", start(committed).
			add(draft{by: b, lists: b, params: params("updateKeys", keys(b), "nextKeyHashes", hashes())}).
			add(draft{by: b, lists: c, params: params("updateKeys", keys(c))}), nil, c},
		{"a key nobody committed to", start(committed).add(draft{by: c, lists: c, params: params("updateKeys", keys(c), "nextKeyHashes", hashes())}), ErrHistory, pen{}},
		{"pre-rotation left out", start(committed).add(draft{by: a, lists: c}), ErrHistory, pen{}},
		{"next hashes left out", start(committed).add(draft{by: b, lists: b, params: params("updateKeys", keys(b))}), ErrHistory, pen{}},
		{"no key at first", start(draft{by: a, lists: a}), ErrHistory, pen{}},
		{"null for empty", start(draft{by: a, lists: a, params: params("updateKeys", keys(a), "nextKeyHashes", nil, "witness", nil, "watchers", nil, "ttl", nil)}), nil, a},
		{"a version to come", start(draft{by: a, lists: a, params: params("updateKeys", keys(a), "method", "did:webvh:2.0")}), ErrUnsupported, pen{}},
		{"an unknown parameter", start(draft{by: a, lists: a, params: params("updateKeys", keys(a), "prerotation", true)}), ErrHistory, pen{}},
		{"a parameter of another type", start(draft{by: a, lists: a, params: params("updateKeys", a.multi)}), ErrHistory, pen{}},
		{"scid said twice", start(first).add(draft{by: a, lists: a, params: params("scid", strings.Repeat("1", 46))}), ErrHistory, pen{}},
		{"portable later on", start(first).add(draft{by: a, lists: a, params: params("portable", true)}), ErrHistory, pen{}},
		{"goes on after the end", start(first).add(draft{by: a, lists: a, params: params("deactivated", true)}).add(draft{by: a, lists: a}), ErrHistory, pen{}},
		{"time stands still", start(first).add(draft{by: a, lists: a, before: set("versionTime", "2026-01-01T00:00:00Z")}), ErrHistory, pen{}},
		{"time runs back", start(first).add(draft{by: a, lists: a, before: set("versionTime", "2025-12-31T00:00:00Z")}), ErrHistory, pen{}},
		{"time of another zone", start(draft{by: a, lists: a, params: first.params, before: set("versionTime", "2026-01-01T00:00:00+02:00")}), ErrHistory, pen{}},
		{"time to come", start(first).add(draft{by: a, lists: a, before: set("versionTime", "2026-06-01T00:00:01Z")}), ErrHistory, pen{}},
		{"one letter changed", start(draft{by: a, lists: a, params: first.params, after: set("state.alsoKnownAs", "x")}), ErrHistory, pen{}},
		{"a number skipped", start(draft{by: a, lists: a, params: first.params, after: set("versionId", "2-x")}), ErrHistory, pen{}},
		{"a member too many", start(draft{by: a, lists: a, params: first.params, before: set("note", "x")}), ErrHistory, pen{}},
		{"without proof", start(draft{by: a, lists: a, params: first.params, after: set("proof", []any{})}), ErrHistory, pen{}},
		{"another suite", start(draft{by: a, lists: a, params: first.params, after: set("proof.cryptosuite", "eddsa-rdfc-2022")}), ErrHistory, pen{}},
		{"another purpose", start(draft{by: a, lists: a, params: first.params, after: set("proof.proofPurpose", "authentication")}), ErrHistory, pen{}},
		{"method of two keys", start(draft{by: c, lists: a, params: first.params, after: set("proof.verificationMethod", "did:key:"+c.multi+"#"+a.multi)}), ErrHistory, pen{}},
		{"document of somebody else", start(draft{by: a, lists: a, params: first.params, before: set("state.id", "did:webvh:"+strings.Repeat("Qm", 23)+":issuer.example")}), ErrHistory, pen{}},
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
			if doc.ID != c.log.did() || doc.Version != c.log.last || len(m) != 1 || m[0].Key.JWK()["x"] == "" {
				t.Errorf("%+v", doc)
			}
			if want, _ := Key(c.key.key.Public()); len(m) == 1 {
				if got, _ := Key(m[0].Key.Public); got != want {
					t.Errorf("key %s, want %s", got, want)
				}
			}
		})
	}
}

func TestWebVHTwins(t *testing.T) {
	a := newPen(t, 1)
	w := (&writer{t: t, host: "issuer.example"}).add(draft{by: a, lists: a, params: params("updateKeys", keys(a))})
	w.add(draft{by: a, lists: newPen(t, 2)})
	good := w.log()
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
	a := newPen(t, 1)
	move := func(portable any, known bool) (*writer, string) {
		p := params("updateKeys", keys(a))
		if portable != nil {
			p["portable"] = portable
		}
		w := (&writer{t: t, host: "old.example"}).add(draft{by: a, lists: a, params: p})
		old := w.did()
		w.host = "new.example"
		more := map[string]any{}
		if known {
			more["alsoKnownAs"] = []any{old}
		}
		return w.add(draft{by: a, lists: a, more: more}), old
	}
	good, old := move(true, true)
	if doc, err := resolved(t, good, later); err != nil || doc.ID != good.did() {
		t.Errorf("under its new name: %v", err)
	}
	web := &testkit.Web{Pages: map[string]string{"https://old.example/.well-known/did.jsonl": good.log()}}
	if _, err := Resolve(t.Context(), web, old); !errors.Is(err, ErrMoved) {
		t.Errorf("under its old name: %v, want ErrMoved", err)
	}
	for name, bad := range map[string]func() (*writer, string){
		"not portable":      func() (*writer, string) { return move(nil, true) },
		"portable false":    func() (*writer, string) { return move(false, true) },
		"old name disowned": func() (*writer, string) { return move(true, false) },
	} {
		t.Run(name, func(t *testing.T) {
			w, _ := bad()
			if _, err := resolved(t, w, later); !errors.Is(err, ErrHistory) {
				t.Errorf("got %v, want ErrHistory", err)
			}
		})
	}
	elsewhere := &testkit.Web{Pages: map[string]string{"https://thief.example/.well-known/did.jsonl": good.log()}}
	if _, err := Resolve(t.Context(), elsewhere, "did:webvh:"+good.scid+":thief.example"); !errors.Is(err, ErrHistory) {
		t.Errorf("a copy at another address: %v, want ErrHistory", err)
	}
}

func TestWebVHDeactivated(t *testing.T) {
	a := newPen(t, 1)
	w := (&writer{t: t, host: "issuer.example"}).add(draft{by: a, lists: a, params: params("updateKeys", keys(a))})
	w.add(draft{by: a, lists: a, params: params("deactivated", true, "updateKeys", []any{})})
	doc, err := resolved(t, w, later)
	if err != nil || !doc.Deactivated {
		t.Fatalf("deactivated %v, %v", doc.Deactivated, err)
	}
	if m := doc.For(Assertion); m != nil {
		t.Errorf("it still lists %d keys", len(m))
	}
}

func TestWebVHWitnesses(t *testing.T) {
	a, one, two, stranger := newPen(t, 1), newPen(t, 4), newPen(t, 5), newPen(t, 6)
	council := func(threshold int, pens ...pen) map[string]any {
		var list []any
		for _, p := range pens {
			list = append(list, map[string]any{"id": "did:key:" + p.multi})
		}
		return map[string]any{"threshold": threshold, "witnesses": list}
	}
	w := (&writer{t: t, host: "issuer.example"}).
		add(draft{by: a, lists: a, params: params("updateKeys", keys(a), "witness", council(2, one, two))})
	v1 := w.last
	w.add(draft{by: a, lists: a, params: params("witness", map[string]any{})}) // still theirs to witness
	v2 := w.last
	w.add(draft{by: a, lists: a}) // needs nobody
	said := func(version string, pens ...pen) map[string]any {
		doc := map[string]any{"versionId": version}
		list := []any{}
		for _, p := range pens {
			list = append(list, p.proof(t, doc))
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
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, err := json.Marshal(c.file)
			if err != nil {
				t.Fatal(err)
			}
			web := &testkit.Web{Pages: map[string]string{
				"https://issuer.example/.well-known/did.jsonl":        w.log(),
				"https://issuer.example/.well-known/did-witness.json": string(text),
			}}
			if _, err := Resolve(t.Context(), web, w.did()); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	gone := &testkit.Web{
		Pages: map[string]string{"https://issuer.example/.well-known/did.jsonl": w.log()},
		Errs:  map[string]error{"https://issuer.example/.well-known/did-witness.json": fetch.ErrGone},
	}
	if _, err := Resolve(t.Context(), gone, w.did()); !errors.Is(err, ErrWitness) {
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

func plain(t *testing.T, v any) any {
	t.Helper()
	w := writer{t: t}
	return w.copy(map[string]any{"v": v}, "", "")["v"]
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
	a := newPen(f, 1)
	w := (&writer{t: f, host: "issuer.example"}).add(draft{by: a, lists: a, params: params("updateKeys", keys(a))})
	f.Add([]byte(w.log()))
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
