package verify

import (
	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
)

// keyFormer: the issuer listed the key once, and does no longer.
const keyFormer = "key.former"

// former finds a key that the issuer's own history shows it had once. Whether the
// credential was made before the key was given up, or by whoever has it since,
// nobody can tell from the credential: its dates are its own word.
func (j *job) former(doc did.Document, method string) (seal, bool) {
	if doc.ID != j.c.Issuer.ID {
		return seal{}, false
	}
	m, until, ok := doc.Former(method, j.relation)
	if !ok {
		return seal{}, false
	}
	s := seal{key: m.Key, found: true}
	s.row = blame(row(check.Key, check.Unknown, keyFormer, "where", host(doc.ID), "date", until.Format(day)))
	s.row.AsOf = doc.AsOf
	return s, true
}
