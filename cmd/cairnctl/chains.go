package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) chainsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "chains", Short: "Who may be asked about certificates in block chains: see, add, remove",
		Long: "List who may be asked whether a certificate is in its block chain. Of a chain for which nobody is named nobody\n" +
			"is asked; who is asked learns which certificate is looked at. Where two are named, they must agree.",
		Args: exactly(0, "nothing more"),
		RunE: t.withWallet(t.chains),
	}
	cmd.AddCommand(
		t.chainCommandOf("add CHAIN=ADDRESS", "Name somebody, such as bitcoin=https://blockstream.info/api", (*wallet.Wallet).AddChain),
		t.chainCommandOf("remove CHAIN=ADDRESS", "Forget somebody", (*wallet.Wallet).RemoveChain))
	return cmd
}

func (t *tool) chainCommandOf(use, short string, do func(*wallet.Wallet, string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: exactly(1, "a chain, an equals sign and an address"),
		RunE: t.withWallet(func(_ context.Context, w *wallet.Wallet, args []string) error { return do(w, args[0]) }),
	}
}

type jsonChain struct {
	Chain   string `json:"chain"`
	Address string `json:"address"`
}

func (t *tool) chains(_ context.Context, w *wallet.Wallet, _ []string) error {
	all, err := w.Chains()
	if err != nil {
		return err
	}
	for _, p := range all {
		if t.json {
			t.line(jsonChain{string(p.Chain), p.URL})
			continue
		}
		fmt.Fprintln(t.out, p)
	}
	if len(all) == 0 {
		t.say("%s", t.words.Text("chains.none", nil))
	}
	return nil
}
