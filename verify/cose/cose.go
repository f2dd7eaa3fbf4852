// Package cose reads and checks messages with one signature in CBOR: COSE_Sign1
// (RFC 9052, section 4.2), in which credentials (VC-JOSE-COSE 1.0, section 3.3)
// and status lists come. Reading is strict; the algorithms and their rules are
// those of package jose.
//
// It says whether a signature holds under a key, never whose key that is, and
// makes no messages. Start at Parse.
package cose

import (
	"encoding/base64"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// The ways bytes can fail to be a message. Verify also gives the errors of package
// jose: ErrUnsupportedAlg, ErrAlg, ErrSignature, ErrCritical.
var (
	ErrForm     = errors.New("not a COSE_Sign1 message")
	ErrHeader   = errors.New("header of the message is malformed")
	ErrDetached = errors.New("the message does not carry its content")
)

// maxHeader bounds the two headers, in bytes: room for a chain of certificates.
const maxHeader = 256 << 10

// The labels of headers that are read (RFC 9052, section 3.1; RFC 9360, section 2;
// RFC 9596, section 2; RFC 9597, section 2).
const (
	labelAlg   = int64(1)
	labelCrit  = int64(2)
	labelCty   = int64(3)
	labelKid   = int64(4)
	labelCWT   = int64(15)
	labelTyp   = int64(16)
	labelChain = int64(33)
)

// tagSign1 and tagCWT are the CBOR tags around a message (RFC 9052, section 2;
// RFC 8392, section 6).
const (
	tagSign1 = 18
	tagCWT   = 61
)

// Message is a COSE_Sign1 as it was parsed; nothing about it is verified.
type Message struct {
	Alg     string      // its name in JOSE; "COSE -99" where it has none
	Kid     string      // as text, or in base64url where it is none; empty when not stated
	Typ     string      // media type of the whole; empty when not stated as text
	Cty     string      // media type of the payload; empty when not stated as text
	Chain   [][]byte    // certificates, the signer's first; they prove nothing by themselves
	Claims  map[any]any // CWT claims of the protected header, by their labels
	Payload []byte      // never nil
	demands []any       // labels in crit that are not heeded
	signed  []byte      // what the signature is over
	sig     []byte
}

// sign1 is the message as it is written: headers are opened once their size is known.
type sign1 struct {
	_           struct{} `cbor:",toarray"`
	Protected   []byte
	Unprotected cbor.RawMessage
	Payload     []byte
	Signature   []byte
}

// Parse reads a COSE_Sign1 message with its payload. It may be tagged as such, and
// as a CWT, or bare. One whose algorithm is unknown or that demands extensions is
// parsed so that it can be shown; Verify refuses it.
func Parse(b []byte) (*Message, error) {
	raw, err := untagged(b)
	if err != nil {
		return nil, err
	}
	var s sign1
	if err := strict.CBOR(raw, &s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if s.Payload == nil {
		return nil, ErrDetached
	}
	if len(s.Protected)+len(s.Unprotected) > maxHeader {
		return nil, fmt.Errorf("%w: too large", ErrHeader)
	}
	m := &Message{Payload: s.Payload, sig: s.Signature}
	if err := m.headers(s); err != nil {
		return nil, err
	}
	// RFC 9052, section 4.4: the Sig_structure, with nothing supplied from outside.
	m.signed, err = cbor.Marshal([]any{"Signature1", s.Protected, []byte{}, s.Payload})
	return m, err
}

// untagged takes the tags off a message.
func untagged(b []byte) ([]byte, error) {
	for _, tag := range []uint64{tagCWT, tagSign1} {
		if len(b) == 0 || b[0]>>5 != 6 { // no tag
			break
		}
		var t cbor.RawTag
		if err := strict.CBOR(b, &t); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrForm, err)
		}
		if t.Number == tag {
			b = t.Content
		}
	}
	if len(b) == 0 || b[0] != 0x84 { // an array of four
		return nil, ErrForm
	}
	return b, nil
}

// headers reads both headers. What decides over the signature counts only where it
// is protected; names of keys and certificates are hints and may stand in either.
func (m *Message) headers(s sign1) error {
	protected, loose := map[any]any{}, map[any]any{}
	if len(s.Protected) > 0 {
		if err := strict.CBOR(s.Protected, &protected); err != nil {
			return fmt.Errorf("%w: %w", ErrHeader, err)
		}
	}
	if err := strict.CBOR(s.Unprotected, &loose); err != nil {
		return fmt.Errorf("%w: %w", ErrHeader, err)
	}
	for label := range loose {
		if _, twice := protected[label]; twice { // RFC 9052, section 3
			return fmt.Errorf("%w: label %v occurs twice", ErrHeader, label)
		}
	}
	if err := m.critical(protected, loose); err != nil {
		return err
	}
	m.Alg = algorithm(protected[labelAlg])
	m.Typ, _ = protected[labelTyp].(string)
	m.Cty, _ = protected[labelCty].(string)
	m.Claims, _ = protected[labelCWT].(map[any]any)
	for _, h := range []map[any]any{protected, loose} {
		if kid, ok := h[labelKid].([]byte); ok {
			m.Kid = text(kid)
		}
		if v, ok := h[labelChain]; ok {
			m.Chain = chain(v)
		}
	}
	return nil
}

// heeded are the labels that crit may name.
var heeded = map[any]bool{labelAlg: true, labelCrit: true, labelCty: true, labelKid: true, labelCWT: true, labelTyp: true, labelChain: true}

// critical reads crit: a list of labels that are all there and protected, where it
// is itself (RFC 9052, section 3.1).
func (m *Message) critical(protected, loose map[any]any) error {
	if _, ok := loose[labelCrit]; ok {
		return fmt.Errorf("%w: crit is not protected", ErrHeader)
	}
	v, ok := protected[labelCrit]
	if !ok {
		return nil
	}
	labels, _ := v.([]any)
	if len(labels) == 0 {
		return fmt.Errorf("%w: crit is no list with members", ErrHeader)
	}
	for _, label := range labels {
		switch label.(type) {
		case int64, string:
		default:
			return fmt.Errorf("%w: crit names no label", ErrHeader)
		}
		if _, ok := protected[label]; !ok {
			return fmt.Errorf("%w: crit names what is not there", ErrHeader)
		}
		if !heeded[label] {
			m.demands = append(m.demands, label)
		}
	}
	return nil
}

// text writes a kid, which is bytes, as people and documents name it.
func text(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return jose.Encode64(b)
}

// chain reads x5chain: one certificate, or a list of them.
func chain(v any) [][]byte {
	if one, ok := v.([]byte); ok {
		return [][]byte{one}
	}
	list, _ := v.([]any)
	var out [][]byte
	for _, el := range list {
		if b, ok := el.([]byte); ok {
			out = append(out, b)
		}
	}
	return out
}

// Members gives the headers under the names and in the forms of JOSE, for whoever
// looks for a key there.
func (m *Message) Members() map[string]any {
	out := map[string]any{"alg": m.Alg}
	for name, v := range map[string]string{"kid": m.Kid, "typ": m.Typ, "cty": m.Cty} {
		if v != "" {
			out[name] = v
		}
	}
	if len(m.Chain) > 0 {
		var x5c []any
		for _, der := range m.Chain {
			x5c = append(x5c, base64.StdEncoding.EncodeToString(der))
		}
		out["x5c"] = x5c
	}
	return out
}
