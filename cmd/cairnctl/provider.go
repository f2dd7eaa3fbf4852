package main

import (
	"fmt"

	"github.com/cairnwallet/cairn/verify/anchor"
)

// providers reads who may be asked about block chains, as named on the command
// line; those that the wallet keeps come on top.
func (t *tool) providers() ([]anchor.Provider, error) {
	var out []anchor.Provider
	for _, text := range t.providerTexts {
		p, err := anchor.ParseProvider(text)
		if err != nil {
			return nil, fmt.Errorf("%w: --chain: %w", errUsage, err)
		}
		out = append(out, p)
	}
	return out, nil
}
