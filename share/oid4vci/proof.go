package oid4vci

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/wallet/key"
)

// typProof marks a proof of a key (OpenID4VCI 1.0, appendix F.1).
const typProof = "openid4vci-proof+jwt"

// algorithm picks how to sign a proof: the first in the issuer's list that the
// wallet has keys for; empty where there is none.
func (c Configuration) algorithm() string {
	i := slices.IndexFunc(c.Algs, func(a string) bool { return a == key.ES256 || a == key.EdDSA })
	if i < 0 {
		return ""
	}
	return c.Algs[i]
}

// bound says whether the credential is bound to a key.
func (c Configuration) bound() bool { return len(c.Binding) > 0 || len(c.Algs) > 0 || c.Attested }

// ways are how an issuer may want a key named that this program can.
var ways = []string{"did:key", "did", "did:jwk", "jwk"}

// way picks how to name the key; empty where the issuer takes none of ours. Where it
// doesn't say, the key itself is understood by all.
func (c Configuration) way() string {
	if len(c.Binding) == 0 {
		return "jwk"
	}
	i := slices.IndexFunc(ways, func(w string) bool { return slices.Contains(c.Binding, w) })
	if i < 0 {
		return ""
	}
	return ways[i]
}

// nameKey says in a header which key signs: the key itself, or as a DID (OpenID4VCI
// 1.0, appendix F.1).
func (c Configuration) nameKey(header map[string]any, h key.Holder) {
	switch c.way() {
	case "did:key", "did":
		header["kid"] = did.OnlyMethod(h.DID())
	case "did:jwk":
		header["kid"] = did.OnlyMethod(h.DIDs()[1])
	default:
		header["jwk"] = h.JWK()
	}
}

// unfit says why a credential of this kind can't be taken, or nil.
func (c Configuration) unfit() error {
	switch {
	case !formats[c.Format]:
		return fault.New("offer.unreadable", "badge", c.Name, "format", c.Format)
	case c.Attested:
		return fault.New("offer.attested", "badge", c.Name)
	case c.bound() && (c.algorithm() == "" || c.way() == ""):
		return fault.New("offer.binding", "badge", c.Name)
	}
	return nil
}

// prove makes a proof that the learner holds a key: signed for this issuer, now,
// with its nonce where it gives any.
func (c Configuration) prove(h key.Holder, issuer, nonce string, now time.Time) (string, error) {
	header := map[string]any{"typ": typProof, "alg": h.Alg()}
	c.nameKey(header, h)
	claims := map[string]any{"aud": issuer, "iat": now.Unix()}
	if nonce != "" {
		claims["nonce"] = nonce
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	return jose.Sign(header, payload, h)
}
