package verify

import (
	"bytes"
	"context"
	"time"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/cose"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/fetch"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/status"
	"github.com/cairnwallet/cairn/verify/strict"
	"github.com/cairnwallet/cairn/verify/vc"
)

// tokenTypes are the forms a status list token comes in (Token Status List,
// section 8.1).
const tokenTypes = "application/statuslist+jwt, application/statuslist+cwt"

// listToken is a status list token with its claims under the names of JWT.
type listToken struct {
	sealed []byte
	seal   vc.Proof
	claims vc.Doc
}

// tokenList is a status list token: its key is found as a credential's is, under
// the issuer it names or else the credential's own.
func (j *job) tokenList(ctx context.Context, address string, page fetch.Page) statusList {
	token, lost := readListToken(page.Body)
	if lost != "" {
		return statusList{lost: lost}
	}
	claims := token.claims
	issuer, _ := claims["iss"].(string)
	if claims["iss"] == nil {
		issuer = j.c.Issuer.ID
	}
	from, until, dated := listDates(claims)
	inner := j.v.job(&vc.Credential{
		Sealed: token.sealed, Doc: claims, Issuer: vc.Party{ID: issuer},
		From: from, Until: until,
		Proofs: []vc.Proof{token.seal},
	}, j.depth+1)
	inner.known = j.v.Memory.list(address, page.Body)
	list := statusList{issuer: issuer}
	list.doubt, list.lost = trustList(inner.follow(ctx, tokenPlan, func(check.Check) {}))
	switch {
	case list.doubt == "" && !dated:
		list.doubt = "status.list-undated"
	case list.doubt == "":
		list.doubt = j.stale(page.AsOf, claims["ttl"], time.Second)
	}
	list.look = func(e status.Entry) (status.Answer, error) { return e.LookToken(claims, inner.known.value) }
	return list
}

// listDates reads from when and until when a token is good: iat has to be there (Token
// Status List, section 5.1), nbf and exp may be. One that can't be read may say that
// it no longer is.
func listDates(claims vc.Doc) (from, until time.Time, ok bool) {
	from, ok = envelope.NumericDate(claims["iat"])
	if start, read := envelope.NumericDate(claims["nbf"]); start.After(from) {
		from = start
	} else if claims["nbf"] != nil && !read {
		ok = false
	}
	until, read := envelope.NumericDate(claims["exp"])
	return from, until, ok && (read || claims["exp"] == nil)
}

// readListToken reads a token in JSON or in CBOR; lost says why nothing can be
// taken from it.
func readListToken(body []byte) (t listToken, lost string) {
	if compact := bytes.TrimSpace(body); len(compact) > 0 && compact[0] < 0x80 {
		return readListJWT(compact)
	}
	return readListCWT(body)
}

// readListJWT: Token Status List, section 5.1.
func readListJWT(compact []byte) (t listToken, lost string) {
	token, err := jose.Parse(string(compact))
	if err != nil || token.Typ != "statuslist+jwt" {
		return t, "status.list-type"
	}
	claims, err := strict.Object(token.Payload)
	if err != nil {
		return t, "status.list-unreadable"
	}
	seal := vc.Proof{Suite: "sd-jwt", Alg: token.Alg, Method: token.Kid, Doc: token.Header}
	return listToken{sealed: compact, seal: seal, claims: claims}, ""
}

// readListCWT: Token Status List, section 5.2.
func readListCWT(body []byte) (t listToken, lost string) {
	m, err := cose.Parse(body)
	if err != nil || m.Typ != "application/statuslist+cwt" {
		return t, "status.list-type"
	}
	claims, err := status.CWTClaims(m.Payload)
	if err != nil {
		return t, "status.list-unreadable"
	}
	seal := vc.Proof{Suite: "cose", Alg: m.Alg, Method: m.Kid, Doc: m.Members()}
	return listToken{sealed: body, seal: seal, claims: claims}, ""
}

// tokenPlan judges the seal of a status list token.
var tokenPlan = []step{
	{check.Key, checkKey},
	{check.Signature, checkSignature},
	{check.Period, checkPeriod},
}
