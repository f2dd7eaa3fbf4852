package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/cairnwallet/cairn/verify/trust"
)

// trusted reads the European trusted lists named on the command line. A list that
// is too old or whose signature does not hold is taken all the same: the rows say
// so where it would have mattered.
func (t *tool) trusted() (trust.EU, error) {
	var out trust.EU
	for _, name := range t.euLists {
		in := file(name)
		if in.err != nil {
			return nil, fmt.Errorf("%w: --eu-list %s: %s", errUsage, in.name, t.faultWords(in.err).Title)
		}
		l, err := trust.ParseEU(in.raw)
		switch {
		case errors.Is(err, trust.ErrNoList):
			return nil, fmt.Errorf("%w: --eu-list %s: it is no European trusted list", errUsage, filepath.Base(name))
		case err != nil:
			return nil, fmt.Errorf("%w: --eu-list %s: %w", errUsage, filepath.Base(name), err)
		}
		out = append(out, l)
	}
	return out, nil
}
