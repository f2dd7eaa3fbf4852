package verify

import (
	"context"
	"crypto/x509"
	"errors"

	"github.com/cairnwallet/cairn/verify/check"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/pki"
	"github.com/cairnwallet/cairn/verify/vc"
	"github.com/cairnwallet/cairn/verify/xmlsig"
)

// xmlSealed is a seal in XAdES form (ETSI EN 319 132-1). One over the whole document
// covers all that was read of it, for signatures are not read.
var _ = registerFamily(family{
	name: "xades",
	owns: func(p vc.Proof) bool { return p.Suite == "xades" },
	key:  func(_ context.Context, j *job, i int) seal { return j.xmlKey(i) },
	try:  func(_ context.Context, j *job, i int, k jose.Key) check.Check { return j.tryXML(i, k) },
})

// xmlSignature gives the i-th signature of the document, taken apart from the text
// as it was received.
func (j *job) xmlSignature(i int) (*xmlsig.Signature, error) {
	if j.xml == nil {
		var err error
		if j.xml, err = xmlsig.Find(j.c.Sealed); err != nil {
			return nil, err
		}
	}
	if i >= len(j.xml) {
		return nil, xmlsig.ErrMalformed
	}
	return j.xml[i], nil
}

// xmlKey: the key is that of the certificate that came along, and what stands
// behind it is a chain of certificates.
func (j *job) xmlKey(i int) seal {
	s, err := j.xmlSignature(i)
	switch {
	case err != nil:
		return unknownKey("key.unreadable")
	case len(s.Certs) == 0:
		return unknownKey("key.certificate-missing")
	}
	out := seal{key: jose.Key{Public: s.Certs[0].PublicKey}, found: true}
	if errors.Is(s.Check(s.Certs[0].PublicKey), xmlsig.ErrCertificate) {
		out.row = blame(row(check.Key, check.Fail, "key.certificate-mismatch"))
		return out
	}
	out.row, out.eu = j.certified(certificateOf(s))
	return out
}

// certificateOf collects what came along with a signature to judge its certificate
// by. A time stamp counts only over this very signature.
func certificateOf(s *xmlsig.Signature) certificate {
	c := certificate{leaf: s.Certs[0], others: s.Certs[1:], records: pki.Records{OCSP: s.OCSP, CRLs: s.CRL}}
	for _, der := range s.Values {
		if other, err := x509.ParseCertificate(der); err == nil {
			c.others = append(c.others[:len(c.others):len(c.others)], other)
		}
	}
	for _, t := range s.Stamps {
		if stamp, err := pki.ParseStamp(t.Token); err == nil && stamp.Covers(t.Over) {
			c.stamps = append(c.stamps, stamp)
		}
	}
	return c
}

// tryXML checks one signature of the document over what is read of it.
func (j *job) tryXML(i int, k jose.Key) check.Check {
	s, err := j.xmlSignature(i)
	if err == nil {
		err = s.Check(k.Public)
	}
	switch {
	case err == nil && !s.Whole:
		return blame(row(check.Signature, check.Fail, "signature.part-only"))
	case err == nil:
		return row(check.Signature, check.Pass, "signature.holds")
	case errors.Is(err, xmlsig.ErrUnsupported):
		return row(check.Signature, check.Unknown, "signature.suite-unsupported", "suite", "XAdES")
	case errors.Is(err, xmlsig.ErrBroken), errors.Is(err, xmlsig.ErrCertificate):
		return blame(row(check.Signature, check.Fail, "signature.broken"))
	}
	return blame(row(check.Signature, check.Fail, "signature.unreadable"))
}
