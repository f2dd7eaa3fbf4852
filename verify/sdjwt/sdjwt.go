// Package sdjwt reads, narrows, binds and issues SD-JWTs (RFC 9901): signed
// tokens whose claims can be left out one by one.
//
// It judges no signature and no date, and it never re-encodes what it received:
// digests are taken over the text of a disclosure as it came. Start at Parse;
// Present makes a smaller SD-JWT of it, Bind ties that to somebody.
package sdjwt

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Why a text is no SD-JWT at all. Parse returns errors that wrap one of them.
var (
	ErrTilde = errors.New("SD-JWT does not end in a tilde or a key binding")      // section 4: also the older form without the last tilde
	ErrToken = errors.New("first part of the SD-JWT is not a signed JSON object") // section 4.1
	ErrJSON  = errors.New("JSON form of the SD-JWT is not of a known shape")      // section 8
)

// Breaches of RFC 9901, section 7.1, inside a text that can be read. A verifier
// has to reject the whole SD-JWT for any of them, whoever signed it.
var (
	ErrHash         = errors.New("hash algorithm is not known")
	ErrDisclosure   = errors.New("disclosure is malformed")
	ErrTwice        = errors.New("digest or disclosure occurs twice")
	ErrUnreferenced = errors.New("disclosure belongs to nothing that is signed")
	ErrReserved     = errors.New("reserved name is used for something else")
	ErrCollision    = errors.New("disclosed name is there already")
	ErrDepth        = errors.New("disclosures are nested too deeply")
	ErrKeyBinding   = errors.New("key binding is not a signed JSON object")
)

// Flaw is one breach and where it is.
type Flaw struct {
	Err  error  // one of the breaches above
	Path string // JSON pointer of the place, or "" where it has none
}

// Disclosure is one claim or array element that may be left out.
type Disclosure struct {
	Raw    string // as received, and what the digest is taken over
	Digest string
	Salt   string
	Name   string // empty for an array element
	Array  bool   // an element of an array, which has no name
	Value  any    // as disclosed; may hold digests of further disclosures
	Path   string // JSON pointer into Claims; empty when nothing refers to it
	Parent int    // index of the disclosure it stands in, -1 for none
}

// SDJWT is a text taken apart. Its signatures have not been checked.
type SDJWT struct {
	Text        string      // up to and including the last tilde, as received
	Token       *jose.Token // signed by the issuer
	Hash        string      // the digest algorithm, "sha-256" where nothing is said
	Disclosures []Disclosure
	KB          *jose.Token // signed by the holder; nil when there is none
	Flaws       []Flaw      // empty when section 7.1 holds

	signed map[string]any // the issuer's payload as signed
	claims map[string]any // processed
}

// Parse takes an SD-JWT in compact form apart and processes it. An error means
// that the text is no SD-JWT; a text that is one and breaks a rule comes back
// with Flaws, and Claims then leaves out what a breach concerns.
func Parse(text string) (*SDJWT, error) {
	last := strings.LastIndexByte(text, '~')
	if last < 0 {
		return nil, ErrTilde
	}
	s := &SDJWT{Text: text[:last+1]}
	parts := strings.Split(text[:last], "~")
	if err := s.token(parts[0]); err != nil {
		return nil, err
	}
	if err := s.binding(text[last+1:]); err != nil {
		return nil, err
	}
	s.process(parts[1:])
	return s, nil
}

func (s *SDJWT) token(text string) error {
	t, err := jose.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrToken, err)
	}
	if s.signed, err = strict.Object(t.Payload); err != nil {
		return fmt.Errorf("%w: %w", ErrToken, err)
	}
	s.Token = t
	return nil
}

// binding reads what stands after the last tilde. What has no two dots cannot
// have been meant as a token, so the last tilde is missing.
func (s *SDJWT) binding(text string) error {
	switch strings.Count(text, ".") {
	case 0:
		if text != "" {
			return ErrTilde
		}
		return nil
	case 2:
		t, err := jose.Parse(text)
		if err != nil {
			s.flaw(ErrKeyBinding, "")
			return nil
		}
		s.KB = t
		return nil
	}
	return ErrTilde
}

func (s *SDJWT) flaw(err error, path string) {
	s.Flaws = append(s.Flaws, Flaw{Err: err, Path: path})
}

// Claims gives the processed payload: disclosed claims in their places, and no
// "_sd", "_sd_alg" or "..." left. Callers must not change it.
func (s *SDJWT) Claims() map[string]any { return s.claims }

// Signed gives the payload as it was signed, digests and all. Callers must not
// change it.
func (s *SDJWT) Signed() map[string]any { return s.signed }

// disclosure reads the three or two elements of a disclosure (section 4.2).
func (w *walk) disclosure(raw string) (Disclosure, error) {
	d := Disclosure{Raw: raw, Parent: -1}
	b, err := jose.AppendDecode64(w.text[:0], w.raw)
	if err != nil {
		return d, ErrDisclosure
	}
	w.text = b
	list, err := strict.AppendElements(w.items[:0], string(b))
	if err != nil || len(list) != 2 && len(list) != 3 {
		return d, ErrDisclosure
	}
	w.items = list
	var ok bool
	if d.Salt, ok = list[0].(string); !ok {
		return d, ErrDisclosure
	}
	d.Array, d.Value = len(list) == 2, list[len(list)-1]
	if !d.Array {
		if d.Name, ok = list[1].(string); !ok {
			return d, ErrDisclosure
		}
	}
	return d, nil
}
