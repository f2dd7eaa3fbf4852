package model

import (
	"slices"

	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/pathway"
)

// DraftView is a badge that was read and is not kept yet.
type DraftView struct {
	Card    CardView
	For     string // "for Maya Keller", empty when not stated
	Verdict VerdictView
	Checks  ChecksView
	Known   string // that the wallet has it already, else empty
	Fits    string // the pathways it fits, else empty
	Ticked  bool
}

// RefusedView is an input that could not be read.
type RefusedView struct {
	Name  string
	Fault FaultView
}

// WebView is an address that is opened only when the learner says so.
type WebView struct {
	URL  string
	Host string
	Text string
}

func (a *Add) addDraft(one arrival) {
	d := *one.draft
	if slices.ContainsFunc(a.drafts, func(o wallet.Draft) bool { return o.ID == d.ID }) {
		return // the same file twice
	}
	a.drafts = append(a.drafts, d)
	v := a.draft(d, one.fits)
	v.Card.Emblem.Picture = one.picture
	a.Drafts = append(a.Drafts, v)
}

func (a *Add) draft(d wallet.Draft, fits string) DraftView {
	c := d.Credential
	name, issuer := orElse(orElse(c.Badge.Name, c.Name), a.t("card.unnamed")), orElse(c.Issuer.Label(), a.t("issuer.unnamed"))
	v := DraftView{
		Card: CardView{
			ID: d.ID, Name: name, Issuer: orElse(issuer, a.t("issuer.unnamed")), Pill: a.pill(d.Report.Verdict()),
			Emblem: emblem(name, issuer), Sample: a.desk.Sample,
		},
		Verdict: a.verdict(judged{issuer: c.Issuer.Label(), from: c.From, until: c.Until, report: d.Report}),
		Checks:  a.checks(d.Report, true), Fits: fits, Ticked: !d.Known,
	}
	v.Verdict.Act, v.Verdict.Action = "", "" // it is not in the wallet yet
	if who := recipient(c.Subject); who != "" {
		v.For = a.t("add.for", "name", who)
	}
	if d.Known {
		v.Known = a.t("add.known")
	}
	return v
}

// fits names the pathways with a step for a badge, whatever else is held.
func (a *Add) fits(d wallet.Draft) string {
	routes, err := a.desk.Wallet.Pathways()
	if err != nil {
		return ""
	}
	var names []string
	held := d.Held(a.now())
	for _, r := range routes {
		for _, l := range pathway.Measure(r.Pathway, held, a.now()).Layers {
			if m, ok := layerMatch(l, d.ID); ok && (m.Counts || m.Why == pathway.Prerequisite) {
				names = append(names, a.t("detail.counts", "pathway", r.Pathway.Name, "layer", l.Name))
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return a.t("add.fits", "names", sentence(", ", names...))
}
