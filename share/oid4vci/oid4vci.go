// Package oid4vci takes an issuer's offer, as a wallet does in OpenID for Verifiable
// Credential Issuance 1.0: it reads who offers what, and collects it.
//
// It has one way to be let in, the pre-authorized code, and holds keys of the
// learner against an issuer's word only as long as that issuer is asked. It asks
// through verify/fetch alone, keeps nothing, and judges nothing that arrives:
// whoever asked for it hands it to the wallet for that, as what came any other way.
// All answers are foreign; what is wrong with one is a *fault.Fault that names the
// member.
//
// Start at Client.Look, which asks the issuer what stands behind a link and takes
// nothing, and Client.Collect.
package oid4vci

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/wallet"
)

// Keys makes the learner's keys. *wallet.Wallet is one.
type Keys interface {
	Spare(alg, note string) (wallet.Spare, error)
}

// Client asks issuers. All members are needed.
type Client struct {
	Get  fetch.Getter // must be a fetch.Sender to collect anything
	Now  func() time.Time
	Keys Keys
}

// Invitation is an offer with all that has to be known to take it.
type Invitation struct {
	Issuer Issuer
	Host   string // of the issuer
	Take   []Configuration
	Leave  []Leftover
	TxCode *TxCode // nil where no code is asked for

	code   string
	server Server
}

// Leftover is something offered that this program can't take, and why: a fault.
type Leftover struct {
	Configuration
	Why error
}

// why is the reason for the ledger of contacts.
const why = "offer"

// maxServers is how many authorization servers of an issuer are looked at.
const maxServers = 5

// Look asks who offers what in a link or a text. Nothing is taken by this, and the
// issuer learns no more than that somebody looks. The fault says what stands in the
// way where nothing of it can be taken.
func (c Client) Look(ctx context.Context, text string) (Invitation, error) {
	ctx = fetch.Because(ctx, why)
	o, err := c.offer(ctx, text)
	if err != nil {
		return Invitation{}, err
	}
	host := hostOf(o.Issuer)
	if o.Code == "" {
		return Invitation{}, fault.New("offer.browser", "host", host)
	}
	issuer, err := consult(ctx, c.Get, places(o.Issuer, "openid-credential-issuer"), c.issuer)
	if err != nil {
		return Invitation{}, err
	}
	if issuer.ID != o.Issuer { // OpenID4VCI 1.0, section 12.2.1
		return Invitation{}, fault.New("offer.other-issuer", "host", host, "other", hostOf(issuer.ID))
	}
	in := Invitation{Issuer: issuer, Host: host, TxCode: o.TxCode, code: o.Code}
	if err := in.choose(o.IDs); err != nil {
		return Invitation{}, err
	}
	in.server, err = c.server(ctx, issuer.Servers, o.Server)
	return in, err
}

func (c Client) offer(ctx context.Context, text string) (Offer, error) {
	l, err := ParseLink(text)
	if err != nil {
		return Offer{}, err
	}
	if l.Offer != nil {
		return *l.Offer, nil
	}
	page, err := c.Get.Get(ctx, l.URI, "application/json")
	if err != nil {
		return Offer{}, fetch.Fault(err, l.URI)
	}
	return ParseOffer(page.Body)
}

func (c Client) issuer(page fetch.Page) (Issuer, error) {
	if page.Type == "application/jwt" { // OpenID4VCI 1.0, section 12.2.3
		return ParseSignedIssuer(page.Body, c.Now())
	}
	return ParseIssuer(page.Body)
}

// choose tells what can be taken from what can't.
func (in *Invitation) choose(ids []string) error {
	if in.Issuer.Sealed {
		return fault.New("offer.sealed", "host", in.Host)
	}
	for _, id := range ids {
		one, ok := in.Issuer.Configurations[id]
		if !ok {
			return fault.New("offer.unknown-badge", "badge", cut(id))
		}
		if err := one.unfit(); err != nil {
			in.Leave = append(in.Leave, Leftover{one, err})
			continue
		}
		in.Take = append(in.Take, one)
	}
	if len(in.Take) == 0 {
		return in.Leave[0].Why
	}
	return nil
}

// server finds where the code is to be handed in: the server the offer means, else
// the first of the issuer's that takes such codes.
func (c Client) server(ctx context.Context, all []string, meant string) (Server, error) {
	if meant != "" {
		if !slices.Contains(all, meant) { // OpenID4VCI 1.0, section 4.1.1
			return Server{}, fault.New(badOffer, "member", "authorization_server")
		}
		all = []string{meant}
	}
	var first error
	for _, id := range all[:min(len(all), maxServers)] {
		s, err := c.serverAt(ctx, id)
		if err == nil || ctx.Err() != nil {
			return s, err
		}
		if first == nil {
			first = err
		}
	}
	return Server{}, first
}

func (c Client) serverAt(ctx context.Context, id string) (Server, error) {
	if !isAddress(id) {
		return Server{}, fault.New(badIssuer, "member", "authorization_servers")
	}
	s, err := consult(ctx, c.Get, places(id, "oauth-authorization-server", "openid-configuration"),
		func(p fetch.Page) (Server, error) { return ParseServer(p.Body) })
	switch {
	case err != nil:
		return Server{}, err
	case s.ID != id: // RFC 8414, section 3.3
		return Server{}, fault.New("offer.other-issuer", "host", hostOf(id), "other", hostOf(s.ID))
	case !s.takes():
		return Server{}, fault.New("offer.browser", "host", hostOf(id))
	case s.Attested:
		return Server{}, fault.New("offer.attested", "badge", hostOf(id))
	}
	return s, nil
}

// consult reads a document from the first place that has it. What is wrong with a
// document tells more than that another place has none.
func consult[T any](ctx context.Context, get fetch.Getter, places []string, parse func(fetch.Page) (T, error)) (T, error) {
	var none T
	var wrong, missing error
	for _, place := range places {
		page, err := get.Get(ctx, place, "application/json")
		switch {
		case err == nil:
			doc, err := parse(page)
			if err == nil {
				return doc, nil
			}
			if wrong == nil {
				wrong = err
			}
		case missing == nil:
			missing = fetch.Fault(err, place)
		}
		if ctx.Err() != nil {
			break
		}
	}
	if wrong == nil {
		wrong = missing
	}
	return none, wrong
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return cut(address)
	}
	return cut(u.Hostname())
}

// stopped says whether an error is the learner's wish.
func stopped(err error) bool { return errors.Is(err, context.Canceled) }
