package sdjwt

import (
	"errors"
	"fmt"
	"strings"
)

// ErrPath is returned by Present for a path at which nothing can be chosen.
var ErrPath = errors.New("nothing can be left out or shown at this path")

// Present gives the SD-JWT with exactly the disclosures at these paths and those
// they stand in, without key binding, in the order received (section 7.2). It
// takes time linear in the number of disclosures.
func (s *SDJWT) Present(paths []string) (string, error) {
	wanted := make(map[string]bool, len(paths))
	for _, p := range paths {
		wanted[p] = true
	}
	found := map[string]bool{}
	text := s.Select(func(d Disclosure) bool {
		if d.Path == "" || !wanted[d.Path] {
			return false
		}
		found[d.Path] = true
		return true
	})
	for _, p := range paths {
		if !found[p] {
			return "", fmt.Errorf("%w: %s", ErrPath, p)
		}
	}
	return text, nil
}

// Select is Present with a function that picks.
func (s *SDJWT) Select(pick func(Disclosure) bool) string {
	keep := make([]bool, len(s.Disclosures))
	for i, d := range s.Disclosures {
		if d.Path == "" || !pick(d) {
			continue
		}
		for j := i; j >= 0 && !keep[j]; j = s.Disclosures[j].Parent {
			keep[j] = true
		}
	}
	var b strings.Builder
	b.WriteString(s.Token.Raw)
	b.WriteByte('~')
	for i, d := range s.Disclosures {
		if keep[i] {
			b.WriteString(d.Raw)
			b.WriteByte('~')
		}
	}
	return b.String()
}
