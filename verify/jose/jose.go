// Package jose reads, checks and makes JSON Web Signatures (RFC 7515) in the
// compact form, and reads public keys as JWK (RFC 7517, 8037) and PEM. It is the
// only importer of jwx, and asks it for nothing but the signature primitives:
// what a token means is decided here, strictly, before.
//
// Parsing never verifies, and verifying never chooses a key or falls back from
// one algorithm to another. Start at Parse and Token.Verify, and at ParseKeys.
package jose

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/cairnwallet/cairn/verify/multi"
	"github.com/cairnwallet/cairn/verify/strict"
)

// What Parse answers about a text that is no compact JWS. Errors wrap exactly
// one of these, or ErrCritical.
var (
	ErrForm       = errors.New("not a compact signed token") // parts, alphabet, padding, stray bits or space
	ErrHeader     = errors.New("token header is malformed")  // not strict JSON, or a member of the wrong type
	ErrNotCompact = errors.New("signed as JSON where the compact form is due")
	ErrEncrypted  = errors.New("token is encrypted")                        // five parts: a JWE
	ErrDetached   = errors.New("token does not carry what it was made for") // empty payload (RFC 7515, appendix F)
)

// What Token.Verify answers. Only ErrSignature says that the signature is bad.
var (
	ErrSignature      = errors.New("signature does not match")
	ErrAlg            = errors.New("algorithm does not fit the key")
	ErrUnsupportedAlg = errors.New("signature algorithm not supported") // says nothing against the token
	ErrNone           = errors.New("token is not signed")               // alg "none"
	ErrCritical       = errors.New("token demands an extension that is not supported")
)

// What reading a key answers. ErrKey, ErrUnsupportedKey and ErrPrivate are those
// of package multi.
var (
	ErrKey            = multi.ErrKey            // malformed, off its curve, too short, or at odds with itself
	ErrUnsupportedKey = multi.ErrUnsupportedKey // a type of key that is not built in
	ErrPrivate        = multi.ErrPrivate        // holds private members
	ErrUse            = errors.New("key is not meant for checking signatures")
)

// Limits for tokens.
const (
	MaxToken  = strict.MaxBytes
	MaxHeader = 256 << 10 // room for a chain of certificates
)

// Token is a compact JWS as it was parsed; nothing about it is verified. Make
// one with Parse.
type Token struct {
	Raw     string         // as received
	Header  map[string]any // values as package strict gives them
	Payload []byte
	Alg     string // as written; may be one that Verify refuses
	Typ     string // empty when not stated
	Kid     string // empty when not stated

	signed    []byte   // header and payload as they were signed
	signature []byte   // nil when its part stands for no bytes
	knows     []string // the names in crit that are heeded
}

// Parse reads a compact JWS: three parts of unpadded base64url, each the only
// text for its bytes, a header without duplicate members and with an alg, and a
// payload. The payload may be anything. A token whose alg is none or not
// supported, which names critical extensions, or whose signature stops short or
// has stray bits at its end, is parsed so that it can be shown; Verify refuses it.
// b64 (RFC 7797) is refused here, since it changes what the payload is.
func Parse(compact string) (*Token, error) {
	t, payload, err := open(compact)
	if err != nil {
		return nil, err
	}
	if _, ok := t.Header["b64"]; ok {
		return nil, fmt.Errorf("%w: b64", ErrCritical)
	}
	if t.Payload, err = Decode64(payload); err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	if len(t.Payload) == 0 {
		return nil, ErrDetached
	}
	t.signed = []byte(compact[:strings.LastIndexByte(compact, '.')])
	return t, nil
}

// ParseDetached reads a compact JWS that was made for content and does not carry
// it, with content signed as it is (RFC 7797): b64 false, which crit names alone,
// and an empty payload part. Proofs of the form before Data Integrity, such as
// Ed25519Signature2018, have one.
func ParseDetached(compact string, content []byte) (*Token, error) {
	t, payload, err := open(compact)
	if err != nil {
		return nil, err
	}
	names, err := t.critical()
	if err != nil {
		return nil, err
	}
	if t.Header["b64"] != false || len(names) != 1 || names[0] != "b64" {
		return nil, fmt.Errorf("%w: not by b64 alone", ErrCritical)
	}
	if payload != "" {
		return nil, fmt.Errorf("%w: it carries a payload", ErrForm)
	}
	t.Payload, t.knows = content, []string{"b64"}
	t.signed = append([]byte(compact[:strings.IndexByte(compact, '.')+1]), content...)
	return t, nil
}

// open reads header and signature and gives the payload's part.
func open(compact string) (*Token, string, error) {
	parts, err := split(compact)
	if err != nil {
		return nil, "", err
	}
	t := &Token{Raw: compact}
	if t.Header, err = parseHeader(parts[0]); err != nil {
		return nil, "", err
	}
	if err := t.readHeader(); err != nil {
		return nil, "", err
	}
	if strings.Trim(parts[2], letters) != "" {
		return nil, "", fmt.Errorf("%w: signature is not base64url", ErrForm)
	}
	t.signature, _ = Decode64(parts[2])
	return t, parts[1], nil
}

func split(compact string) ([]string, error) {
	if len(compact) > MaxToken {
		return nil, fmt.Errorf("%w: too large", ErrForm)
	}
	if strings.HasPrefix(strings.TrimSpace(compact), "{") {
		return nil, notCompact(compact)
	}
	switch n := strings.Count(compact, "."); n {
	case 2:
		return strings.Split(compact, "."), nil
	case 4:
		return nil, ErrEncrypted
	default:
		return nil, fmt.Errorf("%w: %d parts instead of 3", ErrForm, n+1)
	}
}

// notCompact tells the JSON serialisations (RFC 7515, section 7.2) from other JSON.
func notCompact(text string) error {
	m, err := strict.Object([]byte(text))
	if err != nil {
		return ErrForm
	}
	_, general := m["signatures"]
	_, flat := m["signature"]
	if _, ok := m["payload"]; ok && (general || flat) {
		return ErrNotCompact
	}
	return ErrForm
}

func parseHeader(part string) (map[string]any, error) {
	if len(part) > MaxHeader {
		return nil, fmt.Errorf("%w: too large", ErrHeader)
	}
	b, err := Decode64(part)
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	m, err := strict.Object(b)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrHeader, err)
	}
	return m, nil
}

// readHeader reads the members every token shares and checks the form of crit
// (RFC 7515, section 4.1.11).
func (t *Token) readHeader() error {
	for _, m := range [...]struct {
		name string
		into *string
	}{{"alg", &t.Alg}, {"typ", &t.Typ}, {"kid", &t.Kid}} {
		v, ok := t.Header[m.name]
		if !ok {
			continue
		}
		if *m.into, ok = v.(string); !ok {
			return fmt.Errorf("%w: %s is not a text", ErrHeader, m.name)
		}
	}
	if t.Alg == "" {
		return fmt.Errorf("%w: alg is missing", ErrHeader)
	}
	_, err := t.critical()
	return err
}

// critical gives the names in crit, which must be there, be texts and occur once.
func (t *Token) critical() ([]string, error) {
	v, ok := t.Header["crit"]
	if !ok {
		return nil, nil
	}
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil, fmt.Errorf("%w: crit is not a list with members", ErrHeader)
	}
	seen := map[string]bool{}
	names := make([]string, 0, len(list))
	for _, e := range list {
		name, _ := e.(string)
		if _, there := t.Header[name]; name == "" || !there || seen[name] {
			return nil, fmt.Errorf("%w: crit names %v wrongly", ErrHeader, e)
		}
		seen[name] = true
		names = append(names, name)
	}
	return names, nil
}

// letters are the letters of base64url (RFC 4648, section 5).
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

var base64url = base64.NewEncoding(letters).WithPadding(base64.NoPadding).Strict()

// Decode64 reads base64url without padding and refuses every text but the one
// that Encode64 would write: no line breaks, no stray bits at the end.
func Decode64(s string) ([]byte, error) {
	if strings.IndexByte(s, '\n') >= 0 || strings.IndexByte(s, '\r') >= 0 { // which Go's decoder skips
		return nil, errBreak
	}
	b, err := base64url.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	return b, nil
}

var errBreak = fmt.Errorf("%w: line break in base64url", ErrForm)

// AppendDecode64 is Decode64 that appends to out.
func AppendDecode64(out, text []byte) ([]byte, error) {
	if bytes.IndexByte(text, '\n') >= 0 || bytes.IndexByte(text, '\r') >= 0 {
		return nil, errBreak
	}
	b, err := base64url.AppendDecode(out, text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	return b, nil
}

// Encode64 writes base64url without padding.
func Encode64(b []byte) string { return base64url.EncodeToString(b) }
