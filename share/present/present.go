// Package present builds presentations: what a learner hands to one somebody, for
// one purpose and some days, signed with the learner's key.
//
// It decides nothing about what may be shown: it is told which lines and puts in
// no other. It sends nothing, and judges nothing it made: whoever hands the bytes
// on checks them first, as a stranger would.
package present

import (
	"crypto"
	"slices"
	"time"
)

// Holder is one of the learner's keys.
type Holder interface {
	crypto.Signer
	Alg() string    // "EdDSA" or "ES256"
	DID() string    // its usual name
	DIDs() []string // all its names
}

// To says for whom a presentation is made. It is part of what is signed, so that
// nobody else can pass the presentation on as theirs.
type To struct {
	Audience string
	Nonce    string // never empty: without it an answer could be used twice
	Purpose  string // in the learner's words; may be empty
	Made     time.Time
	Until    time.Time
}

// Contexts and types of VCDM 2.0, sections 4.13 and 4.12.2.
const (
	contextV2 = "https://www.w3.org/ns/credentials/v2"
	typeVP    = "VerifiablePresentation"
)

// nameFor is the name under which h shows a credential about subject: the one the
// credential uses, if it is a name of h, so that both are seen to be one.
func nameFor(h Holder, subject string) string {
	if slices.Contains(h.DIDs(), subject) {
		return subject
	}
	return h.DID()
}
