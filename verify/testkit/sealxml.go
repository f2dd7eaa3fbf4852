package testkit

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/cairnwallet/cairn/verify/xmlsig"
	"github.com/cairnwallet/cairn/verify/xmltree"
)

// Sealer seals XML documents as European tools do (XAdES baseline B), with a
// throw-away key.
type Sealer struct {
	Key       crypto.Signer
	Chain     []*x509.Certificate // the signer's first
	At        time.Time           // the signing time it states
	Transform string              // "" for the enveloped signature, "xpath" or "filter2" for the filters
	Reference string              // what it is over; "" for the root
	Canonical string              // "" for exclusive
	More      string              // for its unsigned signature properties
	// Stamp makes a time stamp over the signature value; nil for none.
	Stamp func(content []byte) []byte
}

// NewSealer makes a sealer for a name, with a key of this kind: "rsa", "p256",
// "p384" or "ed25519". Its certificate is its own issuer.
func NewSealer(t testing.TB, kind, organisation string, at time.Time) Sealer {
	t.Helper()
	key := newKey(t, kind)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: at.AddDate(-1, 0, 0), NotAfter: at.AddDate(1, 0, 0),
		Subject: pkix.Name{CommonName: organisation + " Seal", Organization: []string{organisation}},
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return Sealer{Key: key, Chain: []*x509.Certificate{c}, At: at}
}

func newKey(t testing.TB, kind string) crypto.Signer {
	t.Helper()
	var key crypto.Signer
	var err error
	switch kind {
	case "p256":
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "p384":
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "ed25519":
		_, key, err = ed25519.GenerateKey(rand.Reader)
	default:
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

const (
	exclusive  = "http://www.w3.org/2001/10/xml-exc-c14n#"
	sha256Name = "http://www.w3.org/2001/04/xmlenc#sha256"
)

// transforms are what Sealer.Transform names.
var transforms = map[string]string{
	"":        `<ds:Transform Algorithm="` + xmlsig.DSig + `enveloped-signature"/>`,
	"xpath":   `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>`,
	"filter2": `<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">/descendant::ds:Signature</f:XPath></ds:Transform>`,
}

// Seal puts a signature into a document, in front of its last end tag.
func (s Sealer) Seal(t testing.TB, doc string) string {
	t.Helper()
	if s.Canonical == "" {
		s.Canonical = exclusive
	}
	certs := ""
	for _, c := range s.Chain {
		certs += "<ds:X509Certificate>" + base64.StdEncoding.EncodeToString(c.Raw) + "</ds:X509Certificate>"
	}
	own := sha256.Sum256(s.Chain[0].Raw)
	mark := strings.LastIndex(doc, "</")
	out := doc[:mark] + fmt.Sprintf(`<ds:Signature xmlns:ds="%s" Id="sig-1"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="%s"/><ds:SignatureMethod Algorithm="%s"/>`+
		`<ds:Reference Id="r-1" URI="%s"><ds:Transforms>%s<ds:Transform Algorithm="%s"/></ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>CONTENT</ds:DigestValue></ds:Reference>`+
		`<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#props-1"><ds:Transforms><ds:Transform Algorithm="%[6]s"/></ds:Transforms><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>PROPERTIES</ds:DigestValue></ds:Reference>`+
		`</ds:SignedInfo><ds:SignatureValue>VALUE</ds:SignatureValue><ds:KeyInfo><ds:X509Data>%s</ds:X509Data></ds:KeyInfo>`+
		`<ds:Object><xades:QualifyingProperties xmlns:xades="%s" Target="#sig-1"><xades:SignedProperties Id="props-1"><xades:SignedSignatureProperties><xades:SigningTime>%s</xades:SigningTime>`+
		`<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="%s"/><ds:DigestValue>%s</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>`+
		`</xades:SignedSignatureProperties></xades:SignedProperties>%s</xades:QualifyingProperties></ds:Object></ds:Signature>`,
		xmlsig.DSig, s.Canonical, s.method(), s.Reference, transforms[s.Transform], s.Canonical, sha256Name, certs,
		xmlsig.XAdES, s.At.UTC().Format(time.RFC3339), sha256Name, base64.StdEncoding.EncodeToString(own[:]), s.unsigned()) + doc[mark:]
	how := xmltree.Canon{Exclusive: s.Canonical == exclusive}
	notSigned := how
	notSigned.Leave = func(e *xmltree.Element) bool { return e.Is(xmlsig.DSig, "Signature") }
	out = fill(t, out, "CONTENT", notSigned, func(d *xmltree.Document) *xmltree.Element { return s.over(d) }, sha256Of)
	out = fill(t, out, "PROPERTIES", how, func(d *xmltree.Document) *xmltree.Element { return find(d, "SignedProperties") }, sha256Of)
	out = fill(t, out, "VALUE", how, func(d *xmltree.Document) *xmltree.Element { return find(d, "SignedInfo") }, s.sign)
	if s.Stamp == nil {
		return out
	}
	return fill(t, out, "STAMP", how, func(d *xmltree.Document) *xmltree.Element { return find(d, "SignatureValue") }, func(b []byte) ([]byte, error) { return s.Stamp(b), nil })
}

// unsigned are the unsigned properties, with room for a time stamp.
func (s Sealer) unsigned() string {
	stamp := ""
	if s.Stamp != nil {
		stamp = `<xades:SignatureTimeStamp><ds:CanonicalizationMethod Algorithm="` + s.Canonical + `"/><xades:EncapsulatedTimeStamp>STAMP</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>`
	}
	if stamp+s.More == "" {
		return ""
	}
	return `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>` + stamp + s.More + `</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`
}

// Values writes further certificates and answers about revocation, for More.
func Values(certs []*x509.Certificate, answers [][]byte) string {
	out := "<xades:CertificateValues>"
	for _, c := range certs {
		out += "<xades:EncapsulatedX509Certificate>" + base64.StdEncoding.EncodeToString(c.Raw) + "</xades:EncapsulatedX509Certificate>"
	}
	out += "</xades:CertificateValues><xades:RevocationValues><xades:OCSPValues>"
	for _, a := range answers {
		out += "<xades:EncapsulatedOCSPValue>" + base64.StdEncoding.EncodeToString(a) + "</xades:EncapsulatedOCSPValue>"
	}
	return out + "</xades:OCSPValues></xades:RevocationValues>"
}

// SealerOf makes a sealer with a certificate that was issued.
func SealerOf(by Identity, at time.Time, chain ...*x509.Certificate) Sealer {
	return Sealer{Key: by.Key, Chain: append([]*x509.Certificate{by.Cert}, chain...), At: at}
}

// over finds what the signature is over.
func (s Sealer) over(d *xmltree.Document) *xmltree.Element {
	found := d.Root
	d.Root.Walk(func(e *xmltree.Element) bool {
		if id, ok := e.Attr("Id"); ok && s.Reference == "#"+id {
			found = e
		}
		return true
	})
	return found
}

func find(d *xmltree.Document, local string) *xmltree.Element {
	var found *xmltree.Element
	d.Root.Walk(func(e *xmltree.Element) bool {
		if e.Local == local {
			found = e
		}
		return true
	})
	return found
}

// fill puts what is made of the canonical bytes of an element in place of a mark.
func fill(t testing.TB, doc, mark string, how xmltree.Canon, at func(*xmltree.Document) *xmltree.Element, made func([]byte) ([]byte, error)) string {
	t.Helper()
	d, err := xmltree.Parse([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	e := at(d)
	write := func() ([]byte, error) { return how.Element(e) }
	if e == d.Root {
		write = func() ([]byte, error) { return how.Document(d) }
	}
	b, err := write()
	if err == nil {
		b, err = made(b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(doc, ">"+mark+"<", ">"+base64.StdEncoding.EncodeToString(b)+"<", 1)
}

func sha256Of(b []byte) ([]byte, error) {
	sum := sha256.Sum256(b)
	return sum[:], nil
}

func (s Sealer) method() string {
	switch s.Key.Public().(type) {
	case *ecdsa.PublicKey:
		return "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
	case ed25519.PublicKey:
		return "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"
	}
	return "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
}

func (s Sealer) sign(b []byte) ([]byte, error) {
	pub, isEC := s.Key.Public().(*ecdsa.PublicKey)
	if _, isEd := s.Key.Public().(ed25519.PublicKey); isEd {
		return s.Key.Sign(rand.Reader, b, crypto.Hash(0))
	}
	sum := sha256.Sum256(b)
	value, err := s.Key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if !isEC || err != nil {
		return value, err
	}
	var rs struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(value, &rs); err != nil {
		return nil, err
	}
	size := (pub.Params().BitSize + 7) / 8
	return bytes.Join([][]byte{rs.R.FillBytes(make([]byte, size)), rs.S.FillBytes(make([]byte, size))}, nil), nil
}
