package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

// withWallet opens the wallet for a command and closes it afterwards.
func (t *tool) withWallet(do func(context.Context, *wallet.Wallet, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		w, err := t.openWallet(cmd.Context())
		if err != nil {
			return err
		}
		defer func() {
			if closeErr := w.Close(); err == nil {
				err = closeErr
			}
		}()
		return do(cmd.Context(), w, args)
	}
}
