package oid4vp

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Asker is who asks, as far as it is known.
type Asker struct {
	ID     string // client_id, whole: the answer is bound to it
	Name   string // what their ID or certificate calls them, or where the answer goes
	Says   string // what they call themselves; anybody can write anything there
	Proven bool   // Name was proven
	Why    string // why it was, or was not: words under asker.<why>
}

// identity finds out who asks.
type identity struct {
	door  Door
	token *jose.Token // nil where nothing is signed
	to    string      // where the answer goes
}

// prefixes are the ways of saying who one is (section 5.9.3). Those that are not
// among them name somebody known beforehand, and here nobody is.
var prefixes = map[string]func(i identity, ctx context.Context, name string) (Asker, error){
	"redirect_uri":             identity.address,
	"x509_san_dns":             identity.site,
	"x509_hash":                identity.certificate,
	"decentralized_identifier": identity.did,
	"verifier_attestation":     identity.attested,
}

// asker finds out who asks. A signature that does not hold is a fault; one that can't
// be checked leaves it open who asks.
func (i identity) asker(ctx context.Context, id string) (Asker, error) {
	prefix, name, _ := strings.Cut(id, ":")
	find, known := prefixes[prefix]
	if !known {
		return Asker{ID: id, Name: hostOf(i.to), Why: "unknown-kind"}, nil
	}
	if i.token == nil && prefix != "redirect_uri" {
		return Asker{}, fault.New("request.signature")
	}
	a, err := find(i, ctx, name)
	if err != nil {
		return Asker{}, err
	}
	a.ID = id
	return a, nil
}

// address: they are where the answer goes. Such a request is not signed.
func (i identity) address(_ context.Context, name string) (Asker, error) {
	if i.token != nil && i.token.Alg != "none" {
		return Asker{}, fault.New("request.member", "member", "request")
	}
	if name != i.to {
		return Asker{}, fault.New("request.member", "member", "response_uri")
	}
	return Asker{Name: hostOf(i.to), Why: "unsigned"}, nil
}

// site: they have a certificate for the name of a site, which also gets the answer.
func (i identity) site(_ context.Context, name string) (Asker, error) {
	leaf, others, err := i.certificates()
	if err != nil {
		return Asker{}, err
	}
	if !slices.ContainsFunc(leaf.DNSNames, func(dns string) bool { return strings.EqualFold(dns, name) }) {
		return Asker{}, fault.New("request.member", "member", "client_id")
	}
	if !strings.EqualFold(hostOf(i.to), name) {
		return Asker{}, fault.New("request.member", "member", "response_uri")
	}
	return i.vouched(leaf, others, strings.ToLower(name)), nil
}

// certificate: they are whoever has one certificate.
func (i identity) certificate(_ context.Context, name string) (Asker, error) {
	leaf, others, err := i.certificates()
	if err != nil {
		return Asker{}, err
	}
	if sum := sha256.Sum256(leaf.Raw); jose.Encode64(sum[:]) != name {
		return Asker{}, fault.New("request.member", "member", "client_id")
	}
	return i.vouched(leaf, others, pki.Name(leaf)), nil
}

// certificates reads the chain in the header and checks the request's signature with
// the first of it (RFC 7515, section 4.1.6).
func (i identity) certificates() (leaf *x509.Certificate, others []*x509.Certificate, err error) {
	r := &reader{}
	for _, text := range r.list(i.token.Header, "", "x5c", true) {
		s, _ := text.(string)
		c, err := pki.Certificate(s)
		if err != nil || len(others) == pki.MaxCertificates {
			return nil, nil, fault.Wrap(err, "request.member", "member", "x5c")
		}
		others = append(others, c)
	}
	if r.err != nil {
		return nil, nil, r.err
	}
	leaf = others[0]
	return leaf, others[1:], i.signed(jose.Key{Public: leaf.PublicKey})
}

// signed says whether the request was signed with a key.
func (i identity) signed(k jose.Key) error {
	if err := i.token.Verify(k); err != nil {
		return fault.Wrap(err, "request.signature")
	}
	return nil
}

// vouched says whether somebody this computer trusts vouches for a certificate.
func (i identity) vouched(leaf *x509.Certificate, others []*x509.Certificate, name string) Asker {
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: i.door.Roots, Intermediates: pki.Pool(others), CurrentTime: i.door.Now(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	if err != nil {
		return Asker{Name: name, Why: "certificate-unknown"}
	}
	return Asker{Name: name, Proven: true, Why: "certificate"}
}

// did: they have a key that a DID lists, which proves a name where a site stands
// behind the DID.
func (i identity) did(ctx context.Context, name string) (Asker, error) {
	kid := i.token.Kid
	if strings.HasPrefix(kid, "#") {
		kid = name + kid
	}
	if base, _, _ := strings.Cut(kid, "#"); base != name {
		return Asker{}, fault.New("request.member", "member", "kid")
	}
	doc, err := did.Resolve(ctx, i.door.Get, name)
	site := siteOf(name)
	if errors.Is(err, did.ErrInvalid) {
		return Asker{}, fault.Wrap(err, "request.member", "member", "client_id")
	}
	if err != nil {
		return Asker{Name: orHost(site, i.to), Why: "key-unreachable"}, nil
	}
	m, ok := doc.Method(kid)
	if !ok || doc.Deactivated || m.Err != nil || !m.Revoked.IsZero() && !i.door.Now().Before(m.Revoked) {
		return Asker{}, fault.New("request.signature")
	}
	if err := i.signed(m.Key); err != nil {
		return Asker{}, err
	}
	if site == "" {
		return Asker{Name: hostOf(i.to), Why: "key-only"}, nil
	}
	return Asker{Name: site, Proven: true, Why: "site"}, nil
}

// siteOf gives the site that stands behind a did:web or did:webvh.
func siteOf(name string) string {
	parts := strings.Split(name, ":")
	at := map[string]int{"web": 2, "webvh": 3}
	if len(parts) < 3 || at[parts[1]] == 0 || len(parts) <= at[parts[1]] {
		return ""
	}
	host, err := url.PathUnescape(parts[at[parts[1]]])
	if err != nil {
		return ""
	}
	return hostOf("https://" + host)
}

func orHost(site, to string) string {
	if site != "" {
		return site
	}
	return hostOf(to)
}

// attested: somebody vouches for them in a token (section 12). The request has to be
// signed with the key in it; those who write such tokens nobody here knows.
func (i identity) attested(_ context.Context, name string) (Asker, error) {
	text, _ := i.token.Header["jwt"].(string)
	malformed := fault.New("request.member", "member", "jwt")
	attestation, err := jose.Parse(text)
	if err != nil || attestation.Typ != "verifier-attestation+jwt" {
		return Asker{}, malformed
	}
	claims, err := strict.Object(attestation.Payload)
	if err != nil || claims["sub"] != name {
		return Asker{}, malformed
	}
	cnf, _ := claims["cnf"].(map[string]any)
	jwk, _ := cnf["jwk"].(map[string]any)
	key, err := jose.ParseJWK(jwk)
	if err != nil {
		return Asker{}, malformed
	}
	if err := i.signed(key); err != nil {
		return Asker{}, err
	}
	return Asker{Name: hostOf(i.to), Why: "attested"}, nil
}
