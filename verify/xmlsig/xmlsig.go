// Package xmlsig checks XML signatures (XML Signature Syntax and Processing 1.1)
// with the properties European seals add (XAdES, ETSI EN 319 132-1).
//
// It says which bytes a signature protects, and hands out these bytes and no
// others: whoever reads Content instead of the document can't be misled by what
// was wrapped around it, moved or added. It finds out neither whose key it is nor
// whether anybody trusts it, asks no network, and follows no address. Start at
// Find, then Signature.Check.
//
//	for _, s := range found {
//		if s.Whole && s.Check(s.Certs[0].PublicKey) == nil {
//			d, err := xmltree.Parse(s.Content) // what was signed, and nothing else
//		}
//	}
package xmlsig

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/cairnwallet/cairn/verify/xmltree"
)

// The namespaces of signatures and of their European properties.
const (
	DSig  = "http://www.w3.org/2000/09/xmldsig#"
	XAdES = "http://uri.etsi.org/01903/v1.3.2#"
)

// Limits for everything this package reads.
const (
	maxSignatures = 8
	maxReferences = 8
	maxCerts      = 20
	maxHashed     = 192 << 20 // canonical bytes of all signatures of a document
)

// The ways a signature can fail. Errors wrap exactly one of them.
var (
	ErrBroken      = errors.New("the document is not what was signed")
	ErrMalformed   = errors.New("the signature is not built as the standard demands")
	ErrUnsupported = errors.New("a method of signing that is not built in, or no longer safe")
	ErrCertificate = errors.New("the certificate is not the one the signature names")
)

// Signature is one signature of a document, taken apart.
type Signature struct {
	ID      string
	Method  string // the address of its algorithm
	Whole   bool   // it protects the root with all in it, but for signatures
	Content []byte // canonical bytes of the one element it protects; nil where there is none
	Certs   []*x509.Certificate
	// Time is when the signer says it was made, as the signature protects it; zero
	// when not said.
	Time   time.Time
	Stamps []Stamp  // over the signature value
	Values [][]byte // further certificates it brings along, in DER, not looked at
	OCSP   [][]byte // what it brings along about revocation, not looked at: answers
	CRL    [][]byte // … and lists

	info   []byte // canonical bytes of SignedInfo
	value  []byte // the signature value
	broken error
}

// Stamp is a time stamp as it came along: a token (RFC 3161) in DER, not looked at,
// and the canonical bytes it must be over.
type Stamp struct{ Token, Over []byte }

// Find reads a document and its signatures, in their order. Every digest is
// compared; what Check says then is about the key only. The error is about the
// document: one of package xmltree, or ErrMalformed for too many signatures.
//
// A signature that stands inside another is its business, and is left out.
func Find(doc []byte) ([]*Signature, error) {
	d, err := xmltree.Parse(doc)
	if err != nil {
		return nil, err
	}
	return In(d)
}

// In is Find for a document that was read already.
func In(d *xmltree.Document) ([]*Signature, error) {
	var places []*xmltree.Element
	d.Root.Walk(func(e *xmltree.Element) bool {
		if e.Is(DSig, "Signature") {
			places = append(places, e)
			return false
		}
		return true
	})
	if len(places) > maxSignatures {
		return nil, fmt.Errorf("%w: %d signatures", ErrMalformed, len(places))
	}
	hashed := 0
	var out []*Signature
	for _, e := range places {
		r := &reader{doc: d, at: e, hashed: &hashed, sig: &Signature{}}
		if err := r.read(); err != nil {
			r.sig.broken = err
		}
		out = append(out, r.sig)
	}
	return out, nil
}

// Check says whether the signature holds under this key: nil, or one of the
// errors of this package. A signature is only worth anything with Content.
func (s *Signature) Check(key crypto.PublicKey) error {
	if s.broken != nil {
		return s.broken
	}
	return verify(s.Method, key, s.info, s.value)
}

// reader takes one signature apart.
type reader struct {
	doc    *xmltree.Document
	at     *xmltree.Element // the Signature
	sig    *Signature
	hashed *int

	properties *xmltree.Element // its SignedProperties, once a reference protects them
}

func (r *reader) read() error {
	s := r.sig
	s.ID, _ = r.at.Attr("Id")
	info, value := r.at.All(DSig, "SignedInfo"), r.at.All(DSig, "SignatureValue")
	if len(info) != 1 || len(value) != 1 || len(r.at.All(DSig, "KeyInfo")) > 1 {
		return fmt.Errorf("%w: parts missing or twice", ErrMalformed)
	}
	if err := r.certificates(); err != nil {
		return err
	}
	var err error
	if s.value, err = decode(value[0].Text()); err != nil {
		return err
	}
	if err := r.signedInfo(info[0]); err != nil {
		return err
	}
	if err := r.references(info[0]); err != nil {
		return err
	}
	if err := r.signedProperties(); err != nil {
		return err
	}
	return r.unsigned(value[0])
}

// signedInfo canonicalises what is signed directly.
func (r *reader) signedInfo(info *xmltree.Element) error {
	how, err := canonical(info.Child(DSig, "CanonicalizationMethod"))
	if err != nil {
		return err
	}
	method := info.Child(DSig, "SignatureMethod")
	if method == nil {
		return fmt.Errorf("%w: no method", ErrMalformed)
	}
	r.sig.Method, _ = method.Attr("Algorithm")
	r.sig.info, err = r.write(how, info)
	return err
}

// write canonicalises an element, or with nil the whole document, and counts the
// bytes.
func (r *reader) write(how xmltree.Canon, e *xmltree.Element) ([]byte, error) {
	var out []byte
	var err error
	if e == nil {
		out, err = how.Document(r.doc)
	} else {
		out, err = how.Element(e)
	}
	if *r.hashed += len(out); err == nil && *r.hashed > maxHashed {
		err = xmltree.ErrTooLarge
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return out, nil
}

func (r *reader) certificates() error {
	info := r.at.Child(DSig, "KeyInfo")
	if info == nil {
		return nil
	}
	for _, data := range info.All(DSig, "X509Data") {
		for _, e := range data.All(DSig, "X509Certificate") {
			der, err := decode(e.Text())
			if err != nil {
				return err
			}
			c, err := x509.ParseCertificate(der)
			if err != nil || len(r.sig.Certs) == maxCerts {
				return fmt.Errorf("%w: certificates: %w", ErrMalformed, err)
			}
			r.sig.Certs = append(r.sig.Certs, c)
		}
	}
	return nil
}
