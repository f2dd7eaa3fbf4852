package oid4vci

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
)

// typMetadata marks signed metadata (OpenID4VCI 1.0, section 12.2.3).
const typMetadata = "openidvci-issuer-metadata+jwt"

// ParseSignedIssuer reads metadata that came as a token, at the time now. Its
// signature must hold with the key it brings in x5c. That says it is whole, not
// who made it: what vouches for it is the address it was fetched from, as with
// metadata that is not signed.
func ParseSignedIssuer(raw []byte, now time.Time) (Issuer, error) {
	t, err := jose.Parse(strings.TrimSpace(string(raw)))
	if err != nil {
		return Issuer{}, fault.Wrap(err, badIssuer, "member", "JWT")
	}
	if t.Typ != typMetadata {
		return Issuer{}, fault.New(badIssuer, "member", "typ")
	}
	chain, _ := t.Header["x5c"].([]any)
	k, _, err := jose.ParseChain(chain)
	if err != nil {
		return Issuer{}, fault.Wrap(err, badIssuer, "member", "x5c")
	}
	if err := t.Verify(k); err != nil {
		return Issuer{}, fault.Wrap(err, badIssuer, "member", "signature")
	}
	m, err := open(badIssuer, t.Payload)
	if err != nil {
		return Issuer{}, err
	}
	i, err := parseIssuer(m)
	if m.m["sub"] != m.m["credential_issuer"] {
		m.fail("sub")
	}
	if at, ok := seconds(m.m["iat"]); !ok || at.After(now.Add(leeway)) {
		m.fail("iat")
	}
	if end, ok := seconds(m.m["exp"]); m.has("exp") && (!ok || !now.Before(end.Add(leeway))) {
		m.fail("exp")
	}
	if err == nil {
		err = m.fault()
	}
	return i, err
}

// leeway is how far clocks may differ.
const leeway = time.Minute

// seconds reads a NumericDate (RFC 7519, section 2) without its fraction.
func seconds(v any) (time.Time, bool) {
	n, _ := v.(json.Number)
	whole, _, _ := strings.Cut(n.String(), ".")
	s, err := strconv.ParseInt(whole, 10, 64)
	return time.Unix(s, 0), err == nil
}
