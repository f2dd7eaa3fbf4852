package xmlsig

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/xmltree"
)

const maxStamps = 20

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
	if values := all.Child(XAdES, "CertificateValues"); values != nil {
		for _, e := range values.All(XAdES, "EncapsulatedX509Certificate") {
			if der, err := decode(e.Text()); err == nil && len(r.sig.Values) < maxCerts {
				r.sig.Values = append(r.sig.Values, der)
			}
		}
	}
	return nil
}

// stamp keeps a time stamp with what it is over: the canonical signature value
// (EN 319 132-1, section 5.3). Stamps that were made over it in another way, or
// can't be read, are left out.
func (r *reader) stamp(e, value *xmltree.Element) {
	how := xmltree.Canon{}
	if m := e.Child(DSig, "CanonicalizationMethod"); m != nil {
		var err error
		if how, err = canonical(m); err != nil {
			return
		}
	}
	over, err := r.write(how, value)
	if err != nil || r.sig.Stamped != nil && !bytes.Equal(over, r.sig.Stamped) {
		return
	}
	for _, token := range e.All(XAdES, "EncapsulatedTimeStamp") {
		if der, err := decode(token.Text()); err == nil && len(r.sig.Stamps) < maxStamps {
			r.sig.Stamps, r.sig.Stamped = append(r.sig.Stamps, der), over
		}
	}
}
