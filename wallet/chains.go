package wallet

import (
	"errors"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/anchor"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/wallet/vault"
)

// maxChains bounds the providers a learner names.
const maxChains = 40

// Chains lists who may be asked about transactions in block chains, as the learner
// named them. Of a chain for which there is nobody, nobody is asked.
func (w *Wallet) Chains() ([]anchor.Provider, error) { return w.owned().providers(), nil }

// AddChain names a provider as "chain=address" (see anchor.ParseProvider). Naming it
// twice is once. Faults wallet.chain-unknown and wallet.too-many-chains.
func (w *Wallet) AddChain(text string) error {
	p, err := anchor.ParseProvider(strings.TrimSpace(text))
	if err != nil {
		return fault.Wrap(err, "wallet.chain-unknown", "text", cut(text))
	}
	return w.setChains(func(all []string) ([]string, error) {
		switch {
		case slices.Contains(all, p.String()):
			return all, nil
		case len(all) >= maxChains:
			return nil, fault.New("wallet.too-many-chains")
		}
		return append(all, p.String()), nil
	})
}

// RemoveChain forgets a provider, as Provider.String names it. Fault wallet.no-chain.
func (w *Wallet) RemoveChain(text string) error {
	return w.setChains(func(all []string) ([]string, error) {
		i := slices.Index(all, strings.TrimSpace(text))
		if i < 0 {
			return nil, fault.New("wallet.no-chain", "text", cut(text))
		}
		return slices.Delete(all, i, i+1), nil
	})
}

func (w *Wallet) setChains(change func([]string) ([]string, error)) error {
	return w.settle(func(tx *vault.Tx) error {
		var all []string
		if err := getJSON(tx, bucketSettings, settingChains, &all); err != nil && !errors.Is(err, vault.ErrNone) {
			return err
		}
		all, err := change(all)
		if err != nil {
			return err
		}
		return putJSON(tx, bucketSettings, settingChains, all)
	})
}

// providers reads the texts that were kept; one of a chain that this version does
// not know is left out.
func (o own) providers() []anchor.Provider {
	var out []anchor.Provider
	for _, text := range o.chains {
		if p, err := anchor.ParseProvider(text); err == nil {
			out = append(out, p)
		}
	}
	return out
}
