// Package jades reads seals in JAdES form (ETSI TS 119 182-1): JSON Web
// Signatures in the JSON serialisation, with the signer's certificate, signed
// dates and time stamps, and additions that nothing protects (etsiU).
//
// It takes apart and compares; whether a signature holds is asked of the token,
// whom to trust is not its business. It asks nobody on the network. Start at Parse.
package jades

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/pki"
)

// maxSignatures bounds how many signatures of one seal are read.
const maxSignatures = 8

// ErrForm says that something is no seal in JSON: no text as its payload, no
// signature, or one without a protected header.
var ErrForm = errors.New("not a signed text in JSON")

// ErrDetached says that the sealed text is not part of the file (JWS with sigD,
// ETSI TS 119 182-1, section 5.2.8, or RFC 7515, appendix F).
var ErrDetached = errors.New("the seal is for a document that did not come along")

// Seal is a sealed text as it was taken apart; nothing about it is verified.
type Seal struct {
	Payload    []byte // what was sealed, byte by byte
	Signatures []Signature
	Extra      []string // members of the file that no standard knows and no signature covers
}

// Signature is one signature of a seal.
type Signature struct {
	Token       *jose.Token
	Certificate *x509.Certificate // of the signer, as protected by the signature; nil where none came along
	Mismatch    bool              // the certificate is not the one the header names by its hash
	Claimed     time.Time         // when it was made, as its maker says (sigT, iat)
	Unsigned    Unsigned

	payload, protected, signature string
	added                         bool // there is an unprotected header
}

// heeded are the names in crit that this package understands (ETSI TS 119 182-1,
// sections 5.1 and 5.2; RFC 7797): the signer's time and place, the certificate by
// its hash, and time stamps over the payload. A signature policy (sigPId), roles
// (srAts), commitments (srCms) and detached parts (sigD) change what a seal means
// in ways it does not.
var heeded = []string{"sigT", "iat", "sigPl", "x5t#S256", "x5t#o", "sigX5ts", "adoTst"}

// known are the members of the serialisations (RFC 7515, section 7.2).
var known = []string{"payload", "signatures", "signature", "protected", "header"}

// Parse takes a seal apart: the general or the flattened JSON serialisation as
// package strict decoded it. The payload is a text whose bytes, after JSON
// unescaping, are what was signed.
func Parse(m map[string]any) (*Seal, error) {
	payload, ok := m["payload"].(string)
	if !ok {
		return nil, fmt.Errorf("%w: its payload is no text", ErrForm)
	}
	list, extra := signatures(m)
	if len(list) == 0 || len(list) > maxSignatures {
		return nil, fmt.Errorf("%w: %d signatures", ErrForm, len(list))
	}
	s := &Seal{Extra: extra}
	for i, e := range list {
		one, err := parseSignature(e, payload)
		if err != nil {
			return nil, fmt.Errorf("signature %d: %w", i+1, err)
		}
		s.Signatures = append(s.Signatures, one)
	}
	s.Payload = s.Signatures[0].Token.Payload
	for _, one := range s.Signatures { // all or none are encoded (RFC 7797, section 3)
		if string(one.Token.Payload) != string(s.Payload) {
			return nil, fmt.Errorf("%w: its signatures disagree about the payload", ErrForm)
		}
	}
	return s, nil
}

// signatures gives the signatures of either serialisation, and the members beside
// them that nobody knows.
func signatures(m map[string]any) (list []map[string]any, extra []string) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(known, name) {
			extra = append(extra, name)
		}
	}
	all, general := m["signatures"].([]any)
	if !general {
		if m["signature"] != nil {
			list = []map[string]any{m}
		}
		return list, extra
	}
	for _, v := range all {
		one, ok := v.(map[string]any)
		if !ok {
			return nil, extra
		}
		list = append(list, one)
	}
	return list, extra
}

func parseSignature(m map[string]any, payload string) (Signature, error) {
	s := Signature{payload: payload}
	var isText bool
	if s.protected, isText = m["protected"].(string); !isText {
		return s, fmt.Errorf("%w: no protected header", ErrForm)
	}
	if s.signature, isText = m["signature"].(string); !isText {
		return s, fmt.Errorf("%w: no signature", ErrForm)
	}
	var err error
	s.Token, err = jose.ParseSigned(s.protected, payload, s.signature, heeded...)
	switch {
	case errors.Is(err, jose.ErrDetached):
		return s, fmt.Errorf("%w: %w", ErrDetached, err)
	case err != nil:
		return s, fmt.Errorf("%w: %w", ErrForm, err)
	case s.Token.Header["sigD"] != nil:
		return s, ErrDetached
	}
	unprotected, _ := m["header"].(map[string]any)
	s.added = m["header"] != nil
	s.Unsigned = readUnsigned(&s, unprotected)
	s.Claimed = claimed(s.Token.Header)
	s.Certificate, s.Mismatch = s.signer()
	return s, nil
}

// claimed reads when the signature was made: sigT (section 5.2.1), or iat, which
// took its place in version 1.2.1 (section 5.1.11).
func claimed(header map[string]any) time.Time {
	if s, ok := header["sigT"].(string); ok {
		t, _ := time.Parse(time.RFC3339, s)
		return t
	}
	if n, ok := header["iat"].(json.Number); ok {
		if sec, err := n.Int64(); err == nil && sec > 0 && sec < 1<<40 {
			return time.Unix(sec, 0).UTC()
		}
	}
	return time.Time{}
}

// signer finds the signer's certificate: the first of x5c in the protected header
// (section 5.1.8). mismatch says that the header names another by its hash.
func (s *Signature) signer() (c *x509.Certificate, mismatch bool) {
	chain := s.Chain()
	if len(chain) == 0 {
		return nil, false
	}
	c = chain[0]
	want, has := s.Token.Header["x5t#S256"] // section 5.1.7
	hash := sha256.Sum256(c.Raw)
	if has && want != jose.Encode64(hash[:]) {
		return c, true
	}
	return c, otherHash(c, s.Token.Header)
}

// Chain gives the certificates of x5c, the signer's first; those that can't be
// read end it.
func (s *Signature) Chain() []*x509.Certificate {
	list, _ := s.Token.Header["x5c"].([]any)
	var out []*x509.Certificate
	for _, v := range list[:min(len(list), pki.MaxCertificates)] {
		text, _ := v.(string)
		c, err := pki.Certificate(text)
		if err != nil {
			return out
		}
		out = append(out, c)
	}
	return out
}

// Others gives every certificate that came along, for building a chain.
func (s *Signature) Others() []*x509.Certificate {
	return append(s.Chain(), s.Unsigned.Certificates...)
}

// sealMembers are what a header has that makes a signature a seal.
var sealMembers = []string{"x5c", "x5t#S256", "x5t#o", "sigX5ts", "sigT", "adoTst", "sigPId", "b64"}

// Compact writes the seal as a compact token (RFC 7515, section 7.1). It is ok for
// a token that is no seal at all: one signature, whose header has nothing of
// JAdES, and no additions.
func (s *Seal) Compact() (string, bool) {
	one := s.Signatures[0]
	for _, name := range sealMembers {
		if one.Token.Header[name] != nil {
			return "", false
		}
	}
	if len(s.Signatures) > 1 || len(s.Extra) > 0 || one.added {
		return "", false
	}
	return one.protected + "." + one.payload + "." + one.signature, true
}
