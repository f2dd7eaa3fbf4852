package share

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/share/oid4vp"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
)

// Asked is a request, and what in the wallet could answer it.
type Asked struct {
	oid4vp.Request
	Answers  []oid4vp.Answers // one for each credential that is asked for
	Need     []string         // the queries that have to be answered
	May      []string         // those that can be, or not
	Possible bool             // all of Need can be answered
}

// Pick is what the learner answers one query with.
type Pick struct {
	Query string
	Item  string
	Show  []string // paths of Lines, as in Request.Show
}

// Answer is ready to be sent. Nothing of it was.
type Answer struct {
	Request oid4vp.Request
	Proofs  []Proof  // one for each pick; their previews were read from Token
	Token   []byte   // what is shown, as it will be sent
	Body    []byte   // what is posted: Token, encrypted where they want that
	Short   []string // labels of lines they asked for that are not in it
}

// answerDays is how long an answer is good: it is read at once.
const answerDays = 1

// Ask finds what of these rows could answer a request. It tells nobody.
func (s Sharer) Ask(ctx context.Context, r oid4vp.Request, rows []wallet.Row) (Asked, error) {
	var held []oid4vp.Held
	for _, row := range rows {
		if ctx.Err() != nil {
			return Asked{}, ctx.Err()
		}
		if row.Damaged || !asksForm(r.Query, row.Form) {
			continue
		}
		h, err := s.held(row.ID)
		if err != nil {
			return Asked{}, err
		}
		held = append(held, h)
	}
	a := Asked{Request: r, Answers: oid4vp.Match(r.Query, r.Client, held)}
	a.Need, a.May, a.Possible = r.Query.Plan(func(id string) bool { return len(a.To(id).Fit) > 0 })
	return a, nil
}

// asksForm says whether a badge of this form could be meant, so that the others need
// not be read.
func asksForm(q oid4vp.Query, form string) bool {
	return slices.ContainsFunc(q.Credentials, func(c oid4vp.CredentialQuery) bool {
		switch c.Format {
		case oid4vp.SDJWT:
			return strings.HasSuffix(form, "sd-jwt")
		case oid4vp.JWT:
			return strings.HasSuffix(form, "jwt")
		}
		return strings.HasSuffix(form, "json")
	})
}

func (s Sharer) held(id string) (oid4vp.Held, error) {
	item, err := s.Wallet.Item(id)
	if err != nil {
		return oid4vp.Held{}, err
	}
	h := oid4vp.Held{ID: id, Credential: item.Credential}
	k, err := s.Wallet.Holder(item.Credential)
	if errors.Is(err, fault.New("key.not-here")) {
		return h, nil
	}
	h.Alg = k.Alg()
	return h, err
}

// To gives the answers to a query.
func (a Asked) To(query string) oid4vp.Answers {
	i := slices.IndexFunc(a.Answers, func(one oid4vp.Answers) bool { return one.Query.ID == query })
	if i < 0 {
		return oid4vp.Answers{}
	}
	return a.Answers[i]
}

// Pick answers a query with one of its fits, with the lines that were asked for and no
// others.
func (s Sharer) Pick(query string, fit oid4vp.Fit) (Pick, error) {
	item, err := s.Wallet.Item(fit.ID)
	if err != nil {
		return Pick{}, err
	}
	return Pick{Query: query, Item: fit.ID, Show: Look(item.Credential).covering(fit.Claims)}, nil
}

// covering gives the paths of the fewest lines that show all of these claims: the
// line of a claim and those inside it or, where it has none, the line it stands in.
func (ch Choices) covering(claims []string) []string {
	var out []string
	for _, claim := range claims {
		before, around := len(out), ""
		for _, l := range ch.Lines {
			switch {
			case l.Fixed:
			case l.Path == claim || strings.HasPrefix(l.Path, claim+"/"):
				out = append(out, l.Path)
			case strings.HasPrefix(claim, l.Path+"/") && len(l.Path) > len(around):
				around = l.Path
			}
		}
		if len(out) == before && around != "" {
			out = append(out, around)
		}
	}
	slices.SortFunc(out, comparePaths)
	return slices.Compact(out)
}

// Made is a pick, and the proof that was made of it.
type Made struct {
	Pick
	Proof Proof
}

// fit finds what a pick answers with among what can answer its query.
func (a Asked) fit(p Pick) (oid4vp.Fit, bool) {
	fits := a.To(p.Query).Fit
	i := slices.IndexFunc(fits, func(f oid4vp.Fit) bool { return f.ID == p.Item })
	if i < 0 {
		return oid4vp.Fit{}, false
	}
	return fits[i], true
}

// Wants is what to make for a pick, with Make.
func (a Asked) Wants(p Pick) Request {
	return Request{
		Items: []string{p.Item}, Show: p.Show, Audience: a.Asker.ID, Nonce: a.Nonce,
		Days: answerDays, Format: a.To(p.Query).Query.Format,
	}
}

// Answer makes what answers a request with these picks, and reads it back from the
// bytes that would be sent. It sends nothing: Deliver does. Errors are *fault.Fault.
func (s Sharer) Answer(ctx context.Context, asked Asked, picks []Pick) (Answer, error) {
	var all []Made
	for _, p := range picks {
		if _, ok := asked.fit(p); !ok {
			return Answer{}, fault.New("answer.unfit")
		}
		proof, err := s.Make(ctx, asked.Wants(p))
		if err != nil {
			return Answer{}, err
		}
		all = append(all, Made{p, proof})
	}
	return s.Seal(asked, all)
}

// Seal makes an answer of proofs that were made for it. Errors are *fault.Fault.
func (s Sharer) Seal(asked Asked, made []Made) (Answer, error) {
	a := Answer{Request: asked.Request}
	var ids []string
	var shown []oid4vp.Shown
	for _, m := range made {
		fit, ok := asked.fit(m.Pick)
		if !ok || slices.Contains(ids, m.Query) {
			return Answer{}, fault.New("answer.unfit")
		}
		short, err := s.short(m.Pick, fit)
		if err != nil {
			return Answer{}, err
		}
		ids = append(ids, m.Query)
		a.Proofs, a.Short = append(a.Proofs, m.Proof), append(a.Short, short...)
		shown = append(shown, oid4vp.Shown{Query: m.Query, Bytes: m.Proof.Bytes})
	}
	if !asked.Query.Complete(ids) {
		return Answer{}, fault.New("answer.incomplete")
	}
	if err := s.pack(&a, shown); err != nil {
		return Answer{}, err
	}
	return a, nil
}

// Door is the way to those who ask, by this getter.
func (s Sharer) Door(get fetch.Getter) oid4vp.Door {
	return oid4vp.Door{Get: get, Now: s.Verifier.Now, Rand: s.Rand}
}

// short names the lines that were asked for and not picked.
func (s Sharer) short(p Pick, fit oid4vp.Fit) ([]string, error) {
	item, err := s.Wallet.Item(p.Item)
	if err != nil {
		return nil, err
	}
	var out []string
	ch := Look(item.Credential)
	asked := ch.covering(fit.Claims)
	for _, l := range ch.Lines {
		if slices.Contains(asked, l.Path) && !slices.Contains(p.Show, l.Path) {
			out = append(out, l.Label)
		}
	}
	return out, nil
}

// pack packs what is shown, and makes sure that what was checked is what is sent.
func (s Sharer) pack(a *Answer, shown []oid4vp.Shown) error {
	token, err := oid4vp.Token(shown)
	if err != nil {
		return fault.Wrap(err, "share.failed")
	}
	back, err := oid4vp.Unpack(token)
	same := func(one oid4vp.Shown) bool {
		return slices.ContainsFunc(back, func(b oid4vp.Shown) bool { return b.Query == one.Query && bytes.Equal(b.Bytes, one.Bytes) })
	}
	if err != nil || len(back) != len(shown) || slices.ContainsFunc(shown, func(one oid4vp.Shown) bool { return !same(one) }) {
		return fault.Wrap(err, "share.not-sound", "reason", "token")
	}
	a.Token = token
	if a.Body, err = oid4vp.Pack(a.Request, token, s.Rand); err != nil {
		return fault.Wrap(err, "share.failed")
	}
	return nil
}

// Recorder keeps the learner's own record of what was done.
type Recorder interface {
	Record(e wallet.Event) error
}

// Deliver records the answer and sends it, in this order: nothing is handed over that
// the record does not have. It gives the address at which they want to go on, which
// is shown and never opened unasked; empty for none.
func (a Answer) Deliver(ctx context.Context, door oid4vp.Door, record Recorder) (next string, err error) {
	if err := door.Offline(ctx, a.Request); err != nil {
		return "", err
	}
	for _, p := range a.Proofs {
		e := p.Receipt()
		e.Args["audience"], e.Share.Audience = a.Request.Label(), a.Request.Label()
		if err := record.Record(e); err != nil {
			return "", err
		}
	}
	return door.Send(ctx, a.Request, a.Body)
}
