package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) refreshCommand() *cobra.Command {
	return &cobra.Command{
		Use: "refresh ID", Short: "Ask the issuer of a badge for a newer version, and put it in its place",
		Args: exactly(1, "the id of a badge, or its first letters"),
		RunE: t.withWallet(t.refresh),
	}
}

type jsonRefreshed struct {
	Item    string        `json:"item"`
	Was     string        `json:"was"`
	Same    bool          `json:"same"`
	Verdict check.Verdict `json:"verdict"`
}

func (t *tool) refresh(ctx context.Context, w *wallet.Wallet, args []string) error {
	id, err := t.find(w, args[0])
	if err != nil {
		return err
	}
	r, err := w.Refresh(ctx, id)
	if err != nil {
		return err
	}
	if t.json {
		t.line(jsonRefreshed{Item: r.ID, Was: id, Same: r.Same, Verdict: r.Verdict})
		return nil
	}
	item, err := w.Item(r.ID)
	if err != nil {
		return err
	}
	code := "refresh.done"
	if r.Same {
		code = "refresh.same"
	}
	fmt.Fprintln(t.out, t.words.Text(code, map[string]string{"name": orUnnamed(item.Name)}))
	return nil
}
