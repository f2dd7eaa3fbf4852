package jades

import (
	"encoding/base64"
	"errors"

	"github.com/cairnwallet/cairn/verify/pki"
)

// Limits for the certificates and records of one signature.
const (
	maxRecords     = 64
	maxRecordBytes = 8 << 20
)

// derEncoding is the default encoding of a pkiOb (section 5.4.2).
const derEncoding = "http://uri.etsi.org/01903/v1.2.2#DER"

// value gives the bytes of a pkiOb (section 5.4.2); nil where there are none.
func value(m map[string]any) []byte {
	s, _ := m["val"].(string)
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil
	}
	return b
}

func isUnsupported(err error) bool { return errors.Is(err, pki.ErrUnsupported) }

// certificates reads xVals (section 5.3.5.1).
func (u *Unsigned) certificates(v any) {
	list, ok := v.([]any)
	if !ok {
		u.remark(BadAdditions)
		return
	}
	for _, e := range list {
		m, _ := e.(map[string]any)
		ob, isX509 := m["x509Cert"].(map[string]any)
		text, _ := ob["val"].(string)
		c, err := pki.Certificate(text)
		if !isX509 || err != nil || len(u.Certificates) == maxRecords {
			u.remark(BadRecord)
			continue
		}
		u.Certificates = append(u.Certificates, c)
	}
}

// records reads rVals (section 5.3.5.2). Whether one of them can be used is found
// out when it is asked about a certificate.
func (u *Unsigned) records(v any) {
	m, ok := v.(map[string]any)
	if !ok {
		u.remark(BadAdditions)
		return
	}
	for name, into := range map[string]*[][]byte{"ocspVals": &u.Records.OCSP, "crlVals": &u.Records.CRLs} {
		list, _ := m[name].([]any)
		for _, e := range list[:min(len(list), maxRecords)] {
			ob, _ := e.(map[string]any)
			b := value(ob)
			if u.bytes += len(b); b == nil || u.bytes > maxRecordBytes {
				u.remark(BadRecord)
				continue
			}
			*into = append(*into, b)
		}
	}
}
