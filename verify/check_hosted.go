package verify

import (
	"context"
	"maps"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// home is what the addresses in an Open Badge of version 1 or 2 say.
type home struct {
	page     fetch.Page // the answer of the award's own address
	lost     string     // why the award can't be taken from it, as a reason code; empty where it can
	earlier  bool       // page, and so the award, is of an earlier day
	revoked  bool       // the issuer says that it took it back,
	why      string     // for this reason
	class    string     // the class by the name the award itself has for it
	noClass  bool       // what the badge is for could not be read, so nobody knows its issuer
	noIssuer bool       // the issuer's profile could not be read
	differ   differences
}

// differences between the copy in hand and what its issuer publishes.
type differences struct {
	of    []string // members
	other bool     // whom it is for or what it is for is among them: it is another award
}

// Complete gives c as its issuer publishes it. An Open Badge of version 1 or 2 may
// name by address what other credentials carry, and of one that is hosted the copy
// in hand is trusted for nothing but its address (Open Badges 2.0, HostedBadge
// Verification). get is asked for the award, its badge class and the profile of
// its issuer; what can't be had stays as it is in c. Every other credential is
// given back as it is. c is not changed.
func Complete(ctx context.Context, get fetch.Getter, c *vc.Credential) *vc.Credential {
	out, _ := complete(ctx, gatherer{get, maxBadgePage}, c)
	return out
}

func complete(ctx context.Context, g gatherer, c *vc.Credential) (*vc.Credential, *home) {
	if c.Kind != vocab.OB1 && c.Kind != vocab.OB2 {
		return c, nil
	}
	h := &home{}
	doc := maps.Clone(c.Doc)
	hosted := hostedProof(c)
	if hosted != "" {
		doc = g.award(ctx, h, hosted, doc)
		h.class = stated(doc, "badge")
	}
	g.fill(ctx, h, doc)
	out := vocab.Again(c, doc)
	if hosted != "" && h.lost == "" {
		h.differ = compare(c, out, h.class)
	}
	return out, h
}

// hostedProof gives the address a badge is kept at; empty where it is not that.
func hostedProof(c *vc.Credential) string {
	for _, p := range c.Proofs {
		if p.Suite == envelope.Hosted {
			return p.Method
		}
	}
	return ""
}

// settle asks the addresses in an Open Badge of version 1 or 2, and goes on with
// what they say. Its only row tells where the copy in hand says otherwise.
func (j *job) settle(ctx context.Context) []check.Check {
	if j.depth > 1 || j.c.Kind != vocab.OB1 && j.c.Kind != vocab.OB2 {
		return nil // an endorsement of an endorsement is not followed
	}
	ctx = fetch.Because(ctx, "hosted")
	g := gatherer{j.get, maxBadgePage}
	if j.depth > 0 {
		g.limit = maxPartPage
	}
	found, h := complete(ctx, g, j.c)
	if h.lost != "" || h.noClass || h.noIssuer {
		found, h = j.recall(ctx, g, found, h)
	}
	*j.c, j.home = *found, h
	if len(h.differ.of) == 0 || h.differ.other {
		return nil
	}
	r := blame(row(check.Shape, check.Caution, "shape.hosted-changed", "members", some(h.differ.of)))
	r.AsOf = h.page.AsOf
	return one(r)
}

// recall fills in what could not be had today with what the addresses said when
// this credential was last checked. That is better to look at than nothing, and it
// is no answer of today: what was lost stays lost.
func (j *job) recall(ctx context.Context, g gatherer, found *vc.Credential, today *home) (*vc.Credential, *home) {
	if j.v.History == nil || j.depth > 0 {
		return found, today
	}
	g.get = recalling{j.get, j.v.History().At(j.now)}
	was, h := complete(ctx, g, j.c)
	h.earlier = today.lost != "" && h.lost == ""
	h.lost, h.revoked, h.why = today.lost, today.revoked, today.why
	if h.lost != "" {
		h.differ = differences{}
	}
	return was, h
}

// recalling answers as today, and where nobody answers today, as in the past.
type recalling struct{ today, past fetch.Getter }

func (r recalling) Get(ctx context.Context, url, accept string) (fetch.Page, error) {
	page, err := r.today.Get(ctx, url, accept)
	if err == nil {
		return page, nil
	}
	if old, none := r.past.Get(ctx, url, accept); none == nil {
		return old, nil
	}
	return page, err
}
