package verify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vocab"
)

// maxProviders bounds how many are asked about one transaction.
const maxProviders = 4

// checkAnchor: does the transaction that a receipt names carry its root? It is
// looked up only where the person named a provider for its chain: who is asked
// learns which certificate is looked at. A credential without a receipt has no row.
func checkAnchor(ctx context.Context, j *job) []check.Check {
	var rows []check.Check
	for i, p := range j.c.Proofs {
		if !isMerkle(p) {
			continue
		}
		r := j.anchored(ctx, i)
		r.About, r.On = j.about(i), []string{check.Signature}
		rows = append(rows, r)
	}
	return rows
}

// anchored judges the anchors of one receipt: the first that can be looked up
// decides, since all are said to carry the same root.
func (j *job) anchored(ctx context.Context, i int) check.Check {
	l := j.leaf(ctx, i)
	if !l.open() {
		return row(check.Anchor, check.NotRun, "anchor.not-run")
	}
	s := j.sighting(ctx, i)
	named := []string{"chain", s.title()}
	if s.reason != "" {
		r := row(check.Anchor, s.outcome, s.reason, append(named, "where", s.where)...)
		r.AsOf, r.Who = s.tx.AsOf, s.who
		return r
	}
	args := append(named, "where", s.where, "date", s.tx.At.UTC().Format(day))
	r := row(check.Anchor, check.Pass, "anchor.found", args...)
	if !s.tx.Holds(l.receipt.Root) {
		r = blame(row(check.Anchor, check.Fail, "anchor.other-content", args...))
	}
	r.AsOf = s.tx.AsOf
	return r
}

// sighting is what the named providers say of a receipt's transaction, asked once.
type sighting struct {
	at anchor.Anchor
	tx anchor.Transaction

	// Why there is no transaction to go by; reason is empty where there is one.
	outcome check.Outcome
	reason  string
	who     string // who can mend it
	where   string // who was asked
}

// title is what to call the chain: by our name for it, or the receipt's.
func (s sighting) title() string {
	if t := s.at.Chain.Title(); t != "" {
		return t
	}
	return s.at.Named
}

func (s sighting) unknown(reason, who string) sighting {
	s.outcome, s.reason, s.who = check.Unknown, reason, who
	return s
}

// sighting looks the transaction of receipt i up, of the first of its anchors that
// the person named a provider for.
func (j *job) sighting(ctx context.Context, i int) sighting {
	if s, ok := j.sightings[i]; ok {
		return s
	}
	if j.sightings == nil {
		j.sightings = map[int]sighting{}
	}
	var first *sighting
	for _, a := range j.leaf(ctx, i).receipt.Anchors {
		s := j.look(fetch.Because(ctx, check.Anchor), j.onItsChain(i, a))
		if first == nil || s.reason == "" && first.reason != "" {
			first = &s
		}
	}
	j.sightings[i] = *first // a receipt has an anchor, or can't be read
	return *first
}

// onItsChain settles the chain of an anchor that names none: an issuer's address of
// Bitcoin's test network says that it is there.
func (j *job) onItsChain(i int, a anchor.Anchor) anchor.Anchor {
	if a.Named == "" && a.Chain == anchor.Bitcoin && anchor.OnTestnet(j.c.Proofs[i].Method) {
		a.Chain = anchor.Testnet
	}
	return a
}

func (j *job) look(ctx context.Context, a anchor.Anchor) sighting {
	s := sighting{at: a}
	asked := j.providers(a.Chain)
	switch {
	case a.Chain == "":
		return s.unknown("anchor.chain-unknown", "issuer")
	case a.Chain == anchor.Mock:
		return s.unknown("anchor.mock", "issuer")
	case a.Tx == "":
		s = s.unknown("anchor.no-transaction", "issuer")
		s.outcome = check.Fail
		return s
	case len(asked) == 0:
		return s.unknown("anchor.not-checked", "you")
	}
	return j.compare(ctx, s, asked)
}

// providers gives those the person named for a chain, each once.
func (j *job) providers(c anchor.Chain) []anchor.Provider {
	var out []anchor.Provider
	for _, p := range j.v.Chains {
		if p.Chain == c && len(out) < maxProviders && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// compare asks all providers of a chain. What they say has to agree; one that does
// not answer stands in nobody's way, as long as another does.
func (j *job) compare(ctx context.Context, s sighting, asked []anchor.Provider) sighting {
	var answered, silent []string
	var failed error
	absent, agree := 0, true
	for _, p := range asked {
		t, err := p.Look(ctx, j.get, s.at.Tx)
		if err != nil && !errors.Is(err, anchor.ErrAbsent) {
			silent, failed = append(silent, p.Host()), err
			continue
		}
		answered = append(answered, p.Host())
		switch {
		case err != nil:
			absent++
		case s.tx.ID == "":
			s.tx = t
		default:
			agree = agree && s.tx.Agrees(t)
			s.tx.AsOf = earliest(s.tx.AsOf, t.AsOf)
		}
	}
	s.where = strings.Join(answered, ", ")
	switch {
	case s.tx.ID != "" && agree && absent == 0:
		return s
	case s.tx.ID != "":
		return s.unknown("anchor.disagree", "you")
	case absent > 1: // of one, that may be no more than how far back it remembers
		s = s.unknown("anchor.absent", "issuer")
		s.outcome = check.Fail
		return s
	case failed == nil:
		return s.unknown("anchor.not-found", "you")
	}
	s.where = strings.Join(silent, ", ")
	return s.unknown(anchorReason(ctx, failed), "you")
}

// earliest gives the earlier of two times; zero is none.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// anchorReason says in a code why no provider gave the transaction.
func anchorReason(ctx context.Context, err error) string {
	for _, known := range []struct {
		err  error
		code string
	}{
		{fetch.ErrNotStored, "anchor.not-stored"},
		{fetch.ErrOffline, "anchor.offline"},
		{anchor.ErrUnconfirmed, "anchor.unconfirmed"},
		{anchor.ErrOtherChain, "anchor.other-chain"},
		{anchor.ErrAnswer, "anchor.unreadable"},
	} {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	if ctx.Err() != nil {
		return "check.stopped"
	}
	return "anchor.unreachable"
}

// blockcertStatus asks the revocation list that the profile of a certificate's
// issuer names, where the certificate names none itself; nil for every other
// credential. Version 1.2 was taken back by spending money in the chain.
func (j *job) blockcertStatus(ctx context.Context) []check.Check {
	switch {
	case j.c.Kind != vocab.Blockcerts || len(j.c.Proofs) == 0:
		return nil
	case j.c.Proofs[0].Suite == envelope.Chainpoint2:
		return one(statusRow(check.Unknown, "status.in-chain"))
	case len(j.c.Status) > 0:
		return nil
	case !j.is(check.Signature, check.Pass):
		return one(statusRow(check.NotRun, "status.not-run"))
	}
	profile, page, err := j.issuerProfile(ctx)
	if errors.Is(err, errNoProfile) {
		return nil
	}
	if err != nil {
		return one(statusRow(check.Unknown, "status.profile-unread", "where", host(j.c.Issuer.ID)))
	}
	return j.publishedLists(ctx, profile, page)
}
