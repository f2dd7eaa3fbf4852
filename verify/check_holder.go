package verify

import (
	"context"
	"crypto/md5" //nolint:gosec // Open Badges allows it; it protects nothing here
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/vc"
)

// checkHolder: is it theirs? By a key of this wallet, or by an address they say
// they own. It never guesses, and never moves the verdict.
func checkHolder(_ context.Context, j *job) []check.Check {
	own, c := j.v.Own, j.c
	bound := ""
	if strings.HasPrefix(c.Subject.ID, "did:") {
		bound = c.Subject.ID
	}
	if key, ok := boundKey(c.Doc); ok {
		if slices.ContainsFunc(own.Keys, key.Equal) {
			return one(row(check.Holder, check.Pass, "holder.key"))
		}
		bound = key.Thumbprint()
	}
	if c.Subject.ID != "" && slices.Contains(own.DIDs, c.Subject.ID) {
		return one(row(check.Holder, check.Pass, "holder.key"))
	}
	for _, id := range c.Subject.Identifiers {
		if address, ok := matching(id, own.Emails); ok {
			return one(row(check.Holder, check.Pass, "holder.address", "address", address))
		}
	}
	nobody := len(own.Keys)+len(own.DIDs)+len(own.Emails) == 0
	switch {
	case bound == "" && c.Subject.ID == "" && len(c.Subject.Identifiers) == 0:
		return one(row(check.Holder, check.Absent, "holder.not-stated"))
	case nobody:
		return one(row(check.Holder, check.Unknown, "holder.not-asked"))
	case bound != "":
		return one(row(check.Holder, check.Caution, "holder.other-key"))
	case len(c.Subject.Identifiers) == 0:
		return one(row(check.Holder, check.Unknown, "holder.other-id"))
	}
	r := row(check.Holder, check.Unknown, "holder.other-address")
	r.Who = "you"
	return one(r)
}

// boundKey reads the key a credential is bound to (RFC 7800, sections 3.2 and 3.4).
func boundKey(doc vc.Doc) (jose.Key, bool) {
	cnf, _ := doc["cnf"].(map[string]any)
	if jwk, ok := cnf["jwk"].(map[string]any); ok {
		k, err := jose.ParseJWK(jwk)
		return k, err == nil
	}
	kid, _ := cnf["kid"].(string)
	return keyInDID(kid)
}

// keyInDID gives the key of a DID that is made of one, by the address of its method,
// as some issuers name their holders' keys. Nobody is asked.
func keyInDID(method string) (jose.Key, bool) {
	id, _, _ := strings.Cut(method, "#")
	if !madeOfKey(id) {
		return jose.Key{}, false
	}
	doc, err := did.Resolve(context.Background(), nil, id)
	m, ok := doc.Method(method)
	return m.Key, err == nil && ok && m.Key.Public != nil
}

// matching says which of the addresses an identifier means. Open Badges does not
// say how to normalise an address, so each is tried as given and in lower case.
func matching(id vc.Identifier, addresses []string) (string, bool) {
	for _, a := range addresses {
		if !id.Hashed {
			if strings.EqualFold(id.Value, a) {
				return a, true
			}
			continue
		}
		for _, form := range []string{a, strings.ToLower(a)} {
			if hashed(id, form) {
				return form, true
			}
		}
	}
	return "", false
}

// hashed compares with an IdentityHash: "sha256$" or "md5$" and the hex digest of
// the text followed by the salt (Open Badges 2.0, IdentityHash; 3.0 keeps it).
func hashed(id vc.Identifier, text string) bool {
	alg, want, ok := strings.Cut(id.Value, "$")
	if !ok {
		return false
	}
	salted := []byte(text + id.Salt)
	var got []byte
	switch alg {
	case "sha256":
		sum := sha256.Sum256(salted)
		got = sum[:]
	case "md5":
		sum := md5.Sum(salted) //nolint:gosec // see above
		got = sum[:]
	default:
		return false
	}
	return strings.EqualFold(hex.EncodeToString(got), want)
}

// didsOf lists the DIDs that are made of a key alone.
func didsOf(k jose.Key) []string {
	var out []string
	if d, err := did.Key(k.Public); err == nil {
		out = append(out, d)
	}
	if d, err := did.JWK(k.Public); err == nil {
		out = append(out, d)
	}
	return out
}
