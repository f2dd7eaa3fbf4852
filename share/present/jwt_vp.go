package present

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/cairnwallet/cairn/verify/did"
	"github.com/cairnwallet/cairn/verify/jose"
	"github.com/cairnwallet/cairn/verify/strict"
)

// Part is one credential to be shown as a whole.
type Part struct {
	Sealed  []byte // the JSON document or the compact token, exactly as issued
	Subject string // whom it is about, as it says; may be empty
}

// isDocument says whether the part is a credential in JSON, which can stand in a
// presentation as it is. A seal in JSON is something else around one.
func (p Part) isDocument() bool {
	if !bytes.HasPrefix(p.Sealed, []byte("{")) {
		return false
	}
	m, err := strict.Object(p.Sealed)
	return err != nil || m["payload"] == nil || m["@context"] != nil
}

// enveloped wraps what is no document as VCDM 2.0, section 4.12.2, has it.
func (p Part) enveloped() map[string]any {
	media, body := p.media(), string(p.Sealed)
	if strings.HasSuffix(media, ";base64") {
		body = base64.StdEncoding.EncodeToString(p.Sealed)
	}
	return map[string]any{
		"@context": contextV2, "type": "EnvelopedVerifiableCredential",
		"id": "data:" + media + "," + body,
	}
}

// media gives the type of what is wrapped: a seal in JSON (RFC 7515, section 9.2.1),
// XML or CBOR, or a token. Tokens of the older dialects have their own type, so that
// nobody takes them for vc+jwt.
func (p Part) media() string {
	switch {
	case bytes.HasPrefix(p.Sealed, []byte("{")):
		return "application/jose+json;base64"
	case bytes.HasPrefix(p.Sealed, []byte("<")):
		return "application/xml;base64"
	case len(p.Sealed) > 0 && p.Sealed[0] >= utf8.RuneSelf: // CBOR (VC-JOSE-COSE, section 6.3.1)
		return "application/vc+cose;base64"
	}
	if t, err := jose.Parse(string(p.Sealed)); err == nil && strings.HasSuffix(strings.ToLower(t.Typ), "vc+jwt") {
		return "application/vc+jwt"
	}
	return "application/jwt"
}

// members gives the presentation without anything signed. JSON documents are put
// in byte for byte, with their own @context.
func members(parts []Part, to To, holder string) map[string]any {
	shown := make([]any, len(parts))
	for i, p := range parts {
		if p.isDocument() {
			shown[i] = json.RawMessage(p.Sealed)
		} else {
			shown[i] = p.enveloped()
		}
	}
	doc := map[string]any{
		"@context": []string{contextV2}, "type": []string{typeVP},
		"holder": holder, "verifiableCredential": shown,
	}
	if to.Purpose != "" {
		doc["description"] = to.Purpose
	}
	return doc
}

// holderOf is the one name under which all parts are shown: that of the first
// that is about the holder.
func holderOf(parts []Part, h Holder) string {
	for _, p := range parts {
		if name := nameFor(h, p.Subject); name == p.Subject {
			return name
		}
	}
	return h.DID()
}

// JWT shows whole credentials in a token (VC-JOSE-COSE, section 3.1.2): the
// payload is the presentation, beside it stand the addressee and the dates.
func JWT(parts []Part, to To, h Holder) ([]byte, error) {
	holder := holderOf(parts, h)
	claims := members(parts, to, holder)
	claims["iss"], claims["aud"], claims["nonce"] = holder, to.Audience, to.Nonce
	claims["iat"], claims["exp"] = to.Made.Unix(), to.Until.Unix()
	payload, err := strict.Marshal(claims)
	if err != nil {
		return nil, err
	}
	token, err := jose.Sign(map[string]any{"alg": h.Alg(), "typ": "vp+jwt", "kid": did.OnlyMethod(holder)}, payload, h)
	return []byte(token), err
}

// Contexts and types of VCDM 1.1, section 4.1.
const contextV1 = "https://www.w3.org/2018/credentials/v1"

// JWT11 shows tokens in a token of the older kind (VCDM 1.1, section 6.3.1), as
// OpenID4VP 1.0, appendix B.1.3.1.5, wants them: the presentation stands under vp.
func JWT11(parts []Part, to To, h Holder) ([]byte, error) {
	holder := holderOf(parts, h)
	shown := make([]string, len(parts))
	for i, p := range parts {
		shown[i] = string(p.Sealed)
	}
	payload, err := strict.Marshal(map[string]any{
		"iss": holder, "aud": to.Audience, "nonce": to.Nonce, "iat": to.Made.Unix(), "nbf": to.Made.Unix(), "exp": to.Until.Unix(),
		"vp": map[string]any{"@context": []string{contextV1}, "type": []string{typeVP}, "verifiableCredential": shown},
	})
	if err != nil {
		return nil, err
	}
	token, err := jose.Sign(map[string]any{"alg": h.Alg(), "typ": "JWT", "kid": did.OnlyMethod(holder)}, payload, h)
	return []byte(token), err
}
