package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"slices"
	"time"

	"golang.org/x/crypto/ocsp"
)

// maxRecords is how many answers and lists of one seal are looked at.
const maxRecords = 32

// Records are answers of certificate authorities about revocation that were kept
// with a seal: OCSP responses and lists of revoked certificates, in DER. Nothing
// of them is believed before its signature was checked.
type Records struct {
	OCSP [][]byte
	CRLs [][]byte
}

// Standing is what the records say of a certificate.
type Standing struct {
	Known   bool      // something that holds speaks about it, for the time asked about
	Revoked time.Time // since when it is revoked; zero where it is not
	AsOf    time.Time // the date of the record
}

// About says what the records have on a certificate at a time; issuer signed it.
// A record speaks for a time that it covers: from its own date on until the next
// was due, and for any time before its date. A revocation is believed whatever
// the dates, a good word only for the time it covers.
func (r Records) About(c, issuer *x509.Certificate, at time.Time) Standing {
	var best Standing
	for _, s := range append(r.answers(c, issuer), r.lists(c, issuer)...) {
		switch {
		case !s.Revoked.IsZero() && (best.Revoked.IsZero() || s.Revoked.Before(best.Revoked)):
			best = Standing{Known: true, Revoked: s.Revoked, AsOf: s.AsOf}
		case best.Revoked.IsZero() && s.covers(at) && s.AsOf.After(best.AsOf):
			best = Standing{Known: true, AsOf: s.AsOf}
		}
	}
	return best
}

// record is one signed word about one certificate.
type record struct {
	Standing
	next time.Time
}

func (r record) covers(at time.Time) bool {
	return !r.AsOf.Before(at) || !r.next.IsZero() && !at.After(r.next)
}

func (r Records) answers(c, issuer *x509.Certificate) []record {
	var out []record
	for _, b := range r.OCSP[:min(len(r.OCSP), maxRecords)] {
		a, err := answer(b, c, issuer)
		if err != nil || a.Status == ocsp.Unknown {
			continue
		}
		found := record{Standing{AsOf: a.ThisUpdate}, a.NextUpdate}
		if a.Status == ocsp.Revoked {
			found.Revoked = since(a.RevokedAt, a.ThisUpdate)
		}
		out = append(out, found)
	}
	return out
}

// since gives the date of a revocation, or of the record where it has none.
func since(revoked, record time.Time) time.Time {
	if revoked.IsZero() {
		return record
	}
	return revoked
}

// answer reads an OCSP response signed by the issuer, or by a responder to whom
// the issuer gave a certificate for it (RFC 6960, section 4.2.2.2).
func answer(b []byte, c, issuer *x509.Certificate) (*ocsp.Response, error) {
	if len(b) > maxStamp {
		return nil, fmt.Errorf("%w: answer too large", ErrMalformed)
	}
	a, err := ocsp.ParseResponseForCert(b, c, issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	by := a.Certificate
	if by != nil && !by.Equal(issuer) && (!slices.Contains(by.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) || !within(by, a.ProducedAt)) {
		return nil, fmt.Errorf("%w: the responder is not entitled", ErrForged)
	}
	return a, nil
}

func (r Records) lists(c, issuer *x509.Certificate) []record {
	var out []record
	for _, b := range r.CRLs[:min(len(r.CRLs), maxRecords)] {
		if len(b) > maxBytes {
			continue
		}
		l, err := x509.ParseRevocationList(b)
		if err != nil || string(l.RawIssuer) != string(issuer.RawSubject) || l.CheckSignatureFrom(issuer) != nil {
			continue
		}
		if found, ok := entry(l, c); ok {
			out = append(out, found)
		}
	}
	return out
}

// removed is the reason of an entry that takes another back (RFC 5280, section
// 5.3.1).
const removed = 8

// entry finds a certificate in a list. A list with a critical extension speaks for
// some certificates only (RFC 5280, sections 5.2.4 and 5.2.5): not being in it is
// no good word.
func entry(l *x509.RevocationList, c *x509.Certificate) (record, bool) {
	found := record{Standing{AsOf: l.ThisUpdate}, l.NextUpdate}
	for _, e := range l.RevokedCertificateEntries {
		if e.SerialNumber.Cmp(c.SerialNumber) == 0 && e.ReasonCode != removed {
			found.Revoked = since(e.RevocationTime, l.ThisUpdate)
			return found, true
		}
	}
	for _, x := range l.Extensions {
		if x.Critical {
			return record{}, false
		}
	}
	return found, true
}

// neverRevoked are the extensions of certificates that end before anybody could
// have revoked them (RFC 9608, section 2; ETSI EN 319 412-1, section 5.2).
var neverRevoked = []string{"2.5.29.56", "0.4.0.194121.2.1"}

// NeverRevoked says whether a certificate states that there is and will be nothing
// to ask about its revocation.
func NeverRevoked(c *x509.Certificate) bool {
	return slices.ContainsFunc(c.Extensions, func(x pkix.Extension) bool { return slices.Contains(neverRevoked, x.Id.String()) })
}
