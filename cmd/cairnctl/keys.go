package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/wallet"
)

func (t *tool) keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "keys", Short: "Your keys: an issuer that binds a badge to one lets only you prove that it is yours",
		Args: cobra.NoArgs, RunE: t.withWallet(t.keysList),
	}
	var alg, note string
	fresh := &cobra.Command{
		Use: "new", Short: "Make a key for one badge and print its public half, to give to the issuer",
		Args: exactly(0, "nothing more"),
		RunE: t.withWallet(func(_ context.Context, w *wallet.Wallet, _ []string) error {
			if alg != "EdDSA" && alg != "ES256" {
				return fmt.Errorf("%w: --alg wants EdDSA or ES256, not %q", errUsage, alg)
			}
			h, err := w.NewKey(alg, note)
			if err != nil {
				return err
			}
			return t.printKey(jsonKey{DID: h.DID(), Alg: h.Alg(), JWK: h.JWK(), Note: note})
		}),
	}
	fresh.Flags().StringVar(&alg, "alg", "EdDSA", "`kind` of key: EdDSA or ES256")
	fresh.Flags().StringVar(&note, "note", "", "`words` on what the key is for")
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: "List your keys", Args: exactly(0, "nothing more"), RunE: t.withWallet(t.keysList)},
		fresh,
	)
	return cmd
}

type jsonKey struct {
	DID     string         `json:"did"`
	Alg     string         `json:"alg"`
	JWK     map[string]any `json:"jwk"`
	Note    string         `json:"note,omitempty"`
	Profile bool           `json:"profile"`
}

func (t *tool) keysList(_ context.Context, w *wallet.Wallet, _ []string) error {
	keys, err := w.Keys()
	if err != nil {
		return err
	}
	for _, k := range keys {
		if err := t.printKey(jsonKey{k.DID(), k.Alg(), k.JWK(), k.Note, k.Profile}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tool) printKey(k jsonKey) error {
	if t.json {
		t.line(k)
		return nil
	}
	jwk, err := json.Marshal(k.JWK)
	if err != nil {
		return err
	}
	what := k.Note
	if k.Profile {
		what = "your public profile"
	}
	fmt.Fprintf(t.out, "%s  %s\n  did: %s\n  jwk: %s\n", k.Alg, what, k.DID, jwk)
	return nil
}
