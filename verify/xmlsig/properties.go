package xmlsig

import (
	"fmt"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/xmltree"
)

// maxValues bounds each list of what came along.
const maxValues = 20

// signedProperties reads what the signer says about the signature, where a
// reference protects it: when it was made, and with which certificate. The
// certificate it names is put first.
func (r *reader) signedProperties() error {
	p := r.properties.Child(XAdES, "SignedSignatureProperties")
	if p == nil {
		return nil
	}
	if said := p.Child(XAdES, "SigningTime").Text(); said != "" {
		t, err := time.Parse(time.RFC3339, said)
		if err != nil {
			return fmt.Errorf("%w: signing time", ErrMalformed)
		}
		r.sig.Time = t.UTC()
	}
	for _, name := range []string{"SigningCertificateV2", "SigningCertificate"} {
		if named := p.Child(XAdES, name, "Cert"); named != nil {
			return r.signer(named)
		}
	}
	return nil
}

// signer finds the certificate whose digest the properties name (EN 319 132-1,
// section 5.2.2): another one of the same key could say anything.
func (r *reader) signer(named *xmltree.Element) error {
	d := named.Child(XAdES, "CertDigest")
	if d == nil {
		return fmt.Errorf("%w: no digest of the certificate", ErrMalformed)
	}
	for i, c := range r.sig.Certs {
		ok, err := matches(d, c.Raw)
		if err != nil {
			return err
		}
		if ok {
			rest := slices.Delete(slices.Clone(r.sig.Certs), i, i+1)
			r.sig.Certs = append(r.sig.Certs[i:i+1:i+1], rest...)
			return nil
		}
	}
	return ErrCertificate
}

// unsigned reads what was added later: time stamps over the signature value, and
// certificates. Nothing protects these but themselves.
func (r *reader) unsigned(value *xmltree.Element) error {
	var all *xmltree.Element
	for _, o := range r.at.All(DSig, "Object") {
		if u := o.Child(XAdES, "QualifyingProperties", "UnsignedProperties", "UnsignedSignatureProperties"); u != nil {
			all = u
		}
	}
	if all == nil {
		return nil
	}
	for _, e := range all.Elements() {
		if e.Is(XAdES, "SignatureTimeStamp") {
			r.stamp(e, value)
		}
	}
	r.sig.Values = decoded(all.Child(XAdES, "CertificateValues"), "EncapsulatedX509Certificate")
	r.sig.OCSP = decoded(all.Child(XAdES, "RevocationValues", "OCSPValues"), "EncapsulatedOCSPValue")
	r.sig.CRL = decoded(all.Child(XAdES, "RevocationValues", "CRLValues"), "EncapsulatedCRLValue")
	return nil
}

// decoded gives the values in e, which may be nil, that can be read.
func decoded(e *xmltree.Element, local string) [][]byte {
	if e == nil {
		return nil
	}
	var out [][]byte
	for _, v := range e.All(XAdES, local) {
		if der, err := decode(v.Text()); err == nil && len(out) < maxValues {
			out = append(out, der)
		}
	}
	return out
}

// stamp keeps a time stamp with what it must be over: the canonical signature
// value (EN 319 132-1, section 5.3). One that says it is over something else, or
// can't be read, is left out.
func (r *reader) stamp(e, value *xmltree.Element) {
	how := xmltree.Canon{}
	if m := e.Child(DSig, "CanonicalizationMethod"); m != nil {
		var err error
		if how, err = canonical(m); err != nil {
			return
		}
	}
	over, err := r.write(how, value)
	if err != nil {
		return
	}
	for _, token := range decoded(e, "EncapsulatedTimeStamp") {
		if len(r.sig.Stamps) < maxValues {
			r.sig.Stamps = append(r.sig.Stamps, Stamp{token, over})
		}
	}
}
