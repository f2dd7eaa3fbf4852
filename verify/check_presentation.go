package verify

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/vc"
)

// old is the age from which a presentation without an end is worth a word.
const old = 30 * 24 * time.Hour

// VerifyPresentation judges what somebody shows, as an employer would: each
// credential by itself, and with its rows those about the showing: binding,
// audience, fresh, disclosure. seen may be nil; n counts the credentials.
func (v *Verifier) VerifyPresentation(ctx context.Context, p *Presentation, e Expect, seen func(n int, c check.Check)) []check.Report {
	if seen == nil {
		seen = func(int, check.Check) {}
	}
	holder := v.judgeHolder(ctx, p)
	var out []check.Report
	for n, c := range p.Credentials {
		r := v.Verify(ctx, c, func(k check.Check) { seen(n, k) })
		j := v.job(c, 0)
		for _, s := range []step{
			{check.Binding, func(context.Context, *job) []check.Check { return one(p.binding(c, holder)) }},
			{check.Audience, func(context.Context, *job) []check.Check { return one(p.audience(e)) }},
			{check.Fresh, func(context.Context, *job) []check.Check { return p.fresh(e, j.now) }},
			{check.Disclosure, func(context.Context, *job) []check.Check { return one(p.disclosure(c)) }},
		} {
			for _, k := range j.guarded(ctx, s) {
				r.Checks = append(r.Checks, k)
				seen(n, k)
			}
		}
		out = append(out, r)
	}
	return out
}

// judgeHolder checks what the holder signed around the credentials: the rows of
// its key and signature. Nil when nothing was signed that way.
func (v *Verifier) judgeHolder(ctx context.Context, p *Presentation) *check.Report {
	if p.around == nil {
		return nil
	}
	own := *v
	own.Vouched = nil // a key vouched for as an issuer's is not the holder's
	j := own.job(p.around, 0)
	j.relation = "authentication"
	r := j.follow(ctx, []step{
		{check.Shape, checkShape},
		{check.Terms, checkTerms},
		{check.Key, checkKey},
		{check.Signature, checkSignature},
	}, func(check.Check) {})
	return &r
}

// binding: is it signed by the holder the credential names?
func (p *Presentation) binding(c *vc.Credential, holder *check.Report) check.Check {
	switch {
	case p.kb != nil:
		return p.keyBinding(c)
	case holder != nil:
		return p.signedAround(c, *holder)
	case c.Doc["cnf"] != nil: // also of several, shown side by side
		return presenter(row(check.Binding, check.Unknown, "binding.missing"))
	}
	return presenter(row(check.Binding, check.Caution, "binding.none"))
}

func presenter(c check.Check) check.Check { c.Who = "presenter"; return c }

// keyBinding judges a KB-JWT (RFC 9901, section 7.3): its type, its key, and that
// it was made over exactly what is shown.
func (p *Presentation) keyBinding(c *vc.Credential) check.Check {
	key, ok := boundKey(c.Doc)
	b, err := p.sd.Binding()
	switch {
	case err != nil || b.Typ != sdjwt.TypKB:
		return presenter(row(check.Binding, check.Fail, "binding.malformed"))
	case !ok && c.Doc["cnf"] != nil: // in a way that is not known here (RFC 7800, section 3)
		return presenter(row(check.Binding, check.Unknown, "binding.unsupported"))
	case !ok:
		return presenter(row(check.Binding, check.Fail, "binding.no-key"))
	}
	switch err := p.kb.Verify(key); {
	case errors.Is(err, jose.ErrCritical), errors.Is(err, jose.ErrUnsupportedAlg):
		return presenter(row(check.Binding, check.Unknown, "binding.unsupported"))
	case errors.Is(err, jose.ErrNone):
		return presenter(row(check.Binding, check.Fail, "binding.malformed"))
	case err != nil:
		return presenter(row(check.Binding, check.Fail, "binding.other-key"))
	case !p.sd.HashHolds(b):
		return presenter(row(check.Binding, check.Fail, "binding.other-content"))
	}
	return row(check.Binding, check.Pass, "binding.holder")
}

// signedAround judges a presentation that the holder signed as a whole.
func (p *Presentation) signedAround(c *vc.Credential, holder check.Report) check.Check {
	bad := func(id string) bool {
		return slices.ContainsFunc(holder.Rows(id), func(k check.Check) bool { return k.Outcome == check.Fail })
	}
	switch {
	case bad(check.Shape):
		return presenter(row(check.Binding, check.Fail, "binding.malformed"))
	case bad(check.Signature), bad(check.Terms):
		return presenter(row(check.Binding, check.Fail, "binding.broken"))
	case len(holder.Rows(check.Signature)) == 1 && holder.Rows(check.Signature)[0].Reason == check.ReasonNoProof:
		return presenter(row(check.Binding, check.Absent, check.ReasonUnsignedShow))
	case slices.Contains([]string{"key.purpose", "key.no-purpose"}, holder.Rows(check.Key)[0].Reason):
		return presenter(row(check.Binding, check.Unknown, "binding.other-purpose"))
	case bad(check.Key):
		return presenter(row(check.Binding, check.Fail, "binding.other-key"))
	case !sealed(holder):
		return presenter(row(check.Binding, check.Unknown, "binding.key-unknown"))
	}
	return p.names(c)
}

func sealed(r check.Report) bool {
	return len(r.Rows(check.Signature)) > 0 && !slices.ContainsFunc(r.Checks, func(k check.Check) bool {
		return (k.ID == check.Key || k.ID == check.Signature || k.ID == check.Terms) && k.Outcome != check.Pass
	})
}

// names compares who shows a credential with whom it names.
func (p *Presentation) names(c *vc.Credential) check.Check {
	if key, ok := boundKey(c.Doc); ok && samePerson(p.Holder, key) {
		return row(check.Binding, check.Pass, "binding.holder")
	}
	switch {
	case c.Subject.ID == p.Holder:
		return row(check.Binding, check.Pass, "binding.holder")
	case c.Subject.ID == "":
		return presenter(row(check.Binding, check.Caution, "binding.names-nobody"))
	case c.Issuer.ID == p.Holder:
		return row(check.Binding, check.Caution, "binding.by-issuer")
	}
	// A copied badge in a thief's wrapper looks like this, and so does a parent's
	// proof about a child: which of them it is can't be found out here.
	return presenter(row(check.Binding, check.Unknown, "binding.other-person"))
}

// audience: was it made for whoever looks at it?
func (p *Presentation) audience(e Expect) check.Check {
	switch {
	case p.Audience == "" && e.Audience == "":
		return row(check.Audience, check.Absent, "audience.nobody")
	case p.Audience == "":
		return presenter(row(check.Audience, check.Caution, "audience.not-named", "expected", e.Audience))
	case e.Audience == "":
		return row(check.Audience, check.Caution, "audience.not-compared", "audience", p.Audience)
	case slices.Contains(p.to, e.Audience):
		return row(check.Audience, check.Pass, "audience.you", "audience", p.Audience)
	}
	return presenter(row(check.Audience, check.Fail, "audience.other", "audience", p.Audience, "expected", e.Audience))
}

// fresh: is it the answer to this request, and still good?
func (p *Presentation) fresh(e Expect, now time.Time) []check.Check {
	until := p.Until.UTC().Format(day)
	made := p.Issued.UTC().Format(day)
	switch {
	case e.Nonce != "" && p.Nonce != e.Nonce:
		return one(presenter(row(check.Fresh, check.Fail, "fresh.other-nonce")))
	case p.around == nil && p.kb == nil:
		return one(row(check.Fresh, check.Absent, "fresh.not-signed"))
	case now.IsZero():
		return one(row(check.Fresh, check.Unknown, "period.no-clock"))
	case !p.Until.IsZero() && !now.Before(p.Until):
		return one(presenter(row(check.Fresh, check.Fail, check.ReasonStale, "until", until)))
	case p.from.After(now.Add(leeway)) && p.from.After(p.Issued): // RFC 7519, section 4.1.5
		return one(presenter(row(check.Fresh, check.Fail, check.ReasonEarly, "from", p.from.UTC().Format(day))))
	case p.Issued.After(now.Add(leeway)):
		return one(presenter(row(check.Fresh, check.Fail, "fresh.from-future", "made", made)))
	case p.Issued.IsZero():
		return one(presenter(row(check.Fresh, check.Caution, "fresh.undated")))
	case p.Until.IsZero() && now.Sub(p.Issued) > old:
		return one(presenter(row(check.Fresh, check.Caution, "fresh.old", "made", made)))
	case p.Until.IsZero():
		return one(row(check.Fresh, check.Pass, "fresh.made", "made", made))
	}
	return one(row(check.Fresh, check.Pass, "fresh.until", "made", made, "until", until))
}

// disclosure: what was shown, and did anything leave the wallet that must not?
func (p *Presentation) disclosure(c *vc.Credential) check.Check {
	if ownCopy(c) {
		return presenter(row(check.Disclosure, check.Fail, "disclosure.base-proof"))
	}
	if p.sd == nil {
		if slices.ContainsFunc(c.Proofs, func(pr vc.Proof) bool { return proof.IsDerived(pr.Doc) }) {
			return row(check.Disclosure, check.Pass, "disclosure.part")
		}
		return row(check.Disclosure, check.Pass, "disclosure.whole")
	}
	var names []string
	for _, d := range p.sd.Disclosures {
		if d.Name != "" {
			names = append(names, d.Name)
		}
	}
	if len(p.sd.Disclosures) == 0 {
		return row(check.Disclosure, check.Pass, "disclosure.nothing-more")
	}
	return row(check.Disclosure, check.Pass, "disclosure.shown", "names", strings.Join(names, ", "), "count", strconv.Itoa(len(p.sd.Disclosures)))
}

// ownCopy says whether a credential, or one inside it, is the copy that its holder
// must keep: one with a base proof.
func ownCopy(c *vc.Credential) bool {
	return slices.ContainsFunc(c.Proofs, func(p vc.Proof) bool { return proof.IsBase(p.Doc) }) ||
		slices.ContainsFunc(c.Parts, ownCopy)
}

// samePerson says whether a holder's DID is made of this key.
func samePerson(holder string, key jose.Key) bool {
	return slices.Contains(didsOf(key), holder)
}
