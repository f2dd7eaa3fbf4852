package envelope

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/cose"
	"github.com/cairnwallet/cairn/verify/fault"
	"github.com/cairnwallet/cairn/verify/vc"
)

var _ = register(envelope{name: "cose", claims: claimsCOSE, open: openCOSE})

// claimsCOSE tells a COSE_Sign1 message (RFC 9052, section 4.2) by its tag 18
// around an array of four, also inside the tag of a CWT, in bytes, in base64 or in
// hexadecimal; or by the bare array and the bytes of its first part.
func claimsCOSE(b []byte) bool {
	for _, start := range []string{"\xd2\x84", "\xd8\x3d\xd2\x84"} {
		if bytes.HasPrefix(b, []byte(start)) {
			return true
		}
	}
	for _, start := range []string{"0oQ", "0oR", "0oS", "0oT", "d284", "D284"} {
		if bytes.HasPrefix(b, []byte(start)) {
			return !bytes.ContainsFunc(b, func(r rune) bool { return r == '.' || r >= utf8.RuneSelf })
		}
	}
	return len(b) > 1 && b[0] == 0x84 && b[1]>>5 == 2
}

// packed undoes the writing of bytes as text.
func packed(b []byte) ([]byte, error) {
	if b[0] >= 0x80 {
		return b, nil
	}
	text := bytes.TrimRight(bytes.Join(bytes.Fields(b), nil), "=")
	switch {
	case text[0] == 'd', text[0] == 'D':
		return hex.AppendDecode(nil, text)
	case bytes.ContainsAny(text, "-_"):
		return base64.RawURLEncoding.AppendDecode(nil, text)
	}
	return base64.RawStdEncoding.AppendDecode(nil, text)
}

func openCOSE(l *load, b []byte) ([]*Opened, error) {
	raw, err := packed(b)
	if err != nil {
		return nil, fault.Wrap(err, "input.token-damaged")
	}
	m, err := cose.Parse(raw)
	switch {
	case errors.Is(err, cose.ErrDetached):
		return nil, fault.Wrap(err, "input.detached")
	case err != nil:
		return nil, fault.Wrap(err, "input.token-damaged")
	}
	doc, err := message(m)
	if err != nil {
		return nil, err
	}
	if err := l.add(); err != nil {
		return nil, err
	}
	o := &Opened{Raw: b, Sealed: raw, Form: "cose", Doc: doc, Payload: cwtClaims(m.Claims)}
	o.Proofs = []vc.Proof{{Suite: "cose", Alg: m.Alg, Method: m.Kid, Doc: m.Members()}}
	return l.one(o, l.headed(o, m))
}

// message reads what a message is about: the JSON text of a credential or a
// presentation, as it stands (VC-JOSE-COSE, sections 3.3.1 and 3.3.2).
func message(m *cose.Message) (vc.Doc, error) {
	if strings.HasSuffix(m.Typ, "statuslist+cwt") {
		return nil, fault.New("input.status-list")
	}
	if !claimsJSON(bytes.TrimLeft(m.Payload, " \t\r\n")) {
		return nil, fault.New("input.token-other")
	}
	v, err := parse(m.Payload)
	if err != nil {
		return nil, jsonFault(err)
	}
	doc, _ := v.(map[string]any)
	if types := Strings(doc["type"]); !slices.Contains(types, "VerifiablePresentation") && !isCredential(doc, types) {
		return nil, fault.New("input.token-other")
	}
	return clone(doc), nil
}

// headed fills in what the header says of the document. Presentations keep their
// claims for whoever judges them.
func (l *load) headed(o *Opened, m *cose.Message) error {
	if typ := strings.TrimPrefix(strings.ToLower(m.Typ), "application/"); typ != "" && typ != "vc+cose" && typ != "vp+cose" {
		o.flaw(false, "shape.media-type", "typ")
	}
	if t, ok := NumericDate(o.Payload["iat"]); ok {
		o.Proofs[0].Created = t
	}
	if t, ok := NumericDate(o.Payload["exp"]); ok {
		o.Proofs[0].Expires = t // of the seal: the credential has an end of its own
	}
	if slices.Contains(Strings(o.Doc["type"]), "VerifiablePresentation") {
		return l.flatVP(o)
	}
	o.agree(o.Payload, true)
	if m, ok := o.Payload["status"].(map[string]any); ok && o.Doc["status"] == nil {
		o.Doc["status"] = m
	}
	return nil
}

// cwtNames are the claims that CWT and JWT share (RFC 8392, section 4), the nonce
// (RFC 9711, section 4.1), and the reference to a status list (Token Status List,
// section 6.3).
var cwtNames = map[int64]string{1: "iss", 2: "sub", 3: "aud", 4: "exp", 5: "nbf", 6: "iat", 7: "jti", 10: "nonce", 65535: "status"}

// cwtClaims writes the CWT claims of a header as those of a JWT. It is never nil.
func cwtClaims(claims map[any]any) vc.Doc {
	out := vc.Doc{}
	for label, name := range cwtNames {
		if v, ok := claims[label]; ok {
			out[name] = asJSON(v)
		}
	}
	return out
}

// asJSON writes a value of CBOR as package strict would read it from JSON; bytes
// are taken for text, and what JSON has nothing for stays out.
func asJSON(v any) any {
	switch v := v.(type) {
	case int64:
		return json.Number(strconv.FormatInt(v, 10))
	case float64:
		return json.Number(strconv.FormatFloat(v, 'f', -1, 64))
	case []byte:
		return string(v)
	case string, bool:
		return v
	case []any:
		out := make([]any, 0, len(v))
		for _, el := range v {
			out = append(out, asJSON(el))
		}
		return out
	case map[any]any:
		out := map[string]any{}
		for name, el := range v {
			if s, ok := name.(string); ok {
				out[s] = asJSON(el)
			}
		}
		return out
	}
	return nil
}
