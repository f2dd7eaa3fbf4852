package model

import (
	"context"
	"strconv"

	"github.com/cairnwallet/cairn/share/oid4vci"
)

// OfferView is what an issuer offers. Nothing of it is taken before the learner says
// so.
type OfferView struct {
	Title  string     // "Alpine College (alpine.example) offers 2 badges"
	Badges []string   // their names
	Left   []string   // what can't be taken, each with the reason
	Ask    string     // what code is asked for; empty where none is
	Code   string     // as it was typed
	Action string     // "Get these badges"
	Fault  *FaultView // the issuer let nobody in; it can be tried again
}

// collector is what taking an offer needs of the wallet.
type collector interface {
	oid4vci.Keys
	oid4vci.Reviewer
}

func (a *Add) issuers() oid4vci.Client {
	return oid4vci.Client{Get: a.desk.Get, Now: a.desk.Now, Keys: a.desk.Wallet}
}

// findOffer runs on a worker: it asks the issuer what it offers.
func (a *Add) findOffer(ctx context.Context, link string, send func(arrival)) error {
	in, err := a.issuers().Look(ctx, link)
	if err == nil {
		send(arrival{offer: &in})
	}
	return err
}

func (a *Add) addOffer(in oid4vci.Invitation) {
	who := in.Host
	if in.Issuer.Name != "" {
		who = a.t("add.offerer", "issuer", in.Issuer.Name, "host", in.Host)
	}
	v := OfferView{Title: a.count("add.offer", len(in.Take), "who", who), Action: a.count("add.offer-get", len(in.Take))}
	for _, c := range in.Take {
		v.Badges = append(v.Badges, c.Name)
	}
	for _, l := range in.Leave {
		v.Left = append(v.Left, a.t("add.offer-left", "name", l.Name, "why", a.fault(l.Why).Title))
	}
	if in.TxCode != nil {
		v.Ask = a.t("add.offer-code")
		if about := in.TxCode.About; about != "" {
			v.Ask = a.t("add.offer-note", "about", about)
		}
	}
	a.offers, a.Offers = append(a.offers, in), append(a.Offers, v)
}

// SetCode hears what is typed into the field for the code of an offer.
func (a *Add) SetCode(i int, code string) {
	if i >= 0 && i < len(a.Offers) {
		a.Offers[i].Code = code
	}
}

// Collect takes what is offered; what arrives is reviewed before it is kept.
func (a *Add) Collect(i int) {
	if i < 0 || i >= len(a.Offers) || a.Progress.On {
		return
	}
	in, code := a.offers[i], a.Offers[i].Code
	a.Offers[i].Fault = nil
	a.work(1, func(ctx context.Context, send func(arrival)) error {
		return a.collect(ctx, in, code, func(one arrival) {
			one.at = i
			send(one)
		})
	})
}

// collect runs on a worker. Where nobody is let in the offer stays, with the reason.
func (a *Add) collect(ctx context.Context, in oid4vci.Invitation, code string, send func(arrival)) error {
	all, err := a.issuers().Collect(ctx, in, code, func(n, of int) { send(arrival{getting: a.getting(n, of)}) })
	if err != nil {
		if ctx.Err() == nil {
			send(arrival{barred: a.faultView(err)})
		}
		return err
	}
	send(arrival{taken: true})
	for _, one := range all {
		drafts, err := one.Review(ctx, a.desk.Wallet, in.Host)
		for _, d := range drafts {
			send(arrival{draft: &d, fits: a.fits(d)})
		}
		if err != nil && ctx.Err() == nil {
			send(arrival{refused: &RefusedView{Name: one.Name, Fault: a.fault(err)}})
		}
	}
	return ctx.Err()
}

// getting is how far collecting is.
func (a *Add) getting(n, of int) *ProgressView {
	return &ProgressView{
		On: true, Stop: a.t("stop"), Fraction: float64(n) / float64(of),
		Text: a.t("add.offer-n", "n", strconv.Itoa(n+1), "total", strconv.Itoa(of)),
	}
}
