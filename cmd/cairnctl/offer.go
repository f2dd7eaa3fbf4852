package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/share/oid4vci"
	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) offerCommand() *cobra.Command {
	var code string
	var yes bool
	cmd := &cobra.Command{
		Use:   "offer LINK",
		Short: "See what an issuer offers you, and collect it with --yes",
		Long: "See what an issuer offers in a link or in the text of a code, and who it is. Nothing is taken\n" +
			"without --yes; with it the badges are collected, checked and kept, as 'add' does.\n\n" +
			"Exit status: as for add; 4 also where an offer can't be taken.",
		Args: exactly(1, "the link of an offer"),
		RunE: t.withWallet(func(ctx context.Context, w *wallet.Wallet, args []string) error {
			return t.offer(ctx, w, args[0], code, yes)
		}),
	}
	cmd.Flags().StringVar(&code, "tx-code", "", "the code the issuer gave you in another way, such as by e-mail")
	cmd.Flags().BoolVar(&yes, "yes", false, "collect and keep what is offered")
	return cmd
}

func (t *tool) offer(ctx context.Context, w *wallet.Wallet, link, code string, yes bool) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	c := oid4vci.Client{Get: v.Get, Now: v.Now, Keys: w}
	in, err := c.Look(ctx, link)
	if err == nil {
		t.printOffer(in, yes)
	}
	if err == nil && yes {
		var arrived []oid4vci.Arrival
		if arrived, err = c.Collect(ctx, in, code, nil); err == nil {
			err = t.arrived(context.WithoutCancel(ctx), w, in, arrived)
		}
	}
	if err != nil && ctx.Err() == nil {
		t.printFault(link, err)
		t.status = exitUnreadable
	}
	return stopped(ctx)
}

// arrived keeps what came, each badge whatever became of the others, and also when
// the person stops: it can't be had a second time.
func (t *tool) arrived(ctx context.Context, w *wallet.Wallet, in oid4vci.Invitation, all []oid4vci.Arrival) error {
	var sum outcome
	index := 0
	for _, a := range all {
		drafts, err := a.Review(ctx, w, in.Host)
		if err != nil {
			t.printFault(a.Name, err)
			sum.unreadable = true
		}
		ids, err := w.Keep(ctx, drafts)
		for i, id := range ids {
			sum.add(drafts[i].Report)
			t.printKept(in.Host, index, drafts[i], id)
			index++
		}
		if err != nil {
			return err
		}
	}
	t.status = sum.status()
	return nil
}

// jsonOffer is what an issuer offers.
type jsonOffer struct {
	Offer jsonInvitation `json:"offer"`
}

type jsonInvitation struct {
	Issuer jsonParty     `json:"issuer"`
	Host   string        `json:"host"`
	Badges []jsonOffered `json:"badges"`
	Code   *jsonCode     `json:"code,omitempty"`
}

type jsonOffered struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Format string     `json:"format"`
	Error  *jsonFault `json:"error,omitempty"` // why it can't be taken
}

// jsonCode says what the code looks like that is asked for.
type jsonCode struct {
	Letters bool   `json:"letters"`
	Length  int    `json:"length,omitempty"`
	About   string `json:"about,omitempty"`
}

func (t *tool) printOffer(in oid4vci.Invitation, taken bool) {
	if t.json {
		t.line(jsonOffer{t.invitation(in)})
		return
	}
	what := t.words.Text("offer.one", nil)
	if n := len(in.Take); n != 1 {
		what = t.words.Text("offer.many", map[string]string{"n": strconv.Itoa(n)})
	}
	who, slots := "offer.who", map[string]string{"issuer": in.Issuer.Name, "host": in.Host, "what": what}
	if in.Issuer.Name == "" {
		who = "offer.who-unnamed"
	}
	fmt.Fprintln(t.out, t.words.Text(who, slots))
	for _, c := range in.Take {
		fmt.Fprintf(t.out, "  %s\n", c.Name)
	}
	for _, l := range in.Leave {
		w := t.faultWords(l.Why)
		fmt.Fprintf(t.out, "  %s: %s. %s\n", l.Name, w.Title, w.Do)
	}
	if taken {
		return
	}
	hint := "offer.look-first"
	if in.TxCode != nil {
		hint = "offer.look-first-code"
		if in.TxCode.About != "" {
			fmt.Fprintln(t.out, t.words.Text("offer.code-about", map[string]string{"about": in.TxCode.About}))
		}
	}
	fmt.Fprintln(t.out, t.words.Text(hint, nil))
}

func (t *tool) invitation(in oid4vci.Invitation) jsonInvitation {
	out := jsonInvitation{Issuer: jsonParty{in.Issuer.ID, in.Issuer.Name}, Host: in.Host}
	for _, c := range in.Take {
		out.Badges = append(out.Badges, jsonOffered{ID: c.ID, Name: c.Name, Format: c.Format})
	}
	for _, l := range in.Leave {
		w := t.faultWords(l.Why)
		out.Badges = append(out.Badges, jsonOffered{l.ID, l.Name, l.Format, &w})
	}
	if c := in.TxCode; c != nil {
		out.Code = &jsonCode{Letters: c.Text, Length: c.Length, About: c.About}
	}
	return out
}
