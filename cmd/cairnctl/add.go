package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) addCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "add INPUT…",
		Short: "Check badges and keep them in the wallet",
		Long: "Check badges and keep them, also those that are expired, withdrawn or broken: they are yours.\n" +
			"Adding the same badge twice keeps it once.",
		Args: atLeast(1, "something to add: a file, a folder, a link, or '-'"),
		RunE: t.withWallet(t.add),
	}
}

func (t *tool) add(ctx context.Context, w *wallet.Wallet, args []string) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	var sum outcome
	for in := range t.inputs(ctx, v.Get, args) {
		if err := t.addOne(ctx, w, in, &sum); err != nil {
			t.printFault(in.name, err)
			sum.unreadable = true
		}
	}
	t.status = sum.status()
	return stopped(ctx)
}

// addOne keeps all credentials of one input, or none.
func (t *tool) addOne(ctx context.Context, w *wallet.Wallet, in input, sum *outcome) error {
	if in.err != nil {
		return in.err
	}
	drafts, err := w.Review(ctx, in.raw, in.name, nil)
	if err != nil {
		return err
	}
	ids, err := w.Keep(ctx, drafts)
	if err != nil {
		return err
	}
	for i, d := range drafts {
		sum.add(d.Report)
		if t.json {
			out := t.report(d.Credential, d.Report)
			out.Input, out.Index = in.name, i
			t.line(jsonAdded{jsonReport: out, Item: ids[i], Known: d.Known})
			continue
		}
		word := "kept"
		if d.Known {
			word = "already in the wallet"
		}
		fmt.Fprintf(t.out, "%s %s: %s (%s)\n", short(ids[i]), t.verdictTitle(d.Report.Verdict()), orUnnamed(d.Credential.Name), word)
	}
	return nil
}

// jsonAdded is a report with what the wallet made of it.
type jsonAdded struct {
	jsonReport
	Item  string `json:"item"`
	Known bool   `json:"known"`
}
