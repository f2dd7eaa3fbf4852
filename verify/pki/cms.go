package pki

import (
	"bytes"
	"crypto"
	"crypto/sha1" //nolint:gosec // only to compare a certificate with a hash that is signed itself
	"crypto/x509"
	"encoding/asn1"
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// cms is a SignedData of Cryptographic Message Syntax (RFC 5652, section 5) with
// one signer, as a time stamp has it.
type cms struct {
	content      []byte
	certificates []*x509.Certificate

	issuer, serial []byte // of the signer's certificate; nil where it is named by its key
	keyID          []byte
	digest         asn1.ObjectIdentifier
	attributes     []byte // the signed attributes, as they are signed
	attribute      map[string]cryptobyte.String
	algorithm      asn1.ObjectIdentifier
	signature      []byte
}

var (
	tag0 = der.Tag(0).ContextSpecific()
	tag1 = der.Tag(1).ContextSpecific()
)

func parseCMS(token []byte) (*cms, error) {
	in := cryptobyte.String(token)
	var info, outer, signed cryptobyte.String
	var kind asn1.ObjectIdentifier
	ok := in.ReadASN1(&info, der.SEQUENCE) && in.Empty() &&
		info.ReadASN1ObjectIdentifier(&kind) && kind.Equal(oidSignedData) &&
		info.ReadASN1(&outer, tag0.Constructed()) && info.Empty() &&
		outer.ReadASN1(&signed, der.SEQUENCE) && outer.Empty()
	if !ok {
		return nil, fmt.Errorf("%w: not a signed message in DER", ErrMalformed)
	}
	c := &cms{}
	return c, c.read(signed)
}

func (c *cms) read(in cryptobyte.String) error {
	var version int64
	var content, octets, certs, signers, signer cryptobyte.String
	var kind asn1.ObjectIdentifier
	var hasCerts bool
	ok := in.ReadASN1Integer(&version) &&
		in.SkipASN1(der.SET) &&
		in.ReadASN1(&content, der.SEQUENCE) &&
		content.ReadASN1ObjectIdentifier(&kind) && kind.Equal(oidTSTInfo) &&
		content.ReadASN1(&octets, tag0.Constructed()) &&
		octets.ReadASN1Bytes(&c.content, der.OCTET_STRING) && octets.Empty() &&
		in.ReadOptionalASN1(&certs, &hasCerts, tag0.Constructed()) &&
		in.SkipOptionalASN1(tag1.Constructed()) &&
		in.ReadASN1(&signers, der.SET) && in.Empty() &&
		signers.ReadASN1(&signer, der.SEQUENCE) && signers.Empty()
	if !ok {
		return fmt.Errorf("%w: signed message", ErrMalformed)
	}
	if err := c.readCertificates(certs); err != nil {
		return err
	}
	return c.readSigner(signer)
}

func (c *cms) readCertificates(in cryptobyte.String) error {
	for !in.Empty() {
		var one cryptobyte.String
		var tag der.Tag
		if !in.ReadAnyASN1Element(&one, &tag) || len(c.certificates) == MaxCertificates {
			return fmt.Errorf("%w: certificates of a time stamp", ErrMalformed)
		}
		if tag != der.SEQUENCE {
			continue // kinds of certificates nobody uses any more (RFC 5652, section 10.2.2)
		}
		cert, err := x509.ParseCertificate(one)
		if err != nil {
			return fmt.Errorf("%w: certificate of a time stamp: %w", ErrMalformed, err)
		}
		c.certificates = append(c.certificates, cert)
	}
	return nil
}

func (c *cms) readSigner(in cryptobyte.String) error {
	var version int64
	var digest, attrs, alg cryptobyte.String
	ok := in.ReadASN1Integer(&version) && c.readSignerName(&in) &&
		in.ReadASN1(&digest, der.SEQUENCE) && digest.ReadASN1ObjectIdentifier(&c.digest) &&
		in.ReadASN1Element(&attrs, tag0.Constructed()) &&
		in.ReadASN1(&alg, der.SEQUENCE) && alg.ReadASN1ObjectIdentifier(&c.algorithm) &&
		in.ReadASN1Bytes(&c.signature, der.OCTET_STRING) &&
		in.SkipOptionalASN1(tag1.Constructed()) && in.Empty()
	if !ok {
		return fmt.Errorf("%w: signer", ErrMalformed)
	}
	// What is signed is the set itself, not its place here (RFC 5652, section 5.4).
	c.attributes = append([]byte{byte(der.SET)}, attrs[1:]...)
	return c.readAttributes()
}

// readSignerName reads how the signer's certificate is named (RFC 5652, section
// 5.3): by issuer and number, or by its key's identifier.
func (c *cms) readSignerName(in *cryptobyte.String) bool {
	if in.PeekASN1Tag(tag0) {
		return in.ReadASN1Bytes(&c.keyID, tag0)
	}
	var name, issuer cryptobyte.String
	if !in.ReadASN1(&name, der.SEQUENCE) || !name.ReadASN1Element(&issuer, der.SEQUENCE) {
		return false
	}
	c.issuer = issuer
	return name.ReadASN1Bytes(&c.serial, der.INTEGER) && name.Empty()
}

func (c *cms) readAttributes() error {
	in := cryptobyte.String(c.attributes)
	var set cryptobyte.String
	if !in.ReadASN1(&set, der.SET) || !in.Empty() {
		return fmt.Errorf("%w: signed attributes", ErrMalformed)
	}
	c.attribute = map[string]cryptobyte.String{}
	for !set.Empty() {
		var one, values cryptobyte.String
		var kind asn1.ObjectIdentifier
		if !set.ReadASN1(&one, der.SEQUENCE) || !one.ReadASN1ObjectIdentifier(&kind) || !one.ReadASN1(&values, der.SET) {
			return fmt.Errorf("%w: signed attribute", ErrMalformed)
		}
		if _, twice := c.attribute[kind.String()]; twice {
			return fmt.Errorf("%w: signed attribute %v twice", ErrMalformed, kind)
		}
		c.attribute[kind.String()] = values
	}
	return nil
}

// verify checks the signature and gives the signer's certificate.
func (c *cms) verify() (*x509.Certificate, error) {
	signer := c.signer()
	if signer == nil || !usable(signer) {
		return nil, fmt.Errorf("%w: the signer's certificate did not come along, or has too large a key", ErrUnsupported)
	}
	h, ok := hashOf(c.digest)
	if !ok {
		return nil, fmt.Errorf("%w: hash %v", ErrUnsupported, c.digest)
	}
	if err := c.binds(h, signer); err != nil {
		return nil, err
	}
	alg, ok := signatureAlgorithm(c.algorithm, h)
	if !ok {
		return nil, fmt.Errorf("%w: signature %v", ErrUnsupported, c.algorithm)
	}
	if err := signer.CheckSignature(alg, c.attributes, c.signature); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForged, err)
	}
	return signer, nil
}

func (c *cms) signer() *x509.Certificate {
	for _, cert := range c.certificates {
		byKey := c.keyID != nil && bytes.Equal(c.keyID, cert.SubjectKeyId)
		byName := c.issuer != nil && bytes.Equal(c.issuer, cert.RawIssuer) && bytes.Equal(c.serial, integer(cert))
		if byKey || byName {
			return cert
		}
	}
	return nil
}

// integer gives a certificate's number as DER writes it.
func integer(cert *x509.Certificate) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(cert.SerialNumber)
	s := cryptobyte.String(b.BytesOrPanic())
	var out []byte
	s.ReadASN1Bytes(&out, der.INTEGER)
	return out
}

// binds checks that what is signed names the content by its type and digest (RFC
// 5652, section 11), and the signer's certificate by its hash (RFC 5816, section
// 2.2.1), so that neither can be changed for another.
func (c *cms) binds(h crypto.Hash, signer *x509.Certificate) error {
	var kind asn1.ObjectIdentifier
	var digest []byte
	types, digests := c.attribute[oidContentType.String()], c.attribute[oidMessageDigest.String()]
	if !types.ReadASN1ObjectIdentifier(&kind) || !kind.Equal(oidTSTInfo) {
		return fmt.Errorf("%w: it is for another type of content", ErrForged)
	}
	if !digests.ReadASN1Bytes(&digest, der.OCTET_STRING) || !bytes.Equal(digest, sum(h, c.content)) {
		return fmt.Errorf("%w: it is for another content", ErrForged)
	}
	if !c.names(signer) {
		return fmt.Errorf("%w: it does not name its certificate", ErrForged)
	}
	return nil
}

// names says whether the first ESSCertID is the signer's certificate.
func (c *cms) names(signer *x509.Certificate) bool {
	if in, ok := c.attribute[oidSigningCert2.String()]; ok {
		id := essCertID(in)
		h, known := essHash(&id)
		var hash []byte
		return known && id.ReadASN1Bytes(&hash, der.OCTET_STRING) && bytes.Equal(hash, sum(h, signer.Raw))
	}
	id := essCertID(c.attribute[oidSigningCert1.String()])
	var hash []byte
	want := sha1.Sum(signer.Raw) //nolint:gosec // what version 1 has (RFC 2634, section 5.4.1)
	return id.ReadASN1Bytes(&hash, der.OCTET_STRING) && bytes.Equal(hash, want[:])
}

// essHash reads the hash of an ESSCertIDv2, by default SHA-256 (RFC 5035, section 4).
func essHash(id *cryptobyte.String) (crypto.Hash, bool) {
	if !id.PeekASN1Tag(der.SEQUENCE) {
		return crypto.SHA256, true
	}
	var alg cryptobyte.String
	var oid asn1.ObjectIdentifier
	if !id.ReadASN1(&alg, der.SEQUENCE) || !alg.ReadASN1ObjectIdentifier(&oid) {
		return 0, false
	}
	return hashOf(oid)
}

// essCertID enters SigningCertificate and its list, as far as the first entry.
func essCertID(in cryptobyte.String) cryptobyte.String {
	var all, list, first cryptobyte.String
	if !in.ReadASN1(&all, der.SEQUENCE) || !all.ReadASN1(&list, der.SEQUENCE) || !list.ReadASN1(&first, der.SEQUENCE) {
		return nil
	}
	return first
}

// algorithms are the signatures a time stamp may have, by the hash they are made
// with. RSA names its hash beside itself (RFC 5754, section 3.2).
var algorithms = []struct {
	oid  string
	hash crypto.Hash
	alg  x509.SignatureAlgorithm
}{
	{"1.2.840.113549.1.1.1", crypto.SHA256, x509.SHA256WithRSA},
	{"1.2.840.113549.1.1.1", crypto.SHA384, x509.SHA384WithRSA},
	{"1.2.840.113549.1.1.1", crypto.SHA512, x509.SHA512WithRSA},
	{"1.2.840.113549.1.1.11", crypto.SHA256, x509.SHA256WithRSA},
	{"1.2.840.113549.1.1.12", crypto.SHA384, x509.SHA384WithRSA},
	{"1.2.840.113549.1.1.13", crypto.SHA512, x509.SHA512WithRSA},
	{"1.2.840.113549.1.1.10", crypto.SHA256, x509.SHA256WithRSAPSS},
	{"1.2.840.113549.1.1.10", crypto.SHA384, x509.SHA384WithRSAPSS},
	{"1.2.840.113549.1.1.10", crypto.SHA512, x509.SHA512WithRSAPSS},
	{"1.2.840.10045.4.3.2", crypto.SHA256, x509.ECDSAWithSHA256},
	{"1.2.840.10045.4.3.3", crypto.SHA384, x509.ECDSAWithSHA384},
	{"1.2.840.10045.4.3.4", crypto.SHA512, x509.ECDSAWithSHA512},
}

func signatureAlgorithm(oid asn1.ObjectIdentifier, h crypto.Hash) (x509.SignatureAlgorithm, bool) {
	for _, a := range algorithms {
		if a.oid == oid.String() && a.hash == h {
			return a.alg, true
		}
	}
	return 0, false
}
