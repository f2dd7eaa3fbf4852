package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) addCommand() *cobra.Command {
	var takeKeys bool
	cmd := &cobra.Command{
		Use:   "add INPUT…",
		Short: "Check badges and keep them in the wallet",
		Long: "Check badges and keep them, also those that are expired, withdrawn or broken: they are yours.\n" +
			"Adding the same badge twice keeps it once. A file of another wallet may hold secret keys, too;\n" +
			"they are taken only with --take-keys.",
		Args: atLeast(1, "something to add: a file, a folder, a link, or '-'"),
		RunE: t.withWallet(func(ctx context.Context, w *wallet.Wallet, args []string) error { return t.add(ctx, w, args, takeKeys) }),
	}
	cmd.Flags().BoolVar(&takeKeys, "take-keys", false, "also take the secret keys of another wallet's file, so that its badges can be shown from here")
	return cmd
}

func (t *tool) add(ctx context.Context, w *wallet.Wallet, args []string, takeKeys bool) error {
	v, err := t.verifier()
	if err != nil {
		return err
	}
	var sum outcome
	for in := range t.inputs(ctx, v.Get, args) {
		err := t.addOne(ctx, w, in, &sum)
		if took, keysErr := t.foreignKeys(ctx, w, in, takeKeys); keysErr != nil || took {
			err = keysErr // a file of nothing but keys was no mistake
		}
		if err != nil {
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
		t.printKept(in.name, i, d, ids[i])
	}
	return nil
}

// printKept says what became of a draft that was kept.
func (t *tool) printKept(input string, index int, d wallet.Draft, item string) {
	if t.json {
		out := t.report(d.Credential, d.Report)
		out.Input, out.Index = input, index
		t.line(jsonAdded{jsonReport: out, Item: item, Known: d.Known})
		return
	}
	word := "kept"
	if d.Known {
		word = "already in the wallet"
	}
	fmt.Fprintf(t.out, "%s %s: %s (%s)\n", short(item), t.verdictTitle(d.Report.Verdict()), titleOf(d.Credential), word)
}

// jsonAdded is a report with what the wallet made of it.
type jsonAdded struct {
	jsonReport
	Item  string `json:"item"`
	Known bool   `json:"known"`
}

// jsonKeys says how many secret keys an input held beside badges.
type jsonKeys struct {
	Input string `json:"input"`
	Keys  struct {
		Found int `json:"found"`
		Taken int `json:"taken"`
	} `json:"keys"`
}

// foreignKeys tells of the secret keys in a file of another wallet, and takes them
// where the learner said so. took says that there were some, and all are here now.
func (t *tool) foreignKeys(ctx context.Context, w *wallet.Wallet, in input, take bool) (took bool, err error) {
	out := jsonKeys{Input: in.name}
	found, fresh := w.ForeignKeys(in.raw)
	if found == 0 {
		return false, nil
	}
	out.Keys.Found = found
	if take {
		taken, err := w.TakeKeys(ctx, in.raw, in.name)
		if err != nil {
			return false, err
		}
		out.Keys.Taken = len(taken)
	}
	switch {
	case t.json:
		t.line(out)
	case take:
		fmt.Fprintf(t.out, "%s: took %d of %d secret keys; the others were here already\n", in.name, out.Keys.Taken, found)
	case fresh > 0:
		fmt.Fprintf(t.out, "%s: this file also holds %d secret keys that are not in your wallet; add it with --take-keys to take them\n", in.name, fresh)
	}
	return take, nil
}
