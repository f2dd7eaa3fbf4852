package oid4vp

import (
	"bytes"
	"context"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/canon"
	"github.com/cairnwallet/cairn/verify/envelope"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/vc"
)

// Held is a credential of the wallet.
type Held struct {
	ID         string
	Credential *vc.Credential
	Alg        string // of the wallet's key that it is bound to; "" where it is bound to none here
}

// Answers are the credentials that can answer one query, and those of the right type
// that can't.
type Answers struct {
	Query CredentialQuery
	Why   string // a Lack of the whole query; "" for none
	Fit   []Fit
	Near  []Near
}

// Fit is a credential that can answer.
type Fit struct {
	ID     string
	Claims []string // JSON pointers to what is asked for of it
}

// Near is a credential of the right type that can't answer, and why.
type Near struct {
	ID   string
	Lack Lack
}

// Lack is what stands against an answer: words under answer.lack.<why>.
type Lack struct {
	Why   string
	Claim string // which claim, where it is about one
}

// The reasons.
const (
	LackFormat    = "format"    // they ask for a kind of document that is not kept here
	LackReading   = "reading"   // they can't read the form in which badges are shown from here
	LackClaim     = "claim"     // it does not say something that is asked for
	LackValue     = "value"     // it says something else than what is asked for
	LackUnbound   = "unbound"   // it is not bound to a key of this wallet
	LackKey       = "key"       // they can't check the learner's kind of key
	LackSeal      = "seal"      // they can't check the issuer's kind of signature
	LackAuthority = "authority" // nobody they name is known to stand behind the issuer
)

// Match says what of the wallet could answer each credential query. It asks nobody,
// and what it finds is for the learner only.
func Match(q Query, c Client, held []Held) []Answers {
	var out []Answers
	for _, query := range q.Credentials {
		a := Answers{Query: query}
		accepts, reads := c.Formats[query.Format]
		switch {
		case query.Format != SDJWT && query.Format != JWT && query.Format != LDP:
			a.Why = LackFormat
		case len(c.Formats) > 0 && !reads:
			a.Why = LackReading
		default:
			a.sort(accepts, held)
		}
		out = append(out, a)
	}
	return out
}

// sort puts what is held in its place.
func (a *Answers) sort(accepts Accepts, held []Held) {
	for _, h := range held {
		if formatOf(h.Credential) != a.Query.Format || !a.Query.typed(h.Credential.Doc) {
			continue
		}
		claims, lack := a.Query.answer(h.Credential.Doc)
		if lack.Why == "" {
			lack.Why = a.Query.bars(accepts, h)
		}
		if lack.Why == "" {
			a.Fit = append(a.Fit, Fit{ID: h.ID, Claims: claims})
		} else {
			a.Near = append(a.Near, Near{ID: h.ID, Lack: lack})
		}
	}
}

// formatOf names the format in which a credential can be shown; "" for one that
// OpenID4VP has no name for.
func formatOf(c *vc.Credential) string {
	vct, _ := c.Doc["vct"].(string)
	isVC := slices.Contains(envelope.Strings(c.Doc["type"]), "VerifiableCredential")
	switch {
	case strings.HasSuffix(c.Form, "sd-jwt"):
		if vct != "" {
			return SDJWT
		}
	case strings.HasSuffix(c.Form, "jwt") && isVC:
		return JWT
	case strings.HasSuffix(c.Form, "json") && isVC && len(c.Proofs) > 0:
		return LDP
	}
	return ""
}

// typed says whether a credential is of a type that is asked for (appendices B.1.1
// and B.3.5).
func (q CredentialQuery) typed(doc vc.Doc) bool {
	if q.Format == SDJWT {
		vct, _ := doc["vct"].(string)
		return slices.Contains(q.VCTs, vct)
	}
	have := envelope.Strings(doc["type"])
	if slices.ContainsFunc(slices.Concat(q.Types...), func(t string) bool { return strings.Contains(t, ":") }) {
		have = append(have, iris(doc)...)
	}
	return slices.ContainsFunc(q.Types, func(all []string) bool {
		return !slices.ContainsFunc(all, func(t string) bool { return !slices.Contains(have, t) })
	})
}

// iris gives the types of a credential as its contexts spell them out.
func iris(doc vc.Doc) []string {
	quads, _, err := canon.ToRDF(context.Background(), map[string]any{"@context": doc["@context"], "type": doc["type"]})
	if err != nil {
		return nil // contexts that are not known here mean nothing
	}
	var out []string
	for _, quad := range quads {
		out = append(out, quad.Object.Value)
	}
	return out
}

// answer gives the claims that are asked for, by the best claim set that the
// credential has all of (section 6.4.1).
func (q CredentialQuery) answer(doc vc.Doc) (claims []string, lack Lack) {
	if q.ClaimSets == nil {
		return q.all(doc, nil)
	}
	var first Lack
	for _, set := range q.ClaimSets {
		if claims, lack = q.all(doc, set); lack.Why == "" {
			return claims, Lack{}
		}
		if first.Why == "" {
			first = lack
		}
	}
	return nil, first
}

// all gives the claims of a set, or all; or the first that is not as it has to be.
func (q CredentialQuery) all(doc vc.Doc, set []string) (claims []string, lack Lack) {
	for _, c := range q.Claims {
		if set != nil && !slices.Contains(set, c.ID) {
			continue
		}
		found := c.Path.Select(map[string]any(doc))
		if len(found) == 0 {
			return nil, Lack{LackClaim, c.Path.String()}
		}
		if c.Values != nil && !slices.ContainsFunc(found, func(f Found) bool { return equal(f.Value, c.Values) }) {
			return nil, Lack{LackValue, c.Path.String()}
		}
		for _, f := range found {
			claims = append(claims, f.Pointer)
		}
	}
	return claims, Lack{}
}

// bars says what stands against showing a credential that says what is asked for.
func (q CredentialQuery) bars(accepts Accepts, h Held) string {
	suites := map[string]string{"EdDSA": "eddsa-rdfc-2022", "ES256": "ecdsa-rdfc-2019"}
	alg := h.Alg
	if q.Format == LDP {
		alg = suites[alg]
	}
	switch {
	case h.Alg == "" && !q.Unbound:
		return LackUnbound
	case h.Alg != "" && !allowed(accepts.Holder, alg):
		return LackKey
	case !slices.ContainsFunc(h.Credential.Proofs, func(p vc.Proof) bool { return allowed(accepts.Issuer, p.Alg) || allowed(accepts.Issuer, p.Suite) }):
		return LackSeal
	case len(q.Authorities) > 0 && !slices.ContainsFunc(q.Authorities, func(a Authority) bool { return a.behind(h.Credential) }):
		return LackAuthority
	}
	return ""
}

// allowed says whether a name is on a list; one without names leaves it open.
func allowed(list []string, name string) bool { return len(list) == 0 || slices.Contains(list, name) }

// behind says whether the authority is known to stand behind a credential: by the
// key that signed a certificate of its chain (section 6.1.1.1). Lists and federations
// are not looked at, so that nobody is proven to stand behind anything by them.
func (a Authority) behind(c *vc.Credential) bool {
	if a.Type != "aki" {
		return false
	}
	return slices.ContainsFunc(chain(c), func(cert *x509.Certificate) bool {
		return slices.ContainsFunc(a.Values, func(v string) bool {
			id, err := jose.Decode64(v)
			return err == nil && len(id) > 0 && bytes.Equal(id, cert.AuthorityKeyId)
		})
	})
}

// chain reads the certificates in the header of a credential.
func chain(c *vc.Credential) (out []*x509.Certificate) {
	for _, p := range c.Proofs {
		for _, text := range envelope.Strings(p.Doc["x5c"]) {
			if cert, err := pki.Certificate(text); err == nil && len(out) < pki.MaxCertificates {
				out = append(out, cert)
			}
		}
	}
	return out
}
