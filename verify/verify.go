// Package verify is judgement: bytes in, report out. It holds no secret, reads no
// disk and knows no screen. Start at Read, which opens and understands, and at
// Verifier.Verify, which judges; plan.go lists the checks in their order.
package verify

import (
	"context"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/trust"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// Verifier judges credentials. The zero value is usable: it is offline, knows no
// issuer, owns nothing and, without a clock, finds every period unknown. It is
// safe for concurrent use once set up.
type Verifier struct {
	Now     func() time.Time // the clock
	Get     fetch.Getter     // nil means offline
	Vouched []jose.Key       // keys the person vouches for (--issuer-key)
	Own     Own              // what the person owns
	Issuers []Trusted        // the person's own list of issuers
	Lists   trust.Lists      // the registries of issuers the person uses
	EU      trust.EU         // European trusted lists the person uses

	// Memory keeps status lists from one credential to the next; nil keeps none.
	Memory *Memory

	// Chains are who may be asked about transactions; of a chain that is not among
	// them nobody is asked.
	Chains []anchor.Provider

	// Languages are those the person reads. Whoever reads for this verifier names them
	// to Read; no check depends on them.
	Languages vc.Languages

	// History gives what earlier checks of the very same credential relied on, as the
	// wallet kept it; nil where nothing was kept. It is never taken from a credential,
	// and is called from several goroutines.
	History func() *fetch.Archive
}

// Own says what belongs to the person, for the holder row.
type Own struct {
	Keys   []jose.Key // public halves of the wallet's holder keys
	DIDs   []string
	Emails []string // addresses the learner says they own
}

// Trusted is an issuer the person vouches for.
type Trusted struct {
	ID   string // the issuer's id, as its credentials state it
	Name string
	At   time.Time
}

// patience is how long one credential, with all inside it, may take: slow servers
// can't hold a person up for longer, whatever their number.
const patience = 2 * time.Minute

// Read opens and understands raw; it judges nothing. Texts that a credential has in
// several languages are read in the best of those named, else in English. An error
// is a *fault.Fault that says why nothing could be read.
func Read(raw []byte, languages ...string) (out []*vc.Credential, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fault.Wrap(fmt.Errorf("reader broke: %v", p), "input.reader-broke")
		}
	}()
	opened, err := envelope.Open(raw)
	if err != nil {
		return nil, err
	}
	left := envelope.MaxInside
	for _, o := range opened {
		out = append(out, understand(o, &left, languages)...)
	}
	if len(out) == 0 {
		return nil, fault.New("input.nothing-shown")
	}
	return out, nil
}

// understand turns what was opened into credentials: a presentation gives those
// it shows. left is how many may still be found inside all of them.
func understand(o *envelope.Opened, left *int, languages vc.Languages) []*vc.Credential {
	if !o.Presentation {
		c := o.Credential()
		c.Languages = languages
		vocab.ReadWithin(c, left)
		return []*vc.Credential{c}
	}
	var out []*vc.Credential
	for _, in := range o.Inside {
		out = append(out, understand(in, left, languages)...)
	}
	return out
}

// Verify judges c. Each row is handed to seen, which may be nil, as soon as it is
// found, from the calling goroutine. There is no error to forget: what could not
// be found out is a row. When ctx ends, or after two minutes, what is left becomes
// unknown rows.
//
// An Open Badge of version 1 or 2 is judged as its issuer publishes it, so c says
// afterwards what was found there (see Complete). Nothing else changes c.
func (v *Verifier) Verify(ctx context.Context, c *vc.Credential, seen func(check.Check)) check.Report {
	if seen == nil {
		seen = func(check.Check) {}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	j := v.job(c, 0)
	return j.follow(ctx, plan, seen)
}

func (v *Verifier) job(c *vc.Credential, depth int) *job {
	j := &job{v: v, c: c, get: v.Get, depth: depth, relation: "assertionMethod", shared: &shared{}}
	if j.get == nil {
		j.get = fetch.Offline{}
	}
	if v.Now != nil {
		j.now = v.Now()
	}
	return j
}
