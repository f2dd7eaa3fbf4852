package pki

import (
	"crypto"
	_ "crypto/sha256" // the hashes that stamps and their imprints use
	_ "crypto/sha512"
	"crypto/subtle"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// maxStamp bounds a time stamp token, which holds a handful of certificates.
const maxStamp = 1 << 20

// Stamp is a time stamp token (RFC 3161) whose own signature holds under the
// certificate it names. Who made it, and whether they are to be trusted, is for
// the caller to find out.
type Stamp struct {
	Time         time.Time
	Signer       *x509.Certificate
	Certificates []*x509.Certificate // that came along, the signer's among them

	hash    crypto.Hash
	imprint []byte
}

// Covers says whether content is what the stamp was made for.
func (s Stamp) Covers(content []byte) bool {
	if !s.hash.Available() {
		return false
	}
	h := s.hash.New()
	h.Write(content)
	return subtle.ConstantTimeCompare(h.Sum(nil), s.imprint) == 1
}

// Object identifiers of RFC 5652, RFC 3161 and RFC 5816.
var (
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningCert2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSigningCert1  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
)

// ParseStamp reads a time stamp token in DER and checks its own signature: one
// signer, the digest of the content among what is signed, the signer's certificate
// named by its hash (RFC 3161, section 2.4.2) and made for time stamping.
func ParseStamp(token []byte) (Stamp, error) {
	if len(token) > maxStamp {
		return Stamp{}, fmt.Errorf("%w: time stamp too large", ErrMalformed)
	}
	c, err := parseCMS(token)
	if err != nil {
		return Stamp{}, err
	}
	s := Stamp{Certificates: c.certificates}
	if err := s.readInfo(c.content); err != nil {
		return Stamp{}, err
	}
	if s.Signer, err = c.verify(); err != nil {
		return Stamp{}, err
	}
	if !slices.Contains(s.Signer.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
		return Stamp{}, fmt.Errorf("%w: its certificate is not for time stamps", ErrForged)
	}
	if !within(s.Signer, s.Time) {
		return Stamp{}, fmt.Errorf("%w: its certificate had ended, or not begun", ErrForged)
	}
	return s, nil
}

// readInfo reads a TSTInfo (RFC 3161, section 2.4.2): version 1, what was stamped,
// and when. The rest concerns whoever asked for the stamp.
func (s *Stamp) readInfo(content []byte) error {
	in := cryptobyte.String(content)
	var info, imprint, alg cryptobyte.String
	var version int64
	var policy, hash asn1.ObjectIdentifier
	var serial cryptobyte.String
	ok := in.ReadASN1(&info, der.SEQUENCE) && in.Empty() &&
		info.ReadASN1Integer(&version) && version == 1 &&
		info.ReadASN1ObjectIdentifier(&policy) &&
		info.ReadASN1(&imprint, der.SEQUENCE) &&
		imprint.ReadASN1(&alg, der.SEQUENCE) && alg.ReadASN1ObjectIdentifier(&hash) &&
		imprint.ReadASN1Bytes(&s.imprint, der.OCTET_STRING) && imprint.Empty() &&
		info.ReadASN1(&serial, der.INTEGER)
	if !ok {
		return fmt.Errorf("%w: time stamp", ErrMalformed)
	}
	var known bool
	if s.hash, known = hashOf(hash); !known {
		return fmt.Errorf("%w: hash %v", ErrUnsupported, hash)
	}
	var err error
	s.Time, err = readTime(&info)
	return err
}

// readTime reads a GeneralizedTime in UTC, which here may hold a fraction of a
// second (RFC 3161, section 2.4.2).
func readTime(in *cryptobyte.String) (time.Time, error) {
	var text cryptobyte.String
	if !in.ReadASN1(&text, der.GeneralizedTime) {
		return time.Time{}, fmt.Errorf("%w: time stamp without a time", ErrMalformed)
	}
	t, err := time.Parse("20060102150405Z", string(text))
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: time stamp: %w", ErrMalformed, err)
	}
	return t, nil
}

var hashes = []struct {
	oid  asn1.ObjectIdentifier
	hash crypto.Hash
}{
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, crypto.SHA256},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA384},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, crypto.SHA512},
}

// hashOf knows the hashes that are still safe; SHA-1 is not among them.
func hashOf(oid asn1.ObjectIdentifier) (crypto.Hash, bool) {
	for _, h := range hashes {
		if h.oid.Equal(oid) {
			return h.hash, true
		}
	}
	return 0, false
}

func sum(h crypto.Hash, b []byte) []byte {
	d := h.New()
	d.Write(b)
	return d.Sum(nil)
}
