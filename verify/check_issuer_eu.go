package verify

import (
	"github.com/cairnwallet/cairn/verify/check"
)

// european gives the rows of European trusted lists: a provider on a list vouches
// that a seal is the issuer's. Qualified is what the certificate says of itself, by
// the list's leave; any other was issued with less care.
func (j *job) european() []check.Check {
	var rows []check.Check
	for _, s := range j.seals {
		if s.eu == nil || !s.holds || !s.confirmed() {
			continue
		}
		list := s.eu.entry.List
		args := []string{"issuer", j.issuerName(), "authority", s.eu.entry.Service.Provider, "list", list.Label(), "when", s.eu.at.UTC().Format(day)}
		r := issuerRow(check.Pass, "issuer.eu-listed", args...)
		switch {
		case !s.eu.qualified:
			r = issuerRow(check.Caution, "issuer.eu-not-qualified", args...)
		case !s.eu.proven:
			r = issuerRow(check.Pass, "issuer.eu-listed-now", args...)
		}
		r.About, r.AsOf = list.Label(), list.Issued
		rows = append(rows, r)
	}
	return rows
}
