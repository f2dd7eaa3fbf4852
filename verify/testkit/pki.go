package testkit

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// Identity is a certificate with its private key, thrown away after the test.
type Identity struct {
	Key  crypto.Signer // on P-256
	Cert *x509.Certificate
}

// NewAuthority makes a certificate authority that is good for ten years around at.
func NewAuthority(t testing.TB, name string, at time.Time) Identity {
	t.Helper()
	return Identity{}.Issue(t, &x509.Certificate{
		Subject:   pkix.Name{CommonName: name, Organization: []string{name}},
		NotBefore: at.AddDate(-5, 0, 0), NotAfter: at.AddDate(5, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	})
}

// Issue completes a template and signs it; the zero Identity issues a certificate
// that is its own issuer.
func (by Identity) Issue(t testing.TB, template *x509.Certificate) Identity {
	t.Helper()
	number, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber = number
	out := Identity{Key: newKey(t, "p256")}
	if by.Key == nil {
		by = Identity{Key: out.Key, Cert: template}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.Cert, out.Key.Public(), by.Key)
	if err != nil {
		t.Fatal(err)
	}
	if out.Cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return out
}

// ForSeals makes a qualified certificate for electronic seals (ETSI EN 319 412-3),
// good for a year around at; id is its organisation identifier, such as
// "VATIE-123", or empty.
func (by Identity) ForSeals(t testing.TB, organisation, id string, at time.Time) Identity {
	t.Helper()
	c := &x509.Certificate{
		Subject:   pkix.Name{CommonName: organisation + " Seal", Organization: []string{organisation}},
		NotBefore: at.AddDate(0, -6, 0), NotAfter: at.AddDate(0, 6, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	}
	if id != "" {
		c.Subject.ExtraNames = []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: id}}
	}
	c.ExtraExtensions = Qualified(t, 2)
	return by.Issue(t, c)
}

// Qualified is the extension by which a certificate says that it is qualified (ETSI
// EN 319 412-5): 1 for signatures, 2 for seals, 3 for a web site.
func Qualified(t testing.TB, use int) []pkix.Extension {
	t.Helper()
	type statement struct {
		ID   asn1.ObjectIdentifier
		Info []asn1.ObjectIdentifier `asn1:"optional"`
	}
	statements := marshal(t, []statement{
		{ID: asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 1}},
		{asn1.ObjectIdentifier{0, 4, 0, 1862, 1, 6}, []asn1.ObjectIdentifier{{0, 4, 0, 1862, 1, 6, use}}},
	})
	return []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 3}, Value: statements}}
}

// ForStamps makes a certificate for time stamps, good for four years around at.
func (by Identity) ForStamps(t testing.TB, name string, at time.Time) Identity {
	t.Helper()
	return by.Issue(t, &x509.Certificate{
		Subject:   pkix.Name{CommonName: name, Organization: []string{name}},
		NotBefore: at.AddDate(-2, 0, 0), NotAfter: at.AddDate(2, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	})
}

// OCSP makes an answer about a certificate: revoked at the time given, or good
// where that is zero.
func (by Identity) OCSP(t testing.TB, about *x509.Certificate, revoked, from, until time.Time) []byte {
	t.Helper()
	r := ocsp.Response{SerialNumber: about.SerialNumber, ThisUpdate: from, NextUpdate: until}
	if !revoked.IsZero() {
		r.Status, r.RevokedAt = ocsp.Revoked, revoked
	}
	return by.answer(t, by, r)
}

// OCSPFor makes a good answer in the name of an issuer, with our certificate in it.
func (by Identity) OCSPFor(t testing.TB, issuer Identity, about *x509.Certificate, from, until time.Time) []byte {
	t.Helper()
	return by.answer(t, issuer, ocsp.Response{SerialNumber: about.SerialNumber, ThisUpdate: from, NextUpdate: until, Certificate: by.Cert})
}

func (by Identity) answer(t testing.TB, issuer Identity, r ocsp.Response) []byte {
	t.Helper()
	der, err := ocsp.CreateResponse(issuer.Cert, by.Cert, r, by.Key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// CRL makes a list of revoked certificates, which holds those given.
func (by Identity) CRL(t testing.TB, from, until time.Time, revoked ...x509.RevocationListEntry) []byte {
	t.Helper()
	der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: from, NextUpdate: until, RevokedCertificateEntries: revoked,
	}, by.Cert, by.Key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// The parts of a time stamp token (RFC 3161, RFC 5652).
type (
	algorithm struct{ OID asn1.ObjectIdentifier }
	stampInfo struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Hash  algorithm
			Value []byte
		}
		Serial *big.Int
		Time   time.Time `asn1:"generalized"`
	}
	attribute struct {
		OID    asn1.ObjectIdentifier
		Values []asn1.RawValue `asn1:"set"`
	}
	signerInfo struct {
		Version int
		Name    struct {
			Issuer asn1.RawValue
			Serial *big.Int
		}
		Digest     algorithm
		Attributes asn1.RawValue
		Algorithm  algorithm
		Signature  []byte
	}
	signedData struct {
		Version int
		Digests []algorithm `asn1:"set"`
		Content struct {
			OID     asn1.ObjectIdentifier
			Content asn1.RawValue
		}
		Certificates asn1.RawValue
		Signers      []signerInfo `asn1:"set"`
	}
	contentInfo struct {
		OID  asn1.ObjectIdentifier
		Data asn1.RawValue
	}
)

var (
	oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidECDSA  = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidTST    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
)

// Stamp makes a time stamp token over content.
func (by Identity) Stamp(t testing.TB, content []byte, at time.Time) []byte {
	t.Helper()
	info := stampInfo{Version: 1, Policy: asn1.ObjectIdentifier{1, 2, 3}, Serial: big.NewInt(7), Time: at.UTC()}
	imprint := sha256.Sum256(content)
	info.Imprint.Hash, info.Imprint.Value = algorithm{oidSHA256}, imprint[:]
	encoded := marshal(t, info)
	attributes := by.signedAttributes(t, encoded)
	digest := sha256.Sum256(attributes)
	signature, err := by.Key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	s := signerInfo{Version: 1, Digest: algorithm{oidSHA256}, Algorithm: algorithm{oidECDSA}, Signature: signature}
	s.Name.Issuer, s.Name.Serial = asn1.RawValue{FullBytes: by.Cert.RawIssuer}, by.Cert.SerialNumber
	s.Attributes = asn1.RawValue{FullBytes: append([]byte{0xa0}, attributes[1:]...)}
	d := signedData{Version: 3, Digests: []algorithm{{oidSHA256}}, Signers: []signerInfo{s}, Certificates: within(0, by.Cert.Raw)}
	d.Content.OID, d.Content.Content = oidTST, within(0, marshal(t, encoded))
	return marshal(t, contentInfo{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}, within(0, marshal(t, d))})
}

func (by Identity) signedAttributes(t testing.TB, content []byte) []byte {
	digest, own := sha256.Sum256(content), sha256.Sum256(by.Cert.Raw)
	type certID struct{ Hash []byte }
	type signingCertificate struct{ Certs []certID }
	one := func(oid asn1.ObjectIdentifier, v any) attribute {
		return attribute{oid, []asn1.RawValue{{FullBytes: marshal(t, v)}}}
	}
	set, err := asn1.MarshalWithParams([]attribute{
		one(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}, oidTST),
		one(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}, digest[:]),
		one(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}, signingCertificate{[]certID{{own[:]}}}),
	}, "set")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// within puts encoded bytes into a context-specific tag.
func within(tag int, encoded []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, IsCompound: true, Bytes: encoded}
}

func marshal(t testing.TB, v any) []byte {
	t.Helper()
	der, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// es256 signs as JWS wants it: both halves in full length (RFC 7518, section 3.4).
func (by Identity) es256(t testing.TB, content string) []byte {
	t.Helper()
	digest := sha256.Sum256([]byte(content))
	r, s, err := ecdsa.Sign(rand.Reader, by.Key.(*ecdsa.PrivateKey), digest[:])
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 64)
	r.FillBytes(out[:32])
	s.FillBytes(out[32:])
	return out
}

// PartialCRL makes a list with nothing in it that speaks for some certificates
// only (RFC 5280, section 5.2.5).
func (by Identity) PartialCRL(t testing.TB, from, until time.Time) []byte {
	t.Helper()
	der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: from, NextUpdate: until,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 28}, Critical: true, Value: []byte{0x30, 3, 0x81, 1, 0xff}}},
	}, by.Cert, by.Key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}
