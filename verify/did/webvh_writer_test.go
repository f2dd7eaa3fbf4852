package did

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/strict"
)

// pen is a throw-away key that signs logs.
type pen struct {
	key   ed25519.PrivateKey
	multi string
}

func newPen(t testing.TB, n byte) pen {
	t.Helper()
	k := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
	m, err := multi.EncodeKey(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	return pen{key: k, multi: m}
}

func (p pen) hash() string { return multihash([]byte(p.multi)) }

// proof seals doc as did:webvh wants it.
func (p pen) proof(t testing.TB, doc map[string]any) map[string]any {
	t.Helper()
	suite, _ := proof.Lookup(logSuite)
	made, err := proof.Sign(t.Context(), suite, doc, map[string]any{
		"verificationMethod": "did:key:" + p.multi + "#" + p.multi, "proofPurpose": "assertionMethod", "created": "2026-01-01T00:00:00Z",
	}, p.key)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// writer writes a log as an issuer would: right, or wrong where a test spoils an
// entry before it is hashed and signed, or after.
type writer struct {
	t          testing.TB
	host, scid string
	last       string // version id
	lines      []string
}

// draft is what one entry is made of.
type draft struct {
	by     pen                  // who signs
	lists  pen                  // whose key the document lists
	params map[string]any       // besides method and scid in the first entry
	more   map[string]any       // further members of the document
	before func(map[string]any) // spoils the entry before it is hashed
	after  func(map[string]any) // spoils it when it is signed
}

func (w *writer) did() string { return "did:webvh:" + w.scid + ":" + w.host }

func (w *writer) log() string { return strings.Join(w.lines, "\n") + "\n" }

func (w *writer) add(d draft) *writer {
	w.t.Helper()
	n := len(w.lines) + 1
	if n == 1 {
		w.scid, w.last = placeholder, placeholder
		d.params = with(map[string]any{"method": webvhMethod, "scid": placeholder}, d.params)
	}
	e := w.copy(map[string]any{
		"versionId": w.last, "parameters": with(map[string]any{}, d.params), "state": w.document(d),
		"versionTime": time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC).Format(time.RFC3339),
	}, "", "")
	if d.before != nil {
		d.before(e)
	}
	if n == 1 {
		w.scid = w.hash(e, placeholder)
		w.last = w.scid
		e = w.copy(e, placeholder, w.scid)
	}
	w.last = fmt.Sprintf("%d-%s", n, w.hash(e, w.last))
	e["versionId"] = w.last
	e["proof"] = []any{d.by.proof(w.t, e)}
	if d.after != nil {
		d.after(e)
	}
	text, err := json.Marshal(e)
	if err != nil {
		w.t.Fatal(err)
	}
	w.lines = append(w.lines, string(text))
	return w
}

// document is a DID document whose one key may make claims.
func (w *writer) document(d draft) map[string]any {
	name := w.did()
	return with(map[string]any{
		"@context": []any{"https://www.w3.org/ns/did/v1"}, "id": name,
		"verificationMethod": []any{map[string]any{"id": name + "#key-1", "type": "Multikey", "controller": name, "publicKeyMultibase": d.lists.multi}},
		"assertionMethod":    []any{name + "#key-1"},
	}, d.more)
}

func with(m, more map[string]any) map[string]any {
	maps.Copy(m, more)
	return m
}

func (w *writer) hash(e map[string]any, versionID string) string {
	w.t.Helper()
	h, err := hashAs(e, versionID)
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

// copy makes an entry into what a reader sees, with one text put for another.
func (w *writer) copy(e map[string]any, from, to string) map[string]any {
	w.t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		w.t.Fatal(err)
	}
	if from != "" {
		text = bytes.ReplaceAll(text, []byte(from), []byte(to))
	}
	out, err := strict.Object(text)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}
