package share

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/share/oid4vp"
	"github.com/cairnwallet/cairn/share/present"
	"github.com/cairnwallet/cairn/verify"
	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/proof"
	"github.com/cairnwallet/cairn/verify/sdjwt"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/vocab"
	"github.com/cairnwallet/cairn/wallet/key"
)

// address fills in what the request left open.
func (s Sharer) address(p *Proof) (present.To, error) {
	r := &p.Request
	r.Audience, r.Purpose = strings.TrimSpace(r.Audience), strings.TrimSpace(r.Purpose)
	switch {
	case len(r.Items) == 0:
		return present.To{}, fault.New("share.nothing")
	case r.Audience == "":
		return present.To{}, fault.New("share.no-audience")
	case r.Days < 0 || r.Days > MaxDays:
		return present.To{}, fault.New("share.days", "most", fmt.Sprint(MaxDays))
	case r.Days == 0:
		r.Days = DefaultDays
	}
	if r.Nonce == "" {
		b := make([]byte, 16)
		if _, err := io.ReadFull(s.Rand, b); err != nil {
			return present.To{}, fault.Wrap(err, "share.failed")
		}
		r.Nonce = base64.RawURLEncoding.EncodeToString(b)
	}
	made := s.Verifier.Now().UTC().Truncate(time.Second)
	p.Until = made.AddDate(0, 0, r.Days)
	return present.To{Audience: r.Audience, Nonce: r.Nonce, Purpose: r.Purpose, Made: made, Until: p.Until}, nil
}

func (s Sharer) items(ids []string) ([]*vc.Credential, error) {
	var out []*vc.Credential
	for _, id := range ids {
		item, err := s.Wallet.Item(id)
		if err != nil {
			return nil, err
		}
		out = append(out, item.Credential)
	}
	if slices.ContainsFunc(out, older) {
		return nil, fault.New("share.older-badge")
	}
	if len(out) > 1 && slices.ContainsFunc(out, func(c *vc.Credential) bool { return disclosable(c) != nil || divisible(c) != nil }) {
		return nil, fault.New("share.one-at-a-time")
	}
	return out, nil
}

// older says whether c is an Open Badge of version 1 or 2, or a Blockcert of their
// time. They are no W3C credentials, so no presentation that a standard verifier
// reads holds one.
func older(c *vc.Credential) bool {
	return c.Kind == vocab.OB1 || c.Kind == vocab.OB2 || envelope.IsBlockcert(c.Doc)
}

// lines shows parts of an SD-JWT, bound by the key it names. One that names no
// key can be shown but not bound, which is never done silently.
func (s Sharer) lines(p *Proof, c *vc.Credential, sd *sdjwt.SDJWT, to present.To) error {
	if len(sd.Flaws) > 0 {
		return fault.New("share.broken")
	}
	var holder present.Holder
	if sd.Confirmation() == nil {
		p.Notes = append(p.Notes, NoteUnbound)
	} else {
		h, err := s.Wallet.Holder(c)
		if err != nil {
			return notHere(err)
		}
		holder = h
	}
	var err error
	p.Bytes, err = present.SDJWT(sd, p.Request.Show, to, holder)
	if errors.Is(err, sdjwt.ErrPath) {
		return fault.Wrap(err, "share.no-line")
	}
	if err != nil {
		return fault.Wrap(err, "share.failed")
	}
	p.Withheld = withheld(sd, p.Bytes)
	return nil
}

func notHere(err error) error {
	if errors.Is(err, fault.New("key.not-here")) {
		return fault.Wrap(err, "share.key-not-here")
	}
	return err
}

// withheld names what was left out, by comparing what was there with what is sent.
func withheld(sd *sdjwt.SDJWT, sent []byte) []string {
	var out []string
	raws := strings.Split(string(sent), "~")
	for _, l := range choiceLines(sd) {
		i := slices.IndexFunc(sd.Disclosures, func(d sdjwt.Disclosure) bool { return d.Path == l.Path })
		if !slices.Contains(raws, sd.Disclosures[i].Raw) {
			out = append(out, l.Label)
		}
	}
	return out
}

// whole shows credentials that are signed as one piece.
func (s Sharer) whole(ctx context.Context, p *Proof, items []*vc.Credential, to present.To) error {
	if len(p.Request.Show) > 0 {
		return fault.New("share.one-piece")
	}
	var parts []present.Part
	for _, c := range items {
		parts = append(parts, present.Part{Sealed: c.Sealed, Subject: c.Subject.ID})
	}
	return s.around(ctx, p, items, parts, to)
}

// around signs around what is shown of items.
func (s Sharer) around(ctx context.Context, p *Proof, items []*vc.Credential, parts []present.Part, to present.To) error {
	holder, err := s.holder(p, items)
	if err != nil {
		return err
	}
	tokens := slices.ContainsFunc(parts, func(part present.Part) bool { return len(part.Sealed) > 0 && part.Sealed[0] != '{' })
	format := p.Request.Format
	if format == oid4vp.JWT {
		p.Bytes, err = present.JWT11(parts, to, holder)
	} else if !tokens {
		p.Bytes, err = present.LDP(ctx, parts, to, holder)
	}
	switch {
	case beyondLDP(err) && format != "":
		return fault.Wrap(err, "answer.form")
	case format == "" && (tokens || beyondLDP(err)):
		p.Bytes, err = present.JWT(parts, to, holder)
	}
	if err != nil {
		return fault.Wrap(err, "share.failed")
	}
	return nil
}

// beyondLDP says whether a credential uses terms that a proof of linked data made
// here would not cover. A token covers every letter.
func beyondLDP(err error) bool {
	for _, beyond := range []error{canon.ErrContextUnknown, proof.ErrLossy, canon.ErrTooComplex, canon.ErrTooLarge} {
		if errors.Is(err, beyond) {
			return true
		}
	}
	return false
}

// holder finds the one key to sign with: the key the credentials name, else the
// public one. Credentials that name two keys can't be shown in one piece.
func (s Sharer) holder(p *Proof, items []*vc.Credential) (key.Holder, error) {
	var holder key.Holder
	named := ""
	for _, c := range items {
		if !strings.HasPrefix(c.Subject.ID, "did:") && c.Doc["cnf"] == nil {
			continue
		}
		h, err := s.Wallet.Holder(c)
		switch {
		case errors.Is(err, fault.New("key.not-here")):
			p.Notes = []string{NoteOtherKey}
		case err != nil:
			return key.Holder{}, err
		case named != "" && h.DID() != named:
			return key.Holder{}, fault.New("share.one-at-a-time")
		default:
			holder, named = h, h.DID()
		}
	}
	if named == "" {
		return s.Wallet.Profile()
	}
	return holder, nil
}

// readBack checks the actual bytes as a stranger would, who knows nothing of the
// learner but the languages they read in. A proof whose showing does not hold is
// never handed out.
func (s Sharer) readBack(ctx context.Context, p *Proof, languages vc.Languages) error {
	stranger := *s.Verifier
	stranger.Own, stranger.Issuers, stranger.Languages = verify.Own{}, nil, languages
	expect := verify.Expect{Audience: p.Request.Audience, Nonce: p.Request.Nonce}
	if slices.Contains(p.Notes, NoteUnbound) {
		expect = verify.Expect{} // nothing was signed that could name either
	}
	var err error
	p.Preview, err = Check(ctx, &stranger, p.Bytes, expect, nil)
	if err != nil {
		*p = Proof{}
		return fault.Wrap(err, "share.failed")
	}
	for _, one := range p.Preview.Shown {
		if err := sound(one.Report); err != nil {
			*p = Proof{}
			return err
		}
	}
	return nil
}

// sound says whether what this package added holds. What the issuer did is for
// the preview to tell.
func sound(r check.Report) error {
	for _, row := range r.Checks {
		switch {
		case row.Outcome != check.Fail:
		case row.Reason == "disclosure.base-proof":
			return fault.New("share.base-proof")
		case slices.Contains([]string{check.Binding, check.Audience, check.Fresh, check.Disclosure}, row.ID):
			return fault.New("share.not-sound", "reason", row.Reason)
		}
	}
	return nil
}
