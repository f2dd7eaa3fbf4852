package verify

import (
	"slices"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/vc"
)

// RefreshAt gives the address at which an issuer has newer versions of a credential
// (Open Badges 3.0, section B.1.22: RefreshService of the type
// 1EdTechCredentialRefresh), or "". It is the credential's own word: it is asked only
// when the proof holds and the person wants it.
func RefreshAt(c *vc.Credential) string {
	for _, s := range envelope.Objects(c.Doc["refreshService"]) {
		if !slices.Contains(envelope.Strings(s["type"]), "1EdTechCredentialRefresh") {
			continue
		}
		address, _ := s["id"].(string)
		if _, err := fetch.Address(address); err == nil {
			return address
		}
	}
	return ""
}

// renewal tells that a newer version may be had. Of a credential whose proof does
// not hold the address is a stranger's word, and nothing is said.
func (j *job) renewal() []check.Check {
	at := RefreshAt(j.c)
	if at == "" || !j.proven() {
		return nil
	}
	r := row(check.Status, check.Caution, "status.renewable", "where", host(at))
	r.On, r.Who = []string{check.Signature, check.Key}, "you"
	return one(r)
}
