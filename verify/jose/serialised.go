package jose

import (
	"fmt"
	"slices"
)

// ParseSigned reads one signature of the JSON serialisations (RFC 7515, section
// 7.2): the protected header, the text of the payload member, and the signature,
// as they stand. The payload is what its base64url stands for or, where the header
// says b64 false, that text as it is (RFC 7797, section 3). knows are the names in
// crit, beside b64, that the caller heeds. Nothing is verified.
func ParseSigned(protected, payload, signature string, knows ...string) (*Token, error) {
	t, _, err := open(protected + ".." + signature)
	if err != nil {
		return nil, err
	}
	if len(payload) > MaxToken {
		return nil, fmt.Errorf("%w: too large", ErrForm)
	}
	if payload == "" {
		return nil, ErrDetached
	}
	raw, err := t.unencoded()
	if err != nil {
		return nil, err
	}
	t.Payload = []byte(payload)
	if !raw {
		if t.Payload, err = Decode64(payload); err != nil {
			return nil, fmt.Errorf("payload: %w", err)
		}
	}
	t.Raw, t.knows = "", append([]string{"b64"}, knows...)
	t.signed = []byte(protected + "." + payload)
	return t, nil
}

// unencoded says whether b64 is false; it must be named in crit where it is there
// at all (RFC 7797, section 6).
func (t *Token) unencoded() (bool, error) {
	v, ok := t.Header["b64"]
	if !ok {
		return false, nil
	}
	encoded, ok := v.(bool)
	names, _ := t.critical()
	if !ok || !slices.Contains(names, "b64") {
		return false, fmt.Errorf("%w: b64 is no truth value, or crit does not name it", ErrHeader)
	}
	return !encoded, nil
}
