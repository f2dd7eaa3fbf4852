// Package pki reads what a European seal rests on: X.509 certificates and chains
// of them (RFC 5280), time stamps (RFC 3161), and what was written down about
// revocation (RFC 5280, section 5; RFC 6960).
//
// It says what holds by the mathematics and the dates. Whom to trust it does not
// know: the caller names the certificates a chain may lead to. It asks nobody on
// the network and holds no clock. Start at Chain, ParseStamp and Records.About.
package pki

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Limits for what strangers send.
const (
	MaxCertificates = 64
	maxRSA          = 8192    // bits of a key; more takes too long to check with
	maxBytes        = 8 << 20 // of one list of revoked certificates, the largest of these things
)

// What reading answers. Errors wrap exactly one of these.
var (
	ErrMalformed   = errors.New("not well formed")
	ErrUnsupported = errors.New("made in a way that is not built in") // says nothing against it
	ErrForged      = errors.New("its own signature does not hold")
	ErrNoChain     = errors.New("no chain of valid certificates leads there")
)

// Certificate reads a certificate in standard base64, as x5c (RFC 7515, section
// 4.1.6) and trusted lists have it. Line breaks and spaces are skipped: the
// certificate is signed, so nothing hangs on its spelling.
func Certificate(text string) (*x509.Certificate, error) {
	if len(text) > maxBytes {
		return nil, fmt.Errorf("%w: certificate too large", ErrMalformed)
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, fmt.Errorf("%w: certificate: %w", ErrMalformed, err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("%w: certificate: %w", ErrMalformed, err)
	}
	return c, nil
}

// Chain finds a chain from leaf, by way of others, to one of anchors, in which
// every certificate was signed by the next and is within its dates at the time at
// (RFC 5280, section 6.1). The leaf comes first, the anchor last; a leaf that is
// an anchor itself is a chain of one. Revocation is not looked at.
func Chain(leaf *x509.Certificate, others, anchors []*x509.Certificate, at time.Time) ([]*x509.Certificate, error) {
	if len(others) > MaxCertificates {
		others = others[:MaxCertificates]
	}
	opts := x509.VerifyOptions{
		Roots: Pool(anchors), Intermediates: Pool(others), CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	}
	chains, err := leaf.Verify(opts)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoChain, err)
	}
	return slices.MinFunc(chains, func(a, b []*x509.Certificate) int { return len(a) - len(b) }), nil
}

// Pool gathers certificates, without those that would take long to check with.
func Pool(list []*x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range list {
		if usable(c) {
			p.AddCert(c)
		}
	}
	return p
}

// usable says whether signatures can be checked with a certificate in good time.
func usable(c *x509.Certificate) bool {
	k, isRSA := c.PublicKey.(*rsa.PublicKey)
	return !isRSA || k.N.BitLen() <= maxRSA
}

// within says whether a certificate is within its dates at a time.
func within(c *x509.Certificate, at time.Time) bool {
	return !at.Before(c.NotBefore) && !at.After(c.NotAfter)
}

// Issuer finds the certificate among others that signed c; nil where there is none.
func Issuer(c *x509.Certificate, others []*x509.Certificate) *x509.Certificate {
	for i, o := range others {
		if i < MaxCertificates && usable(o) && string(o.RawSubject) == string(c.RawIssuer) && c.CheckSignatureFrom(o) == nil {
			return o
		}
	}
	return nil
}
