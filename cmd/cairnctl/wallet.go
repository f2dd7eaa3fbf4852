package main

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet"
	"github.com/cairnwallet/cairn/wallet/keyring"
	"github.com/cairnwallet/cairn/wallet/samples"
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

func (t *tool) openWallet(ctx context.Context) (*wallet.Wallet, error) {
	home, err := t.folder()
	if err != nil {
		return nil, err
	}
	v, err := t.verifier()
	if err != nil {
		return nil, err
	}
	w, err := wallet.Open(ctx, wallet.Options{Home: home, Now: v.Now, Rand: rand.Reader, Secrets: t.secrets(home), Verifier: v, Journal: &t.journal})
	if err != nil {
		return nil, err
	}
	if err := w.SetLanguages(ctx, t.languages); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func (t *tool) folder() (string, error) {
	if t.home != "" {
		return t.home, nil
	}
	return wallet.Home()
}

// secrets is where the root secret is kept: behind the passphrase of
// --passphrase-file where that is given, else in the keychain, else behind a
// passphrase that was chosen in the window.
func (t *tool) secrets(home string) keyring.Store {
	if samples.Is(home) {
		return samples.Secrets{Home: home}
	}
	file := keyring.File{Dir: home, Rand: rand.Reader, Ask: t.passphrase}
	if t.passphraseFile != "" {
		return file
	}
	return keyring.Choice{Keychain: keyring.Keychain{}, File: file}
}

// passphrase reads the first line of the passphrase file.
func (t *tool) passphrase(context.Context, bool) (string, error) {
	if t.passphraseFile == "" {
		return "", fault.New("keyring.passphrase-file")
	}
	in := file(t.passphraseFile)
	if in.err != nil {
		return "", in.err
	}
	line, _, _ := strings.Cut(string(in.raw), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}
