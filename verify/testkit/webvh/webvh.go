// Package webvh writes logs of did:webvh 1.0 for tests, as an issuer would: right,
// or wrong where a test spoils an entry before it is hashed and signed, or after.
// It shares no code with the reader of logs. Only tests import it.
package webvh

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/strict"
)

const placeholder = "{SCID}"

// Pen is a throw-away key that signs logs.
type Pen struct {
	Key   ed25519.PrivateKey
	Multi string // its public half as a multikey
}

// NewPen makes the nth key.
func NewPen(t testing.TB, n byte) Pen {
	t.Helper()
	k := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
	m, err := multi.EncodeKey(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	return Pen{Key: k, Multi: m}
}

// Hash is what commits to the key in nextKeyHashes.
func (p Pen) Hash() string { return multihash([]byte(p.Multi)) }

// Proof seals doc as the method wants it.
func (p Pen) Proof(t testing.TB, doc map[string]any) map[string]any {
	t.Helper()
	suite, _ := proof.Lookup("eddsa-jcs-2022")
	made, err := proof.Sign(t.Context(), suite, doc, map[string]any{
		"verificationMethod": "did:key:" + p.Multi + "#" + p.Multi, "proofPurpose": "assertionMethod", "created": "2026-01-01T00:00:00Z",
	}, p.Key)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Log is a log on its way. Entry n is of the nth of January 2026.
type Log struct {
	Host string
	SCID string // known once there is an entry
	Last string // the id of the last version

	t     testing.TB
	lines []string
}

// New begins a log at a host.
func New(t testing.TB, host string) *Log { return &Log{Host: host, t: t} }

// DID is the name the log goes by now.
func (l *Log) DID() string { return "did:webvh:" + l.SCID + ":" + l.Host }

// URL is where the log is published.
func (l *Log) URL() string { return "https://" + l.Host + "/.well-known/did.jsonl" }

// Text is the log as it is published.
func (l *Log) Text() string { return strings.Join(l.lines, "\n") + "\n" }

// Entry is what one entry is made of.
type Entry struct {
	By     Pen                  // who signs
	Lists  Pen                  // whose key the document lists for making claims, as #key-1
	Params map[string]any       // besides method and scid in the first entry
	More   map[string]any       // further members of the document
	Before func(map[string]any) // spoils the entry before it is hashed
	After  func(map[string]any) // spoils it when it is signed
}

// Add writes one more entry.
func (l *Log) Add(d Entry) *Log {
	l.t.Helper()
	n := len(l.lines) + 1
	if n == 1 {
		l.SCID, l.Last = placeholder, placeholder
		d.Params = with(map[string]any{"method": "did:webvh:1.0", "scid": placeholder}, d.Params)
	}
	e := l.read(l.write(map[string]any{
		"versionId": l.Last, "parameters": with(map[string]any{}, d.Params), "state": l.document(d),
		"versionTime": time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC).Format(time.RFC3339),
	}))
	if d.Before != nil {
		d.Before(e)
	}
	if n == 1 {
		l.SCID = l.hash(e, placeholder)
		l.Last = l.SCID
		e = l.read(bytes.ReplaceAll(l.write(e), []byte(placeholder), []byte(l.SCID)))
	}
	l.Last = fmt.Sprintf("%d-%s", n, l.hash(e, l.Last))
	e["versionId"] = l.Last
	e["proof"] = []any{d.By.Proof(l.t, e)}
	if d.After != nil {
		d.After(e)
	}
	l.lines = append(l.lines, string(l.write(e)))
	return l
}

func (l *Log) document(d Entry) map[string]any {
	name := l.DID()
	return with(map[string]any{
		"@context": []any{"https://www.w3.org/ns/did/v1"}, "id": name,
		"verificationMethod": []any{map[string]any{"id": name + "#key-1", "type": "Multikey", "controller": name, "publicKeyMultibase": d.Lists.Multi}},
		"assertionMethod":    []any{name + "#key-1"},
	}, d.More)
}

func with(m, more map[string]any) map[string]any {
	maps.Copy(m, more)
	return m
}

// hash is the hash of an entry that names its predecessor.
func (l *Log) hash(e map[string]any, before string) string {
	l.t.Helper()
	bare := with(maps.Clone(e), map[string]any{"versionId": before})
	text, err := canon.JCS(bare)
	if err != nil {
		l.t.Fatal(err)
	}
	return multihash(text)
}

func multihash(b []byte) string {
	sum := sha256.Sum256(b)
	return multi.Base58Encode(append([]byte{0x12, 0x20}, sum[:]...))
}

func (l *Log) write(e map[string]any) []byte {
	l.t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		l.t.Fatal(err)
	}
	return text
}

func (l *Log) read(text []byte) map[string]any {
	l.t.Helper()
	e, err := strict.Object(text)
	if err != nil {
		l.t.Fatal(err)
	}
	return e
}
