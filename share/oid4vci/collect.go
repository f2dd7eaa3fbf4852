package oid4vci

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
)

// Arrival is what came for one configuration: credentials as the issuer sent them,
// or a fault.
type Arrival struct {
	Configuration
	Raw []([]byte)
	Key *wallet.Spare // they should be bound to; nil where to none
	Err error
}

// Collect takes what was offered, with the code the learner was given where one is
// asked for. An error says that the issuer let nobody in, and nothing came; else
// there is an arrival for each credential that was asked for, in order. seen, which
// may be nil, hears how many of all are done.
//
// Most issuers let somebody in once only: what has arrived has to be shown to the
// learner, also where something else has not.
func (c Client) Collect(ctx context.Context, in Invitation, code string, seen func(done, all int)) ([]Arrival, error) {
	ctx = fetch.Because(ctx, why)
	if err := in.TxCode.Check(code); err != nil {
		return nil, err
	}
	token, err := c.token(ctx, in, code)
	if err != nil {
		return nil, err
	}
	wanted := requests(in.Take, token)
	var out []Arrival
	for n, r := range wanted {
		if seen != nil {
			seen(n, len(wanted))
		}
		a := Arrival{Configuration: r.Configuration}
		a.Raw, a.Key, a.Err = c.credential(ctx, in, token, r)
		out = append(out, a)
		if stopped(ctx.Err()) {
			break
		}
	}
	return out, nil
}

// token hands in the code (OpenID4VCI 1.0, section 6.1).
func (c Client) token(ctx context.Context, in Invitation, code string) (Token, error) {
	form := url.Values{"grant_type": {grantPreAuthorized}, "pre-authorized_code": {in.code}}
	if in.TxCode != nil {
		form.Set("tx_code", code)
	}
	reply, err := c.send(ctx, fetch.Letter{URL: in.server.Token, Body: []byte(form.Encode()), Type: "application/x-www-form-urlencoded"})
	if err != nil {
		return Token{}, err
	}
	if !reply.Good() {
		err := refusal(reply.Body)
		if in.TxCode != nil && fault.Code(err) == "offer.spent" { // the standard has one word for both
			err = fault.New("offer.wrong-code")
		}
		return Token{}, err
	}
	return ParseToken(reply.Body)
}

// request is what is asked for in one go.
type request struct {
	Configuration
	name string // of the credential, where the server gave it one
}

// maxNames is how many credentials of one configuration are asked for by name.
const maxNames = 20

// requests lists what to ask for: what the server has names for, by name
// (OpenID4VCI 1.0, section 8.2).
func requests(take []Configuration, t Token) []request {
	var out []request
	for _, c := range take {
		names := t.IDs[c.ID]
		if len(names) == 0 {
			names = []string{""}
		}
		for _, name := range names[:min(len(names), maxNames)] {
			out = append(out, request{c, name})
		}
	}
	return out
}

// credential asks for one credential, with a key of its own where it is bound to
// any. A nonce that went stale is asked for anew, once.
func (c Client) credential(ctx context.Context, in Invitation, t Token, r request) ([][]byte, *wallet.Spare, error) {
	var holder *wallet.Spare
	if r.bound() {
		s, err := c.Keys.Spare(r.algorithm(), r.Name)
		if err != nil {
			return nil, nil, err
		}
		holder = &s
	}
	reply, err := c.ask(ctx, in, t, r, holder)
	if err == nil && !reply.Good() && isNonceStale(reply.Body) {
		reply, err = c.ask(ctx, in, t, r, holder)
	}
	if err != nil {
		return nil, nil, err
	}
	if !reply.Good() {
		return nil, nil, refusal(reply.Body)
	}
	raw, err := ParseCredentials(reply.Body)
	return raw, holder, err
}

// ask makes one credential request (OpenID4VCI 1.0, section 8.2).
func (c Client) ask(ctx context.Context, in Invitation, t Token, r request, holder *wallet.Spare) (fetch.Reply, error) {
	body := map[string]any{"credential_configuration_id": r.ID}
	if r.name != "" {
		body = map[string]any{"credential_identifier": r.name}
	}
	if holder != nil {
		nonce, err := c.nonce(ctx, in.Issuer.Nonce)
		if err != nil {
			return fetch.Reply{}, err
		}
		proof, err := r.prove(holder.Holder, in.Issuer.ID, nonce, c.Now())
		if err != nil {
			return fetch.Reply{}, err
		}
		body["proofs"] = map[string]any{"jwt": []string{proof}}
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(body); err != nil {
		return fetch.Reply{}, err
	}
	return c.send(ctx, fetch.Letter{URL: in.Issuer.Credential, Body: text.Bytes(), Type: "application/json", Bearer: t.Access})
}

// nonce asks for a number to put into a proof, so that it is good once (OpenID4VCI
// 1.0, section 7.1); an issuer without such an endpoint wants none.
func (c Client) nonce(ctx context.Context, endpoint string) (string, error) {
	if endpoint == "" {
		return "", nil
	}
	reply, err := c.send(ctx, fetch.Letter{URL: endpoint})
	if err != nil {
		return "", err
	}
	if !reply.Good() {
		return "", refusal(reply.Body)
	}
	return ParseNonce(reply.Body)
}

func (c Client) send(ctx context.Context, l fetch.Letter) (fetch.Reply, error) {
	l.Accept = "application/json"
	reply, err := fetch.Send(ctx, c.Get, l)
	return reply, fetch.Fault(err, l.URL)
}

// Reviewer judges what arrives. *wallet.Wallet is one.
type Reviewer interface {
	ReviewBound(ctx context.Context, raw []byte, source string, spare []wallet.Spare, seen func(n int, c check.Check)) ([]wallet.Draft, error)
}

// Review has the wallet judge what arrived; nothing is kept. It is judged also when
// ctx has ended, for it can't be had a second time. An error comes with the drafts
// of what could be read.
func (a Arrival) Review(ctx context.Context, w Reviewer, source string) ([]wallet.Draft, error) {
	var spare []wallet.Spare
	if a.Key != nil {
		spare = append(spare, *a.Key)
	}
	var out []wallet.Draft
	for _, raw := range a.Raw {
		drafts, err := w.ReviewBound(context.WithoutCancel(ctx), raw, source, spare, nil)
		out = append(out, drafts...)
		if err != nil {
			return out, err
		}
	}
	return out, a.Err
}
