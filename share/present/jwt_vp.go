package present

import (
	"encoding/json"
	"strings"

	"github.com/cairnwallet/cairn/verify/jose"
)

// Part is one credential to be shown as a whole.
type Part struct {
	Sealed  []byte // the JSON document or the compact token, exactly as issued
	Subject string // whom it is about, as it says; may be empty
}

func (p Part) isToken() bool { return len(p.Sealed) > 0 && p.Sealed[0] != '{' }

// enveloped wraps a token as VCDM 2.0, section 4.12.2, has it. Tokens of the older
// dialects are given their own media type, so that nobody takes them for vc+jwt.
func (p Part) enveloped() map[string]any {
	media := "application/jwt"
	if t, err := jose.Parse(string(p.Sealed)); err == nil && strings.HasSuffix(strings.ToLower(t.Typ), "vc+jwt") {
		media = "application/vc+jwt"
	}
	return map[string]any{
		"@context": contextV2, "type": "EnvelopedVerifiableCredential",
		"id": "data:" + media + "," + string(p.Sealed),
	}
}

// members gives the presentation without anything signed. JSON documents are put
// in byte for byte, with their own @context.
func members(parts []Part, to To, holder string) map[string]any {
	shown := make([]any, len(parts))
	for i, p := range parts {
		if p.isToken() {
			shown[i] = p.enveloped()
		} else {
			shown[i] = json.RawMessage(p.Sealed)
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
	payload, err := marshal(claims)
	if err != nil {
		return nil, err
	}
	token, err := jose.Sign(map[string]any{"alg": h.Alg(), "typ": "vp+jwt", "kid": method(holder)}, payload, h)
	return []byte(token), err
}
