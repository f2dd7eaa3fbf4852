// Package envelope says how a credential is wrapped: plain JSON, a signed token,
// a token with disclosures, or a picture with one of these baked in. It takes the
// wrapping off, fills in what the wrapping itself says (VCDM 1.1 section 6.3.1)
// and remarks on what the wrapping demands and the input does not have.
//
// It never checks a signature, never asks the network and knows no vocabulary:
// what the credential says is the work of package vocab. Start at Open.
package envelope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Limits for everything this package opens.
const (
	MaxBytes   = 32 << 20 // a badge picture with embedded pictures in its credential fits
	MaxInside  = 2000     // credentials found in one input
	maxValues  = 1 << 20  // members and elements of one JSON text
	maxParts   = 10000    // disclosures of one token
	maxProofs  = 8        // proofs of one document, each of which is over all of it
	maxNesting = 8        // lists, wrappers, presentations and data: URLs around each other
)

// Names lists the envelopes that are opened, sorted.
func Names() []string {
	names := make([]string, 0, len(registry))
	for _, e := range registry {
		names = append(names, e.name)
	}
	slices.Sort(names)
	return names
}

// Of names the envelopes that claim an input: one, or none where it can't be opened.
func Of(raw []byte) []string {
	var names []string
	for _, e := range registry {
		if e.claims(tidy(raw)) {
			names = append(names, e.name)
		}
	}
	return names
}

// Opened is one credential or presentation with its wrapping taken off.
type Opened struct {
	Raw     []byte     // as received: the whole picture or text; of a list or a wallet export, only its own piece
	Sealed  []byte     // the sealed text inside Raw: the JSON document or the compact token
	Form    string     // "json", "jwt", "sd-jwt", "baked-png+jwt", …
	Doc     vc.Doc     // the document: for tokens what the payload says, with registered claims put in place
	Payload vc.Doc     // for tokens, the payload as signed; nil for JSON
	Proofs  []vc.Proof // embedded proofs, or the token's signature with its header
	Notes   []vc.Note
	Flaws   []vc.Flaw

	Presentation bool      // it shows credentials and is none itself
	Inside       []*Opened // the credentials a presentation shows
}

// envelope is one way of wrapping. Its open is called only for input that its
// claims accepted; no input is claimed by two envelopes.
type envelope struct {
	name   string
	claims func(b []byte) bool
	open   func(l *load, b []byte) ([]*Opened, error)
}

var registry []envelope

// register adds an envelope at start; a name can be taken only once.
func register(e envelope) bool {
	if slices.ContainsFunc(registry, func(o envelope) bool { return o.name == e.name }) {
		panic("envelope " + e.name + " registered twice")
	}
	registry = append(registry, e)
	return true
}

// Open takes the wrapping off raw and gives what it finds, in the order of the
// input; there is always at least one when the error is nil. The error is a
// *fault.Fault that says why nothing can be read. Open never panics and its work
// is bounded.
func Open(raw []byte) (found []*Opened, err error) {
	defer func() {
		if r := recover(); r != nil {
			found, err = nil, fault.Wrap(fmt.Errorf("panic while opening: %v", r), "input.unknown")
		}
	}()
	if len(raw) > MaxBytes {
		return nil, fault.New("input.too-large", "limit", fmt.Sprint(MaxBytes>>20))
	}
	text := tidy(raw)
	if found, err = (&load{}).open(text); err != nil {
		return nil, err
	}
	return asReceived(found, raw), nil
}

// load is one input on its way; it counts what was found and how deep.
type load struct {
	depth, count int

	archives int   // around what is being opened
	entries  int   // of all archives so far
	unpacked int64 // bytes from all archives so far
}

// errNone says that a value holds no credential; whoever meets it at the top
// says in words what the input is instead.
var errNone = errors.New("no credential in this value")

// open finds the one envelope that claims b.
func (l *load) open(b []byte) ([]*Opened, error) {
	if err := l.enter(); err != nil {
		return nil, err
	}
	defer l.leave()
	for _, e := range registry {
		if !e.claims(b) {
			continue
		}
		found, err := e.open(l, b)
		if errors.Is(err, errNone) {
			return nil, explain(b)
		}
		return found, err
	}
	return nil, explain(b)
}

// enter bounds how deep things stand in each other, and so the work: each level
// looks at its text again. leave undoes it.
func (l *load) enter() error {
	if l.depth++; l.depth > maxNesting {
		l.depth--
		return fault.New("input.too-deep")
	}
	return nil
}

func (l *load) leave() { l.depth-- }

// add counts one more credential.
func (l *load) add() error {
	if l.count++; l.count > MaxInside {
		return fault.New("input.too-many", "limit", fmt.Sprint(MaxInside))
	}
	return nil
}

// Credential gives the opened document as a credential that is still to be read
// by package vocab. A presentation becomes one too, with the credentials it
// shows as Parts.
func (o *Opened) Credential() *vc.Credential {
	c := &vc.Credential{Raw: o.Raw, Sealed: o.Sealed, Form: o.Form, Doc: o.Doc, Proofs: o.Proofs}
	c.Notes = append(c.Notes, o.Notes...)
	c.Shape = append(c.Shape, o.Flaws...)
	for _, in := range o.Inside {
		c.Parts = append(c.Parts, in.Credential())
	}
	return c
}

// flaw remarks on a breach; grave means the document is not well formed.
func (o *Opened) flaw(grave bool, code, member string) {
	o.Flaws = append(o.Flaws, vc.Flaw{Code: code, Member: member, Grave: grave})
}

// tidy takes away what mail programs and editors put around a text: a byte order
// mark and white space, and line breaks inside a pasted token. Pictures and other
// binary input stay as they are.
func tidy(b []byte) []byte {
	if len(b) >= 3 && string(b[:3]) == "\ufeff" {
		b = b[3:]
	}
	start, end := 0, len(b)
	for start < end && isSpace(b[start]) {
		start++
	}
	if start < end && (b[start] >= utf8.RuneSelf || bytes.IndexByte(b[:min(end, 512)], 0) >= 0) { // a binary file, such as a PNG
		return b
	}
	for end > start && isSpace(b[end-1]) {
		end--
	}
	return joinToken(b[start:end])
}

// joinToken takes line breaks out of a token that was wrapped by a mail program.
// Several tokens stay apart.
func joinToken(b []byte) []byte {
	if !startsToken(b) || !hasSpace(b) || bytes.IndexByte(b, '\n') >= 0 && len(tokens(b)) > 1 {
		return b
	}
	for _, c := range b {
		if !isSpace(c) && !isToken(c) && c != '~' {
			return b
		}
	}
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if !isSpace(c) {
			out = append(out, c)
		}
	}
	return out
}

func hasSpace(b []byte) bool {
	return bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, ' ') >= 0 || bytes.IndexByte(b, '\r') >= 0 || bytes.IndexByte(b, '\t') >= 0
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// isToken says whether c may stand in a compact token: base64url and the dot.
func isToken(c byte) bool { return tokenBytes[c] }

var tokenBytes = func() (is [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") {
		is[c] = true
	}
	return is
}()

// Inside opens one credential that stands inside another, as a decoded document
// or a compact token. A document is written as JSON once more: its proof is over
// its meaning, not over its bytes.
func Inside(v any) (o *Opened, err error) {
	defer func() {
		if r := recover(); r != nil {
			o, err = nil, fault.Wrap(fmt.Errorf("panic while opening: %v", r), "input.unknown")
		}
	}()
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fault.Wrap(err, "input.unknown")
	}
	found, err := (&load{}).value(v, raw)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, fault.New("input.no-credential")
	}
	return found[0], nil
}
